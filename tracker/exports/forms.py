"""The forms in which a list leaves the tracker, and what each can hold."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.exports import books, feeds, lines, papers
from tracker.exports.about import About
from tracker.exports.sheets import SHEETS, Sheet
from tracker.models import Change, Due

Write = Callable[[Sheet, Iterable, About], Iterator[bytes]]


class TooMany(ValueError):
    """More rows than the form can hold; the message says what to do."""


@dataclass(frozen=True)
class Form:
    """One form: the value of ``format``, its label and type, and how it is written.

    ``most`` is how many rows it takes; None for those that stream without an end. ``direct`` is
    how many are written while somebody waits, where that is less: a job writes the others.
    """

    key: str
    label: str | Promise
    media_type: str
    write: Write
    most: int | None = None
    direct: int | None = None
    #: The ending of the name of the file, where it is not the key.
    ending: str = ""

    def takes(self, rows: int, *, patient: bool = False) -> bool:
        """Whether it takes that many rows, from a job that is ``patient`` or at once."""
        limits = [each for each in (self.most, None if patient else self.direct) if each]
        return all(rows <= each for each in limits)

    def refuse_too_many(self, rows: int, *, patient: bool = False) -> None:
        """Raise ``TooMany`` when the form does not take that many rows."""
        if self.most is not None and rows > self.most:
            message = _(
                "%(label)s takes %(most)d rows at most, and these are %(rows)d: narrow the list, "
                "or take CSV or JSON Lines."
            )
            raise TooMany(message % {"label": self.label, "most": self.most, "rows": rows})
        if not self.takes(rows, patient=patient):
            message = _(
                "%(label)s is sent at once with %(most)d rows at most, and these are %(rows)d: "
                "have it prepared as a file, narrow the list, or take CSV or JSON Lines."
            )
            raise TooMany(message % {"label": self.label, "most": self.direct, "rows": rows})

    def name(self, stem: str, about: About) -> str:
        """The name of the file."""
        return about.file_name(stem, self.ending or self.key)


OFFICE = "application/vnd.openxmlformats-officedocument"
#: Every form of every list, in the order of the menu.
FORMS = {
    form.key: form
    for form in (
        Form("csv", "CSV", "text/csv; charset=utf-8; header=present", lines.csv_lines),
        Form("xlsx", gettext_lazy("Excel (XLSX)"), f"{OFFICE}.spreadsheetml.sheet",
             books.xlsx, books.MOST, books.DIRECT),
        Form("ods", gettext_lazy("OpenDocument (ODS)"),
             "application/vnd.oasis.opendocument.spreadsheet", books.ods, books.MOST,
             books.DIRECT),
        Form("json", "JSON", "application/json", lines.json_lines),
        Form("jsonl", "JSON Lines", "application/jsonl", lines.json_rows),
        Form("pdf", "PDF", "application/pdf", papers.pdf, papers.MOST),
        Form("docx", gettext_lazy("Word (DOCX)"), f"{OFFICE}.wordprocessingml.document",
             papers.docx, papers.MOST),
        Form("about", gettext_lazy("About this list (JSON)"), "application/json",
             lines.about_lines, ending="about.json"),
    )
}  # fmt: skip

#: What one can subscribe to: each is a form of one list only.
FEEDS = {
    Due: Form("ics", gettext_lazy("Calendar (ICS)"), "text/calendar; charset=utf-8",
              feeds.ics, feeds.MOST_DATES),
    Change: Form("atom", gettext_lazy("Feed (Atom)"), "application/atom+xml; charset=utf-8",
                 feeds.atom),
}  # fmt: skip


def forms_of(noun: type) -> dict[str, Form]:
    """The forms of the list of ``noun``, by key; none for what is not of the register."""
    if noun not in SHEETS:
        return {}
    feed = FEEDS.get(noun)
    return {**FORMS, feed.key: feed} if feed else FORMS
