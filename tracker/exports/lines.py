"""Lists as lines: CSV, JSON and JSON Lines, one row at a time; and what is said beside them."""

import csv
import json
from collections.abc import Iterable, Iterator

from tracker.exports.about import About
from tracker.exports.cells import guarded, plain
from tracker.exports.sheets import TEXT, YES_NO, Sheet

#: How many rows are sent at a time.
BATCH = 200


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text):
        return text


def csv_lines(sheet: Sheet, rows: Iterable, about: About) -> Iterator[bytes]:
    """CSV as RFC 4180 has it, in UTF-8: names in the first line, every text in quotes.

    Read with what ``about_lines`` says: texts may carry an apostrophe (see ``cells``).
    """
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_NONNUMERIC)
    kinds = [column.kind for column in sheet.columns]

    def made():
        yield writer.writerow(sheet.names)
        for values in sheet.values(rows):
            yield writer.writerow(map(_in_csv, kinds, values))

    return _joined(made())


def _in_csv(kind, value):
    if kind == TEXT:
        return guarded(value)
    if kind == YES_NO:
        return "" if value is None else str(value).lower()
    return "" if value is None else plain(value)


def json_rows(sheet: Sheet, rows: Iterable, about: About) -> Iterator[bytes]:
    """One object a line."""
    return _joined(text + "\n" for text in _objects(sheet, rows))


def json_lines(sheet: Sheet, rows: Iterable, about: About) -> Iterator[bytes]:
    """One object: what is said about the list, then its rows."""

    def made():
        yield f'{{"about": {_json(about.facts)},\n"rows": ['
        before = "\n"
        for text in _objects(sheet, rows):
            yield before + text
            before = ",\n"
        yield "\n]}\n"

    return _joined(made())


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


def _objects(sheet, rows):
    for values in sheet.values(rows):
        yield _json(dict(zip(sheet.names, map(plain, values), strict=True)))


def _json(value) -> str:
    return json.dumps(value, ensure_ascii=False)


def _joined(texts: Iterable[str]) -> Iterator[bytes]:
    """The texts as bytes, many in one piece."""
    waiting = []
    for text in texts:
        waiting.append(text)
        if len(waiting) == BATCH:
            yield "".join(waiting).encode()
            waiting.clear()
    if waiting:
        yield "".join(waiting).encode()
