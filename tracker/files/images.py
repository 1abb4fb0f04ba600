"""Pictures: only the headers are read, and nothing stands behind the picture."""

import struct
from typing import BinaryIO

from django.utils.translation import gettext as _

from tracker.files.errors import NotTaken
from tracker.files.streams import length, tail

#: Longest side and largest surface, in pixels: an A0 plan at 300 dpi has 140 million.
LONGEST_SIDE, LARGEST_SURFACE = 30_000, 200_000_000
#: More pieces than any picture has.
MOST_PARTS = 100_000
JPG_SIZES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
JPG_SCAN, JPG_END = 0xDA, b"\xff\xd9"


def inspect_png(stream: BinaryIO) -> None:
    """Raise ``NotTaken`` unless its parts follow each other to the very end."""
    end, place = length(stream), 8
    for number in range(MOST_PARTS):
        stream.seek(place)
        header = stream.read(8)
        if len(header) < 8:
            break
        size, name = struct.unpack(">I4s", header)
        if number == 0:
            if name != b"IHDR" or size != 13:
                break
            _refuse_size(*_pair(stream.read(8), ">II"))
        place += 12 + size
        if name == b"IEND":
            if place == end:
                return
            _refuse_more()
    _refuse_broken()


def inspect_jpg(stream: BinaryIO) -> None:
    """Raise ``NotTaken`` unless a size stands in its header and the picture ends the file."""
    if not tail(stream, 64).rstrip(b"\x00\r\n").endswith(JPG_END):
        _refuse_more()
    place, sized = 2, False
    for _number in range(MOST_PARTS):
        stream.seek(place)
        marker, size = _pair(stream.read(4), ">HH")
        kind = marker & 0xFF
        if marker < 0xFF00 or size < 2:
            break
        if kind in JPG_SIZES:
            height, width = _pair(stream.read(5)[1:], ">HH")
            _refuse_size(width, height)
            sized = True
        if kind == JPG_SCAN:
            if sized:
                return
            break
        place += 2 + size
    _refuse_broken()


def _pair(data, form) -> tuple[int, int]:
    if len(data) != struct.calcsize(form):
        _refuse_broken()
    first, second = struct.unpack(form, data)
    return first, second


def _refuse_size(width, height):
    sides = (width, height)
    if min(sides) < 1 or max(sides) > LONGEST_SIDE or width * height > LARGEST_SURFACE:
        raise NotTaken(
            _("The picture measures %(width)d × %(height)d pixels; make it smaller (%(most)d).")
            % {"width": width, "height": height, "most": LONGEST_SIDE}
        )


def _refuse_more():
    raise NotTaken(_("Something stands behind the picture; open it and save it again."))


def _refuse_broken():
    raise NotTaken(_("The picture cannot be read; open it and save it again."))
