"""Lists as workbooks: XLSX and OpenDocument, written row by row into a file on disk.

A text is a cell of text, whatever it begins with, so that no program reads it as a formula.
"""

import datetime
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from tracker.exports.about import About
from tracker.exports.cells import without_controls
from tracker.exports.sheets import DAY, MOMENT, TEXT, WHOLE, YES_NO, Sheet

#: Rows that a sheet has besides the names of its columns; that are written while somebody waits.
MOST, DIRECT = 1_048_575, 20_000
#: Letters that one cell of XLSX holds.
CELL = 32_767
PIECE = 64 * 1024


def xlsx(sheet: Sheet, rows: Iterable, about: About) -> Iterator[bytes]:
    """A workbook with the rows, and beside them what is said about them."""
    with tempfile.TemporaryFile() as file:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        book = xlsxwriter.Workbook(file, options)
        day = datetime.datetime.combine(about.on, datetime.time())
        book.set_properties({"title": about.title, "created": day, "status": about.level})
        _write_rows(book, book.add_worksheet("Rows"), sheet, rows)
        _write_about(book, book.add_worksheet("About"), about)
        book.close()
        yield from _pieces(file)


def _write_rows(book, page, sheet, rows):
    page.freeze_panes(1, 1)
    bold, formats = book.add_format({"bold": True}), _formats(book)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, 12 + 4 * column.share)
        page.write_string(0, place, column.name, bold)
    for line, values in enumerate(sheet.values(rows), 1):
        for place, (column, value) in enumerate(zip(sheet.columns, values, strict=True)):
            _write_cell(page, line, place, column.kind, value, formats)


def _formats(book):
    return {
        DAY: book.add_format({"num_format": "yyyy-mm-dd"}),
        MOMENT: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }


def _write_cell(page, line, place, kind, value, formats):
    if value is None or value == "":
        return
    if kind == TEXT:
        page.write_string(line, place, _fitting(value))
    elif kind == WHOLE:
        page.write_number(line, place, value)
    elif kind == YES_NO:
        page.write_boolean(line, place, value)
    else:
        page.write_datetime(line, place, _naive(value), formats[kind])


def _fitting(text: str) -> str:
    """``text``, or as much of it as a cell holds, which then says so at its end."""
    return text if len(text) <= CELL else text[: CELL - 2] + " …"


def _naive(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).replace(tzinfo=None)
    return value


def _write_about(book, page, about):
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 90)
    for line, (name, words) in enumerate(about.lines):
        page.write_string(line, 0, name, bold)
        page.write_string(line, 1, _fitting(words), wrapped)


def ods(sheet: Sheet, rows: Iterable, about: About) -> Iterator[bytes]:
    """The same as an OpenDocument spreadsheet."""
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
            # The type comes first and as it is, so that programs find it.
            book.writestr(_entry("mimetype", about, zipfile.ZIP_STORED), ODS_TYPE)
            book.writestr(_entry("META-INF/manifest.xml", about), MANIFEST)
            with book.open(_entry("content.xml", about), "w", force_zip64=True) as content:
                for text in _content(sheet, rows, about):
                    content.write(text.encode())
        yield from _pieces(file)


ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
MANIFEST = (
    XML + '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
BEGINNING = (
    XML + "<office:document-content"
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
    "<office:body><office:spreadsheet>"
)
END = "</office:spreadsheet></office:body></office:document-content>"


def _entry(name, about, how=zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    on = about.on
    entry = zipfile.ZipInfo(name, (max(on.year, 1980), on.month, on.day, 0, 0, 0))
    entry.compress_type = how
    return entry


def _content(sheet, rows, about):
    yield BEGINNING
    yield '<table:table table:name="Rows">'
    yield _row(_text_cell(name) for name in sheet.names)
    for values in sheet.values(rows):
        cells = zip(sheet.columns, values, strict=True)
        yield _row(_cell(column.kind, value) for column, value in cells)
    yield '</table:table><table:table table:name="About">'
    for line in about.lines:
        yield _row(_text_cell(words) for words in line)
    yield f"</table:table>{END}"


def _row(cells):
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _cell(kind, value) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if kind == TEXT:
        return _text_cell(value)
    if kind == WHOLE:
        return _valued("float", "value", value)
    if kind == YES_NO:
        return _valued("boolean", "boolean-value", str(value).lower())
    return _valued("date", "date-value", _naive(value).isoformat())


def _valued(kind, name, value) -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" office:{name}="{value}">'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


#: Signs that XML would change in an attribute.
KEPT = {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def _text_cell(text: str) -> str:
    """A text twice: exactly, for programs, and in paragraphs, for the eye."""
    text = without_controls(text)
    paragraphs = "".join(f"<text:p>{_spaced(each)}</text:p>" for each in text.split("\n"))
    exactly = quoteattr(text, KEPT)
    return (
        f'<table:table-cell office:value-type="string" office:string-value={exactly}>'
        f"{paragraphs}</table:table-cell>"
    )


def _spaced(text):
    """The text of a paragraph with its tabs, and its spaces where there are several."""
    shown = escape(text).replace("\t", "<text:tab/>").replace("\r", "<text:line-break/>")
    return re.sub(r"^ | (?= )| $", "<text:s/>", shown)


def _pieces(file) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece
