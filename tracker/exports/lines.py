"""Lists as lines: CSV, JSON and JSON Lines, one row at a time; and what is said beside them."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import orjson

from tracker.exports.about import About
from tracker.exports.cells import guarded, plain
from tracker.exports.sheets import TEXT, YES_NO, Sheet

#: How many rows are sent at a time.
BATCH = 200


def csv_lines(sheet: Sheet, rows: Iterable, about: About) -> Iterator[bytes]:
    """CSV as RFC 4180 has it, in UTF-8: names in the first line, every text in quotes.

    Read with what ``about_lines`` says: texts may carry an apostrophe (see ``cells``).
    """
    makes = [_in_csv(column.kind) for column in sheet.columns]
    yield _written([sheet.names])
    for batch in _batches(sheet.values(rows)):
        yield _written(
            [make(value) for make, value in zip(makes, values, strict=True)] for values in batch
        )


def _in_csv(kind) -> Callable:
    """What makes a cell of a value of that kind."""
    if kind == TEXT:
        return guarded
    if kind == YES_NO:
        return lambda value: "" if value is None else str(value).lower()
    return lambda value: "" if value is None else plain(value)


def _written(rows: Iterable) -> bytes:
    """Some rows as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_NONNUMERIC).writerows(rows)
    return text.getvalue().encode()


def json_rows(sheet: Sheet, rows: Iterable, about: About) -> Iterator[bytes]:
    """One object a line."""
    for batch in _batches(_objects(sheet, rows)):
        yield b"\n".join(batch) + b"\n"


def json_lines(sheet: Sheet, rows: Iterable, about: About) -> Iterator[bytes]:
    """One object: what is said about the list, then its rows."""

    yield b'{"about": ' + orjson.dumps(about.facts) + b',\n"rows": ['
    before = b"\n"
    for batch in _batches(_objects(sheet, rows)):
        yield before + b",\n".join(batch)
        before = b",\n"
    yield b"\n]}\n"


def about_lines(sheet: Sheet, rows: Iterable, about: About) -> Iterator[bytes]:
    """What is said about the list, and the schema of its columns (Frictionless), without rows."""
    told = {**about.facts, "schema": schema(sheet), "dialect": DIALECT}
    yield (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


#: How the CSV is written, in the words of Frictionless, and our rule about formulas.
DIALECT = {
    "delimiter": ",",
    "quoteChar": '"',
    "lineTerminator": "\r\n",
    "header": True,
    "encoding": "utf-8",
    "apostrophe": "A text that begins with an apostrophe has one more than the register: take one "
    "away. It keeps spreadsheets from reading the text as a formula.",
}


def schema(sheet: Sheet) -> dict:
    """The columns as a Frictionless table schema."""
    fields = [
        {"name": each.name, "title": str(each.label), "type": each.kind, **_allowed(each)}
        for each in sheet.columns
    ]
    return {"fields": fields, "primaryKey": sheet.names[0], "missingValues": [""]}


def _allowed(column):
    keys = [key for key, _label in column.choices]
    return {"constraints": {"enum": keys}} if keys else {}


def _objects(sheet, rows) -> Iterator[bytes]:
    names = sheet.names
    for values in sheet.values(rows):
        yield orjson.dumps(dict(zip(names, values, strict=True)))


def _batches(rows: Iterable) -> Iterator[list]:
    """The rows, many at a time."""
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch
