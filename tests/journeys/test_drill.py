"""From the overview down to a piece of evidence in five clicks, and back with what was chosen."""

import json

import pytest

from tests.journeys.visits import Follow, Visit
from tests.journeys.work import ASSESSOR

pytestmark = pytest.mark.journey

DAY = "on=2026-06-30"
#: Theme, resolution, paragraph, commitment, evidence.
PATH = (
    Follow("Central Authorities", "section[aria-labelledby=by-theme]"),
    Follow("S/RES/2322 (2016)", "section[aria-labelledby=in-resolutions]"),
    Follow("13(e)", "table.paragraphs"),
    Follow("Ambrel", "#results tbody"),
    Follow("Act on mutual assistance", "main .evidence"),
)


#: The address, the heading, and every figure of a page.
STAND = """() => [
    location.href, document.querySelector('h1')?.innerText,
    [...document.querySelectorAll('main [data-count]')].map(each => each.dataset.count)]"""


def stand(page) -> list:
    """Where one is: the address, the heading, and every figure of the page."""
    return page.evaluate(f"({STAND})()")


def walk(page, steps) -> list:
    """Take the steps; returns what was seen before each, and after the last."""
    visit, seen = Visit(page), [stand(page)]
    for step in steps:
        step.take(visit)
        seen.append(stand(page))
    assert visit.acts == len(steps)
    return seen


def go_back(page, seen):
    """Go back as often as something was seen; the same must be seen again."""
    for before in reversed(seen[:-1]):
        page.go_back(wait_until="domcontentloaded")
        # What was refreshed in place is loaded anew, so this outlives a page.
        again = f"wanted => JSON.stringify(({STAND})()) === wanted"
        page.wait_for_function(
            again, arg=json.dumps(before, separators=(",", ":"), ensure_ascii=False)
        )


def test_five_clicks_lead_to_the_evidence_and_five_backs_home(open_page):
    page = open_page(ASSESSOR).page
    page.goto(f"/?{DAY}")
    seen = walk(page, PATH)
    assert len(seen) == 6 and len({address for address, *_rest in seen}) == 6
    assert [address.split("/")[3] for address, *_rest in seen[1:]] == [
        "themes", "resolutions", "provisions", "commitments", "evidence",
    ]  # fmt: skip
    assert all(address.endswith(DAY) for address, *_rest in seen)
    go_back(page, seen)


def test_filters_and_order_stand_when_one_comes_back_from_a_row(open_page):
    page = open_page(ASSESSOR).page
    page.goto("/provisions/S/RES/2322(2016)/13(e)/?evidence=some&region=002")
    order = Follow("Body", "#results thead")
    seen = walk(page, (order, Follow("Ambrel", "#results tbody"), PATH[-1]))
    assert "sort=" in seen[1][0]
    for before in (seen[1], seen[0]):
        assert {"evidence=some", "region=002"} <= set(before[0].split("?")[1].split("&"))
    go_back(page, seen)
    assert page.locator("a.chip").count() == 2
    assert page.locator("#filters [name=evidence][value=some]").is_checked()
