"""What a person does on a page, one interaction at a time, counted by who does it for them."""

import re
from dataclasses import dataclass

#: Long enough for a slow machine; short enough to notice what is missing.
PATIENCE = 15_000


class Visit:
    """One person in front of one page. There is no way to act on it that is not counted."""

    def __init__(self, page):
        self._page = page
        self.acts = 0

    def opens(self, address: str):
        """Stand on the page from which the person starts; this is no act."""
        self._page.goto(address, wait_until="domcontentloaded")

    def click(self, role: str, words: str, *, within: str, leads: bool):
        """Click what has this role and these words; ``leads`` says that another page follows."""
        self.acts += 1
        place = self._page.locator(within)
        found = place.get_by_role(role, name=words, exact=True)
        if not words or not found.count():
            found = place.get_by_role(role, name=words)
        self._then(leads, lambda: found.first.click(timeout=PATIENCE))

    def unfold(self, words: str, *, within: str):
        """Click on what folds away a part of the page."""
        self.acts += 1
        self._page.locator(within).locator("summary", has_text=words).first.click()

    def choose(self, label: str, option: str):
        """Choose from a list, or set a date."""
        self.acts += 1
        field = self._page.get_by_label(label, exact=True).first
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(label=option)
        else:
            field.fill(option)

    def search(self, words: str):
        """Type into the search of the header, and press Enter."""
        self.acts += 1
        field = self._page.get_by_role("searchbox").first
        field.fill(words)
        self._then(True, lambda: field.press("Enter"))

    def press(self, key: str):
        """Press a key."""
        self.acts += 1
        self._page.keyboard.press(key)

    def type(self, words: str):
        """Type where the focus is, and press Enter; another page follows."""
        self.acts += 1
        self._page.keyboard.type(words)
        self._then(True, lambda: self._page.keyboard.press("Enter"))

    def sees(self, place: str, words: str) -> bool:
        """Whether some part of the page that ``place`` finds shows these words, whole."""
        rows = self._page.locator(place).filter(has_text=whole(words), visible=True)
        try:
            rows.first.wait_for(timeout=PATIENCE)
        except Exception as error:  # Playwright has its own, and it is not imported everywhere.
            if "Timeout" not in str(error):
                raise
            return False
        return True

    def shows(self, place: str) -> str:
        """What stands there, for the message of a failure."""
        texts = self._page.locator(place).all_inner_texts()
        return f"{self._page.url}: {' | '.join(' '.join(each.split()) for each in texts)[:600]}"

    def _then(self, leads, act):
        if not leads:
            return act()
        with self._page.expect_navigation(wait_until="domcontentloaded", timeout=2 * PATIENCE):
            act()


def whole(words: str) -> re.Pattern:
    """Find ``words`` with any space or none between them, and no digit beside their own."""
    text = r"\s*".join(re.escape(word) for word in words.split())
    before = r"(?<![\d,])" if words[:1].isdigit() else ""
    after = r"(?!\d|,\d)" if words[-1:].isdigit() else ""
    return re.compile(before + text + after)


@dataclass(frozen=True)
class Follow:
    """Follow a link; ``called`` names one whose words are not known beforehand."""

    words: str
    within: str = "body"
    called: str = ""

    def take(self, visit: Visit):
        visit.click("link", self.words, within=self.within, leads=True)

    def __str__(self):
        return f"follow {self.called}" if self.called else f"follow “{self.words}”"


@dataclass(frozen=True)
class Press:
    """Press a button that leads to another page."""

    words: str
    within: str = "body"

    def take(self, visit: Visit):
        visit.click("button", self.words, within=self.within, leads=True)

    def __str__(self):
        return f"press “{self.words}”"


@dataclass(frozen=True)
class Unfold:
    """Open what is folded away."""

    words: str
    within: str = "body"

    def take(self, visit: Visit):
        visit.unfold(self.words, within=self.within)

    def __str__(self):
        return f"open “{self.words}”"


@dataclass(frozen=True)
class Choose:
    """Choose from a list, or set a date."""

    label: str
    option: str

    def take(self, visit: Visit):
        visit.choose(self.label, self.option)

    def __str__(self):
        return f"set “{self.label}” to “{self.option}”"


@dataclass(frozen=True)
class Search:
    """Type words into the search of the header, and press Enter."""

    words: str

    def take(self, visit: Visit):
        visit.search(self.words)

    def __str__(self):
        return f"search “{self.words}”"


@dataclass(frozen=True)
class Key:
    """Press a key."""

    key: str

    def take(self, visit: Visit):
        visit.press(self.key)

    def __str__(self):
        return f"press {self.key}"


@dataclass(frozen=True)
class Type:
    """Type where the focus is, and press Enter."""

    words: str

    def take(self, visit: Visit):
        visit.type(self.words)

    def __str__(self):
        return f"type “{self.words}” and Enter"


Step = Follow | Press | Unfold | Choose | Search | Key | Type
