"""Small files of every kind that evidence takes, made here: the same bytes every time."""

import struct
import zlib

BARS = (70, 45, 90, 30, 60)
SIZE = 120


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page with these lines of plain letters."""
    shown = " ".join(f"({line}) Tj 0 -18 Td" for line in lines)
    content = f"BT /F1 12 Tf 72 760 Td {shown} ET".encode("latin-1", "replace")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
        b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    )
    made, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 5\n0000000000 65535 f \n" + rows
    end = b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + table + end


def csv(name: str, numbers: list[int]) -> bytes:
    """A table of requests by year."""
    rows = [f"{2020 + place},{number}" for place, number in enumerate(numbers)]
    return "\r\n".join([f"year,requests of {name}", *rows, ""]).encode()


def txt(lines: list[str]) -> bytes:
    """Plain text."""
    return ("\n".join(lines) + "\n").encode()


def png(shade: int) -> bytes:
    """A picture of five grey bars on white; ``shade`` (0 to 200) tells it from others."""
    width = SIZE // len(BARS)
    rows = bytearray()
    for height in range(SIZE, 0, -1):
        rows.append(0)
        for bar in BARS:
            rows += bytes([shade if bar >= height else 255]) * width
    header = struct.pack(">IIBBBBB", width * len(BARS), SIZE, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
