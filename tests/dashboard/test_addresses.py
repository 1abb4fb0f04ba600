"""Addresses are readable and have one spelling; a wrong one says how it is written."""

import datetime

import pytest
from django.http import QueryDict

from tests.dashboard.pages import read
from tracker.dashboard.addresses import Day, address, changed

TODAY = datetime.date(2026, 11, 1)

SPELLINGS = [
    ("/resolutions/S/RES/2322 (2016)/", "/resolutions/S/RES/2322(2016)/"),
    ("/resolutions/s/res/2322(2016)/", "/resolutions/S/RES/2322(2016)/"),
    ("/provisions/S/RES/2322 (2016)/13 (e)/", "/provisions/S/RES/2322(2016)/13(e)/"),
    ("/provisions/S/RES/2322(2016)/13e/", "/provisions/S/RES/2322(2016)/13(e)/"),
    ("/commitments/S/RES/2322 (2016)/13(E)/xaa/", "/commitments/S/RES/2322(2016)/13(e)/XAA/"),
    ("/bodies/cted/", "/bodies/CTED/"),
    ("/themes/Extradition/", "/themes/extradition/"),
]

MISSING = [
    ("/resolutions/S/RES/22x/", "“S/RES/22x” is not a resolution symbol; write it like"),
    ("/resolutions/S/RES/9999(2030)/", "No resolution is held as “S/RES/9999(2030)”"),
    ("/resolutions/S/RES/2322(2016)/?on=2010-01-01", "No resolution is held as"),
    ("/provisions/S/RES/2322(2016)/", "is not a provision; write it like"),
    ("/provisions/S/RES/2322(2016)/13(z)/", "No paragraph is held as"),
    ("/provisions/S/RES/2322(2016)/annex_1/3/", "No paragraph is held as"),
    ("/commitments/S/RES/2322(2016)/13(e)/NOBODY/", "No commitment is held as"),
    ("/commitments/XAA/", "is not a provision; write it like"),
    ("/bodies/NOBODY/", "No body is held under the code “NOBODY”"),
    ("/evidence/E-nothing/", "No evidence is held as “E-nothing”"),
    ("/themes/nothing/", "No theme is held under the key “nothing”"),
    ("/nothing/", ""),
]

SEARCHES = [
    ("2322", "/resolutions/S/RES/2322(2016)/"),
    ("S/RES/2322", "/resolutions/S/RES/2322(2016)/"),
    ("S/RES/2322 (2016)", "/resolutions/S/RES/2322(2016)/"),
    ("2322 13e", "/provisions/S/RES/2322(2016)/13(e)/"),
    ("2322 13(e)", "/provisions/S/RES/2322(2016)/13(e)/"),
    ("S/RES/2322(2016) OP13(e)", "/provisions/S/RES/2322(2016)/13(e)/"),
]


def test_an_address_is_readable_and_keeps_the_day():
    past = Day(datetime.date(2019, 6, 30), TODAY)
    assert address("resolution", "S/RES/2322(2016)") == "/resolutions/S/RES/2322(2016)/"
    assert (
        address("commitments", day=past, provision="S/RES/2322(2016)/13(e)", result=["a", "b"])
        == "/commitments/?provision=S/RES/2322(2016)/13(e)&result=a&result=b&on=2019-06-30"
    )
    assert address("home", day=Day(TODAY, TODAY)) == "/"


def test_a_changed_address_keeps_the_rest():
    data = QueryDict("a=1&a=2&b=3&page=4")
    assert changed("/x/", data, without=("a", "1"), page=None) == "/x/?a=2&b=3"
    assert changed("/x/", data, a=None, b=5, page=None) == "/x/?b=5"
    assert changed("/x/", QueryDict("a=1"), a=None) == "/x/"


@pytest.mark.django_db
@pytest.mark.parametrize(("other", "one"), SPELLINGS)
def test_another_spelling_leads_to_the_one_address(viewer, other, one):
    answer = viewer.get(f"{other}?on=2020-01-01")
    assert answer.status_code == 302
    assert answer["Location"] == f"{one}?on=2020-01-01"
    assert viewer.get(answer["Location"]).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "sentence"), MISSING)
def test_nothing_there_says_how_an_address_is_written(viewer, path, sentence):
    answer = viewer.get(path)
    assert answer.status_code == 404
    shown = answer.content.decode()
    assert sentence in shown
    assert "/provisions/S/RES/2322(2016)/13(e)/" in shown
    assert any(form.attributes.get("role") == "search" for form in read(answer).all("form"))


@pytest.mark.django_db
@pytest.mark.parametrize(("words", "target"), SEARCHES)
def test_a_symbol_goes_straight_to_its_page(viewer, words, target):
    answer = viewer.get("/search/", {"q": words})
    assert (answer.status_code, answer["Location"]) == (302, target)


@pytest.mark.django_db
def test_a_symbol_stays_on_the_day(viewer):
    answer = viewer.get("/search/", {"q": "2322 1", "on": "2020-01-01"})
    assert answer["Location"] == "/provisions/S/RES/2322(2016)/1/?on=2020-01-01"


@pytest.mark.django_db
def test_a_page_refuses_what_it_does_not_know(viewer):
    assert viewer.get("/bodies/CTED/?foo=1").status_code == 400


@pytest.mark.django_db
def test_the_page_for_a_fault_of_ours_names_the_request(viewer, monkeypatch):
    def break_it(*args, **kwargs):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("tracker.dashboard.home.overview", break_it)
    viewer.raise_request_exception = False
    answer = viewer.get("/")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()
    assert "broken on purpose" not in answer.content.decode()
