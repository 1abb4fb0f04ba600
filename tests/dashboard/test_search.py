"""The search page: groups with counts that lead to them, marked words, strict parameters."""

import pytest
from django.urls import reverse

from tests.dashboard.pages import read
from tests.make import make_document, make_evidence, make_theme

pytestmark = pytest.mark.django_db

WRONG = [
    {"q": "x" * 201},
    {"q": "a\x00b"},
    {"foo": "1"},
    {"q": "law", "noun": "person"},
    {"q": "law", "noun": "body", "page": "0"},
    {"q": "law", "noun": "body", "page": "x"},
    {"q": "law", "noun": "body", "page": "999"},
    {"q": "law", "page": "1"},
    {"q": "law", "page_size": "5"},
    {"q": "law", "noun": "body", "page_size": "201"},
    {"q": "law", "noun": ["body", "theme"]},
    {"q": "law", "format": "json"},
    {"q": "law", "on": "soon"},
]

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<b>pax</b>",
    "&lt;b&gt; pax",
    "pax ' onclick='alert(1)",
]


def sections(answer):
    return {each.name: each for each in answer.context["found"]}


def test_words_are_found_in_groups_each_with_its_count(viewer):
    found = sections(viewer.get("/search/?q=extradition"))
    assert found["provision"].count > 3
    assert found["theme"].hits[0].name
    assert found["provision"].href == "/search/?q=extradition&noun=provision"


def test_a_count_is_the_number_of_hits_behind_it(viewer):
    for section in sections(viewer.get("/search/?q=law")).values():
        seen, href = [], f"{section.href}&page_size=3"
        while href:
            page = viewer.get(href).context["results"]
            assert page.total == section.count
            seen += [hit.row.pk for hit in page.hits]
            href = page.next_href
        assert len(seen) == len(set(seen)) == section.count


def test_the_pages_of_a_group_lead_on_and_back(viewer):
    for number in range(25):
        make_theme(f"quiddity-{number}", name=f"Quiddity {number}")
    page = viewer.get("/search/?q=quiddity&noun=theme").context["results"]
    assert (page.total, page.first, page.last, page.previous_href) == (25, 1, 20, "")
    assert page.next_href == "/search/?q=quiddity&noun=theme&page=2"
    page = viewer.get(page.next_href).context["results"]
    assert (page.first, page.last, page.next_href) == (21, 25, "")
    assert page.previous_href == "/search/?q=quiddity&noun=theme"


@pytest.mark.parametrize("query", WRONG)
def test_a_search_that_cannot_be_read_is_refused(viewer, query):
    answer = viewer.get("/search/", query)
    assert answer.status_code == 400
    assert set(query) & set(answer.context["errors"])


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_found_is_shown_as_text_whatever_it_holds(viewer, payload):
    make_evidence(title=f"Quiddity {payload}", note=f"{payload} quiddity {payload}")
    make_theme("quiddity", name=payload, description=f"quiddity {payload}")
    for address in ("/search/?q=quiddity", "/search/?q=quiddity+pax+alert", "/search/?q=quid"):
        page = read(viewer.get(address))
        assert not page.all("img") and not page.all("b")
        assert not [each for each in page.all("script") if "src" not in each.attributes]
        assert not [each for each in page.elements if "onclick" in each.attributes]
    assert "quiddity" in {each.text.lower() for each in read(viewer.get(address)).all("mark")}
    answer = viewer.get("/search/", {"q": payload})
    assert payload not in answer.content.decode()


def test_nothing_found_says_what_to_try(viewer):
    for words in ("nothing at all", "!!!", ""):
        answer = viewer.get("/search/", {"q": words})
        assert answer.status_code == 200
        assert "A symbol goes straight to its page" in answer.content.decode()


def test_the_day_goes_along(viewer):
    answer = viewer.get("/search/?q=extradition&on=2019-06-30")
    assert sections(answer)["provision"].href.endswith("&noun=provision&on=2019-06-30")


def test_a_document_is_found_where_it_stands(viewer):
    make_document("quiddity", title="Quiddity")
    [section] = viewer.get("/search/?q=quiddity").context["found"]
    assert section.name == "document"
    page = viewer.get("/search/?q=quiddity").content.decode()
    assert f'href="{reverse("dashboard:documents")}#quiddity"' in page
