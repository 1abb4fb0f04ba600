"""The call to the API that a list shows gives the same rows in the same order."""

import shlex

import pytest

from tests.dashboard.pages import LISTS, read
from tests.make import make_user, make_view
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db

STATES = [
    *LISTS,
    "/review/",
    "/changes/",
    "/commitments/?not_result=not_assessed&timing=overdue&sort=-due&cols=timing&page_size=7",
    "/commitments/?theme=biometrics&on=2020-01-01&page=2&page_size=9",
    "/commitments/?q=2322 13(e)&empty=due",
    "/networks/?sort=-members",
    "/networks/?kind=network&q=judicial",
    "/provisions/S/RES/2322(2016)/13/?result=not_assessed&sort=-body",
]


def call(page) -> str:
    [field] = [each for each in page.all("input") if each.attributes.get("id") == "api-address"]
    return field.attributes["value"]


@pytest.mark.parametrize("path", STATES)
def test_the_call_gives_the_rows_that_are_shown(client, path):
    client.force_login(make_user(Role.REVIEWER))
    answer = client.get(path)
    shown = answer.context["results"]
    address = call(read(answer))
    assert address.startswith("http://testserver/api/v1/")
    words = shlex.split(answer.context["tools"].curl)
    assert words == ["curl", "-H", "Authorization: Bearer TOKEN", address]
    found = client.get(address.removeprefix("http://testserver")).json()
    assert found["count"] == shown.total
    keys = [next(row[n] for n in ("key", "code", "slug", "sequence") if n in row)
            for row in found["results"]]  # fmt: skip
    rows = [getattr(row, "change", row) for row in shown.rows]
    assert [str(key) for key in keys] == [str(row.public_key) for row in rows]


def test_the_call_of_a_view_needs_no_view(client):
    owner = make_user()
    client.force_login(owner)
    view = make_view(owner, query="timing=overdue", columns=["timing"])
    answer = client.get(f"/commitments/?view={view.slug}")
    assert call(read(answer)) == "http://testserver/api/v1/commitments/?timing=overdue"
    by_slug = client.get(f"/api/v1/commitments/?view={view.slug}").json()
    assert by_slug["count"] == answer.context["results"].total > 0


def test_a_list_that_is_no_whole_list_offers_none(client):
    client.force_login(make_user(Role.REVIEWER))
    for path in (
        "/checks/report-and-assessment-differ/",
        "/networks/?kind=state",
        "/review/?sort=body",
    ):
        assert client.get(path).context["tools"] is None
