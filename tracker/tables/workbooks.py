"""The first sheet of a workbook (XLSX), row by row, every cell as what it is.

Read here and not by a library, since the two at hand lose what matters: openpyxl changes texts
that hold ``_x000D_`` and does not tell of merged cells while it streams, calamine takes the last
result of a formula for a value.
"""

import datetime
import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from lxml import etree

from tracker.files.packages import inspect_package
from tracker.files.streams import overlapping, pieces
from tracker.tables.errors import Bad, Unread

#: Letters that one cell holds; a longer text ends there, without a word.
CELL = 32_767
#: Bytes that the sheet and its texts may have when unpacked; a tenth of a packed one is usual.
LARGEST_PART = 150 * 1024 * 1024
#: A number of days is a date when the style of its cell says so (built-in formats).
DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]{0,80}?ref=\"([A-Z0-9:]+)\"")
#: How a sign that XML cannot hold, or an underscore before such a word, is written.
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
HALVES = {"D8", "D9", "DA", "DB", "DC", "DD", "DE", "DF"}
#: What a format shows beside its letters: quoted words, escaped signs, colours and languages.
SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
SHOWN_STATES = (None, "visible")
PLACE = re.compile("([A-Z]{1,3})")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def workbook_records(stream: BinaryIO) -> Iterator[tuple[int, list[Any]]]:
    """The rows of the first sheet that is shown, with their numbers.

    Raises ``NotTaken`` for what is no honest workbook (declared sizes are looked at before
    anything is unpacked), ``Unread`` for one whose cells are merged.
    """
    if inspect_package(stream) != "xlsx":
        raise Unread(_("This is a text document, and no table; save it as CSV (UTF-8) or .xlsx."))
    stream.seek(0)
    book = _Book(zipfile.ZipFile(stream))
    book.refuse_merged()
    return book.records()


class _Book:
    """What is needed of a workbook to read the cells of its first sheet."""

    def __init__(self, package: zipfile.ZipFile):
        self.package = package
        self.names = {name.casefold(): name for name in package.namelist()}
        workbook = self.tree("xl/workbook.xml")
        self.sheet = self.path_of_sheet(workbook)
        settings = workbook.find("{*}workbookPr")
        late = settings is not None and settings.get("date1904") in ("1", "true")
        self.first_day = datetime.datetime(1904, 1, 1) if late else datetime.datetime(1899, 12, 30)
        self.dates = self.date_styles()
        self.texts = [_text(each) for each in self.each("xl/sharedStrings.xml", "{*}si")]

    def open(self, path: str):
        """A part of the package, if it is there and not too large."""
        name = self.names.get(path.casefold())
        if name is None:
            return None
        if self.package.getinfo(name).file_size > LARGEST_PART:
            raise Unread(_("Unpacked, the workbook is too large to be read; divide it."))
        return self.package.open(name)

    def tree(self, path: str):
        """A small part as a tree; empty when there is none."""
        stream = self.open(path)
        if stream is None:
            return etree.Element("none")
        try:
            return etree.parse(stream, _parser()).getroot()
        except etree.XMLSyntaxError as error:
            raise Unread(_("The workbook is damaged; open it and save it again.")) from error

    def each(self, path: str, tag: str) -> Iterator:
        """The elements of one kind in a part, each dropped when the next one is read."""
        stream = self.open(path)
        if stream is None:
            return
        try:
            for _event, element in etree.iterparse(
                stream, tag=tag, resolve_entities=False, no_network=True, load_dtd=False
            ):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise Unread(_("The workbook is damaged; open it and save it again.")) from error

    def path_of_sheet(self, workbook) -> str:
        """Where the first sheet that is shown lies."""
        shown = [
            each for each in workbook.iter("{*}sheet") if each.get("state") in SHOWN_STATES
        ] or list(workbook.iter("{*}sheet"))
        if not shown:
            raise Unread(_("The workbook has no sheet."))
        key = shown[0].get(RELATION) or shown[0].get(STRICT_RELATION)
        for each in self.tree("xl/_rels/workbook.xml.rels").iter("{*}Relationship"):
            if each.get("Id") == key:
                target = each.get("Target", "")
                return target[1:] if target.startswith("/") else f"xl/{target}"
        raise Unread(_("The workbook is damaged; open it and save it again."))

    def date_styles(self) -> list[bool]:
        """For each style of cells, whether it shows a number as a day."""
        styles = self.tree("xl/styles.xml")
        own = {
            each.get("numFmtId"): bool(
                re.search("[dyDY]", SHOWN.sub("", each.get("formatCode", "")))
            )
            for each in styles.iter("{*}numFmt")
        }
        cells = styles.find("{*}cellXfs")
        formats = [] if cells is None else [each.get("numFmtId", "0") for each in cells]
        return [own.get(each, each.isdigit() and int(each) in DATES) for each in formats]

    def refuse_merged(self) -> None:
        """Raise ``Unread`` when cells of the sheet are merged: all but one of them look empty."""
        stream = self.open(self.sheet)
        if stream is None:
            raise Unread(_("The workbook is damaged; open it and save it again."))
        for piece in overlapping(pieces(stream)):
            if found := MERGED.search(piece):
                raise Unread(
                    _("The cells %(cells)s are merged; separate them, and fill in each.")
                    % {"cells": found[1].decode()}
                )

    def records(self) -> Iterator[tuple[int, list[Any]]]:
        """The rows, each with its number."""
        line = 0
        for row in self.each(self.sheet, "{*}row"):
            try:
                line, cells = int(row.get("r", line + 1)), self.cells(row)
            except (ValueError, IndexError) as error:
                raise Unread(_("The workbook is damaged; open it and save it again.")) from error
            yield line, cells

    def cells(self, row) -> list[Any]:
        """The cells of a row, at their places."""
        found: list[Any] = []
        for cell in row.iter("{*}c"):
            place = _place(cell.get("r", ""), len(found))
            found += [None] * (place + 1 - len(found))
            found[place] = self.value(cell)
        return found

    def value(self, cell) -> Any:
        """What one cell holds."""
        if cell.find("{*}f") is not None:
            return Bad(_("The cell holds a formula; paste its value in its place."))
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _whole(_text(cell.find("{*}is")))
        raw = cell.findtext("{*}v")
        if raw is None:
            return None
        if kind == "s":
            return _whole(self.texts[int(raw)])
        if kind == "str":
            return _whole(_unescaped(raw))
        if kind == "b":
            return raw.strip() == "1"
        if kind == "e":
            return Bad(_("The cell holds an error of the spreadsheet (%(name)s).") % {"name": raw})
        return self.number(raw, int(cell.get("s", 0))) if kind == "n" else raw

    def number(self, raw, style) -> Any:
        """A number, or the day that it stands for."""
        value = float(raw)
        if style < len(self.dates) and self.dates[style]:
            try:
                return self.first_day + datetime.timedelta(seconds=round(value * 86_400))
            except OverflowError:
                return Bad(_("The cell holds no day that a calendar has."))
        return int(value) if value.is_integer() else value


def _parser():
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _text(element) -> str:
    """The text of a cell, whatever its letters look like; how it is read aloud is left out."""
    if element is None:
        return ""
    parts = [*element.findall("{*}t"), *element.findall("{*}r/{*}t")]
    return _unescaped("".join(part.text or "" for part in parts))


def _unescaped(text: str) -> str:
    return ESCAPED.sub(_sign, text)


def _sign(found) -> str:
    # Halves of a pair stand for nothing alone, so they are letters of the text itself.
    return found[0] if found[1][:2].upper() in HALVES else chr(int(found[1], 16))


def _whole(text: str) -> Any:
    if len(text) >= CELL - 1 and text.endswith(" …"):
        return Bad(_("The text is cut off where a cell of a workbook ends; take the table as CSV."))
    if "\0" in text:
        return Bad(_("The cell holds a null character, as no text does."))
    return text


def _place(reference: str, following: int) -> int:
    """The column of a cell, counted from nought; the next one when it does not say."""
    found = PLACE.match(reference)
    if not found:
        return following
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - 64
    return place - 1
