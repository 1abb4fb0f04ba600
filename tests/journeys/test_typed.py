"""Nothing typed is lost, in a real browser: closed windows, cut lines, sign-outs, two people."""

import pytest

from tests.journeys.test_story import look
from tests.journeys.work import ASSESSOR, REVIEWER, Desk, follow, free_commitment

pytestmark = pytest.mark.journey
KEPT = "not saved yet."


@pytest.fixture
def desk(browser, site):
    """A draft assessment, open in the window of the assessor."""
    made = Desk(browser, site, ASSESSOR)
    made.page.goto(free_commitment(made.page) + "assess/")
    made.page.get_by_role("radio", name="Largely implemented").check()
    made.page.get_by_label("Rationale").fill("As first drafted, it says this much.")
    made.press("Save the draft")
    made.address = made.page.url
    yield made
    made.page.goto(made.address)
    made.page.get_by_label("Reason", exact=True).fill("Only tried")
    made.press("Withdraw, with the reason")
    made.close()


def box(page):
    return page.get_by_role("textbox", name="Rationale")


def test_a_pause_keeps_and_a_closed_window_loses_nothing(desk):
    page = desk.page
    box(page).fill("Typed, and then a pause.")
    page.locator("#form-assessment .kept", has_text=KEPT).wait_for()
    page.goto("/")
    page.go_back()
    assert box(page).input_value() == "Typed, and then a pause."
    box(page).fill("Typed in haste, no pause.")
    page.goto("/")
    page.goto(desk.address)
    assert box(page).input_value() == "Typed in haste, no pause."
    assert desk.says("It is kept and shown here")
    look(page)
    desk.press("Discard what I typed")
    assert box(page).input_value() == "As first drafted, it says this much."


def test_a_cut_line_keeps_the_text_on_the_page_and_sends_it_later(desk):
    page = desk.page
    desk.context.set_offline(True)
    box(page).fill("Typed in a tunnel.")
    page.locator(".kept", has_text="No connection").first.wait_for()
    page.get_by_role("button", name="Save the draft").click()
    assert page.url == desk.address and box(page).input_value() == "Typed in a tunnel."
    desk.context.set_offline(False)
    page.locator("#form-assessment .kept", has_text=KEPT).wait_for()
    desk.press("Save the draft")
    assert "The draft is saved." in desk.told()
    assert box(page).input_value() == "Typed in a tunnel."
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "tunnel" not in stored


def test_a_session_that_ended_takes_the_text_through_the_sign_in(desk):
    page = desk.page
    desk.context.clear_cookies(name="sessionid")
    box(page).fill("Typed after the session had ended.")
    page.locator(".kept", has_text="signed out").first.wait_for()
    desk.press("Save the draft")
    look(page)
    desk.sign_in()
    assert page.url == desk.address
    assert box(page).input_value() == "Typed after the session had ended."
    desk.press("Save the draft")
    assert "The draft is saved." in desk.told()


def test_a_sign_in_elsewhere_makes_the_token_old_and_costs_nothing(desk):
    page = desk.page
    box(page).fill("Typed while signed out elsewhere.")
    other = desk.context.new_page()
    other.goto("/")
    follow(other.get_by_role("button", name="Sign out"))
    first, desk.page = desk.page, other
    desk.sign_in()
    other.close()
    desk.page = first
    desk.press("Save the draft")
    assert desk.says("The form had been open for too long")
    look(page)
    desk.press("Save the draft")
    assert box(page).input_value() == "Typed while signed out elsewhere."


@pytest.mark.parametrize("javascript", [True, False])
def test_two_people_change_the_same_and_see_both_texts(desk, browser, site, javascript):
    other = Desk(browser, site, REVIEWER, java_script_enabled=javascript)
    other.page.goto(desk.address)
    box(other.page).fill("As the reviewer has it, it says that much.")
    box(desk.page).fill("As the assessor has it, it says this much.")
    desk.press("Save the draft")
    other.press("Save the draft")
    assert other.says("Somebody changed this in the meantime")
    assert other.says("+ reviewer") and other.says("− assessor")
    if javascript:
        look(other.page)
    other.press("Take both, one below the other (Rationale)")
    both = box(other.page).input_value()
    assert "the assessor has it" in both and "the reviewer has it" in both
    other.press("Save the draft")
    assert "The draft is saved." in other.told()
    desk.page.goto(desk.address)
    assert box(desk.page).input_value() == both
    other.close()
