"""How a person signs in, reads and types, for the stories that a browser tells."""

import re

from tests.journeys.site import Site

FOCAL, ASSESSOR, REVIEWER = "demo-focal-point-1", "demo-assessor-1", "demo-reviewer"
#: The State that the focal point speaks for.
STATE = "XAA"


def follow(found):
    """Click what leads to another page, and wait for that page; a click alone does not."""
    with found.page.expect_navigation():
        found.click()


class Desk:
    """A browser window of one person, signed in through the form."""

    def __init__(self, browser, site: Site, name: str, **options):
        self.context = browser.new_context(base_url=site.address, locale="en-GB", **options)
        self.page = self.context.new_page()
        self.site, self.name = site, name
        self.page.goto("/")
        self.sign_in()

    def sign_in(self):
        """Fill in the form that is shown; the page asked for comes next."""
        self.page.get_by_label("Name").fill(self.name)
        self.page.get_by_label("Password").fill(
            (self.site.passwords | self.site.demonstration)[self.name]
        )
        follow(self.page.get_by_role("button", name="Sign in"))

    def press(self, words):
        """Press the button or follow the link with these words, and wait for the next page."""
        page = self.page
        found = page.get_by_role("button", name=words, exact=True)
        found = found if found.count() else page.get_by_role("link", name=words, exact=True)
        follow(found.first)

    def says(self, words):
        """Whether the page shows these words."""
        return self.page.get_by_text(words).first.is_visible()

    def told(self) -> str:
        """What the page says was done."""
        return " ".join(self.page.locator(".done").all_inner_texts())

    def close(self):
        """Close the window."""
        self.context.close()


def figures(page, address: str) -> dict[str, int]:
    """How many commitments of a resolution have each result, as its page shows them."""
    page.goto(address)
    rows = page.locator(".legend li").all_inner_texts()
    pairs = [re.match(r"(.+?)\s+([\d,]+)$", " ".join(row.split())) for row in rows]
    return {each[1].strip(): int(each[2].replace(",", "")) for each in pairs if each}


def free_commitment(page, role_path: str = "") -> str:
    """The page of a commitment of the State that is not assessed and has nothing under way."""
    page.goto(f"/commitments/?body={STATE}&result=not_assessed&evidence=none")
    links = page.locator("tbody th a[href*='/commitments/']")
    for place in [links.nth(n).get_attribute("href") for n in range(links.count())]:
        page.goto(place)
        if page.get_by_role("link", name="Draft an assessment").count():
            return place
    raise LookupError("every commitment has an assessment under way")
