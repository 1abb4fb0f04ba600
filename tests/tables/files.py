"""Small files for tests of tables: separated text, and workbooks as other programs write them."""

import io
import zipfile

import openpyxl

from tests import REFERENCE_DAY
from tracker.exports.about import About
from tracker.exports.forms import FORMS
from tracker.exports.sheets import SHEETS

ABOUT = About(REFERENCE_DAY, "internal", "https://tracker.example.org/x/", "X", "All rows.", 1)


def text(*lines: str, encoding="utf-8") -> io.BytesIO:
    """Separated text, a line each."""
    return io.BytesIO("".join(f"{line}\n" for line in lines).encode(encoding))


def workbook(*rows, change=None) -> io.BytesIO:
    """A workbook with these rows in its first sheet; ``change`` is shown that sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def repacked(file: io.BytesIO, **parts: bytes) -> io.BytesIO:
    """The same package with other parts: ``sheet1=`` is found by the end of its name."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            stem = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, parts.get(stem, old.read(name)))
    made.seek(0)
    return made


def exported(noun, rows, form) -> io.BytesIO:
    """What the exports make of ``rows``."""
    return io.BytesIO(b"".join(FORMS[form].write(SHEETS[noun], rows, ABOUT)))
