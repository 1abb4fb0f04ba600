"""One file, checked by its content; what is not taken says how to mend it.

The order is from cheap to dear: the name, the size, the beginning, the whole, the inside.
"""

from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from tracker.files import kinds
from tracker.files.errors import NotTaken
from tracker.files.images import inspect_jpg, inspect_png
from tracker.files.markup import refuse_active
from tracker.files.names import clean_name
from tracker.files.packages import inspect_package
from tracker.files.pdfs import inspect_pdf, refuse_starting
from tracker.files.streams import head, length, measure, tail
from tracker.files.texts import inspect_text

#: As far from its end as the index of an archive can stand.
REACH = 66_000


@dataclass(frozen=True)
class Inspected:
    """What was found of a file that is taken."""

    name: str
    media_type: str
    size: int
    checksum: str


def inspect_file(stream: BinaryIO, name: str, *, largest: int) -> Inspected:
    """What ``stream`` is, if it is taken; reads it piece by piece and leaves it at its start.

    Raises ``NotTaken``.
    """
    shown, kind = clean_name(name)
    _refuse_length(length(stream), largest)
    _refuse_other(stream, kind)

    def look(piece):
        # Packages are looked into part by part; text is looked at as text.
        if kind not in kinds.TEXTS:
            refuse_active(piece)
        if kind == "pdf":
            refuse_starting(piece)

    size, checksum = measure(stream, look)
    _inspect_inside(stream, kind)
    stream.seek(0)
    return Inspected(shown, kinds.MEDIA_TYPES[kind], size, checksum)


def _refuse_length(size, largest):
    if size == 0:
        raise NotTaken(_("The file is empty; choose the one that you meant."))
    if size > largest:
        raise NotTaken(
            _("The file has %(size).1f MB; at most %(most).1f MB are taken. Make it smaller.")
            % {"size": size / 1024**2, "most": largest / 1024**2}
        )


def _refuse_other(stream, kind):
    """Raise ``NotTaken`` when the beginning is that of another kind than the name says."""
    start = head(stream, 16)
    wanted = "zip" if kind in kinds.PACKAGES else kind
    for beginning, found, words in kinds.BEGINNINGS:
        # A text may begin with “MZ” (Mozambique); what is no text shows itself further in.
        if start.startswith(beginning) and not (kind in kinds.TEXTS and beginning.isalnum()):
            if found != wanted:
                raise NotTaken(_other(words, kind))
            return
    if kind not in kinds.TEXTS:
        raise NotTaken(_other(_("something else"), kind))


def _other(words, kind):
    return _("By its content this is %(words)s, but its name ends in .%(kind)s; mend the name.") % {
        "words": words,
        "kind": kind,
    }


def _inspect_inside(stream, kind):
    if kind in kinds.PACKAGES:
        found = inspect_package(stream)
        if found != kind:
            raise NotTaken(_other(f".{found}", kind))
    else:
        _refuse_archive(stream)
        {"pdf": inspect_pdf, "png": inspect_png, "jpg": inspect_jpg}.get(kind, inspect_text)(stream)


def _refuse_archive(stream):
    """Raise ``NotTaken`` for an archive that ends what begins as something else."""
    end = tail(stream, REACH)
    if b"PK\x05\x06" in end and b"PK\x01\x02" in end:
        raise NotTaken(_("The file is an archive as well; open it and save it again."))
