"""Documents that are ZIP packages (docx, xlsx): small, plain, and nothing but a document."""

import re
import struct
import zipfile
import zlib
from typing import BinaryIO

from django.utils.translation import gettext as _

from tracker.files.errors import NotTaken
from tracker.files.kinds import ARCHIVES
from tracker.files.markup import refuse_active
from tracker.files.streams import length, overlapping, pieces, tail

#: Far above what documents hold: parts, bytes of their index, bytes when unpacked.
MOST_PARTS, LARGEST_INDEX, LARGEST_UNPACKED = 2_000, 1024 * 1024, 200 * 1024 * 1024
LARGEST_TYPES = 1024 * 1024
TYPES = "[Content_Types].xml"
#: Kind → its main part, and what the list of types must say.
MAIN = {
    "docx": ("word/document.xml", b"wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
}
XML = (".xml", ".rels", ".vml", ".svg")
MACROS = re.compile(r"vba(?:project|data)|activex|macrosheets", re.IGNORECASE)
INSIDE = re.compile(r"(?:^|/)embeddings/|\.(?:zip|docx|xlsx|docm|xlsm|jar|rar|7z|gz)$", re.I)
RUNNING = re.compile(r"\.(?:exe|dll|js|vbs|ps1|html?|mht|php|hta|lnk|bat|cmd)$", re.IGNORECASE)
ENCODING = re.compile(rb"^<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]+)")
#: A template or an object that would be fetched when the document is opened.
FETCHED = re.compile(
    rb"<Relationship\b(?=[^>]*/(?:attachedTemplate|oleObject|frame|subDocument)[\"'])"
    rb"(?=[^>]*Target\s*=\s*[\"'](?:https?|ftp|mhtml|\\\\|//))",
    re.IGNORECASE,
)
INDEX_END, INDEX_END_SIZE = b"PK\x05\x06", 22


def inspect_package(stream: BinaryIO) -> str:
    """Whether this is a ``docx`` or an ``xlsx``; raises ``NotTaken`` for anything else."""
    _refuse_index(stream)
    try:
        stream.seek(0)
        with zipfile.ZipFile(stream) as package:
            parts = package.infolist()
            _refuse_parts(parts)
            kind = _kind(package)
            for part in parts:
                _inspect_part(package, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        if isinstance(error, NotTaken):
            raise
        raise NotTaken(_("The document cannot be read; open it and save it again.")) from error
    return kind


def _refuse_index(stream):
    """Before anything else: the index is small, whole, and ends the file."""
    size = length(stream)
    end = tail(stream, INDEX_END_SIZE)
    if len(end) < INDEX_END_SIZE or not end.startswith(INDEX_END):
        raise NotTaken(_("Something stands behind the document; open it and save it again."))
    _disk, _start, here, total, index, place, comment = struct.unpack("<HHHHIIH", end[4:])
    if total > MOST_PARTS or index > LARGEST_INDEX:
        raise NotTaken(_("The document has more parts than any document; save it again."))
    if here != total or comment or place + index + INDEX_END_SIZE != size:
        raise NotTaken(_("Something is hidden in the document; open it and save it again."))


def _refuse_parts(parts):
    names = [part.filename for part in parts]
    if len(set(map(str.casefold, names))) != len(names):
        raise NotTaken(_("Two parts of the document have one name; open it and save it again."))
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise NotTaken(
            _("Unpacked, the document would be larger than %(most)d MB; divide it.")
            % {"most": LARGEST_UNPACKED // 1024**2}
        )
    for part in parts:
        _refuse_part(part)


def _refuse_part(part):
    # ``orig_filename`` is what was sent; ``filename`` ends at a NUL.
    name = part.orig_filename
    if "\x00" in name or "\\" in name or name.startswith("/") or ".." in name.split("/"):
        raise NotTaken(_("A part of the document leads outside of it; open it and save it again."))
    if part.flag_bits & 0x1 or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotTaken(_("The document is encrypted; save it without a password."))
    if MACROS.search(name):
        _refuse_macros()
    if INSIDE.search(name):
        _refuse_inside()
    if RUNNING.search(name):
        raise NotTaken(_("The document carries a program or a page; take it out and save again."))


def _kind(package) -> str:
    names = set(package.namelist())
    if TYPES not in names:
        raise NotTaken(_("This is an archive; send the documents in it one by one."))
    with package.open(TYPES) as stream:
        types = stream.read(LARGEST_TYPES)
    if b"macroenabled" in types.lower():
        _refuse_macros()
    for kind, (main, said) in MAIN.items():
        if main in names and said in types:
            return kind
    raise NotTaken(_("This is neither a docx nor an xlsx; save it as one of them, or as a PDF."))


def _inspect_part(package, part):
    """Read one part to its end: never more than it declares, and no markup of the wrong sort."""
    written = part.filename.casefold().endswith(XML)
    with package.open(part) as stream:
        for number, piece in enumerate(overlapping(pieces(stream))):
            if number == 0:
                _refuse_beginning(piece, written)
            refuse_active(piece)
            if written:
                _refuse_declarations(piece)


def _refuse_beginning(piece, written):
    if piece.startswith(ARCHIVES):
        _refuse_inside()
    encoding = ENCODING.match(piece.removeprefix(b"\xef\xbb\xbf"))
    foreign = encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")
    if written and (foreign or piece.startswith((b"\xff\xfe", b"\xfe\xff"))):
        raise NotTaken(_("The document is not written in UTF-8; open it and save it again."))


def _refuse_declarations(piece):
    upper = piece.upper()
    if b"<!DOCTYPE" in upper or b"<!ENTITY" in upper or b"\x00" in piece:
        raise NotTaken(_("The document declares entities of its own; open it and save it again."))
    if FETCHED.search(piece):
        raise NotTaken(_("The document fetches a part from elsewhere; save it with all its parts."))


def _refuse_macros():
    raise NotTaken(_("The document holds macros; save it as .docx or .xlsx, without them."))


def _refuse_inside():
    raise NotTaken(
        _("The document holds another file; send that one apart, and this one without it.")
    )
