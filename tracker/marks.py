"""Days at which counts are kept ready, so that any day is a sum of three of them: pure functions.

At the first day of a decade stands all that changed before it; at that of another year, what
changed before it in its decade; at that of another month, what changed before it in its year.
So a change is written at a handful of marks, however long ago it was, and a day is read from
three. ``FOREVER`` stands for all that ever changed.
"""

import datetime
from functools import lru_cache

from tracker.known import FOREVER

#: The first days of decades; a day before or after them is read from the nearest one below.
DECADES = [datetime.date(year, 1, 1) for year in range(1950, 2060, 10)]


def month_of(day: datetime.date) -> datetime.date:
    """The first day of its month."""
    return day.replace(day=1)


def below(day: datetime.date) -> tuple[datetime.date, set[datetime.date]]:
    """The latest day at which counts are ready, up to ``day``, and the marks to add up for it.

    No marks where nothing is ready so early; ``FOREVER`` is a mark of its own.
    """
    if day == FOREVER:
        return FOREVER, {FOREVER}
    if day < DECADES[0]:
        return datetime.date.min, set()
    start = DECADES[-1] if day >= _next_decade(DECADES[-1]) else month_of(day)
    return start, {_decade(start), start.replace(month=1), start}


@lru_cache(maxsize=4096)
def above(month: datetime.date) -> tuple[datetime.date, ...]:
    """The marks at which what changed in a month is counted."""
    decades = [each for each in DECADES if each > month]
    if month < DECADES[0] or month >= _next_decade(DECADES[-1]):
        return (*decades, FOREVER)
    decade = _decade(month)
    years = [month.replace(year=year, month=1) for year in range(month.year + 1, decade.year + 10)]
    months = [month.replace(month=number) for number in range(month.month + 1, 13)]
    return (*decades, *years, *months, FOREVER)


def _decade(day: datetime.date) -> datetime.date:
    return datetime.date(day.year // 10 * 10, 1, 1)


def _next_decade(decade: datetime.date) -> datetime.date:
    return decade.replace(year=decade.year + 10)
