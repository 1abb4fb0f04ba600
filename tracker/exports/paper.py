"""A paper as plain data: sections of tables and quotations, the same for page, PDF and Word."""

import unicodedata
from dataclasses import dataclass, field

from tracker.exports.about import About

#: Bidirectional classes of letters that run from right to left.
RIGHT_TO_LEFT = {"R", "AL"}


@dataclass(frozen=True)
class Words:
    """Text, perhaps with the address that it leads to, its own language, or what it counts."""

    text: str
    href: str = ""
    language: str = ""
    counted: int | None = None

    @property
    def direction(self) -> str:
        """Where the text begins, by its first letter."""
        for letter in self.text:
            strong = unicodedata.bidirectional(letter)
            if strong in ("L", "R", "AL"):
                return "rtl" if strong in RIGHT_TO_LEFT else "ltr"
        return "ltr"


@dataclass(frozen=True)
class Table:
    """A table; the first cell of each row names the row. ``widths`` are shares of the line."""

    caption: str
    head: list[str]
    rows: list[list[Words]]
    widths: tuple[int, ...]

    @property
    def labelled(self) -> list[list[tuple[str, Words]]]:
        """The rows, each cell with the name of its column."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Quote:
    """Somebody's own words, under a line that says whose and when."""

    lead: list[Words]
    said: Words


@dataclass
class Section:
    """A heading, its number if it has one, what stands under it, and where there is more."""

    title: str
    key: str
    number: Words | None = None
    tables: list[Table] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    lines: list[Words] = field(default_factory=list)
    more: Words | None = None


@dataclass
class Paper:
    """What is printed: a title, what it is about, sections, and what every page says."""

    title: str
    kicker: str
    about: About
    lead: list[Words] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    closing: list[Words] = field(default_factory=list)


def shortened(text: str, letters: int) -> str:
    """``text`` up to a word's end, with … where something is left out."""
    text = " ".join(text.split())
    if len(text) <= letters:
        return text
    return text[:letters].rsplit(" ", 1)[0].rstrip(",;:. ") + " …"
