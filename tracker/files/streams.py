"""Reading a file piece by piece, so that memory stays small whatever is sent."""

import hashlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

PIECE = 64 * 1024
#: How far pieces overlap, so that nothing hides on a seam.
SEAM = 128


def pieces(stream: BinaryIO, size: int = PIECE) -> Iterator[bytes]:
    """Yield the bytes from where ``stream`` stands to its end."""
    while piece := stream.read(size):
        yield piece


def overlapping(parts: Iterator) -> Iterator:
    """Yield each part with the end of the one before it in front; of bytes or of text."""
    before = None
    for part in parts:
        whole = part if before is None else before + part
        yield whole
        before = whole[-SEAM:]


def measure(stream: BinaryIO, look: Callable[[bytes], None]) -> tuple[int, str]:
    """Size and SHA-256 of the whole, in one pass; ``look`` is shown every overlapping piece."""
    digest, size, before = hashlib.sha256(), 0, b""
    stream.seek(0)
    for piece in pieces(stream):
        digest.update(piece)
        size += len(piece)
        look(before + piece)
        before = (before + piece)[-SEAM:]
    return size, digest.hexdigest()


def length(stream: BinaryIO) -> int:
    """How many bytes there are."""
    return stream.seek(0, 2)


def head(stream: BinaryIO, size: int) -> bytes:
    """The first bytes."""
    stream.seek(0)
    return stream.read(size)


def tail(stream: BinaryIO, size: int) -> bytes:
    """The last bytes."""
    stream.seek(max(0, length(stream) - size))
    return stream.read(size)
