"""The kinds of file that are taken, and how each begins."""

from django.utils.translation import gettext_lazy as _

#: Kind → media type with which it is handed out.
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "txt": "text/plain",
    "png": "image/png",
    "jpg": "image/jpeg",
}
#: Extension → kind.
EXTENSIONS = {**{kind: kind for kind in MEDIA_TYPES}, "jpeg": "jpg"}
#: What a file box offers.
ACCEPTED = ",".join(f".{extension}" for extension in EXTENSIONS)

TEXTS = ("csv", "txt")
PACKAGES = ("docx", "xlsx")
#: What a container begins with.
ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b\x08",
    b"BZh",
    b"\xfd7zXZ\x00",
)

PNG, JPG, PDF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-"
#: Beginning → what it is, for the kinds that are taken and for those often met otherwise.
BEGINNINGS = [
    (PDF, "pdf", _("a PDF")),
    (PNG, "png", _("a PNG picture")),
    (JPG, "jpg", _("a JPG picture")),
    (b"PK\x03\x04", "zip", _("a package or an archive")),
    (b"GIF8", "", _("a GIF picture")),
    (b"RIFF", "", _("sound, a film or a WebP picture")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "", _("a document of an older format (.doc, .xls)")),
    (b"{\\rtf", "", _("a document in RTF")),
    (b"MZ", "", _("a program")),
    (b"\x7fELF", "", _("a program")),
    (b"#!", "", _("a script")),
    (b"Rar!", "", _("an archive")),
    (b"7z\xbc\xaf", "", _("an archive")),
    (b"\x1f\x8b", "", _("an archive")),
    (b"BZh", "", _("an archive")),
]
