"""The forms of a brief: printed, as many rows as fit on its pages; as a Word document; as data."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from tracker.exports.about import About
from tracker.exports.brief import PAGES, SIZES, Writer
from tracker.exports.paper import Section, Words
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
class BriefForm:
    """One form of a brief: its type, and how it is written."""

    media_type: str
    write: Callable[[Brief, About, Address, str], bytes]


OFFICE = "application/vnd.openxmlformats-officedocument"
BRIEFS = {
    "pdf": BriefForm("application/pdf", pdf),
    "docx": BriefForm(f"{OFFICE}.wordprocessingml.document", docx),
    "json": BriefForm("application/json", data),
}
