"""Saved views over REST: one's own are kept, changed and deleted; those of others are not there."""

import pytest

from tests.api.people import said, signed_in
from tests.make import make_theme, make_user, make_view
from tracker.models import Change, SavedView
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db

SENT = {"list": "commitments", "name": "Late", "query": "timing=overdue&sort=-due"}


@pytest.fixture
def person():
    return make_user()


@pytest.fixture
def client(person):
    return signed_in(person)


def test_a_view_is_kept_and_used(client, person):
    made = client.post("/api/v1/views/", {**SENT, "columns": ["timing"]})
    assert made.status_code == 201, made.content
    shown = made.json()
    assert (shown["owner"], shown["visibility"]) == (person.username, "private")
    assert client.get(made.headers["Location"]).json() == shown
    rows = client.get(shown["rows"]).json()
    assert rows["count"] == client.get(f"/api/v1/commitments/?{SENT['query']}").json()["count"] > 0
    assert not Change.objects.filter(by=person).exists()


def test_what_the_list_does_not_understand_is_refused_by_field(client):
    for wrong, field in (
        ({"query": "colour=red"}, "query"),
        ({"columns": ["colour"]}, "columns"),
        ({"list": "colours"}, "list"),
        ({"name": ""}, "name"),
        ({"owner": "me"}, "owner"),
        ({"visibility": "world"}, "visibility"),
        ({"query": "on=2020-01-01"}, "query"),
    ):
        answer = client.post("/api/v1/views/", {**SENT, **wrong})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field]), wrong
    assert not SavedView.objects.exists()


def test_it_is_changed_by_who_read_this_version_and_deleted(client, person):
    path = f"/api/v1/views/{make_view(person, query='timing=overdue').slug}/"
    assert client.patch(path, {"name": "x"}, HTTP_IF_MATCH=None).status_code == 428
    assert client.patch(path, {"name": "x"}, HTTP_IF_MATCH='"savedview-1-9"').status_code == 412
    changed = client.patch(path, {"visibility": "team", "name": "Ours"})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert client.patch(path, {"query": "result=good"}).status_code == 400
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("role", Role.values)
def test_the_private_views_of_others_are_not_there(role):
    view, other = make_view(), signed_in(make_user(role))
    nothing = other.get("/api/v1/views/nothing/")
    assert other.get(f"/api/v1/views/{view.slug}/").status_code == nothing.status_code == 404
    assert other.get("/api/v1/views/").json()["count"] == 0
    there, not_there = (
        other.get(f"/api/v1/commitments/?view={slug}") for slug in (view.slug, "nothing")
    )
    assert there.status_code == not_there.status_code == 400
    assert said(there).replace(view.slug, "nothing") == said(not_there)
    for send in (other.patch, other.put, other.delete):
        assert send(f"/api/v1/views/{view.slug}/", {}, HTTP_IF_MATCH='"x"').status_code == 404


def test_a_shared_view_is_read_by_all_and_changed_by_its_owner():
    view = make_view(visibility="team", query="timing=overdue")
    for role in Role.values:
        other = signed_in(make_user(role))
        path = f"/api/v1/views/{view.slug}/"
        assert other.get(path).status_code == 200
        if role != Role.ADMINISTRATOR:
            assert other.patch(path, {"name": "x"}).status_code == 403
            assert other.delete(path).status_code == 403


def test_a_view_that_is_no_longer_valid_names_what_to_mend(client, person):
    theme = make_theme("passing")
    view = make_view(person, query="theme=passing")
    theme.delete()
    answer = client.get(f"/api/v1/commitments/?view={view.slug}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["theme"])


def test_nobody_keeps_a_view_without_signing_in(anonymous):
    assert anonymous.post("/api/v1/views/", SENT).status_code == 401


def test_the_list_of_views_is_filtered_and_sorted(client, person):
    make_view(person, "bodies", name="B")
    make_view(visibility="team", name="A")

    def names(query):
        return [row["name"] for row in client.get(f"/api/v1/views/?{query}").json()["results"]]

    assert names("") == ["A", "B"]
    assert names("sort=-name") == ["B", "A"]
    assert names("owner=me") == names("list=bodies") == names("not_visibility=team") == ["B"]
    assert client.get("/api/v1/views/?view=x").status_code == 400
