"""Every page answers, says what it must say on every page, and keeps the house rules."""

import re

import pytest
from django.urls import get_resolver

from tests.dashboard.pages import ERRORS, LISTS, PAGES, read

pytestmark = pytest.mark.django_db
EVERY = [(path, 200) for path in LISTS + PAGES] + ERRORS


ANSWERS = {}


@pytest.fixture(params=EVERY, ids=lambda pair: pair[0])
def response(request, viewer):
    """The answer at one address, asked for once; the tests only read it."""
    path, status = request.param
    if path not in ANSWERS:
        ANSWERS[path] = viewer.get(path)
    assert ANSWERS[path].status_code == status
    return ANSWERS[path]


def test_a_page_has_one_heading_a_title_and_a_language(response):
    page = read(response)
    [heading] = page.all("h1")
    assert heading.text.strip()
    assert page.all("title")[0].text.strip()
    assert page.all("html")[0].attributes["lang"] == "en"


def test_a_page_has_no_style_and_no_script_of_its_own(response):
    page = read(response)
    assert not page.all("style")
    assert all("src" in script.attributes for script in page.all("script"))
    for element in page.elements:
        own = {name for name in element.attributes if name == "style" or name.startswith("on")}
        assert not own, f"{element.tag} {own}"


def test_a_page_fetches_nothing_from_other_hosts(response):
    fetched = [
        element.attributes.get("src") or element.attributes.get("href")
        for element in read(response).elements
        if element.tag in ("script", "link", "img", "iframe", "use")
    ]
    assert fetched
    assert all(address.startswith(("/", "#")) for address in fetched)


def test_a_page_of_the_demonstration_says_so(response):
    assert "Demonstration register — fictional States" in response.content.decode()
    assert "It is no legal finding" in response.content.decode()


def test_a_page_stays_out_of_caches(response):
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_a_page_lets_no_script_of_others_run(response):
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_page_weighs_less_than_200_kb(response):
    assert len(response.content) < 200_000


def test_ids_are_unique_and_labels_point_to_fields(response):
    page = read(response)
    ids = [each.attributes["id"] for each in page.elements if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    for label in page.all("label"):
        assert label.attributes.get("for", ids[0]) in ids


def test_tables_have_captions_and_scoped_headers(response):
    page = read(response)
    assert len(page.all("table")) == len(page.all("caption"))
    scopes = {header.attributes.get("scope") for header in page.all("th")}
    assert scopes <= {"row", "col", "rowgroup", "colgroup"}


def test_a_register_without_fiction_has_no_mark(viewer, monkeypatch):
    monkeypatch.setattr("tracker.dashboard.context._holds_fiction", lambda request: False)
    assert "Demonstration register" not in viewer.get("/").content.decode()


def paths():
    """An address for every pattern of the dashboard."""
    batch = "00000000-0000-4000-8000-000000000000"
    keys = {
        "str:key": "CTED",
        "path:key": "S/RES/2322(2016)",
        "uuid:batch": batch,
        "int:sequence": "1",
        "int:number": "1",
        "str:noun": "body",
        "str:page": "bodies",
        "str:name": "part_of",
    }
    [dashboard] = [
        p for p in get_resolver().url_patterns if getattr(p, "app_name", "") == "dashboard"
    ]
    for pattern in dashboard.url_patterns:
        yield "/" + re.sub(r"<([^>]+)>", lambda match: keys[match[1]], str(pattern.pattern))


def test_every_page_asks_who_is_there(client):
    asked = [path for path in paths() if path not in ("/login/", "/logout/")]
    assert len(asked) > 15
    for path in [*asked, "/resolutions/S/RES/22x/"]:
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer["Location"].startswith("/login/?next=/"), path


def test_a_refresh_after_the_session_ended_reloads_the_page(client):
    answer = client.get("/commitments/", headers={"HX-Request": "true"})
    assert answer["HX-Refresh"] == "true"
    assert b"password" not in answer.content


def test_signing_in_and_out(client, django_user_model):
    django_user_model.objects.create_user("reader", password="a long sentence 2322")
    assert client.get("/login/").status_code == 200
    answer = client.post(
        "/login/", {"username": "reader", "password": "a long sentence 2322", "next": "/themes/"}
    )
    assert answer["Location"] == "/themes/"
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/").status_code == 302


def test_nothing_can_be_written_here(viewer):
    forms = {"/shortcuts/", "/me/", "/me/tokens/", "/me/webhooks/", "/imports/", "/jobs/"}
    forms.add("/commitments/S/RES/2322(2016)/21/CTED/dates/")
    for path in set(LISTS + PAGES) - forms:
        assert viewer.post(path).status_code == 405
