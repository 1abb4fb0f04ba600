"""The navigation leads to every list, marks where one is, and shows what one may use."""

import pytest

from tests import make
from tests.dashboard.pages import LISTS, read
from tracker.dashboard.navigation import AT_HAND, GROUPS
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db


def shown(client, user, path="/"):
    client.force_login(user)
    page = read(client.get(path))
    start = [nav for nav in page.all("nav") if nav.attributes.get("aria-label") == "Main"]
    assert len(start) == 1
    found = {}
    for link in page.all("a"):
        found.setdefault(link.attributes.get("href"), link.attributes.get("aria-current", ""))
    return found


def test_every_list_stands_in_it(client):
    found = shown(client, make.make_user())
    for path in LISTS:
        assert path in found or path.startswith("/provisions/S/"), path


def test_the_page_that_is_shown_is_marked(client):
    body = make.make_body()
    assert shown(client, make.make_user(), "/evidence/")["/evidence/"] == "page"
    assert shown(client, make.make_user(), f"/bodies/{body.code}/")["/bodies/"] == "true"


def test_the_review_queue_stands_there_for_those_who_review(client):
    assert "/review/" not in shown(client, make.make_user(Role.VIEWER))
    assert "/review/" in shown(client, make.make_user(Role.REVIEWER))


def test_no_page_stands_there_twice():
    names = [
        entry.name for entries in (AT_HAND, *(each for _t, each in GROUPS)) for entry in entries
    ]
    assert len(names) == len(set(names))


def test_the_foot_leads_to_the_admin_and_to_the_pages_for_programs(client):
    assert "/admin/" not in shown(client, make.make_user(Role.REVIEWER))
    found = shown(client, make.make_user(Role.ADMINISTRATOR))
    assert "/admin/" in found and "/api/v1/docs/" in found
