"""Plain text and tables with commas: readable signs only, and no markup."""

import codecs
import re
from typing import BinaryIO

from django.utils.translation import gettext as _

from tracker.files.errors import NotTaken
from tracker.files.markup import EICAR_TEXT, IN_TEXT, refuse_page, refuse_virus
from tracker.files.streams import head, overlapping, pieces

#: Signs that no text holds; tab, line feed, form feed and carriage return are left.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def inspect_text(stream: BinaryIO) -> None:
    """Raise ``NotTaken`` unless all of it is text in UTF-8, UTF-16 or an older code page."""
    encoding, seen = _encoding(stream), False
    for part in overlapping(_decoded(stream, encoding)):
        if UNREADABLE.search(part):
            raise NotTaken(_("This is no plain text; save it as text in UTF-8 and send it again."))
        if EICAR_TEXT in part:
            refuse_virus()
        if IN_TEXT.search(part):
            refuse_page()
        seen = seen or bool(part.strip("\ufeff \t\r\n\f"))
    if not seen:
        raise NotTaken(_("The file holds nothing; choose the one that you meant."))


def _encoding(stream) -> str:
    start = head(stream, 4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        for _part in _decoded(stream, "utf-8-sig"):
            pass
    except NotTaken:
        # Every byte is a sign in an older code page; which one, only its reader can tell.
        return "latin-1"
    return "utf-8-sig"


def _decoded(stream, encoding):
    decoder = codecs.getincrementaldecoder(encoding)()
    stream.seek(0)
    try:
        for piece in pieces(stream):
            yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise NotTaken(_("The text is cut off or in no known encoding; save it again.")) from error
