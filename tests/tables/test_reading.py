"""From bytes to rows: what is read, on which line, and what is refused with which words."""

import csv
import datetime
import io
import zipfile

import pytest

from tests.tables.files import repacked, text, workbook
from tracker.tables import reading
from tracker.tables.errors import Bad, Unread
from tracker.tables.reading import read_table

ROWS = ["code,name", "A,One", "B,Two"]


def rows(file):
    table = read_table(file)
    return table.header, [(row.line, row.cells) for row in table.rows]


@pytest.mark.parametrize(
    "file",
    [
        text(*ROWS),
        text(*ROWS, encoding="utf-8-sig"),
        text(*ROWS, encoding="utf-16"),
        text(*(line.replace(",", ";") for line in ROWS)),
        text(*(line.replace(",", "\t") for line in ROWS)),
        io.BytesIO("\r\n".join(ROWS).encode()),
        io.BytesIO("\r".join(ROWS).encode()),
        workbook(["code", "name"], ["A", "One"], ["B", "Two"]),
    ],
    ids=["comma", "BOM", "UTF-16", "semicolon", "tab", "CRLF", "CR", "workbook"],
)
def test_one_table_in_many_dresses(file):
    assert rows(file) == (["code", "name"], [(2, ["A", "One"]), (3, ["B", "Two"])])


def test_a_line_may_name_the_separator():
    assert rows(text("sep=;", "code;name", "A;1,5")) == (["code", "name"], [(3, ["A", "1,5"])])


def test_lines_are_those_of_an_editor_and_of_a_spreadsheet():
    assert rows(text("", "code,name", "", 'A,"One', 'more"', "B,Two")) == (
        ["code", "name"],
        [(4, ["A", "One\nmore"]), (6, ["B", "Two"])],
    )
    book = workbook([], ["code"], [], ["A"])
    assert rows(book) == (["code"], [(4, ["A"])])


def test_one_apostrophe_is_taken_from_text_and_none_from_a_workbook():
    assert rows(text("name", "'=1+1", "''x", "it's"))[1] == [
        (2, ["=1+1"]),
        (3, ["'x"]),
        (4, ["it's"]),
    ]
    assert rows(workbook(["name"], ["'=1+1"]))[1] == [(2, ["'=1+1"])]


def test_cells_of_a_workbook_are_what_they_are():
    day = datetime.datetime(2026, 6, 30)
    file = workbook(["a", "b", "c", "d", "e"], ["x", 4, 4.5, day, True], [None, None, "last"])
    assert rows(file)[1] == [
        (2, ["x", 4, 4.5, day, True]),
        (3, [None, None, "last", None, None]),
    ]


def test_a_formula_or_an_error_is_no_value():
    [(_line, cells)] = rows(workbook(["a", "b", "c"], ["=1+1", "#N/A", "x"]))[1]
    assert isinstance(cells[0], Bad) and "formula" in cells[0].why
    assert isinstance(cells[1], Bad) and "#N/A" in cells[1].why
    assert cells[2] == "x"


def test_days_of_the_other_calendar_of_spreadsheets():
    def late(sheet):
        sheet.parent.epoch = datetime.datetime(1904, 1, 1)
        sheet.parent.calculation = None

    file = workbook(["a"], [datetime.date(2026, 6, 30)], change=late)
    assert rows(file)[1] == [(2, [datetime.datetime(2026, 6, 30)])]


def test_the_first_sheet_that_is_shown_is_read():
    def hide(sheet):
        other = sheet.parent.create_sheet("Second")
        other.append(["code"])
        other.append(["A"])
        sheet.sheet_state = "hidden"
        sheet.parent.active = 1

    assert rows(workbook(["wrong"], ["x"], change=hide)) == (["code"], [(2, ["A"])])


def test_rows_that_do_not_fit_say_so():
    table = read_table(text("a,b", "1", "1,2", "1,2,,", "1,2,3"))
    assert [bool(row.why) for row in table.rows] == [True, False, False, True]


def bomb():
    """A workbook whose sheet would be larger than what is read, packed to almost nothing."""
    head = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    return repacked(workbook(["a"], ["b"]), sheet1=head + b" " * (201 * 1024**2))


def merged():
    return workbook(["a", "b"], ["x", None], change=lambda sheet: sheet.merge_cells("A2:B2"))


def entities():
    sheet = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    return repacked(workbook(["a"], ["b"]), sheet1=sheet)


def no_workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("a.csv", "a,b")
    return file


REFUSED = {
    "empty": (lambda: io.BytesIO(), "is empty"),
    "blank": (lambda: text("", "  ", ",,"), "holds nothing"),
    "header only": (lambda: text("a,b"), "no row beneath"),
    "header only, workbook": (lambda: workbook(["a", "b"]), "no row beneath"),
    "large": (lambda: io.BytesIO(b"a" * (10 * 1024**2 + 1)), "at most 10.0 MB"),
    "latin-1": (lambda: text("a", "b", "é", encoding="latin-1"), "Line 3 is not written in UTF-8"),
    "null": (lambda: text("a", "b\0"), "Line 2 holds a null"),
    "open quote": (lambda: text("a,b", 'x,"y', "z,z"), "line 2 cannot be read"),
    "long cell": (lambda: text("a", '"' + "x" * 140_000 + '"'), "more than 131072 letters"),
    "twice": (lambda: text("a,b,A", "1,2,3"), "the column “A” twice"),
    "columns": (lambda: text(",".join(f"c{n}" for n in range(201)), "x"), "more than 200 columns"),
    "pdf": (lambda: io.BytesIO(b"%PDF-1.7 x"), "a PDF"),
    "old workbook": (lambda: io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x"), "older format"),
    "archive": (no_workbook, "This is an archive"),
    "damaged": (lambda: io.BytesIO(b"PK\x03\x04 and no more"), "save it again"),
    "cut": (lambda: repacked(workbook(["a"], ["b"]), sheet1=b"<worksheet><row"), "damaged"),
    "merged": (merged, "A2:B2 are merged"),
    "bomb": (bomb, "larger than"),
    "entities": (entities, "entities"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_in_words(name):
    make, words = REFUSED[name]
    with pytest.raises(Unread, match=words):
        rows(make())


def test_more_rows_than_are_taken(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    assert len(rows(text("a", "1", "2"))[1]) == 2
    with pytest.raises(Unread, match="more than 2 rows"):
        rows(text("a", "1", "2", "3"))


def test_a_cell_is_too_long_whatever_others_told_the_reader_of_python():
    before = csv.field_size_limit(2**30)
    try:
        with pytest.raises(Unread, match="more than 131072 letters"):
            rows(text("a", '"' + "x" * 140_000 + '"'))
    finally:
        csv.field_size_limit(before)
