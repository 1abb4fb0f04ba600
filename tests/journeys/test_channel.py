"""A prosecutor in a hurry: three choices by keyboard, the answer, its office, and back."""

import pytest

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("javascript", [True, False])
def test_three_choices_by_keyboard_give_the_answer_and_its_address(open_page, javascript):
    watched = open_page(javascript=javascript)
    page = watched.page
    page.goto("/networks/")
    page.get_by_role("link", name="Find a channel").click()
    page.locator("#f-from").focus()
    page.keyboard.type("Brin")
    page.keyboard.press("Tab")
    page.keyboard.type("Ambr")
    page.keyboard.press("Tab")
    page.keyboard.type("Extr")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/networks/channel/?from=XAB&to=XAA&purpose=extradition&urgent=yes")
    page.locator("h2").first.wait_for()
    assert not watched.complaints and not watched.foreign


def test_the_office_opens_and_back_returns_to_the_same_answer(open_page):
    page = open_page().page
    address = "/networks/channel/?from=XAB&to=XAA&purpose=extradition"
    page.goto(address)
    told = page.locator("#answer").inner_text()
    page.locator("#answer a").click()
    page.wait_for_url("**/designations/**")
    page.go_back()
    page.wait_for_url(f"**{address}")
    assert page.locator("#answer").inner_text() == told


def test_the_calendar_walks_from_month_to_month_and_to_the_list(open_page):
    watched = open_page()
    page = watched.page
    page.goto("/deadlines/?drawn=calendar&month=2017-09")
    page.get_by_role("link", name="October 2017").click()
    page.wait_for_url("**month=2017-10**")
    page.locator("table.calendar td.busy a").first.click()
    page.wait_for_url("**due_after=2017-10-12**")
    assert page.locator("table.list tbody tr").count() == 1
    assert not watched.complaints and not watched.foreign


@pytest.mark.parametrize(
    "path",
    [
        "/networks/channel/?from=XAB&to=XAA&purpose=extradition&urgent=yes",
        "/networks/DEMO-24-7/",
        "/networks/gaps/",
        "/deadlines/",
        "/deadlines/?drawn=calendar&month=2017-10",
    ],
)
def test_nothing_is_wider_than_a_small_window(open_page, path):
    page = open_page(width=320).page
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
