"""What a cell of a list shows: numbers that lead to the list behind them, days."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join


def count_link(row, number: int, noun: str, **query):
    """A number that leads to the list behind it, on the day that its own list shows."""
    if not number:
        return "0"
    if shown_on := getattr(row, "shown_on", None):
        query["on"] = shown_on.isoformat()
    return format_html('<a href="{}">{}</a>', list_address(noun, **query), number)


def lines(pairs):
    """One line for each pair: what is said, and in brackets what it rests on."""
    found = [(said, f" ({more})" if more else "") for said, more in pairs]
    return format_html_join("", "<div>{}{}</div>", found) or "–"


def day(date) -> str:
    """A date as the register writes it: 12 December 2016."""
    return date_format(date, "j F Y") if date else ""


def list_address(noun: str, **query) -> str:
    """The address of a noun's list, narrowed by ``query``."""
    return f"{reverse(f'admin:tracker_{noun}_changelist')}?{urlencode(query, safe='/()')}"
