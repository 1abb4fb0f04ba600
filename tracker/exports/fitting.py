"""The forms of a brief: printed, as many rows as fit on its pages; as a Word document; as data;
as a list of all that it says.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from django.utils.translation import gettext_lazy as _

from tracker.exports.about import About, sentence
from tracker.exports.brief import PAGES, SIZES, Writer
from tracker.exports.forms import FORMS
from tracker.exports.paper import Paper, Section, Words
from tracker.exports.sheets import WHOLE, Sheet, column
from tracker.exports.typeset import printed
from tracker.exports.word import document
from tracker.reports.brief import Brief

Address = Callable[..., str]
#: How much a Word document tells: about what fits on its pages, too; its reader may cut more.
WORD = SIZES[3]


def pdf(brief: Brief, about: About, address: Address, language: str) -> bytes:
    """At most two pages; what is left out is counted and linked there."""
    for size in SIZES:
        made = printed(Writer(brief, address, size).paper(about), language=language)
        if made.pages <= PAGES:
            break
    return made.data


def docx(brief: Brief, about: About, address: Address, language: str) -> bytes:
    """A Word document."""
    return document(Writer(brief, address, WORD).paper(about))


def data(brief: Brief, about: About, address: Address, language: str) -> bytes:
    """What the page says, for programs."""
    paper = Writer(brief, address).paper(about)
    told = {
        "title": paper.title,
        "as_of": about.on.isoformat(),
        "classification": about.classification,
        "address": about.address,
        "names": [_told(each) for each in paper.lead],
        "sections": [_section(each) for each in paper.sections],
        "closing": [each.text for each in paper.closing],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _section(section: Section) -> dict:
    return {
        "key": section.key,
        "title": section.title,
        "count": section.number and section.number.counted,
        "lines": [_told(each) for each in section.lines],
        "rows": [
            {name: _told(cell) for name, cell in row}
            for table in section.tables
            for row in table.labelled
        ],
        "quotes": [
            {"lead": [_told(each) for each in quote.lead], "text": quote.said.text}
            for quote in section.quotes
        ],
        "more": section.more and _told(section.more),
    }


def _told(words: Words) -> dict:
    held = {"text": words.text, "address": words.href, "language": words.language}
    return {name: value for name, value in held.items() if value}


@dataclass(frozen=True)
class Piece:
    """One cell or sentence of a brief: its section, the line there, and the head above it."""

    section: Section
    line: int
    head: str
    words: Words


def pieces(paper: Paper) -> Iterator[Piece]:
    """Everything that the sections of a brief say, in their order."""
    for section in paper.sections:
        for number, line in enumerate(_lines(section), 1):
            yield from (Piece(section, number, head, words) for head, words in line)


def _lines(section) -> Iterator[list[tuple[str, Words]]]:
    yield from ([("", words)] for words in section.lines)
    for table in section.tables:
        yield from (list(row) for row in table.labelled)
    yield from ([("", words) for words in (*quote.lead, quote.said)] for quote in section.quotes)
    if section.more:
        yield [("", section.more)]


BRIEF = Sheet(
    Brief,
    (
        column("section", _("Section"), "section.key"),
        column("section_name", _("Section"), "section.title"),
        column("line", _("Line"), kind=WHOLE),
        column("what", _("What"), "head"),
        column("text", _("Text"), "words.text"),
        column("address", _("Address"), "words.href"),
    ),
)


def rows(form: str, brief: Brief, about: About, address: Address, language: str) -> bytes:
    """A list of what it says, in one of the forms of lists."""
    paper = Writer(brief, address).paper(about)
    found = list(pieces(paper))
    told = replace(about, title=paper.title, filters=sentence([]), rows=len(found))
    return b"".join(FORMS[form].write(BRIEF, found, told))


@dataclass(frozen=True)
class BriefForm:
    """One form of a brief: its type, and how it is written."""

    media_type: str
    write: Callable[[Brief, About, Address, str], bytes]


OFFICE = "application/vnd.openxmlformats-officedocument"
BRIEFS = {
    "pdf": BriefForm("application/pdf", pdf),
    "docx": BriefForm(f"{OFFICE}.wordprocessingml.document", docx),
    "json": BriefForm("application/json", data),
    **{
        form: BriefForm(FORMS[form].media_type, partial(rows, form))
        for form in ("csv", "xlsx", "ods", "jsonl")
    },
}
