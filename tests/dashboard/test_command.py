"""The command box offers places; keys are listed and can be switched off."""

import pytest
from django.test import Client

from tests.dashboard.pages import links, read
from tests.dashboard.test_budgets import cost
from tests.make import make_body, make_body_name, make_user, make_view

pytestmark = pytest.mark.django_db

#: What is typed, and the first place offered.
PLACES = [
    ("2322", "S/RES/2322 (2016)", "/resolutions/S/RES/2322(2016)/"),
    ("2322 13e", "S/RES/2322 (2016) ¶13(e)", "/provisions/S/RES/2322(2016)/13(e)/"),
    ("2322 13", "S/RES/2322 (2016) ¶13", "/provisions/S/RES/2322(2016)/13/"),
    ("S/RES/2322 OP 13", "S/RES/2322 (2016) ¶13", "/provisions/S/RES/2322(2016)/13/"),
    ("cted", None, "/bodies/CTED/"),
    ("inb", "Inbox", "/inbox/"),
    ("commit", "Commitments", "/commitments/"),
    ("quuxl", "Quuxland", "/bodies/QUUX/"),
    ("夸克", "Quuxland", "/bodies/QUUX/"),
]


def places(client, **query):
    answer = client.get("/search/go/", query)
    assert answer.status_code == 200, answer.content
    return answer.json()["places"]


@pytest.fixture
def land():
    make_body_name(make_body("QUUX", name="Quuxland"), text="夸克斯共和国", language="zh")


@pytest.mark.parametrize(("words", "label", "href"), PLACES)
def test_a_few_letters_lead_to_a_place(viewer, land, words, label, href):
    first = places(viewer, q=words)[0]
    assert first["href"] == href
    assert label in (None, first["label"])
    assert viewer.get(first["href"]).status_code == 200


def test_a_place_found_by_another_name_says_so(viewer, land):
    [place] = places(viewer, q="夸克")
    assert "夸克斯共和国" in place["detail"]


def test_a_saved_view_is_offered_to_its_owner_and_the_team(viewer):
    make_view(name="Quuxish gaps", visibility="team", slug="quuxish")
    make_view(name="Quuxish secret", owner=make_user())
    [place] = places(viewer, q="quuxish")
    assert place["label"] == "Quuxish gaps"
    assert place["href"] == "/commitments/?view=quuxish"
    assert viewer.get(place["href"], follow=True).status_code == 200


def test_what_is_found_is_said(viewer):
    assert viewer.get("/search/go/", {"q": "2322 13(e)"}).json()["status"] == "1 place"
    said = viewer.get("/search/go/", {"q": "zzzz"}).json()
    assert said == {"places": [], "status": "No place has this name; Enter searches all texts."}
    assert viewer.get("/search/go/").json() == {"places": [], "status": ""}


def test_a_place_stays_on_the_day(viewer):
    [place] = places(viewer, q="2322 13e", on="2020-01-01")
    assert place["href"].endswith("/13(e)/?on=2020-01-01")
    assert places(viewer, q="2322", on="2010-01-01") == []


@pytest.mark.parametrize("query", [{"foo": 1}, {"q": "x" * 201}, {"on": "soon"}, {"page": 1}])
def test_what_cannot_be_read_is_refused(viewer, query):
    answer = viewer.get("/search/go/", query)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == set(query)


def test_a_place_is_offered_after_four_queries_whatever_is_held(viewer):
    signed_in = 2
    for words in ("2322", "2322 1", "ter", "a", "s", "inbox", "!!"):
        assert cost(viewer, f"/search/go/?q={words}") <= signed_in + 4, words
    for number in range(40):
        make_body(f"TERRA-{number}", name=f"Terra {number}")
    assert cost(viewer, "/search/go/?q=terra") <= signed_in + 4
    assert len(places(viewer, q="terra")) == 10


def test_who_is_not_signed_in_is_offered_nothing():
    answer = Client().get("/search/go/?q=2322")
    assert answer.status_code == 302 and "/login/" in answer["Location"]


def test_keys_are_listed_and_lead_to_pages(viewer):
    page = read(viewer.get("/shortcuts/"))
    assert links(page)["Inbox"] == "/inbox/"
    keys = {
        each.attributes["data-keys"]: each.link
        for each in page.all("a")
        if "data-keys" in each.attributes
    }
    assert keys["g h"] == "/" and keys["g i"] == "/inbox/"
    for href in keys.values():
        assert viewer.get(href).status_code == 200


def test_keys_are_switched_off_and_on_again(viewer):
    def off(path="/"):
        return "data-shortcuts" in read(viewer.get(path)).all("body")[0].attributes

    assert not off()
    viewer.post("/shortcuts/", {"shortcuts": "off"})
    assert off() and off("/bodies/")
    viewer.post("/shortcuts/", {"shortcuts": "on"})
    assert not off()


def test_a_switch_that_is_none_is_refused(viewer):
    assert viewer.post("/shortcuts/", {"shortcuts": "maybe"}).status_code == 400
    assert viewer.get("/shortcuts/?foo=1").status_code == 400


def test_the_box_is_there_for_who_is_signed_in(viewer):
    page = read(viewer.get("/"))
    [words] = [each for each in page.all("input") if each.attributes.get("role") == "combobox"]
    assert words.attributes["aria-controls"] == "command-places"
    assert not read(Client().get("/login/")).all("dialog")
