"""Lists as papers: PDF and Word, with their most telling columns and the words of their keys."""

from collections.abc import Iterable, Iterator

from django.utils.translation import get_language

from tracker.exports.about import About, labelled
from tracker.exports.paper import Paper, Section, Table, Words, shortened
from tracker.exports.sheets import Sheet
from tracker.exports.typeset import printed
from tracker.exports.word import document

#: Rows that a paper takes: some sixty pages.
MOST = 2_000
#: Letters of a text in one cell.
LETTERS = 240


def pdf(sheet: Sheet, rows: Iterable, about: About) -> Iterator[bytes]:
    """A tagged PDF (PDF/UA-1)."""
    yield printed(list_paper(sheet, rows, about), language=get_language() or "en").data


def docx(sheet: Sheet, rows: Iterable, about: About) -> Iterator[bytes]:
    """A Word document."""
    yield document(list_paper(sheet, rows, about))


def list_paper(sheet: Sheet, rows: Iterable, about: About) -> Paper:
    """The list as a paper."""
    shown = [place for place, column in enumerate(sheet.columns) if column.share]
    columns = [sheet.columns[place] for place in shown]
    cells = [
        [
            Words(shortened(column.printed(values[place]), LETTERS))
            for place, column in zip(shown, columns, strict=True)
        ]
        for values in sheet.values(rows)
    ]
    head = [str(column.label) for column in columns]
    table = Table(about.title, head, cells, tuple(column.share for column in columns))
    said = [Words(labelled(name, words)) for name, words in about.lines[1:]]
    facts, notes = said[:4], said[4:]
    section = Section(about.title, "rows", tables=[table] if cells else [], lines=facts)
    return Paper(about.title, str(about.as_of), about, sections=[section], closing=notes)
