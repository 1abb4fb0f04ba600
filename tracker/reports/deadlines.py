"""What falls due: the dates that provisions set, and the follow-up of assessments."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, Subquery

from tracker.models import DueDate, Provision
from tracker.models.base import count_of
from tracker.models.commitments import CommitmentQuerySet, open_dates
from tracker.reports.bars import Bar
from tracker.vocabulary import DUE_SOON_DAYS, Timing


@dataclass(frozen=True)
class DueRow:
    """One day on which a provision asks for something, and how its addressees stand to it.

    ``open`` are those who have not delivered all that was due; ``timing`` is that of the
    earliest of their dates, extensions included.
    """

    provision: Provision
    due_on: datetime.date
    what: str
    open: int
    delivered: int
    timing: str

    @property
    def key(self) -> str:
        """The date in addresses: the provision's key and the day as it was set."""
        return f"{self.provision.key}/{self.due_on.isoformat()}"

    @property
    def label(self) -> str:
        """The timing in words."""
        return Timing(self.timing).label


def due_rows(
    commitments: CommitmentQuerySet, bars: Mapping[int, Bar], *, on: datetime.date
) -> list[DueRow]:
    """The dates of the provisions that ``bars`` counts, the earliest first, in one query.

    Of a series: the last that has passed, the next, and those before that are still open.
    ``commitments`` comes from ``for_counting(on=…, viewer=…)``, ``bars`` from
    ``bars_by(commitments, "provision")``.
    """
    dates = DueDate.objects.filter(deadline__provision__in=list(bars))
    return _due_rows(dates, commitments, on)


def nearest_due_rows(
    commitments: CommitmentQuerySet, *, on: datetime.date, most: int
) -> list[DueRow]:
    """The same of the ``most`` dates before ``on``, and of as many from then on, in one query."""
    of_provision = commitments.filter(provision=OuterRef("deadline__provision"))
    counted = DueDate.objects.filter(Exists(of_provision))
    before = counted.filter(due_on__lt=on).order_by("-due_on", "-pk")
    after = counted.filter(due_on__gte=on).order_by("due_on", "pk")
    near = Q(pk__in=before.values("pk")[:most]) | Q(pk__in=after.values("pk")[:most])
    return _due_rows(DueDate.objects.filter(near), commitments, on)


def _due_rows(dates, commitments, on) -> list[DueRow]:
    of_provision = commitments.filter(provision=OuterRef("deadline__provision"))
    unmet = open_dates(on=on, due_on=OuterRef(OuterRef("due_on")))
    first_until = of_provision.annotate(until_on=Subquery(unmet.values("until_on")[:1]))
    first_until = first_until.filter(until_on__isnull=False).order_by("until_on")
    dates = (
        dates.annotate(
            bound=count_of(of_provision),
            open=count_of(of_provision.filter(Exists(unmet))),
            until_on=Subquery(first_until.values("until_on")[:1]),
        )
        .select_related("deadline__provision__resolution")
        .order_by("due_on", "deadline__provision__path", "deadline__provision", "deadline")
    )
    shown = _around(list(dates), on)
    days = groupby(shown, key=lambda each: (each.due_on, each.deadline.provision_id))
    return [_due_row(list(same), on) for _day, same in days]


def _around(dates, on):
    """Of each series the last date before ``on`` and the next, and what is open before them."""
    last, following = {}, {}
    for each in dates:
        if each.due_on < on:
            last[each.deadline_id] = each.pk
        else:
            following.setdefault(each.deadline_id, each.pk)
    around = {*last.values(), *following.values()}
    near = {
        (each.due_on, each.deadline.provision_id)
        for each in dates
        if each.pk in around or (each.due_on < on and each.open)
    }
    return [each for each in dates if (each.due_on, each.deadline.provision_id) in near]


def _due_row(same, on):
    """One row for all that a provision asks for on one day."""
    first = same[0]
    return DueRow(
        provision=first.deadline.provision,
        due_on=first.due_on,
        what=" · ".join(each.deadline.label for each in same),
        open=first.open,
        delivered=first.bound - first.open,
        timing=_timing(first, on),
    )


def _timing(date, on):
    if not date.open:
        return Timing.DELIVERED
    return timing_of(date.until_on, on)


def timing_of(until_on: datetime.date, on: datetime.date) -> str:
    """The timing of a date that is still open."""
    if until_on < on:
        return Timing.OVERDUE
    soon = on + datetime.timedelta(days=DUE_SOON_DAYS)
    return Timing.DUE_SOON if until_on <= soon else Timing.UPCOMING


@dataclass(frozen=True)
class FollowUps:
    """How many follow-ups fall in a stretch of days, both ends included."""

    days: int
    first: datetime.date
    last: datetime.date
    number: int


def follow_ups_within(days: int, on: datetime.date, number: int) -> FollowUps:
    """The follow-ups due within some days from ``on``, of which there are ``number``."""
    return FollowUps(days, on, on + datetime.timedelta(days=days), number)
