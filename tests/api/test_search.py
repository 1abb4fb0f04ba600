"""Search over REST: the hits of the page, in pieces of plain text, strict and scoped."""

import pytest

from tests.api.people import signed_in
from tests.make import make_evidence, make_theme, make_user
from tracker.vocabulary import Classification

pytestmark = pytest.mark.django_db


@pytest.fixture
def api():
    return signed_in(make_user())


def found(api, **query):
    answer = api.get("/api/v1/search/", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_hits_come_best_first_with_their_pieces(api):
    make_theme("quiddity", name="Quiddity", description="Of <b>quiddity</b> & more")
    make_evidence(key="Q-1", title="A law", note="On quiddities")
    answer = found(api, q="quiddit")
    assert answer["count"] == 2
    assert answer["nouns"] == {"theme": 1, "evidence": 1}
    first, second = answer["results"]
    assert (first["noun"], first["key"], first["name"]) == ("theme", "quiddity", "Quiddity")
    assert first["url"].endswith("/api/v1/themes/quiddity/")
    assert first["title"] == [{"text": "Quiddity", "hit": True}]
    assert first["text"][1:] == [
        {"text": "quiddity", "hit": True},
        {"text": "</b> & more", "hit": False},
    ]
    assert second["key"] == "Q-1"
    assert api.get(first["url"]).status_code == 200


def test_the_page_and_the_api_find_the_same(api, client):
    client.force_login(make_user())
    nouns = found(api, q="law")["nouns"]
    sections = client.get("/search/?q=law").context["found"]
    assert nouns == {each.name: each.count for each in sections}
    for noun, number in nouns.items():
        assert found(api, q="law", noun=noun)["count"] == number


def test_pages_hold_every_hit_once(api):
    first = found(api, q="law", page_size=5)
    keys, following = [], first["next"]
    keys += [(each["noun"], each["key"]) for each in first["results"]]
    while following:
        page = api.get(following).json()
        keys += [(each["noun"], each["key"]) for each in page["results"]]
        following = page["next"]
    assert len(keys) == len(set(keys)) == first["count"]


@pytest.mark.parametrize(
    "query",
    [
        {"foo": 1},
        {"q": "x" * 201},
        {"q": "a\x00"},
        {"noun": "person"},
        {"on": "soon"},
        {"page": 0},
        {"page": 99},
        {"page_size": 201},
        {"q": ["a", "b"]},
    ],
)
def test_what_cannot_be_read_is_refused_by_name(api, query):
    answer = api.get("/api/v1/search/", query)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == set(query)


def test_nothing_asked_for_is_nothing_found(api):
    for words in ("", "!!!", "quiddity"):
        assert found(api, q=words)["results"] == []
        assert found(api, q=words)["nouns"] == {}


def test_what_is_restricted_is_not_found(api):
    make_evidence(title="Quiddity", classification=Classification.RESTRICTED)
    assert found(api, q="quiddity")["count"] == 0


def test_a_search_takes_the_same_queries_for_many_hits(api, django_assert_max_num_queries):
    for number in range(60):
        make_theme(f"quiddity-{number}", name=f"Quiddity {number}")
    # The session and its person, the number, the counts, the entries and one for each noun.
    with django_assert_max_num_queries(6):
        assert found(api, q="quiddity")["count"] == 60
