"""One story from start to end: a report with a file, an assessment, a comment, an adoption.

Real people of the demonstration sign in, and follow what the pages say: labels and turns.
"""

import pytest

from tests.files.corpus import pdf
from tests.journeys.test_pages import audit, too_wide
from tests.journeys.work import (
    ASSESSOR,
    FOCAL,
    REVIEWER,
    Desk,
    figures,
    follow,
    free_commitment,
)

pytestmark = pytest.mark.journey
RESOLUTION = "/resolutions/S/RES/2322(2016)/"


@pytest.fixture
def people(browser, site):
    """A window for each person of the story."""
    desks = {name: Desk(browser, site, name) for name in (FOCAL, ASSESSOR, REVIEWER)}
    yield desks[FOCAL], desks[ASSESSOR], desks[REVIEWER]
    for desk in desks.values():
        desk.close()


def look(page):
    """The page is accessible and no wider than the window, wide and narrow."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert audit(page) == []
        assert not too_wide(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def report(focal, place, folder):
    """The focal point reports, adds a file and cites it, and submits."""
    page = focal.page
    page.goto(place)
    focal.press("New report")
    page.get_by_label("Position").select_option(label="Reported as completed")
    page.get_by_label("In your own words").fill("The law is in force, and requests are answered.")
    focal.press("Save the draft")
    assert "The draft is saved." in focal.told()
    look(page)
    focal.press("Add evidence and cite it here")
    law = folder / "law.pdf"
    law.write_bytes(pdf(place.encode()))
    page.get_by_label("File", exact=True).set_input_files(law)
    page.get_by_label("Title").fill("The law on mutual assistance")
    page.get_by_label("Kind").select_option(label="Legislation")
    page.get_by_label("Where it comes from").select_option("body_itself")
    page.get_by_label("Pinpoint").fill("Article 4")
    look(page)
    focal.press("Save and cite")
    assert focal.says("The law on mutual assistance") and focal.says("(Article 4)")
    focal.press("Submit")
    assert "The report is submitted." in focal.told()


def draft_and_send(assessor, place):
    """The assessor sees whose turn it is, drafts beside the criteria, and sends."""
    page = assessor.page
    page.goto(place)
    assert assessor.says("Turn: Assessors")
    assessor.press("Draft an assessment")
    look(page)
    page.get_by_role("radio", name="Fully implemented").check()
    page.get_by_label("Rationale").fill("The law and its practice were seen.")
    assessor.press("Save the draft")
    assert "The draft is saved." in assessor.told()
    assessor.press("Send to the body")
    assert "The assessment is sent to the body." in assessor.told()
    assert assessor.says("Turn: Focal point of")
    look(page)


def comment(focal, address):
    """The focal point finds it in the inbox and comments."""
    page = focal.page
    follow(page.locator(".site-nav").get_by_role("link", name="Inbox"))
    follow(page.locator(f"main a[href='{address}']").first)
    page.get_by_label("Comment of the body").fill("We agree, and add that courts apply it.")
    look(page)
    focal.press("Comment")
    assert "The comment stands beside the assessment." in focal.told()


def adopt(reviewer, address):
    """The reviewer claims it from the queue, and adopts."""
    page = reviewer.page
    page.goto("/review/?sort=-waiting&page_size=200")
    row = page.locator("tbody tr", has=page.locator(f"a[href='{address}']"))
    follow(row.get_by_role("button", name="Claim"))
    assert "You have claimed it." in reviewer.told()
    page.goto(address)
    assert reviewer.says("courts apply it")
    look(page)
    reviewer.press("Adopt")
    assert "The assessment is adopted." in reviewer.told()


def test_from_a_report_to_an_adoption_and_the_bar_moves(people, tmp_path):
    focal, assessor, reviewer = people
    place = free_commitment(assessor.page)
    before = figures(assessor.page, RESOLUTION)
    report(focal, place, tmp_path)
    assert figures(assessor.page, RESOLUTION) == before  # a report changes no assessment
    draft_and_send(assessor, place)
    address = assessor.page.url.removeprefix(assessor.site.address)
    comment(focal, address)
    assessor.page.goto(address)
    assessor.press("Put under review")
    assert assessor.says("Turn: Reviewers")
    assert figures(assessor.page, RESOLUTION) == before
    adopt(reviewer, address)
    after = figures(reviewer.page, RESOLUTION)
    assert after["Fully implemented"] == before["Fully implemented"] + 1
    assert after["Not assessed"] == before["Not assessed"] - 1
    assert sum(after.values()) == sum(before.values())
    reviewer.page.goto(place)
    assert reviewer.says("The law on mutual assistance")
    look(reviewer.page)
    reviewer.press("History of this commitment")
    look(reviewer.page)


def test_a_report_is_written_by_keyboard_alone(people):
    focal, assessor, _reviewer = people
    place, page = free_commitment(assessor.page), focal.page
    page.goto(f"{place}report/")

    def reach(label):
        for _press in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id || document.activeElement.value") == label:
                return
        raise AssertionError(f"{label} cannot be reached")

    reach("f-position")
    page.keyboard.press("p")
    reach("f-text")
    page.keyboard.type("Typed without a mouse.")
    reach("submit")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "The report is submitted." in focal.told()
