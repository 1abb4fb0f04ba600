"""The command box and the keys, by keyboard alone, and what remains without script."""

import pytest

from tests.journeys.site import FOCAL_POINT
from tests.journeys.test_pages import audit, too_wide
from tests.journeys.work import follow

pytestmark = pytest.mark.journey


def opened(page, key="Control+k"):
    """The command box, opened by a key."""
    page.keyboard.press(key)
    page.wait_for_selector("#command[open]")
    return page.get_by_role("combobox")


def chosen(page) -> str:
    """The text of the place that the box says is chosen."""
    place = page.get_by_role("combobox").get_attribute("aria-activedescendant")
    row = page.locator(f"#{place}")
    assert row.get_attribute("aria-selected") == "true"
    return row.inner_text()


def asked(page, words):
    """Type, and wait for what is offered."""
    page.keyboard.type(words)
    page.wait_for_selector(f"#command[data-shown='{words}']")


def test_a_paragraph_is_reached_by_keyboard_alone(open_page):
    watched = open_page()
    page = watched.page
    page.goto("/")
    box = opened(page)
    assert box.evaluate("each => each === document.activeElement")
    asked(page, "2322 13")
    assert box.get_attribute("aria-expanded") == "true"
    assert page.locator(".command-status").inner_text() == "9 places"
    assert page.get_by_role("option").count() == 9
    assert audit(page) == []
    page.keyboard.press("ArrowDown")
    assert chosen(page).startswith("S/RES/2322 (2016) ¶13")
    page.keyboard.press("ArrowUp")
    assert "¶13(h)" in chosen(page)
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/provisions/S/RES/2322(2016)/13(a)/")
    assert watched.complaints == []
    assert watched.foreign == []


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("CTED", "**/bodies/CTED/"),
        ("inbo", "**/inbox/"),
        ("2322", "**/resolutions/S/RES/2322(2016)/"),
    ],
)
def test_a_body_a_screen_and_a_resolution_are_reached(open_page, words, address):
    page = open_page().page
    page.goto("/bodies/")
    opened(page, "Meta+k")
    asked(page, words)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(address)


def test_enter_without_a_choice_searches_all_texts(open_page):
    page = open_page().page
    page.goto("/")
    opened(page, "/")
    page.keyboard.type("extradition")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=extradition")
    assert page.locator("mark").first.is_visible()


def test_the_box_closes_and_gives_the_focus_back(open_page):
    page = open_page().page
    page.goto("/")
    button = page.get_by_role("button", name="Go to")
    button.click()
    page.wait_for_selector("#command[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("#command", state="hidden")
    assert button.evaluate("each => each === document.activeElement")


def test_keys_work_again_after_the_box_was_closed(open_page):
    page = open_page().page
    page.goto("/")
    opened(page)
    asked(page, "2322 13")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    page.wait_for_selector("#command", state="hidden")
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")


def test_keys_work_at_once_while_the_closed_box_still_has_the_focus(open_page):
    page = open_page().page
    page.goto("/")
    opened(page)
    page.evaluate(
        """() => {
            document.getElementById("command").close();
            document.getElementById("command-words").dispatchEvent(
                new KeyboardEvent("keydown", { key: "?", bubbles: true })
            );
        }"""
    )
    page.wait_for_selector("#keys[open]")


def test_what_is_offered_is_text_whatever_it_holds(open_page):
    watched = open_page()
    watched.page.goto("/")
    opened(watched.page)
    asked(watched.page, "<img src=x onerror=alert(1)>")
    assert watched.page.locator("#command img").count() == 0
    assert watched.complaints == []


def test_keys_are_listed_and_lead_to_pages(open_page):
    page = open_page().page
    page.goto("/")
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")
    assert audit(page) == []
    page.keyboard.press("Escape")
    page.wait_for_selector("#keys", state="hidden")
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/inbox/")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url(lambda url: url.endswith("/"))


def test_rows_are_walked_and_opened(open_page):
    page = open_page().page
    page.goto("/bodies/")
    names = page.locator("main table.list tbody tr th a")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        assert names.nth(place).evaluate("each => each === document.activeElement")
    wanted = names.nth(1).get_attribute("href")
    page.keyboard.press("o")
    page.wait_for_url(f"**{wanted}")


def test_a_row_is_ticked(open_page):
    page = open_page("admin").page
    page.goto("/designations/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("input[name=row]").first.is_checked()
    page.keyboard.press("x")
    assert not page.locator("input[name=row]").first.is_checked()


def test_no_key_does_anything_in_a_field(open_page):
    page = open_page().page
    page.goto("/bodies/")
    page.locator("#search").click()
    page.keyboard.type("gi/?jx")
    assert page.locator("#search").input_value() == "gi/?jx"
    assert page.url.endswith("/bodies/")
    assert page.locator("dialog[open]").count() == 0


def test_keys_are_switched_off(open_page):
    page = open_page(FOCAL_POINT).page
    page.goto("/shortcuts/")
    follow(page.get_by_role("button", name="Switch single keys off"))
    assert page.get_by_text("Single keys are off in this browser").is_visible()
    page.goto("/")
    page.keyboard.press("?")
    page.keyboard.press("/")
    assert page.locator("dialog[open]").count() == 0
    opened(page)
    page.goto("/shortcuts/")
    follow(page.get_by_role("button", name="Switch single keys on"))
    assert page.get_by_text("Single keys are on in this browser").is_visible()
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")


@pytest.mark.parametrize("width", [1280, 320])
def test_the_box_is_no_wider_than_the_window(open_page, width):
    page = open_page(width=width).page
    page.goto("/")
    opened(page)
    asked(page, "united")
    assert not too_wide(page)
    assert page.locator("#command").bounding_box()["width"] <= width


def test_without_script_the_header_leads_to_the_same(open_page):
    page = open_page(javascript=False).page
    page.goto("/")
    assert not page.locator("dialog").first.is_visible()
    assert not page.get_by_role("button", name="Go to").is_visible()
    page.locator("#search").fill("2322 13e")
    page.locator("#search").press("Enter")
    page.wait_for_url("**/provisions/S/RES/2322(2016)/13(e)/")
