"""Designations: the office is shown, the person only once and with a reason."""

import pytest

from tests import REFERENCE_DAY, make
from tracker.models import Change, Designation
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
PERSON = {
    "person_name": "Canary Person",
    "person_phone": "+99 canary 1",
    "person_mail": "canary@example.org",
}
SECRETS = tuple(value.encode() for value in PERSON.values())
EVERY = [Role.VIEWER, Role.FOCAL_POINT, Role.ASSESSOR, Role.REVIEWER, Role.ADMINISTRATOR]


@pytest.fixture
def body():
    return make.make_body("DESIG-1", name="Desigland")


@pytest.fixture
def office(body):
    made = make.make_designation(body, office="Bureau", legal_basis="Act 7", **PERSON)
    make.make_competence(made)
    return made


def path(office, act=""):
    return f"/designations/{office.key}/{act}"


@pytest.mark.parametrize("role", [*EVERY, Role.AUDITOR])
def test_the_page_shows_the_office_and_never_the_person(client, office, body, role):
    client.force_login(make.make_user(role, bodies=[body]))
    for address in (path(office), "/designations/?body=DESIG-1", "/bodies/DESIG-1/"):
        content = client.get(address).content
        assert not [secret for secret in SECRETS if secret in content], address
    page = client.get(path(office))
    for said in ("Bureau", "Act 7", "Extradition", "Held, masked", "not confirmed for a year"):
        assert said in page.content.decode()
    may_confirm = role in (Role.FOCAL_POINT, Role.ADMINISTRATOR)
    may_reveal = role in (Role.FOCAL_POINT, Role.ASSESSOR, Role.REVIEWER)
    assert (b"/confirm/" in page.content, b"/reveal/" in page.content) == (may_confirm, may_reveal)
    assert client.post(path(office, "confirm/")).status_code == (302 if may_confirm else 403)
    answer = client.post(path(office, "reveal/"), {"reason": "A request"})
    assert answer.status_code == (200 if may_reveal else 403)
    assert all((secret in answer.content) is may_reveal for secret in SECRETS)


def test_a_restricted_designation_is_not_there_for_others(client, office, body):
    Designation.objects.filter(pk=office.pk).update(classification="restricted")
    client.force_login(make.make_user(Role.FOCAL_POINT, bodies=[make.make_body()]))
    assert client.get(path(office)).status_code == 404
    for act in ("confirm/", "reveal/"):
        assert client.post(path(office, act), {"reason": "Look"}).status_code == 404
    assert not Change.objects.of(office).exists()
    client.force_login(make.make_user(Role.FOCAL_POINT, bodies=[body]))
    assert client.get(path(office)).status_code == 200


def test_one_click_confirms_and_takes_the_mark_away(client, office, body):
    client.force_login(make.make_user(Role.FOCAL_POINT, bodies=[body]))
    answer = client.post(path(office, "confirm/"), {"version": office.version}, follow=True)
    text = answer.content.decode()
    assert "Last confirmed on 1 November 2026" in text
    assert "not confirmed for a year" not in text
    office.refresh_from_db()
    assert office.last_confirmed_on == REFERENCE_DAY
    assert client.get("/designations/?mine=yes&stale=yes").context["results"].total == 0
    assert client.get("/designations/?mine=yes&stale=no").context["results"].total == 1


def test_what_changed_since_it_was_seen_is_not_confirmed_unseen(client, office, body):
    client.force_login(make.make_user(Role.FOCAL_POINT, bodies=[body]))
    Designation.objects.filter(pk=office.pk).update(version=5, channel="By courier")
    answer = client.post(path(office, "confirm/"), {"version": 1})
    assert answer.status_code == 409
    assert "By courier" in answer.content.decode()
    assert not Change.objects.of(office).exists()


def test_a_reveal_is_shown_once_uncached_and_logged_for_the_body_and_the_auditor(
    client, office, body
):
    assessor = make.make_user(Role.ASSESSOR, first_name="Asta")
    client.force_login(assessor)
    nothing = client.post(path(office, "reveal/"), {"reason": " "})
    assert nothing.status_code == 400
    assert not [secret for secret in SECRETS if secret in nothing.content]
    shown = client.post(path(office, "reveal/"), {"reason": "Urgent request 7"})
    assert "no-store" in shown["Cache-Control"]
    assert b"This was logged" in shown.content
    assert client.get(path(office, "reveal/"))["Location"] == path(office)
    [change] = Change.objects.of(office)
    assert (change.verb, change.by, change.reason) == ("revealed", assessor, "Urgent request 7")
    for person in (
        make.make_user(Role.FOCAL_POINT, bodies=[body]),
        make.make_user(Role.AUDITOR),
    ):
        client.force_login(person)
        page = client.get(path(office)).content.decode()
        assert "Asta" in page
        assert "Urgent request 7" in page
    for person in (make.make_user(), make.make_user(Role.FOCAL_POINT)):
        client.force_login(person)
        assert "Urgent request 7" not in client.get(path(office)).content.decode()


def test_an_office_without_a_person_says_so(client, body):
    bare = make.make_designation(body, office="Bare")
    client.force_login(make.make_user(Role.ASSESSOR))
    page = client.get(path(bare)).content
    assert b"None held" in page
    assert b"/reveal/" not in page
    assert client.post(path(bare, "reveal/"), {"reason": "Look"}).status_code == 400
    client.force_login(make.make_user())
    assert client.post(path(bare, "reveal/"), {"reason": "Look"}).status_code == 403
