"""The matrix in a real browser: by keyboard, opened in place, in print, light and dark."""

import re

import pytest

from tests.journeys.test_pages import audit, too_wide

pytestmark = pytest.mark.journey

PATHS = [
    "/matrix/",
    "/matrix/?open_row=judicial-cooperation&open_column=002&against=2024-06-30",
    "/matrix/?rows=provision&columns=body&against=2024-06-30",
    "/matrix/?rows=planets",
    "/matrix/?on=2010-01-01",
    "/trends/?step=year",
    "/trends/?to=2010-01-01",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_pictures_are_accessible_and_fit(open_page, path, scheme):
    watched = open_page(color_scheme=scheme)
    page = watched.page
    page.goto(path)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert audit(page) == []
        assert not too_wide(page)
    assert watched.foreign == []


def focused(page) -> str:
    """What has the focus: the text of its row and of itself."""
    return page.evaluate(
        "[document.activeElement.closest('tr').rowIndex, "
        "document.activeElement.closest('td, th').cellIndex]"
    )


def test_arrows_walk_the_table_and_enter_opens_the_list(open_page):
    page = open_page().page
    page.goto("/matrix/?rows=provision&columns=body&region=150")
    table = page.locator("table.grid")
    assert table.locator("a[tabindex='0']").count() == 1
    table.locator("tbody tr").nth(2).locator("td a").first.focus()
    start = focused(page)
    page.keyboard.press("ArrowDown")
    down = focused(page)
    assert (down[0] > start[0], down[1]) == (True, start[1])
    page.keyboard.press("ArrowRight")
    assert focused(page)[1] > down[1]
    page.keyboard.press("Home")
    assert focused(page)[1] == 0
    page.keyboard.press("End")
    assert table.locator("a[tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/commitments/**")
    assert page.locator("#count [data-count]").get_attribute("data-count") == "1"


def test_a_row_opens_in_place_and_back_closes_it(open_page):
    page = open_page().page
    page.goto("/matrix/?region=150")
    page.evaluate("window.stillHere = true")
    page.get_by_label("Show the parts of Judicial cooperation").click()
    page.get_by_label("Show the parts of Extradition").wait_for()
    assert "open_row=judicial-cooperation" in page.url
    assert page.evaluate("window.stillHere") is True
    page.go_back()
    page.get_by_label("Show the parts of Judicial cooperation").wait_for()
    assert page.get_by_label("Show the parts of Extradition").count() == 0


def test_a_large_table_has_a_link_in_each_cell_with_script(open_page):
    page = open_page().page
    page.goto("/matrix/?rows=provision&columns=body&against=2024-06-30")
    cells = page.locator("table.grid tbody td:not(:empty)")
    assert cells.count() > 700
    assert cells.filter(has_not=page.locator("a")).count() == 0
    target = cells.first.locator("a").get_attribute("href")
    assert re.search(r"/commitments/\?role=addressee&provision=.+&body=\w+", target)
    page.goto(target)
    assert page.locator("#count [data-count]").get_attribute("data-count") == "1"


def test_in_print_the_picture_names_its_day_and_its_level(open_page):
    page = open_page().page
    page.goto("/matrix/?on=2022-06-30")
    page.emulate_media(media="print")
    head = page.locator(".print-head")
    assert head.is_visible()
    for words in ("As of 30 June 2022", "Classification: internal", "no legal finding"):
        assert words in head.inner_text()
    assert not page.locator(".picture-controls").is_visible()
