"""PDF: begins and ends as one, and starts nothing."""

import re
from typing import BinaryIO

from django.utils.translation import gettext as _

from tracker.files.errors import NotTaken
from tracker.files.streams import head, tail

BEGINNING = re.compile(rb"%PDF-[12]\.\d")
END = b"%%EOF"
#: What starts programs or scripts. Compressed parts are not looked into: the file is never
#: opened here, and is handed out for saving only.
STARTING = re.compile(rb"/(?:JavaScript|Launch|RichMedia)\b")


def inspect_pdf(stream: BinaryIO) -> None:
    """Raise ``NotTaken`` unless nothing stands before or behind the document."""
    _before, end, behind = tail(stream, 1024).rpartition(END)
    if not BEGINNING.match(head(stream, 8)) or not end or behind.strip(b"\x00 \t\r\n\f"):
        raise NotTaken(
            _("Something stands before or behind the PDF, or it is cut off; print it to PDF again.")
        )


def refuse_starting(piece: bytes) -> None:
    """Raise ``NotTaken`` for a PDF that would start something."""
    if STARTING.search(piece):
        raise NotTaken(_("The PDF starts a script or a program; print it to PDF again."))
