"""Who may see and do what: every page of the admin, for each kind of person."""

import pytest
from django.contrib import admin
from django.urls import get_resolver
from django.utils.html import escape

from tests.make import make_user
from tracker.models import Change, Commitment, Document, Membership, User
from tracker.rights import RIGHTS, Act, Reach
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db

NOUNS = sorted(model._meta.model_name for model in admin.site._registry)
READ_ONLY = {"commitment", "report", "evidence", "assessment", "change"}
#: Pages that a noun's admin has beside its list.
PAGES = ("add/", "{pk}/change/", "{pk}/history/", "{pk}/delete/")


def addresses(noun):
    model = next(each for each in admin.site._registry if each._meta.model_name == noun)
    open_to_all = model.objects.all()
    if hasattr(open_to_all, "published"):
        open_to_all = open_to_all.filter(open_to_all.published, classification="public")
    pk = open_to_all.order_by("pk").values_list("pk", flat=True).first()
    pages = [page.format(pk=pk) for page in PAGES] + (["1/password/"] if noun == "user" else [])
    return [f"/admin/tracker/{noun}/{page}" for page in ("", *pages)]


def test_the_walk_knows_every_pattern_of_the_admin():
    """A new kind of page has to be walked too."""
    patterns = {
        str(pattern.pattern)
        for url in get_resolver().url_patterns
        if getattr(url, "app_name", "") == "admin"
        for outer in url.url_patterns
        if str(outer.pattern).startswith("tracker/")
        for pattern in outer.url_patterns
    }
    assert patterns == {
        "",
        "add/",
        "<path:object_id>/change/",
        "<path:object_id>/delete/",
        "<path:object_id>/history/",
        "<path:object_id>/",
        "<int:pk>/password/",
    }


STRANGERS = {
    "nobody": None,
    "viewer": {"role": Role.VIEWER},
    "assessor": {"role": Role.ASSESSOR},
    "staff without a role": {"role": Role.VIEWER, "is_staff": True},
    "reviewer on the staff": {"role": Role.REVIEWER, "is_staff": True},
    "administrator not on the staff": {"role": Role.ADMINISTRATOR, "is_staff": False},
    "administrator put to rest": {"role": Role.ADMINISTRATOR, "is_active": False},
}


@pytest.mark.parametrize("fields", STRANGERS.values(), ids=STRANGERS)
def test_the_door_is_closed(client, fields):
    if fields:
        client.force_login(make_user(**fields))
    pages = ["/admin/", "/admin/autocomplete/", "/admin/password_change/", "/admin/rights/"]
    for address in pages + [page for noun in NOUNS for page in addresses(noun)]:
        for answer in (client.get(address), client.post(address, {"reason": "x", "post": "yes"})):
            assert answer.status_code == 302, address
            assert answer.headers["Location"].startswith("/admin/login/"), address


@pytest.mark.parametrize("noun", NOUNS)
def test_an_administrator_opens_every_page(desk, noun):
    listing, *pages = addresses(noun)
    assert desk.get(listing).status_code == 200
    for page in pages:
        refused = noun in READ_ONLY and page.endswith(("add/", "delete/"))
        assert desk.get(page).status_code == (403 if refused else 200), page


@pytest.mark.parametrize("noun", NOUNS)
def test_an_auditor_reads_and_writes_nothing(client, auditor, noun):
    client.force_login(auditor)
    before = Change.objects.count(), Document.objects.count(), User.objects.count()
    readable = ("", "change/", "history/")
    for address in addresses(noun):
        page = address.split("/")[-2] + "/" if address.count("/") > 4 else ""
        expected = 200 if page in readable and noun != "user" else 403
        assert client.get(address).status_code == expected, address
        data = {"reason": "x", "post": "yes", "action": "delete_selected", "_selected_action": "1"}
        answer = client.post(address, data)
        assert answer.status_code == 403 or page in ("", "history/"), address
    assert (Change.objects.count(), Document.objects.count(), User.objects.count()) == before


def test_an_auditor_finds_no_field_to_fill_in(client, auditor):
    client.force_login(auditor)
    page = client.get(f"/admin/tracker/membership/{Membership.objects.first().pk}/change/")
    assert b'name="reason"' not in page.content
    assert b'name="_save"' not in page.content


@pytest.mark.parametrize("noun", sorted(READ_ONLY))
def test_nobody_writes_what_is_only_looked_at(desk, noun):
    _listing, add, change, _history, delete = addresses(noun)
    for address in (add, change, delete):
        answer = desk.post(address, {"reason": "x", "post": "yes"})
        assert answer.status_code == 403, address


def test_the_actions_of_a_list_are_closed_to_an_auditor(client, auditor):
    client.force_login(auditor)
    before = Commitment.objects.count()
    data = {"action": "expand_commitments", "_selected_action": "1", "index": "0", "reason": "x"}
    client.post("/admin/tracker/resolution/", data)
    assert Commitment.objects.count() == before


def test_the_walk_knows_every_page_of_the_site():
    """What stands beside the nouns: opened by all who enter, or closed to all who do not."""
    known = {str(each.pattern) for each in admin.AdminSite(name="another").urls[0]}
    ours = {str(each.pattern) for each in admin.site.urls[0]}
    assert {each for each in ours - known if not each.startswith("tracker/")} <= {
        "rights/",
        "^(?P<app_label>tracker)/$",
    }


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_those_who_enter_read_the_table_of_rights(client, role):
    client.force_login(make_user(role))
    assert b'href="/admin/rights/"' in client.get("/admin/").content
    page = client.get("/admin/rights/")
    assert [str(each) for each in page.context["roles"].values] == list(Role.values)
    shown = {
        (row.act, role): reach
        for row in page.context["rows"]
        for role, reach in zip(Role, row.reaches, strict=True)
    }
    expected = {(act, role): RIGHTS[act].get(role, Reach.NONE) for act in Act for role in Role}
    assert shown == expected
    text = page.content.decode()
    assert text.count('scope="row"') >= len(Act)
    assert all(str(escape(act.label)) in text for act in Act)
