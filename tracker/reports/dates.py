"""The dates of one commitment on any day: as set, as extended, met or still open."""

import datetime
from dataclasses import dataclass, field

from django.db.models import F, OuterRef, Subquery

from tracker.models import Commitment, Deadline, Delivery, Extension
from tracker.models.commitments import extended_date
from tracker.reports.deadlines import timing_of
from tracker.vocabulary import CommitmentRole, Timing

#: How many open dates, and how many that were met, are shown at a glance.
OPEN_SHOWN, MET_SHOWN = 2, 1


@dataclass
class DateRow:
    """One date of one body; ``set_on`` is None while the event it counts from has not come.

    ``extensions`` and ``delivery`` are there once ``with_records`` added them.
    """

    deadline: Deadline
    number: int
    in_series: bool
    set_on: datetime.date | None
    until_on: datetime.date | None
    delivered_on: datetime.date | None
    source: str
    timing: str
    extensions: list[Extension] = field(default_factory=list)
    delivery: Delivery | None = None

    @property
    def key(self) -> str:
        """What names it in a form: its occurrence and what is due."""
        return f"{self.number}/{self.deadline.label}"

    @property
    def is_open(self) -> bool:
        """Whether there is a date, and it is not met."""
        return self.set_on is not None and self.delivered_on is None

    @property
    def is_extended(self) -> bool:
        """Whether another date than the one set counts."""
        return self.until_on != self.set_on


def dates_of(commitment: Commitment, *, on: datetime.date) -> list[DateRow]:
    """Every date of ``commitment`` as it stood on that day, the earliest first; one query.

    A body that is named only in support has none.
    """
    if commitment.role != CommitmentRole.ADDRESSEE:
        return []
    date = {"commitment": commitment.pk, "deadline": OuterRef("pk"), "number": OuterRef("number")}
    met = Delivery.objects.filter(delivered_on__lte=on, **date)
    deadlines = Deadline.objects.filter(provision=commitment.provision_id).annotate(
        number=F("due_dates__number"),
        set_on=F("due_dates__due_on"),
        until_on=extended_date(on=on, set_on="set_on", **date),
        delivered_on=Subquery(met.values("delivered_on")[:1]),
        known_by=Subquery(met.values("source")[:1]),
    )
    rows = [_row(each, on) for each in deadlines]
    return sorted(rows, key=lambda row: (row.until_on or datetime.date.max, row.key))


def _row(deadline, on):
    return DateRow(
        deadline=deadline,
        number=deadline.number or 1,
        in_series=deadline.every_months is not None,
        set_on=deadline.set_on,
        until_on=deadline.until_on,
        delivered_on=deadline.delivered_on,
        source=deadline.known_by or "",
        timing=_timing(deadline, on),
    )


def _timing(date, on):
    if date.delivered_on:
        late = date.delivered_on > date.until_on
        return Timing.DELIVERED_LATE if late else Timing.DELIVERED
    return timing_of(date.until_on, on) if date.until_on else Timing.NO_DATE


def with_records(rows: list[DateRow], commitment: Commitment, *, on: datetime.date):
    """The same ``rows`` with each extension, the latest last, and the delivery; two queries."""
    met = _by_date(Delivery.objects.filter(delivered_on__lte=on), commitment)
    extended = _by_date(Extension.objects.filter(granted_on__lte=on), commitment)
    for row in rows:
        place = row.deadline.pk, row.number
        row.extensions = extended.get(place, [])
        row.delivery = next(iter(met.get(place, [])), None)
    return rows


def _by_date(rows, commitment):
    found: dict[tuple[int, int], list] = {}
    # What their public keys are made of comes along.
    rows = rows.filter(commitment=commitment).select_related("deadline__provision")
    for each in rows.select_related("commitment__body").order_by("pk"):
        found.setdefault((each.deadline_id, each.number), []).append(each)
    return found


def at_a_glance(rows: list[DateRow]) -> list[DateRow]:
    """The last date that was met, and the first that are open or wait for their event."""
    met = [row for row in rows if row.delivered_on]
    others = [row for row in rows if not row.delivered_on]
    return met[-MET_SHOWN:] + others[:OPEN_SHOWN]
