"""Pages, scripts and test viruses, wherever they hide."""

import re

from django.utils.translation import gettext as _

from tracker.files.errors import NotTaken

#: Long enough not to occur by chance in compressed data.
IN_ANYTHING = re.compile(rb"<script[\s>/]|<!doctype\s+html|<html[\s>]|<\?php\s", re.IGNORECASE)
#: In plain text nothing occurs by chance.
IN_TEXT = re.compile(
    r"<!doctype\b|<!entity\b|<\?(?:php|xml|=)|<%[=@ ]|<!\[CDATA\[|"
    r"</?(?:html|head|body|script|svg|math|iframe|frame|object|embed|applet|img|video|audio|form|"
    r"input|button|meta|link|style|base|table|div|a\s[^>]{0,80}href)[\s>/=]",
    re.IGNORECASE,
)
# In two halves, so that a scanner does not take this file for one.
EICAR = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"
EICAR_TEXT = EICAR.decode()


def refuse_active(piece: bytes) -> None:
    """Raise ``NotTaken`` for a script, a page or the test virus within any bytes."""
    if EICAR in piece:
        refuse_virus()
    if IN_ANYTHING.search(piece):
        refuse_page()


def refuse_virus() -> None:
    """Raise ``NotTaken`` for the test string that stands for a virus."""
    raise NotTaken(_("A scanner would take this file for a virus; send one that is clean."))


def refuse_page() -> None:
    """Raise ``NotTaken`` for markup or a script."""
    raise NotTaken(
        _("The file holds a web page, a drawing in SVG or a script; send it as a PDF instead.")
    )
