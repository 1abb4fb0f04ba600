"""How a text is kept from being read as a formula, so that it still reads back exactly.

In CSV a text that a spreadsheet could take for a formula gets an apostrophe in front of it, and
so does a text that begins with one; who reads takes one apostrophe away from where there is one.
"""

import datetime
import re

#: What a spreadsheet takes for the beginning of a formula, also in full width, or strips first.
LIVE = frozenset("=+-@|%\t\r\n'\uff1d\uff0b\uff0d\uff20")


def guarded(text: str) -> str:
    """``text`` as it stands in CSV."""
    if text[:1].isalnum():  # Most do, and then there is nothing to look for.
        return text
    first = text.lstrip()[:1]
    return f"'{text}" if first in LIVE or text[:1] in LIVE else text


def unguarded(text: str) -> str:
    """What was written as ``text`` in CSV."""
    return text[1:] if text.startswith("'") else text


#: What XML cannot hold at all.
UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def without_controls(text: str) -> str:
    """``text`` with a sign where it has one that XML cannot hold."""
    return UNHELD.sub("\N{REPLACEMENT CHARACTER}", text)


def plain(value):
    """A value as JSON holds it."""
    return value.isoformat() if isinstance(value, datetime.date) else value
