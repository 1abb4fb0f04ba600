"""Addresses of pages: each carries on the day that the page is shown for."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import RFC3986_SUBDELIMS

#: Characters that stay as they are in a query, so that ``S/RES/2322(2016)`` can be read in it.
READABLE = "/()@"


@dataclass(frozen=True)
class Day:
    """The day that a page shows, and the day it is."""

    on: datetime.date
    today: datetime.date

    @property
    def is_today(self) -> bool:
        """Whether the page shows the register as it stands now."""
        return self.on == self.today

    @property
    def query(self) -> dict[str, str]:
        """What a link has to carry on to stay on this day: nothing when it is today."""
        return {} if self.is_today else {"on": self.on.isoformat()}


def address(name: str, *args: str, day: Day | None = None, **query) -> str:
    """The address of the page ``name``, with its query; a list repeats its parameter."""
    wanted = {key: value for key, value in query.items() if value not in (None, "", [])}
    if day:
        wanted |= day.query
    return reverse(f"dashboard:{name}", args=args) + _query(wanted)


def addresses(name: str, day: Day | None = None) -> Callable[[str], str]:
    """``address`` for one key after the other: where the page ``name`` lies is looked up once."""
    before, _key, after = address(name, "_key_", day=day).partition("_key_")
    # As ``reverse`` quotes.
    return lambda key: f"{before}{quote(key, safe=RFC3986_SUBDELIMS + '/~:@')}{after}"


def changed(
    path: str, data: QueryDict, *, without: tuple[str, str] | None = None, **changes
) -> str:
    """``path`` with the query of ``data``: parameters replaced, or left out where None.

    ``without`` drops one value of one parameter and keeps its other values.
    """
    query: dict[str, list[str]] = {name: list(values) for name, values in data.lists()}
    if without and without[1] in query.get(without[0], []):
        query[without[0]].remove(without[1])
    for name, value in changes.items():
        query[name] = [] if value is None else [str(value)]
    return path + _query({name: values for name, values in query.items() if values})


def _query(parameters) -> str:
    text = urlencode(parameters, doseq=True, safe=READABLE)
    return f"?{text}" if text else ""
