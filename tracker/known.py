"""What is known of one commitment on each day: a pure function from dated rows to spans of days.

Everything that lists, counts and bars say of a commitment changes on a day on which something
was reported, adopted, delivered or extended, and on no other. Between two such days it stands
still: a span. Spans are kept in a table, so that any day is read by one comparison.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tracker.vocabulary import NOT_ASSESSED, NOT_REPORTED, Eyes, Timing

#: The first and the last day of all; a span that ends here stands today.
ALWAYS, FOREVER = datetime.date.min, datetime.date.max


@dataclass(frozen=True, order=True)
class Said:
    """A submitted report; of two on one day the one written last (``pk``) counts."""

    on: datetime.date
    pk: int
    position: str
    #: Whether everybody may read it; what is restricted is for some eyes only.
    open: bool = True


@dataclass(frozen=True, order=True)
class Concluded:
    """An adopted assessment; of two on one day the one written last (``pk``) counts."""

    on: datetime.date
    pk: int
    result: str
    effect: str = ""
    follow_up_on: datetime.date | None = None
    open: bool = True


@dataclass(frozen=True)
class Cited:
    """Evidence that a report or an assessment cites; ``open`` as the evidence itself is."""

    on: datetime.date
    evidence: int
    open: bool = True


@dataclass(frozen=True)
class Due:
    """A date that the provision sets: which deadline, which of its dates, and the day."""

    deadline: int
    number: int
    on: datetime.date


@dataclass(frozen=True)
class Delivered:
    """When something was delivered on one of the dates."""

    deadline: int
    number: int
    on: datetime.date


@dataclass(frozen=True, order=True)
class Extended:
    """A later date, granted on a day; of two on one day the one written last (``pk``) counts."""

    on: datetime.date
    pk: int
    deadline: int
    number: int
    until: datetime.date


@dataclass
class History:
    """All that ever happened to one commitment; a body named only in support owes no date."""

    said: list[Said] = field(default_factory=list)
    concluded: list[Concluded] = field(default_factory=list)
    cited: list[Cited] = field(default_factory=list)
    dates: list[Due] = field(default_factory=list)
    owes: bool = True
    delivered: list[Delivered] = field(default_factory=list)
    extended: list[Extended] = field(default_factory=list)

    @property
    def days(self) -> list[datetime.date]:
        """The days on which something that is known changes, the first day of all before them."""
        events = (self.said, self.concluded, self.cited, self.delivered, self.extended)
        return sorted({ALWAYS, *(event.on for kind in events for event in kind)})

    def by(self, on: datetime.date, eyes: str) -> "History":
        """What had happened by ``on``, as far as these eyes see it."""
        return History(
            said=_seen(self.said, on, eyes),
            concluded=_seen(self.concluded, on, eyes),
            cited=_seen(self.cited, on, eyes),
            dates=self.dates,
            owes=self.owes,
            delivered=[each for each in self.delivered if each.on <= on],
            extended=[each for each in self.extended if each.on <= on],
        )


def _seen(events: Iterable, on, eyes) -> list:
    return [each for each in events if each.on <= on and (each.open or eyes == Eyes.WHOLE)]


@dataclass(frozen=True)
class Facts:
    """The four facts as they stand; ``met`` says how the last date was met, "" if none was."""

    position: str = NOT_REPORTED
    reported_on: datetime.date | None = None
    evidence_count: int = 0
    result: str = NOT_ASSESSED
    effect: str = ""
    assessed_on: datetime.date | None = None
    follow_up_on: datetime.date | None = None
    next_due_on: datetime.date | None = None
    due_on: datetime.date | None = None
    delivered_on: datetime.date | None = None
    met: str = ""


@dataclass(frozen=True)
class Span:
    """Facts from one day until the day before another, for some eyes or for all."""

    eyes: str
    from_on: datetime.date
    until_on: datetime.date
    facts: Facts


def spans(history: History) -> list[Span]:
    """The spans of a commitment, in order; together they cover every day once for all eyes."""
    found: list[tuple[datetime.date, Facts, Facts]] = []
    for day in history.days:
        pair = facts(history.by(day, Eyes.OPEN)), facts(history.by(day, Eyes.WHOLE))
        if not found or found[-1][1:] != pair:
            found.append((day, *pair))
    ends = [day for day, *_pair in found[1:]] + [FOREVER]
    return [
        span
        for (day, narrow, whole), end in zip(found, ends, strict=True)
        for span in _by_eyes(day, end, narrow, whole)
    ]


def _by_eyes(day, end, narrow, whole) -> Iterator[Span]:
    if narrow == whole:
        yield Span(Eyes.ALL, day, end, whole)
    else:
        yield Span(Eyes.OPEN, day, end, narrow)
        yield Span(Eyes.WHOLE, day, end, whole)


def facts(happened: History) -> Facts:
    """The four facts that follow from what had happened."""
    said = max(happened.said, default=None, key=lambda each: (each.on, each.pk))
    concluded = max(happened.concluded, default=None, key=lambda each: (each.on, each.pk))
    return Facts(
        **({"position": said.position, "reported_on": said.on} if said else {}),
        evidence_count=len({each.evidence for each in happened.cited}),
        **(_concluded(concluded) if concluded else {}),
        **_timing(happened),
    )


def _concluded(last: Concluded) -> dict:
    return {
        "result": last.result,
        "effect": last.effect,
        "assessed_on": last.on,
        "follow_up_on": last.follow_up_on,
    }


def _timing(happened: History) -> dict:
    """The earliest date still open decides; when all are met, the last delivery does."""
    if not happened.dates:
        return {}
    extended = {(e.deadline, e.number): e.until for e in sorted(happened.extended)}
    until = {(d.deadline, d.number): d.on for d in happened.dates} | extended
    met = {(each.deadline, each.number) for each in happened.delivered}
    still = [day for date, day in until.items() if date not in met] if happened.owes else []
    next_due_on = min(still, default=None)
    return {
        "next_due_on": next_due_on,
        "due_on": next_due_on or max((until[date] for date in met), default=None),
        "delivered_on": max((each.on for each in happened.delivered), default=None),
        "met": _met(happened.delivered, until),
    }


def _met(delivered, until) -> str:
    if not delivered:
        return ""
    late = any(each.on > until[each.deadline, each.number] for each in delivered)
    return Timing.DELIVERED_LATE if late else Timing.DELIVERED
