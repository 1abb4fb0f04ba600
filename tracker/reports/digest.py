"""The weekly digest: numbers with the lists behind them, and not a word of any record."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.models import User, Visit
from tracker.reports.inbox import changed_since, due, kinds_for, query_of, waiting_numbers

#: How far ahead it looks, in days.
AHEAD = 30


@dataclass(frozen=True)
class Line:
    """One number: what it counts, and the list behind it as page and query."""

    key: str
    label: str
    number: int
    page: str
    query: dict


def digest(viewer: User, *, on: datetime.date) -> list[Line]:
    """What waits for ``viewer``, what changed since the last mark, what falls due; no zeros."""
    lines = [*_waiting(viewer, on), _changed(viewer), *_due(viewer, on)]
    return [line for line in lines if line.number]


def _waiting(viewer, on) -> list[Line]:
    found = waiting_numbers(viewer, on=on)
    return [
        Line(kind.key, str(kind.why), found[f"wait_{kind.key}"], kind.page, query_of(kind, on=on))
        for kind in kinds_for(viewer)
    ]


def _changed(viewer) -> Line:
    visit = Visit.objects.filter(by=viewer).first()
    groups, _more = changed_since(viewer, visit)
    return Line("changed", _("Changed since your last visit"), len(groups), "inbox", {})


def _due(viewer, on) -> list[Line]:
    return [
        Line(each.key, _within(each.label), each.horizons[AHEAD][0], each.page,
             each.horizons[AHEAD][1])
        for each in due(viewer, on=on)
    ]  # fmt: skip


def _within(label) -> str:
    return _("%(label)s, within %(days)d days") % {"label": label, "days": AHEAD}
