"""Each task of the story by keyboard alone: no mouse, no touch, and the focus always in sight."""

import pytest

from tests.files.corpus import pdf
from tests.journeys.work import ASSESSOR, FOCAL, REVIEWER, free_commitment

pytestmark = pytest.mark.journey

#: The name of what has the focus, as people would call it, and whether it is in the window.
FOCUSED = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect();
  const label = it.labels && it.labels.length ? it.labels[0].innerText : '';
  const name = it.getAttribute('aria-label') || label || it.innerText || it.value || '';
  return {
    name: name.replace(/\\s+/g, ' ').trim(), href: it.getAttribute('href') || '', tag: it.tagName,
    kind: it.type || '',
    shown: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""
#: Every use of a pointer is told.
LISTEN = "addEventListener('pointerdown', event => pointed(event.target.outerHTML), true)"


class Keyboard:
    """Somebody who has a keyboard and nothing else."""

    def __init__(self, browser, site, name):
        self.context = browser.new_context(base_url=site.address, locale="en-GB")
        self.pointed = []
        self.context.expose_function("pointed", lambda what: self.pointed.append(what))
        self.context.add_init_script(LISTEN)
        self.page = self.context.new_page()
        self.page.goto("/")
        password = (site.passwords | site.demonstration)[name]
        self.type("Name", name)
        self.type("Password", password)
        self.leads("Enter")

    def reach(self, wanted, *, most=250):
        """Press Tab until ``wanted`` (a name, a part of it after …, an address) has the focus."""
        for _press in range(most):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(FOCUSED)
            if found["tag"] != "BODY":
                assert found["shown"], f"the focus is out of sight on {found}"
            if wanted in (found["name"], found["href"]):
                return
            if wanted.startswith("…") and wanted[1:] in found["name"]:
                return
        raise AssertionError(f"{wanted} cannot be reached on {self.page.url}")

    def type(self, label, words):
        """Reach a field, and type; a list takes the first letters."""
        self.reach(label)
        self.page.keyboard.type(words)

    def leads(self, *keys):
        """Press keys; another page follows."""
        with self.page.expect_navigation():
            for key in keys:
                self.page.keyboard.press(key)

    def enter(self, wanted):
        """Reach a link or a button, and press Enter; another page follows."""
        self.reach(wanted)
        self.leads("Enter")

    def told(self) -> str:
        """What the page says was done."""
        return " ".join(self.page.locator(".done").all_inner_texts())

    def close(self):
        self.context.close()


@pytest.fixture
def people(browser, site):
    """Three people, each with a keyboard."""
    opened = []

    def sit(name):
        opened.append(Keyboard(browser, site, name))
        return opened[-1]

    yield sit
    for each in opened:
        each.close()


def report(focal, place, law):
    """A report with a file."""
    focal.page.goto(place)
    focal.enter("New report")
    focal.type("Position", "Reported as c")
    focal.type("In your own words", "Written without a mouse.")
    focal.enter("Save the draft")
    focal.enter("Add evidence and cite it here")
    focal.reach("File")
    with focal.page.expect_file_chooser() as chosen:
        focal.page.keyboard.press("Space")
    chosen.value.set_files(law)
    focal.type("Title", "A law, cited without a mouse")
    focal.type("Kind", "Legis")
    focal.type("Where it comes from", "The body")
    focal.type("Pinpoint", "Article 4")
    focal.enter("Save and cite")
    assert focal.page.get_by_text("A law, cited without a mouse").first.is_visible()
    focal.enter("Submit")
    assert "The report is submitted." in focal.told()


def assess(assessor, place) -> str:
    """A draft, sent to the body; returns its address."""
    assessor.page.goto(place)
    assessor.enter("Draft an assessment")
    assessor.reach("Fully implemented")
    assessor.page.keyboard.press("Space")
    assessor.type("Rationale", "Assessed without a mouse.")
    assessor.enter("Save the draft")
    assessor.enter("Send to the body")
    assert "The assessment is sent to the body." in assessor.told()
    return "/" + assessor.page.url.split("/", 3)[3]


def test_every_task_of_the_story_by_keyboard_alone(people, tmp_path):
    focal, assessor, reviewer = people(FOCAL), people(ASSESSOR), people(REVIEWER)
    place, law = free_commitment(assessor.page), tmp_path / "law.pdf"
    law.write_bytes(pdf(f"{place} by keyboard".encode()))
    report(focal, place, law)
    address = assess(assessor, place)
    focal.leads("g", "i")
    focal.enter(address)
    focal.type("Comment of the body", "We agree, without a mouse.")
    focal.enter("Comment")
    assert "The comment stands beside the assessment." in focal.told()
    assessor.page.goto(address)
    assessor.enter("Put under review")
    reviewer.page.goto(f"/review/?body={place.rstrip('/').rsplit('/', 1)[1]}&sort=-waiting")
    symbol, body = reviewer.page.locator(f"tr:has(a[href='{address}'])").evaluate(
        "row => [row.querySelector('.symbol').innerText, row.cells[2].innerText.split('\\n')[0]]"
    )
    reviewer.enter(f"…Claim {symbol}, {body}")
    assert "You have claimed it." in reviewer.told()
    reviewer.enter(address)
    reviewer.enter("Adopt")
    assert "The assessment is adopted." in reviewer.told()
    assert [*focal.pointed, *assessor.pointed, *reviewer.pointed] == []
