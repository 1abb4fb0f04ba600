"""What a refresh of the table part leaves behind: panel, day and announcement follow."""

import pytest

pytestmark = pytest.mark.journey

START = "/commitments/?result=not_assessed&theme=biometrics"


@pytest.fixture
def page(open_page):
    """A list with two filters, and a trace that shows whether the page was loaded anew."""
    watched = open_page()
    watched.page.goto(START)
    watched.page.evaluate("window.stillHere = true")
    yield watched.page
    assert watched.complaints == []


def test_the_order_stays_when_a_filter_is_applied(page):
    page.locator("#sort-body").click()
    page.wait_for_url("**sort=body")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**sort=body**")
    assert "result=not_assessed" in page.url
    assert "q=" not in page.url, "an empty field has entered the address"
    assert page.evaluate("window.stillHere") is True


def test_the_panel_and_the_day_follow_a_removed_chip(page):
    page.locator("a.chip", has_text="Biometrics").click()
    page.wait_for_url("**/commitments/?result=not_assessed")
    page.wait_for_function("() => document.getElementById('live').textContent")
    assert page.locator("#filters [name=theme]").first.input_value() == ""
    assert page.locator("#filters [name=result][value=not_assessed]").is_checked()
    assert page.locator(".as-of [name=theme]").count() == 0
    assert page.evaluate("window.stillHere") is True


def test_the_count_is_announced_and_the_focus_stays(page):
    page.locator("#sort-body").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('live').textContent")
    assert page.locator("#live").inner_text() == page.locator("#count strong").inner_text()
    assert page.evaluate("document.activeElement.id") == "sort-body"


def test_a_wrong_value_is_told_without_loading_the_page(open_page):
    page = open_page().page
    page.goto("/commitments/")
    page.evaluate("window.stillHere = true")
    page.locator("#filters summary").get_by_text("Region", exact=True).click()
    page.locator("#filters [name=region]").first.fill("nowhere")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_selector(".problems")
    assert "nowhere" in page.locator(".problems").inner_text()
    assert page.evaluate("window.stillHere") is True


@pytest.mark.parametrize("path", ["/", START, "/resolutions/S/RES/2322(2016)/", "/bodies/XAA/"])
def test_a_page_fits_into_320_pixels_and_into_the_other_direction(open_page, path):
    page = open_page(width=320).page
    page.goto(path)
    wide = "document.documentElement.scrollWidth > window.innerWidth"
    assert not page.evaluate(wide)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert not page.evaluate(wide)
