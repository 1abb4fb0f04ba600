"""What a cell says, as the value of a field; ``ValueError`` says how to write it instead."""

import datetime
import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from tracker.tables.errors import Bad

#: A day as spreadsheets of many countries write it; with slashes nobody knows which is the month.
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?$")
SERIAL = re.compile(r"\d{4,5}(\.\d+)?")
YES, NO = ("true", "yes", "1"), ("false", "no", "0")


def exact(cell: Any) -> str:
    """A text, letter by letter; a number or a day as it is usually written."""
    if isinstance(cell, Bad):
        raise ValueError(cell.why)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, datetime.datetime):
        return (cell.date() if cell.time() == datetime.time() else cell).isoformat()
    return str(cell)


def word(cell: Any) -> str:
    """A key, a code or another word: without spaces around it."""
    return exact(cell).strip()


def m49(cell: Any) -> str:
    """A code of M49; spreadsheets take away the noughts that it begins with."""
    found = word(cell)
    return found.zfill(3) if found.isdigit() else found


def day(cell: Any) -> datetime.date | None:
    """A day: a cell that is a date, ``2026-06-30`` or ``30.06.2026``; None when empty."""
    if isinstance(cell, datetime.datetime):
        if cell.time() != datetime.time():
            raise ValueError(_("Give the day alone, without a time."))
        return cell.date()
    text = MIDNIGHT.sub("", word(cell))
    if not text:
        return None
    dotted = DOTTED.fullmatch(text)
    try:
        if dotted:
            return datetime.date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
        if len(text) == 10:
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(_no_day(text))


def _no_day(text) -> str:
    if SERIAL.fullmatch(text):
        return _(
            "%(text)s is a number; show the column as dates, or write a day as 2026-06-30."
        ) % {"text": text}
    return _("“%(text)s” is no day; write it as 2026-06-30.") % {"text": text}


def yes_no(cell: Any) -> bool:
    """``true`` or ``false``."""
    text = word(cell).casefold()
    if text in YES or text in NO:
        return text in YES
    raise ValueError(_("“%(text)s” is neither true nor false.") % {"text": text})


def one_of(choices) -> Callable[[Any], str]:
    """A reader of one of the keys of an enumeration, or of its label; empty stays empty."""

    def read(cell):
        text = word(cell)
        named = {str(label).casefold(): key for key, label in choices.choices}
        found = text if text in choices.values else named.get(text.casefold(), "")
        if text and not found:
            raise ValueError(
                _("“%(text)s” is none of: %(keys)s.")
                % {"text": text, "keys": ", ".join(choices.values)}
            )
        return str(found)

    return read
