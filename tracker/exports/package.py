"""The whole register as a Frictionless data package: a ZIP of CSV files and their schema.

It is sent while it is written, so it takes no more memory than its largest rows.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.exports.about import CAVEAT, About
from tracker.exports.lines import DIALECT, csv_lines, schema
from tracker.exports.sheets import Sheet

MEDIA_TYPE = "application/zip"


@dataclass(frozen=True)
class Part:
    """One list: its name, columns, and rows, which are asked for when it is written."""

    name: str
    title: str
    sheet: Sheet
    rows: Iterable


class _Pipe:
    """A file that only goes forward; what was written is taken out as it comes."""

    def __init__(self):
        self.waiting = []

    def write(self, data):
        self.waiting.append(bytes(data))
        return len(data)

    def flush(self):
        """Nothing is kept back."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        data = b"".join(self.waiting)
        self.waiting.clear()
        return data


class _Counted:
    """Rows, and how many there were."""

    def __init__(self, rows):
        self.rows, self.number = rows, 0

    def __iter__(self):
        for row in self.rows:
            self.number += 1
            yield row


def package(parts: Iterable[Part], about: About) -> Iterator[bytes]:
    """The files of ``parts``, and ``datapackage.json`` that describes them."""
    pipe, told = _Pipe(), []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as book:
        for part in parts:
            resource = yield from _add_part(book, pipe, part, about)
            told.append(resource)
        described = json.dumps(_description(told, about), ensure_ascii=False, indent=1)
        book.writestr(_entry("datapackage.json", about), described)
    yield pipe.taken()


def _add_part(book, pipe, part, about):
    """Write one list; yields its bytes and returns its description."""
    rows, path = _Counted(part.rows), f"{part.name}.csv"
    digest, size = hashlib.sha256(), 0
    with book.open(_entry(path, about), "w", force_zip64=True) as file:
        for piece in csv_lines(part.sheet, rows, about):
            digest.update(piece)
            size += len(piece)
            file.write(piece)
            yield pipe.taken()
    return {
        "name": part.name,
        "title": part.title,
        "type": "table",
        "path": path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "hash": f"sha256:{digest.hexdigest()}",
        "bytes": size,
        "rows": rows.number,
        "schema": schema(part.sheet),
    }


def _entry(name, about) -> zipfile.ZipInfo:
    on = about.on
    entry = zipfile.ZipInfo(name, (max(on.year, 1980), on.month, on.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _description(resources, about) -> dict:
    return {
        "name": "commitment-tracker",
        "title": about.title,
        "description": f"{about.as_of}. {about.level}. {CAVEAT} {DIALECT['apostrophe']}",
        "homepage": about.address,
        "version": about.on.isoformat(),
        "classification": about.classification,
        "asOf": about.on.isoformat(),
        "filter": _("All rows, not filtered."),
        "sources": [{"title": about.source, "path": about.address}],
        "resources": resources,
    }
