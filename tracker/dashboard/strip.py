"""The timeline of a body as a strip: one lane for each kind of event, one shape for each lane."""

import datetime
from dataclasses import dataclass

from tracker.reports.chronicle import (
    ASSESSMENT,
    DATE,
    DELIVERY,
    EVIDENCE,
    REPORT,
    Chronicle,
    Event,
)

LANES = (REPORT, EVIDENCE, ASSESSMENT, DELIVERY, DATE)
#: Sizes of the drawing, in its own units.
WIDTH, MARGIN, LANE = 1000, 110, 24
#: With fewer events than this the list says it all.
FEWEST = 3


@dataclass(frozen=True)
class Lane:
    """The events of one kind, each by where it stands from the start of the axis."""

    kind: str
    middle: int
    places: list[float]


@dataclass(frozen=True)
class Strip:
    """Years along the axis and the lanes under them."""

    years: list[tuple[int, float]]
    lanes: list[Lane]
    today: float
    height: int
    width: int = WIDTH


def draw_strip(chronicle: Chronicle) -> Strip | None:
    """The strip, or None when there is too little to draw."""
    events = [*chronicle.past, *chronicle.ahead]
    if len(events) < FEWEST:
        return None
    days = [each.day for each in events] + [chronicle.on]
    first, last = min(days).year, max(days).year + 1
    place = _scale(first, last)
    lanes = []
    for kind in LANES:
        mine = [place(each.day) for each in _of(events, kind)]
        if mine:
            lanes.append(Lane(kind, LANE * (len(lanes) + 1) + LANE // 2, sorted(set(mine))))
    every = 1 if last - first <= 12 else 5
    years = [(year, place(datetime.date(year, 1, 1))) for year in range(first, last, every)]
    return Strip(years, lanes, place(chronicle.on), LANE * (len(lanes) + 1) + 8)


def _of(events: list[Event], kind: str) -> list[Event]:
    return [each for each in events if each.kind == kind]


def _scale(first: int, last: int):
    start = datetime.date(first, 1, 1)
    length = (datetime.date(last, 1, 1) - start).days

    def place(day):
        return round(MARGIN + (WIDTH - MARGIN - 10) * (day - start).days / length, 1)

    return place
