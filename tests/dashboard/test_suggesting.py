"""Keys and names for whoever types: not in every page, but fetched when they are of use."""

import pytest

from tests.dashboard.pages import read
from tests.make import make_body
from tracker.reports.suggestions import KINDS


@pytest.mark.parametrize("path", ["/commitments/", "/matrix/", "/compare/"])
def test_a_page_says_where_its_suggestions_are(viewer, path):
    page = read(viewer.get(path))
    assert not page.all("datalist")
    [href] = [
        each.attributes["hx-get"]
        for each in page.all("div")
        if each.attributes.get("hx-get", "").startswith("/suggestions/")
    ]
    lists = {each.attributes["id"] for each in read(viewer.get(href)).all("datalist")}
    assert lists >= {
        each.attributes["list"] for each in page.all("input") if "list" in each.attributes
    }
    assert "s-theme" in lists


@pytest.mark.parametrize("path", ["/commitments/", "/matrix/", "/compare/"])
def test_without_script_the_page_holds_them(viewer, path):
    page = read(viewer.get(f"{path}?suggest=yes&theme=biometrics"))
    assert {each.attributes["id"] for each in page.all("datalist")} >= {"s-theme", "s-resolution"}
    assert "Mutual legal assistance" in "".join(each.text for each in page.all("option"))
    assert "suggest" not in "".join(each.attributes.get("href", "") for each in page.all("a"))


def test_anything_else_is_no_parameter(viewer):
    assert viewer.get("/commitments/?suggest=no").status_code == 400
    assert viewer.get("/suggestions/?kind=person").status_code == 400
    assert viewer.get("/suggestions/").status_code == 400


def test_a_name_is_text_there_too(viewer):
    make_body(code="XZY", name='"><img src=x onerror=alert(1)>')
    answer = viewer.get("/suggestions/", {"kind": KINDS})
    assert not read(answer).all("img")
    assert "onerror=alert(1)&gt;" in answer.content.decode()


def test_whoever_is_not_signed_in_is_suggested_nothing(client, db):
    assert client.get("/suggestions/?kind=body").status_code == 302
