"""From the inbox to the act and back, until nothing waits."""

import re

import pytest

from tests.journeys.site import FOCAL_POINT
from tests.journeys.test_pages import audit, too_wide
from tests.journeys.work import follow

pytestmark = pytest.mark.journey


def look(page):
    """The page, once it is all there, at both widths: accessible, no wider than the window."""
    page.wait_for_load_state()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert audit(page) == []
        assert not too_wide(page)


def act(page):
    """Do what the page waits for: comment on an assessment, or confirm an office."""
    comment = page.locator("textarea[name=body_comment]")
    if comment.count():
        comment.fill("We agree.")
        follow(page.get_by_role("button", name="Comment", exact=True))
    else:
        follow(page.get_by_role("button", name="Still correct", exact=True))
    assert page.locator(".done").count()


def test_a_focal_point_empties_the_inbox(open_page):
    watched = open_page(FOCAL_POINT)
    page = watched.page
    page.goto("/")
    follow(page.locator(".site-nav").get_by_role("link", name="Inbox"))
    look(page)
    waits = page.locator(".site-nav .waits")
    assert waits.count() == 1
    for _round in range(9):
        if not waits.count():
            break
        follow(page.locator("section[aria-labelledby=waits] .inbox a").first)
        look(page)
        act(page)
        follow(page.locator(".site-nav").get_by_role("link", name="Inbox"))
    assert page.get_by_text("Nothing waits for you.").is_visible()
    seen = page.get_by_role("button", name="Mark as seen")
    if seen.count():
        follow(seen)
    assert page.get_by_text("Nothing has changed.").is_visible()
    look(page)
    assert watched.complaints == []
    assert watched.foreign == []


def test_pages_for_work_are_accessible_for_who_may_act(open_page):
    page = open_page("admin").page
    for path in ("/designations/?stale=yes", "/checks/", "/review/", "/assessments/"):
        page.goto(path)
        look(page)
    page.goto("/designations/?stale=yes")
    page.locator("input[name=row]").first.check()
    follow(page.get_by_role("button", name=re.compile("Confirm as still correct")))
    page.get_by_label("Reason").fill("The yearly round")
    follow(page.get_by_role("button", name="Show the effect"))
    assert page.get_by_role("heading", name="1 row changes").is_visible()
    look(page)
    follow(page.get_by_role("button", name="Do it for this 1 row"))
    assert page.get_by_text("1 change was written").is_visible()
    look(page)
