"""The main pages in Arabic: they flow from the right and fit any window."""

import pytest
from django.conf import settings

from tests.journeys.site import VIEWER, sign_in
from tests.journeys.test_pages import too_wide

pytestmark = pytest.mark.journey

PAGES = [
    "/",
    "/matrix/",
    "/resolutions/S/RES/2322(2016)/",
    "/provisions/S/RES/2322(2016)/13(e)/",
    "/bodies/XAA/",
    "/bodies/XAA/brief/",
    "/commitments/?result=not_assessed",
    "/commitments/S/RES/2322(2016)/13(e)/XAA/",
    "/deadlines/?drawn=calendar",
    "/deadlines/?drawn=calendar&month=2017-10",
    "/networks/channel/?from=XAA&to=XAB&purpose=mutual_legal_assistance",
    "/trends/",
    "/compare/?body=XAA&body=XAB",
    "/search/?q=central",
    "/inbox/",
    "/me/",
]

#: Symbols and the register's English: none may take part in the order of a line of Arabic.
LOOSE = """[...document.querySelectorAll('.symbol, [lang=en]')]
    .filter(each => getComputedStyle(each).unicodeBidi !== 'isolate')
    .map(each => each.outerHTML)"""


@pytest.fixture(scope="module")
def arabic(site, browser):
    """One page of somebody who reads in Arabic."""
    context = browser.new_context(
        base_url=site.address,
        storage_state=sign_in(browser, site, VIEWER),
        viewport={"width": 1280, "height": 900},
    )
    choice = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "ar", "url": site.address}
    context.add_cookies([choice])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_in_arabic(arabic, path):
    arabic.set_viewport_size({"width": 1280, "height": 900})
    arabic.goto(path)
    assert arabic.locator("html").get_attribute("dir") == "rtl"
    assert arabic.evaluate("getComputedStyle(document.body).letterSpacing") == "normal"
    assert arabic.evaluate(LOOSE) == []
    for width in (1280, 320):
        arabic.set_viewport_size({"width": width, "height": 900})
        assert not too_wide(arabic), f"wider than {width} pixels"
