"""Every page in every language, and how a reader chooses one."""

import pytest
from django.conf import settings

from tests.dashboard.pages import LISTS, PAGES, read

pytestmark = pytest.mark.django_db
TRANSLATED = [code for code, _name in settings.LANGUAGES if code != "en"]


@pytest.mark.parametrize("language", TRANSLATED)
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
