"""Saved views on the pages: saved, opened, shared with the reader's rights, mended, deleted."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.dashboard.pages import figures, links, read
from tests.make import make_assessment, make_body, make_commitment, make_theme, make_user, make_view
from tracker.models import SavedView
from tracker.vocabulary import ListName

pytestmark = pytest.mark.django_db

OVERDUE = "not_result=not_assessed&timing=overdue&sort=-due"


@pytest.fixture
def owner(client):
    """Somebody who is signed in."""
    person = make_user()
    client.force_login(person)
    return person


def total(client, address):
    return client.get(address).context["results"].total


def test_a_list_is_saved_as_it_is_shown_and_opened_again(client, owner):
    shown = client.get(f"/commitments/?{OVERDUE}&cols=timing&cols=body&on=2025-01-01&page=1")
    href = links(read(shown))["Save this view"]
    assert href.startswith("/views/new/?list=commitments")
    assert "on=" not in href and "page=" not in href
    form = client.get(href).context["form"]
    sent = {**form.initial, "name": "Late ones", "description": ""}
    answer = client.post(href, sent)
    view = SavedView.objects.get(owner=owner)
    assert (answer.status_code, answer.url) == (302, f"/commitments/?view={view.slug}")
    assert (view.query, view.columns) == (OVERDUE, ["timing", "body"])
    opened = client.get(answer.url)
    assert opened.context["results"].total == total(client, f"/commitments/?{OVERDUE}")
    assert [each.name for each in opened.context["results"].shown] == [
        "provision",
        "timing",
        "body",
    ]
    assert "Late ones" in opened.content.decode()


def test_what_the_address_names_stands_over_the_view(client, owner):
    view = make_view(owner, query="result=not_assessed&timing=overdue")
    both = f"/commitments/?view={view.slug}&timing=no_date"
    assert total(client, both) == total(client, "/commitments/?result=not_assessed&timing=no_date")
    assert total(client, both) != total(client, f"/commitments/?view={view.slug}")


def test_the_links_of_a_view_hold_all_that_it_stands_for(client, owner):
    view = make_view(owner, query="result=not_assessed&timing=overdue", columns=["timing"])
    shown = client.get(f"/commitments/?view={view.slug}").context["results"]
    assert [chip.href for chip in shown.chips] == [
        "/commitments/?timing=overdue&cols=timing",
        "/commitments/?result=not_assessed&cols=timing",
    ]


@pytest.mark.parametrize("slug", ["nothing-here", "", "x%00y", "private", "of-bodies"])
def test_a_view_that_is_not_there_or_not_mine_or_of_another_list_answers_alike(client, owner, slug):
    make_view(slug="private")
    make_view(owner, "bodies", slug="of-bodies")
    answer = client.get(f"/commitments/?view={slug}")
    if not slug:
        assert answer.status_code == 200
        return
    assert answer.status_code == 400
    [problem] = answer.context["results"].problems
    assert problem.name == "view"
    assert problem.href == "/commitments/"
    for path in (f"/views/{slug}/", f"/views/{slug}/delete/"):
        if slug != "of-bodies":
            method = client.post if "delete" in path else client.get
            assert method(path).status_code == 404


def test_a_shared_view_runs_with_the_rights_of_its_reader(client):
    hidden = make_assessment(
        make_commitment(body=make_body("SHARED-X")), classification="restricted"
    )
    view = make_view(make_user("reviewer"), "assessments", "body=SHARED-X", visibility="team")
    for role, seen in (("reviewer", 1), ("viewer", 0)):
        client.force_login(make_user(role))
        assert total(client, f"/assessments/?view={view.slug}") == seen
        counted = dict((address, number) for number, address in figures(client.get("/views/")))
        assert counted[f"/assessments/?view={view.slug}"] == seen
    assert hidden.pk


def test_the_page_of_views_counts_the_rows_behind_each(client, owner):
    make_view(owner, query=OVERDUE)
    make_view(query="", list_name="bodies", visibility="team", name="All bodies")
    make_view(name="Not to be seen")
    answer = client.get("/views/")
    assert "Not to be seen" not in answer.content.decode()
    followed = [(number, total(client, address)) for number, address in figures(answer)]
    assert len(followed) == 2
    assert all(number == rows for number, rows in followed)


def test_a_view_that_is_no_longer_valid_says_so_and_is_mended(client, owner):
    theme = make_theme("passing")
    view = make_view(owner, query="theme=passing&timing=overdue", name="Passing")
    assert client.get(f"/commitments/?view={view.slug}").status_code == 200
    theme.delete()
    opened = client.get(f"/commitments/?view={view.slug}")
    assert opened.status_code == 400
    assert f"/views/{view.slug}/" in opened.content.decode()
    assert "No longer valid" in client.get("/views/").content.decode()
    page = client.get(f"/views/{view.slug}/")
    assert "This view is no longer valid" in page.content.decode()
    sent = {**page.context["form"].initial}
    refused = client.post(f"/views/{view.slug}/", sent)
    assert refused.status_code == 400
    assert "theme: No theme has the key" in refused.content.decode()
    assert (
        client.post(f"/views/{view.slug}/", {**sent, "query": "timing=overdue"}).status_code == 302
    )


@pytest.mark.parametrize(
    ("query", "columns", "said"),
    [
        ("result=good", "", "result: “good” is not one of"),
        ("colour=red", "", "colour: This list has no filter"),
        ("on=2020-01-01", "", "on: A view keeps filters and the order"),
        ("view=other", "", "view: A view keeps filters"),
        ("", "colour", "This list has no column “colour”"),
        ("&".join(["q=x"] * 1000), "", "at most"),
    ],
)
def test_only_what_the_list_understands_is_saved(client, owner, query, columns, said):
    sent = {"name": "x", "visibility": "private", "query": query[:8000], "columns": columns}
    answer = client.post("/views/new/?list=commitments", sent)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not SavedView.objects.exists()


def test_a_view_changed_meanwhile_keeps_what_was_typed(client, owner):
    view = make_view(owner, version=3, name="Theirs")
    sent = {"name": "Mine", "visibility": "private", "query": "", "columns": "", "version": 2}
    answer = client.post(f"/views/{view.slug}/", sent)
    assert answer.status_code == 409
    assert 'value="Mine"' in answer.content.decode()
    view.refresh_from_db()
    assert view.name == "Theirs"


def test_somebody_else_looks_at_a_shared_view_and_cannot_change_it(client, owner):
    view = make_view(visibility="team", query="timing=overdue")
    assert "Only its owner changes" in client.get(f"/views/{view.slug}/").content.decode()
    sent = {"name": "Mine", "visibility": "private", "query": "", "columns": "", "version": 1}
    assert client.post(f"/views/{view.slug}/", sent).status_code == 403
    assert client.post(f"/views/{view.slug}/delete/").status_code == 403


def test_a_view_is_deleted_by_its_owner(client, owner):
    view = make_view(owner)
    assert client.get(f"/views/{view.slug}/delete/").url == f"/views/{view.slug}/"
    assert client.post(f"/views/{view.slug}/delete/").url == "/views/"
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ListName.values)
def test_every_list_can_be_saved(client, name):
    client.force_login(make_user("reviewer"))
    href = links(read(client.get(f"/{name}/")))["Save this view"]
    assert client.get(href).status_code == 200


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/networks/", "list=bodies&query=kind%3Dnetwork"),
        ("/review/", "list=assessments&query=step%3Dunder_review"),
        ("/provisions/S/RES/2322(2016)/13(e)/", "provision%3DS/RES/2322(2016)/13(e)"),
    ],
)
def test_a_narrowed_list_is_saved_as_the_whole_list_with_its_filter(client, path, said):
    client.force_login(make_user("reviewer"))
    page = client.get(path)
    href = links(read(page))["Save this view"]
    assert said in href
    view = client.get(href).context["view"]
    try:
        view.full_clean(exclude=["owner", "slug", "name"])
    except ValidationError as error:
        pytest.fail(str(error))
    rows = total(client, f"{reverse(f'dashboard:{view.list_name}')}?{view.query}")
    assert rows == page.context["results"].total


def test_the_page_of_views_costs_no_more_with_more_views(
    client, owner, django_assert_max_num_queries
):
    for number in range(60):
        make_view(owner, query="timing=overdue", name=f"View {number}")
    client.get("/views/")
    with django_assert_max_num_queries(8):
        answer = client.get("/views/")
    assert len(answer.context["mine"]) == 20
    assert client.get("/views/?page=3").status_code == 200
