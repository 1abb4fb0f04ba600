"""A file as a table: the names of its columns, then its rows, each with its line.

The order is from cheap to dear: the size, the beginning, the names, the rows one by one.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from tracker.exports.cells import unguarded
from tracker.files import NotTaken, kinds
from tracker.files.streams import head, length
from tracker.tables.errors import Unread
from tracker.tables.workbooks import workbook_records

#: What one file may hold: bytes, rows, columns.
LARGEST = 10 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 100_000, 200
#: Of one cell. As many as Python's reader takes, unless somebody told it otherwise.
MOST_LETTERS = 131_072
SEPARATORS = ",;\t"

#: A line number and the cells from there on, as the file has them.
Record = tuple[int, list[Any]]


@dataclass(frozen=True)
class Row:
    """One row: the line it begins at, and a cell for each column."""

    line: int
    cells: list[Any]
    #: Why it cannot be read; empty when it can.
    why: str = ""


@dataclass
class Table:
    """The names of the columns, and the rows, which are read once and one by one."""

    header: list[str]
    rows: Iterator[Row]


def read_table(stream: BinaryIO) -> Table:
    """The table that ``stream`` holds, by its content: a workbook (XLSX) or separated text.

    Raises ``Unread``; also later, while rows are read.
    """
    _refuse_length(length(stream))
    packed = head(stream, 4) == b"PK\x03\x04"
    if packed:
        try:
            records = workbook_records(stream)
        except NotTaken as error:
            raise Unread(str(error)) from error
    else:
        _refuse_other(head(stream, 16))
        stream.seek(0)
        records = text_records(_decoded(stream.read()))
    return _table(_filled(records), whole=not packed)


def _refuse_length(size):
    if size == 0:
        raise Unread(_("The file is empty; choose the one that you meant."))
    if size > LARGEST:
        raise Unread(
            _("The file has %(size).1f MB; at most %(most).1f MB are taken. Make it smaller.")
            % {"size": size / 1024**2, "most": LARGEST / 1024**2}
        )


def _refuse_other(start):
    for beginning, _kind, words in kinds.BEGINNINGS:
        # A text may begin with letters that also begin a program.
        if start.startswith(beginning) and not beginning.isalnum():
            raise Unread(
                _("This is %(words)s, and no table; save it as CSV (UTF-8) or as .xlsx.")
                % {"words": words}
            )


def _decoded(data: bytes) -> str:
    """The text, in UTF-8 or, where its beginning says so, in UTF-16."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        # No older code page is guessed: letters would change without a word.
        raise Unread(
            _("Line %(line)d is not written in UTF-8; save the table again as “CSV UTF-8”.")
            % {"line": data[: error.start].count(b"\n") + 1}
        ) from error
    if "\0" in text:
        raise Unread(
            _("Line %(line)d holds a null character, as no text does; save the table again.")
            % {"line": text[: text.index("\0")].count("\n") + 1}
        )
    return text


def text_records(text: str) -> Iterator[Record]:
    """The records of separated text; a leading apostrophe is taken away as the exports say."""
    start, text, separator = _separated(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = start
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unread(_unreadable(error, line)) from error
        if any(len(cell) > MOST_LETTERS for cell in cells):
            raise Unread(_too_long(line))
        yield line, [unguarded(cell) for cell in cells]
        line = start + reader.line_num


def _too_long(line) -> str:
    why = _("The row at line %(line)d has a cell of more than %(most)d letters.")
    return why % {"line": line, "most": MOST_LETTERS}


def _unreadable(error, line) -> str:
    if "field larger" in str(error):
        return _too_long(line)
    return _(
        "The row at line %(line)d cannot be read: a quotation mark is not closed, or not doubled."
    ) % {"line": line}


def _separated(text: str) -> tuple[int, str, str]:
    """The line at which names stand, the text from there, and what stands between its cells."""
    first, _end, rest = text.partition("\n")
    if first.strip().lower() in ("sep=,", "sep=;", "sep=\t", "sep="):
        return 2, rest, first.strip("\r\n")[4:5] or "\t"
    names = next((line for line in text.splitlines() if line.strip()), "")
    # Of several that occur the one that makes most columns is meant; a comma when none does.
    return 1, text, max(SEPARATORS, key=lambda each: len(next(csv.reader([names], delimiter=each))))


def _filled(records) -> Iterator[Record]:
    """Records without the blank lines between them."""
    for line, cells in records:
        if any(cell.strip() if isinstance(cell, str) else cell is not None for cell in cells):
            yield line, cells


def _table(records: Iterator[Record], *, whole: bool) -> Table:
    line, names = next(records, (0, []))
    if not names:
        raise Unread(_("The file holds nothing; choose the one that you meant."))
    header = _header(line, names)
    first = list(islice(records, 1))
    if not first:
        raise Unread(_("The file has the names of columns, and no row beneath them."))
    return Table(header, _rows(header, chain(first, records), whole))


def _header(line, names) -> list[str]:
    header = [name.strip() if isinstance(name, str) else "" for name in names]
    while header and not header[-1]:
        header.pop()
    if len(header) > MOST_COLUMNS:
        raise Unread(_("The table has more than %(most)d columns.") % {"most": MOST_COLUMNS})
    seen = set()
    for name in filter(None, header):
        if name.casefold() in seen:
            raise Unread(
                _("Line %(line)d names the column “%(name)s” twice; rename or remove one.")
                % {"line": line, "name": name}
            )
        seen.add(name.casefold())
    return header


def _rows(header, records, whole) -> Iterator[Row]:
    """The rows; in separated text (``whole``) each has as many cells as there are names."""
    for number, (line, cells) in enumerate(records, 1):
        if number > MOST_ROWS:
            raise Unread(
                _("The table has more than %(most)d rows; divide it.") % {"most": MOST_ROWS}
            )
        while len(cells) > len(header) and cells[-1] in (None, ""):
            cells.pop()
        fits = len(cells) == len(header) if whole else len(cells) <= len(header)
        why = "" if fits else _misfit(len(cells), len(header))
        yield Row(line, (cells + [None] * len(header))[: len(header)], why)


def _misfit(cells, names) -> str:
    return _(
        "The row has %(cells)d cells, and there are %(names)d names of columns; look at its "
        "separators and quotation marks."
    ) % {"cells": cells, "names": names}
