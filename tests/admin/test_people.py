"""Accounts: roles, bodies, passwords, and nobody locked out by a slip."""

import pytest

from tests.admin.pages import change_of, errors_of, list_of, submit
from tests.make import make_body, make_user
from tracker.models import Change, User
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/user/add/"
GOOD = "a-long-enough-secret"


def test_a_person_is_added_with_role_and_bodies(desk):
    body = make_body()
    answer = submit(
        desk,
        ADD,
        username="ada",
        password1=GOOD,
        password2=GOOD,
        role="focal_point",
        bodies=[str(body.pk)],
    )
    assert answer.status_code == 302
    ada = User.objects.get(username="ada")
    assert ada.check_password(GOOD)
    assert (ada.role, list(ada.bodies.all()), ada.is_staff) == (Role.FOCAL_POINT, [body], False)
    change = Change.objects.of(ada).get()
    assert change.differences["bodies"] == [None, [body.code]]
    assert "password" not in change.differences


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("short", "short", "too short"),
        (GOOD, "another-long-secret", "didn’t match"),
        ("", "", "required"),
        ("123456789012345", "123456789012345", "numeric"),
    ],
)
def test_a_weak_password_is_refused(desk, first, second, message):
    answer = submit(desk, ADD, username="ada", password1=first, password2=second)
    assert message in str(errors_of(answer))
    assert not User.objects.filter(username="ada").exists()


@pytest.mark.parametrize("change", [{"is_active": None}, {"is_staff": None}, {"role": "viewer"}])
def test_nobody_locks_the_door_behind_themselves(desk, administrator, change):
    answer = submit(desk, change_of(administrator), **change)
    assert "lock you out" in errors_of(answer)["__all__"][0]


def test_another_person_is_put_to_rest(desk):
    person = make_user(Role.ADMINISTRATOR)
    assert submit(desk, change_of(person), is_active=None).status_code == 302
    person.refresh_from_db()
    assert not person.is_active


def test_somebody_who_changed_something_is_kept(client, desk, administrator):
    submit(desk, change_of(make_user()), first_name="Ada")
    answer = desk.post(
        f"/admin/tracker/user/{administrator.pk}/delete/", {"post": "yes", "reason": "Left"}
    )
    assert b"cannot be deleted" in answer.content
    assert User.objects.filter(pk=administrator.pk).exists()


def test_setting_a_password_asks_for_a_reason(desk):
    person = make_user()
    answer = desk.post(
        f"/admin/tracker/user/{person.pk}/password/",
        {"new_password1": GOOD, "new_password2": GOOD, "reason": ""},
    )
    assert answer.context["form"].errors["reason"]
    person.refresh_from_db()
    assert not person.has_usable_password()


def test_ones_own_password_changes_through_the_actions(client):
    person = make_user(Role.AUDITOR)
    person.set_password(GOOD)
    person.save()
    client.force_login(person)
    data = {"old_password": GOOD, "new_password1": GOOD + "-2", "new_password2": GOOD + "-2"}
    assert client.post("/admin/password_change/", data).status_code == 302
    person.refresh_from_db()
    assert person.check_password(GOOD + "-2")
    change = Change.objects.of(person).get()
    assert (change.by, change.door, change.differences) == (person, "admin", {})
    assert client.get("/admin/").status_code == 200


def test_the_hash_of_a_password_is_on_no_page(desk, administrator):
    person = make_user()
    person.set_password(GOOD)
    person.save()
    for address in (change_of(person), list_of("user"), f"/admin/tracker/user/{person.pk}/delete/"):
        page = desk.get(address).content.decode()
        assert person.password not in page
        assert person.password.split("$")[-1] not in page


def test_an_auditor_sees_no_accounts(client, auditor):
    client.force_login(auditor)
    assert client.get(list_of("user")).status_code == 403
    assert "/admin/tracker/user/" not in client.get("/admin/").content.decode()
