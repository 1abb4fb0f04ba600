"""Filtering, sorting and paging as a person does it, with and without JavaScript."""

import pytest

pytestmark = pytest.mark.journey


def count_shown(page) -> str:
    return page.locator("[data-count]").first.get_attribute("data-count")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_filter_narrows_and_its_chip_takes_it_away(open_page, javascript):
    page = open_page(javascript=javascript).page
    page.goto("/commitments/")
    before = count_shown(page)
    page.goto("/commitments/?result=not_assessed")
    assert count_shown(page) != before
    page.get_by_role("link", name="Not assessed").first.click()
    page.wait_for_url("**/commitments/**")
    page.wait_for_load_state()
    page.locator(f"[data-count='{before}']").first.wait_for()
    assert "result=" not in page.url


def test_the_table_refreshes_without_loading_the_page(open_page):
    page = open_page().page
    page.goto("/commitments/")
    page.evaluate("window.stillHere = true")
    page.locator("table thead a").first.click()
    page.wait_for_url("**sort=**")
    assert page.evaluate("window.stillHere") is True
    page.go_back()
    page.wait_for_url("**/commitments/")
    page.locator("table tbody tr").first.wait_for()


def test_every_page_can_be_reached_by_keyboard_alone(open_page):
    page = open_page().page
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


def test_keys_are_suggested_once_the_filters_are_used(open_page):
    page = open_page().page
    page.goto("/commitments/")
    assert page.locator("datalist").count() == 0
    page.locator("#filters summary").get_by_text("Region", exact=True).click()
    page.locator("#filters [name=region]").first.focus()
    page.locator("datalist#s-region option[value='150']").wait_for(state="attached")
    assert "/suggestions/" not in page.url
