"""Every page in every language, and how a reader chooses one."""

import datetime

import pytest
from django.conf import settings
from django.utils.translation import override

from tests.dashboard.pages import LISTS, PAGES, read
from tests.thorough import some
from tracker.exports.about import day_words

pytestmark = pytest.mark.django_db
TRANSLATED = [code for code, _name in settings.LANGUAGES if code != "en"]


@pytest.mark.parametrize("language", some(*reversed(TRANSLATED)))
def test_every_page_is_shown_in_the_language_chosen(viewer, language):
    viewer.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for path in LISTS + PAGES:
        response = viewer.get(path)
        page = read(response)
        assert response.status_code == 200, path
        assert page.all("html")[0].attributes["lang"] == language
        assert page.all("html")[0].attributes["dir"] == ("rtl" if language == "ar" else "ltr")
        assert "Commitment tracker" not in page.all("title")[0].text, path


def test_a_reader_chooses_a_language_and_stays_on_the_page(viewer):
    answer = viewer.post("/language/", {"language": "fr", "next": "/bodies/?kind=network"})
    assert answer["Location"] == "/bodies/?kind=network"
    assert read(viewer.get("/bodies/")).all("html")[0].attributes["lang"] == "fr"


@pytest.mark.parametrize(
    "next", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:1"]
)
def test_the_choice_of_a_language_leads_to_no_other_site(viewer, next):
    assert (
        "elsewhere" not in viewer.post("/language/", {"language": "fr", "next": next})["Location"]
    )


def test_what_is_held_in_english_is_marked_within_a_page_in_french(viewer):
    address = "/provisions/S/RES/2322(2016)/13(e)/"
    assert '<bdi lang="en">' not in viewer.get(address).content.decode()
    viewer.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    page = viewer.get(address).content.decode()
    assert '<p class="lead"><bdi lang="en">Name Central Authorities' in page
    assert "Paragraphe du dispositif" in page


def test_the_first_of_a_month_is_written_as_the_language_has_it():
    days = datetime.date(2016, 7, 1), datetime.date(2016, 7, 11)
    with override("fr"):
        assert [day_words(each) for each in days] == ["1er juillet 2016", "11 juillet 2016"]
    with override("en"):
        assert [day_words(each) for each in days] == ["1 July 2016", "11 July 2016"]
