"""Which letters can be printed: those of the fonts in ``assets/fonts``, and no control signs.

Latin, Greek, Cyrillic, Arabic and the Chinese of GB 2312: the six languages of the UN.
"""

import functools
import unicodedata
from pathlib import Path

FONTS = Path(__file__).parent / "assets" / "fonts"
#: Stands where a letter has no picture; the page and the data formats have the letter itself.
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
#: In the fonts, but not allowed in the text of a PDF for everybody (PDF/UA).
FORBIDDEN = frozenset("\0\ufeff\ufffe")


@functools.cache
def drawn() -> frozenset[str]:
    """Every letter that one of the fonts has a picture for; ``coverage.txt`` lists their ranges."""
    found = set()
    for line in (FONTS / "coverage.txt").read_text().split():
        first, _dash, last = line.partition("-")
        found |= {chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)}
    return frozenset(found) - FORBIDDEN


def printable(text: str) -> str:
    """``text`` composed, without control signs, and with a sign where a letter is not drawn."""
    letters = drawn()
    composed = unicodedata.normalize("NFC", text.replace("\t", " "))
    shown = (each for each in composed if each == "\n" or unicodedata.category(each) != "Cc")
    return "".join(each if each in letters or each == "\n" else UNKNOWN for each in shown)
