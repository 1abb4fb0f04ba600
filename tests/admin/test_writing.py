"""Every noun is added, changed and deleted through the actions, with a reason, once."""

import pytest

from tests.admin.pages import add_row, change_of, errors_of, submit
from tests.make import (
    make_addressee,
    make_body,
    make_designation,
    make_document,
    make_membership,
    make_provision,
    make_region,
    make_resolution,
    make_theme,
    make_user,
)
from tracker.models import (
    Addressee,
    Body,
    Change,
    Deadline,
    Designation,
    Document,
    Membership,
    Provision,
    Region,
    Resolution,
    Theme,
    User,
)

pytestmark = pytest.mark.django_db

SECRET = "a-long-enough-secret"

ADDED = {
    "resolution": (Resolution, lambda: {"number": "9001", "year": "2016"}),
    "theme": (Theme, lambda: {"slug": "a-theme", "name": "A theme"}),
    "document": (Document, lambda: {"slug": "a-report", "kind": "report", "title": "A report"}),
    "provision": (
        Provision,
        lambda: {"resolution": str(make_resolution().pk), "number": "1", "summary": "Do it."},
    ),
    "body": (Body, lambda: {"code": "TEST-BODY", "kind": "other", "name": "A body"}),
    "region": (
        Region,
        lambda: {
            "code": "972",
            "name": "Elsewhere",
            "level": "1",
            "parent": str(make_region().pk),
        },
    ),
    "membership": (
        Membership,
        lambda: {"organization": str(make_body().pk), "member": str(make_body().pk)},
    ),
    "designation": (
        Designation,
        lambda: {
            "body": str(make_body().pk),
            "kind": "central_authority",
            "office": "Ministry of Justice",
        },
    ),
    "user": (User, lambda: {"username": "new", "password1": SECRET, "password2": SECRET}),
}
CHANGED = {
    "resolution": (make_resolution, {"short_title": "Another title"}),
    "theme": (make_theme, {"name": "Another name"}),
    "document": (make_document, {"title": "Another title"}),
    "provision": (make_provision, {"summary": "Do something else."}),
    "body": (make_body, {"name": "Another name"}),
    "region": (make_region, {"name": "Another name"}),
    "membership": (make_membership, {"role": "observer"}),
    "designation": (make_designation, {"office": "Another office"}),
    "user": (make_user, {"first_name": "Ada"}),
}


def test_the_tables_name_every_noun_that_is_edited():
    from django.contrib import admin

    edited = {
        model._meta.model_name
        for model, page in admin.site._registry.items()
        if page.actions is not None
    }
    assert set(ADDED) == set(CHANGED) == edited


def last_change():
    return Change.objects.order_by("-sequence").first()


@pytest.mark.parametrize("noun", ADDED)
def test_adding_leaves_one_change(desk, administrator, noun):
    model, fields = ADDED[noun]
    values, before = fields(), Change.objects.count()
    answer = submit(desk, f"/admin/tracker/{noun}/add/", **values)
    assert answer.status_code == 302, errors_of(answer)
    change = last_change()
    assert Change.objects.count() == before + 1
    assert (change.verb, change.noun, change.door) == ("created", noun, "admin")
    assert (change.by, change.reason) == (administrator, "Because of the test")
    assert change.request_id == answer.headers["X-Request-ID"]
    assert change.object_id == model.objects.order_by("-pk").first().pk


@pytest.mark.parametrize("noun", CHANGED)
def test_changing_leaves_one_change_with_what_differs(desk, noun):
    make, fields = CHANGED[noun]
    obj = make()
    before = Change.objects.count()
    answer = submit(desk, change_of(obj), **fields)
    assert answer.status_code == 302, errors_of(answer)
    change = last_change()
    assert Change.objects.count() == before + 1
    assert (change.verb, change.noun, change.object_id) == ("updated", noun, obj.pk)
    assert {name: pair[1] for name, pair in change.differences.items()} == fields
    obj.refresh_from_db()
    assert getattr(obj, "version", 2) == 2


@pytest.mark.parametrize("noun", CHANGED)
def test_saving_without_a_difference_leaves_nothing(desk, noun):
    obj = CHANGED[noun][0]()
    before = Change.objects.count()
    assert submit(desk, change_of(obj)).status_code == 302
    assert Change.objects.count() == before


@pytest.mark.parametrize("noun", CHANGED)
def test_no_reason_no_change(desk, noun):
    make, fields = CHANGED[noun]
    obj = make()
    answer = submit(desk, change_of(obj), **{**fields, "reason": "  "})
    assert list(errors_of(answer)) == ["reason"]
    assert not Change.objects.of(obj).exists()


@pytest.mark.parametrize("noun", CHANGED)
def test_deleting_leaves_one_change(desk, noun):
    obj = CHANGED[noun][0]()
    pk, before = obj.pk, Change.objects.count()
    answer = desk.post(
        f"/admin/tracker/{noun}/{pk}/delete/", {"post": "yes", "reason": "Entered twice"}
    )
    assert answer.status_code == 302
    change = last_change()
    assert not type(obj).objects.filter(pk=pk).exists()
    assert Change.objects.count() == before + 1
    assert (change.verb, change.noun, change.reason) == ("deleted", noun, "Entered twice")


@pytest.mark.parametrize("noun", CHANGED)
def test_a_deletion_without_a_reason_asks_again(desk, noun):
    obj = CHANGED[noun][0]()
    answer = desk.post(f"/admin/tracker/{noun}/{obj.pk}/delete/", {"post": "yes", "reason": ""})
    assert answer.status_code == 200
    assert answer.context["reason_form"].errors["reason"]
    assert type(obj).objects.filter(pk=obj.pk).exists()


def test_rows_under_a_record_are_written_with_its_reason(desk):
    provision = make_provision()
    row = add_row("addressees", 0, role="addressee", kind="all_states")
    dated = add_row(
        "deadlines",
        0,
        label="Report",
        kind="adoption",
        offset_months="10",
        every_months="12",
        last_on="2019-12-31",
    )
    answer = submit(desk, change_of(provision), **row, **dated)
    assert answer.status_code == 302
    assert Addressee.objects.get(provision=provision).kind == "all_states"
    deadline = Deadline.objects.get(provision=provision)
    assert str(deadline.due_on) == "2017-10-12"
    assert deadline.due_dates.count() == 3
    written = Change.objects.order_by("-sequence")[:2]
    assert {change.noun for change in written} == {"addressee", "deadline"}
    assert {change.reason for change in written} == {"Because of the test"}
    assert not Change.objects.of(provision).exists()


def test_a_row_is_deleted_through_the_actions(desk):
    addressee = make_addressee()
    submit(desk, change_of(addressee.provision), **{"addressees-0-DELETE": "on"})
    assert not Addressee.objects.filter(pk=addressee.pk).exists()
    assert last_change().verb == "deleted"
    assert last_change().noun == "addressee"


def test_a_new_provision_takes_its_rows_along(desk):
    resolution = make_resolution()
    answer = submit(
        desk,
        "/admin/tracker/provision/add/",
        resolution=str(resolution.pk),
        number="4",
        summary="Report.",
        **add_row("addressees", 0, role="addressee", kind="member_states"),
        **add_row("deadlines", 0, label="Report", kind="adoption", offset_days="120"),
    )
    assert answer.status_code == 302, errors_of(answer)
    provision = Provision.objects.get(resolution=resolution)
    assert str(provision.deadlines.get().due_on) == "2017-04-11"
    assert provision.addressees.count() == 1


def test_themes_are_part_of_the_change_of_a_provision(desk):
    provision, theme = make_provision(), make_theme("new-theme")
    submit(desk, change_of(provision), themes=[str(theme.pk)])
    assert last_change().differences == {"themes": [[], ["new-theme"]]}
    assert list(provision.themes.all()) == [theme]


def test_django_keeps_no_log_of_its_own(desk):
    from django.contrib.admin.models import LogEntry

    submit(desk, change_of(make_theme()), name="Another name")
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("noun", "frozen"),
    [
        ("resolution", ["number", "year", "key"]),
        ("provision", ["resolution", "number", "component", "key", "path", "eid", "depth"]),
        ("body", ["code"]),
        ("theme", ["slug", "path"]),
        ("region", ["code", "path"]),
        ("membership", ["key"]),
        ("designation", ["key"]),
        ("user", ["is_superuser", "password", "last_login", "groups", "user_permissions"]),
    ],
)
def test_what_is_derived_or_fixed_cannot_be_posted(desk, noun, frozen):
    obj = CHANGED[noun][0]()
    before = {name: str(getattr(obj, name)) for name in frozen if name[-1] != "s"}
    answer = submit(desk, change_of(obj), **dict.fromkeys(frozen, "99"))
    assert answer.status_code == 302
    obj.refresh_from_db()
    assert {name: str(getattr(obj, name)) for name in before} == before
    assert not Change.objects.of(obj).exists()
