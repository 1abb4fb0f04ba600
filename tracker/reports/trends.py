"""Over time: how many commitments stood with which result, read from the adopted assessments."""

import datetime
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import Count
from django.utils.translation import gettext as _

from tracker.models import Assessment, User
from tracker.models.base import add_months
from tracker.models.commitments import CommitmentQuerySet
from tracker.reports.bars import Bar
from tracker.reports.tallied import Tallied
from tracker.vocabulary import NOT_ASSESSED, CommitmentRole

#: How many months each step is long.
MONTHS = {"month": 1, "quarter": 3, "year": 12}
#: The most points that one picture shows.
MOST_POINTS = 80
#: The step that is taken when none is asked for.
USUAL_STEP = "quarter"


@dataclass(frozen=True)
class Point:
    """How everything stood at the end of one day."""

    on: datetime.date
    bar: Bar


@dataclass
class History:
    """What changed on which day; ``at(day)`` adds up everything until then."""

    days: list[datetime.date]
    bars: list[Bar]

    def at(self, on: datetime.date) -> Bar:
        """The bar as of ``on``; empty before the first change."""
        place = bisect_right(self.days, on)
        return self.bars[place - 1] if place else Bar()

    def on_days(self, days: Iterable[datetime.date]) -> list[Bar]:
        """The bars as of each of some days."""
        return [self.at(day) for day in days]

    @property
    def first(self) -> datetime.date | None:
        """The day on which the first commitment began; None when there is none."""
        return self.days[0] if self.days else None


class ToldHistory:
    """The same read from the tallies, for the days that are asked for."""

    def __init__(self, tallied: Tallied):
        self.tallied = tallied
        self.found: dict[datetime.date, Bar] = {}

    def at(self, on: datetime.date) -> Bar:
        """The bar as of ``on``."""
        return self.on_days([on])[0]

    def on_days(self, days: Iterable[datetime.date]) -> list[Bar]:
        """The bars as of each of some days, at once."""
        days = list(days)
        missing = set(days) - self.found.keys()
        if missing:
            self.found |= self.tallied.on_days(missing)
        return [self.found[day] for day in days]

    @cached_property
    def first(self) -> datetime.date | None:
        """The first day of the month in which anything counted; None when nothing ever did."""
        return self.tallied.first()


def history_of(
    filterset, commitments: CommitmentQuerySet, *, until: datetime.date
) -> History | ToldHistory:
    """How the results came about that a valid ``TrendsFilter`` asks for.

    From the tallies where they can tell; else from the rows: ``commitments`` of every day.
    """
    if filterset.subject is not None:
        return ToldHistory(Tallied(filterset.viewer, filterset.subject))
    return history(commitments, viewer=filterset.viewer, until=until)


def history(commitments: CommitmentQuerySet, *, viewer: User, until: datetime.date) -> History:
    """How the results of ``commitments`` came about, as far as ``viewer`` may see, in two queries.

    Counts addressees alone, from the day they begin until the day before they end; without an
    adopted assessment they are not assessed. For every day it equals ``for_counting``.
    """
    changes: dict[datetime.date, Counter] = {}
    _add_commitments(changes, commitments, until)
    _add_assessments(changes, commitments, viewer, until)
    days = sorted(day for day in changes if day <= until)
    return History(days, list(_running(changes[day] for day in days)))


def points(
    found: History | ToldHistory, *, first: datetime.date | None, last: datetime.date, step: str
) -> list[Point]:
    """The history at the end of each step from ``first`` on, and at ``last``.

    Without ``first`` it goes as far back as there is anything and as a picture can show. Raises
    ``ValueError`` with a sentence when there are too many steps.
    """
    start = first or found.first
    if found.first is None or start > last:
        return []
    days = step_days(start, last, step)
    if first and len(days) > MOST_POINTS:
        raise ValueError(
            _("These are %(number)d days, %(most)d at most; take longer steps.")
            % {"number": len(days), "most": MOST_POINTS}
        )
    days = days[-MOST_POINTS:]
    return [Point(day, bar) for day, bar in zip(days, found.on_days(days), strict=True)]


def _add_commitments(changes, commitments, until):
    """Each begins and ends as not assessed."""
    spans = commitments.filter(role=CommitmentRole.ADDRESSEE, starts_on__lte=until).order_by()
    for first, end, number in spans.values_list("starts_on", "ends_on").annotate(n=Count("pk")):
        if end is None or end > first:
            _move(changes, first, None, NOT_ASSESSED, number)
            if end:
                _move(changes, end, NOT_ASSESSED, None, number)


def _add_assessments(changes, commitments, viewer, until):
    """From its adoption on, an assessment is what its commitment shows, until the next one."""
    spans = commitments.filter(role=CommitmentRole.ADDRESSEE).order_by().values("pk")
    adopted = Assessment.objects.visible_to(viewer).adopted(until).filter(commitment__in=spans)
    rows = adopted.order_by("commitment", "adopted_on", "pk").values_list(
        "commitment", "commitment__starts_on", "commitment__ends_on", "adopted_on", "result"
    )
    for (_commitment, first, end), group in groupby(rows, key=lambda row: row[:3]):
        shown = NOT_ASSESSED
        for *_which, adopted_on, result in group:
            day = max(adopted_on, first)
            if end is None or day < end:
                _move(changes, day, shown, result, 1)
                shown = result
        if end and shown != NOT_ASSESSED:
            _move(changes, end, shown, NOT_ASSESSED, 1)


def _move(changes, day, old, new, number):
    counter = changes.setdefault(day, Counter())
    if old:
        counter[old] -= number
    if new:
        counter[new] += number


def _running(counters):
    total = Counter()
    for counter in counters:
        for key, number in counter.items():
            total[key] += number
        yield Bar(+total)


def step_days(first: datetime.date, last: datetime.date, step: str) -> list[datetime.date]:
    """The last days of the months, quarters or years from ``first`` on, then ``last`` itself."""
    months = MONTHS[step]
    month = first.month - (first.month - 1) % months
    start = first.replace(month=month, day=1)
    days = []
    while True:
        start = add_months(start, months)
        day = start - datetime.timedelta(days=1)
        if day >= last:
            return [*days, last]
        days.append(day)
