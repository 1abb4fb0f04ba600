"""Names of files: what is no honest name is refused, what is left is shortened for display."""

import unicodedata

from django.utils.translation import gettext as _

from tracker.files.errors import NotTaken
from tracker.files.kinds import EXTENSIONS

LONGEST = 150
#: Extensions of programs, scripts, pages and containers: nowhere in a name, not even inside
#: (``bill.php.pdf``). Words that are also domains of countries (py, pl, sh) may stand inside.
RUNNING = frozenset(
    """
    exe dll scr msi msp bat cmd cpl hta lnk pif ps1 psm1 vbs vbe js mjs jse wsf wsh jar
    php php3 php4 php5 php7 phtml phar asp aspx ashx jsp jspx cgi htaccess
    html htm xhtml shtml mht mhtml svg svgz xml xsl xslt swf
    docm dotm xlsm xltm xlam pptm iso img vhd apk dmg zip rar 7z gz tar
    """.split()  # noqa: SIM905 (a table, read by the line)
)
#: Joins letters of some scripts and changes no order; everything else of its kind is refused.
JOINERS = "\u200c\u200d"


def clean_name(name: str) -> tuple[str, str]:
    """The name for display and the kind that its extension says; raises ``NotTaken``.

    Whitespace is put in order, and a long name is cut before its extension.
    """
    _refuse_characters(name)
    shown = unicodedata.normalize("NFC", " ".join(name.split()))
    _refuse_path(shown)
    stem, dot, extension = shown.rpartition(".")
    kind = EXTENSIONS.get(extension.casefold())
    if not stem or not kind:
        raise NotTaken(
            _("“%(name)s” has none of the extensions that are taken: %(allowed)s.")
            % {"name": shown, "allowed": ", ".join(EXTENSIONS)}
        )
    _refuse_running(stem)
    return f"{stem[: LONGEST - len(extension) - 1]}{dot}{extension}", kind


def _refuse_characters(name):
    for character in name:
        category = unicodedata.category(character)
        if category in ("Cc", "Cs", "Zl", "Zp") or (category == "Cf" and character not in JOINERS):
            raise NotTaken(
                _("The name holds a character that is not shown (%(code)s); rename the file.")
                % {"code": f"U+{ord(character):04X}"}
            )


def _refuse_path(name):
    # Look-alikes of the slash and the dot fall together under NFKC.
    plain = unicodedata.normalize("NFKC", name)
    if any(sign in plain for sign in '/\\:*?"<>|') or ".." in plain or plain.startswith("."):
        raise NotTaken(
            _('A name holds no path and none of / \\ : * ? " < > | or “..”; rename the file.')
        )


def _refuse_running(stem):
    for part in stem.casefold().split(".")[1:]:
        if part.strip() in RUNNING:
            raise NotTaken(
                _("“.%(part)s” inside the name is the extension of a program or a page; rename it.")
                % {"part": part.strip()}
            )
