"""Dates by day and by month: how many fall where, and how they stand."""

import calendar
import datetime
from dataclasses import dataclass, field

from django.db.models import Count

from tracker.models.base import add_months
from tracker.models.dates import RANKS, DueQuerySet
from tracker.vocabulary import Timing

#: How many months a strip shows, and how many of them lie before the day shown.
MONTHS, BEFORE = 12, 2


@dataclass
class Stretch:
    """Some days, both ends included, and how many dates fall on them, by timing."""

    first: datetime.date
    last: datetime.date
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many dates fall on these days."""
        return sum(self.numbers.values())

    def add(self, timing: str, number: int) -> None:
        """Count some more."""
        self.numbers[timing] = self.numbers.get(timing, 0) + number

    @property
    def in_order(self) -> list[tuple[str, int]]:
        """Timing and number, what is past first."""
        return [(str(timing), self.numbers[timing]) for timing in RANKS if timing in self.numbers]


def weeks(rows: DueQuerySet, month: datetime.date) -> list[list[Stretch | None]]:
    """The weeks of a month from Monday on, one stretch a day; days outside it are None."""
    days = {}
    for week in calendar.Calendar().monthdatescalendar(month.year, month.month):
        days |= {day: Stretch(day, day) for day in week if day.month == month.month}
    for day, timing, number in _numbers(rows):
        if day in days:
            days[day].add(timing, number)
    return [
        [days.get(day) for day in week]
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    ]


@dataclass(frozen=True)
class Strip:
    """Twelve months around a day, and what is still open from before them."""

    earlier: Stretch
    months: list[Stretch]


def strip(rows: DueQuerySet, *, on: datetime.date) -> Strip:
    """Count the dates of the months around ``on``, in one query."""
    first = add_months(on.replace(day=1), -BEFORE)
    starts = [add_months(first, place) for place in range(MONTHS)]
    months = {start: Stretch(start, _last_of(start)) for start in starts}
    earlier = Stretch(datetime.date.min, first - datetime.timedelta(days=1))
    for day, timing, number in _numbers(rows):
        if day.replace(day=1) in months:
            months[day.replace(day=1)].add(timing, number)
        elif day < first and timing == Timing.OVERDUE:
            earlier.add(timing, number)
    return Strip(earlier, list(months.values()))


def _numbers(rows):
    """Day, timing and number, in one query."""
    counted = rows.order_by().values("until_on", "timing").annotate(number=Count("pk"))
    return counted.values_list("until_on", "timing", "number")


def _last_of(month):
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])
