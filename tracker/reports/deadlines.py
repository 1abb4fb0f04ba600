"""What falls due: the dates that provisions set, and the follow-up of assessments."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q

from tracker.models import Deadline, Delivery
from tracker.models.base import count_of
from tracker.models.commitments import CommitmentQuerySet
from tracker.reports.bars import Bar
from tracker.vocabulary import DUE_SOON_DAYS, Timing


@dataclass(frozen=True)
class DueRow:
    """One deadline of a provision and how its addressees stand against it on a day."""

    deadline: Deadline
    open: int
    delivered: int
    timing: str

    @property
    def label(self) -> str:
        """The timing in words."""
        return Timing(self.timing).label


def due_rows(bars: Mapping[int, Bar], *, on: datetime.date) -> list[DueRow]:
    """Every deadline of the provisions that ``bars`` counts, the earliest first.

    ``bars`` maps a provision's id to its bar, as ``bars_by(…, "provision")`` gives it.
    """
    met = Delivery.objects.filter(deadline=OuterRef("pk"), delivered_on__lte=on)
    deadlines = (
        Deadline.objects.filter(provision__in=list(bars), due_on__isnull=False)
        .annotate(met=count_of(met))
        .select_related("provision__resolution")
        .order_by("due_on", "provision__path", "pk")
    )
    return [_due_row(deadline, bars[deadline.provision_id].total, on) for deadline in deadlines]


def _due_row(deadline, bound, on):
    if deadline.met >= bound:
        timing = Timing.DELIVERED
    elif deadline.due_on < on:
        timing = Timing.OVERDUE
    elif deadline.due_on <= on + datetime.timedelta(days=DUE_SOON_DAYS):
        timing = Timing.DUE_SOON
    else:
        timing = Timing.UPCOMING
    return DueRow(deadline, bound - deadline.met, deadline.met, timing)


@dataclass(frozen=True)
class FollowUps:
    """How many follow-ups fall in a stretch of days, both ends included."""

    days: int
    first: datetime.date
    last: datetime.date
    number: int


def follow_ups(
    commitments: CommitmentQuerySet, *, on: datetime.date, days: tuple[int, ...]
) -> list[FollowUps]:
    """Count the follow-ups due within each number of ``days`` from ``on``, in one query.

    ``commitments`` comes from ``for_counting(on=…, viewer=…)``.
    """
    ends = {n: on + datetime.timedelta(days=n) for n in days}
    numbers = commitments.aggregate(
        **{
            f"within_{n}": Count("pk", filter=Q(follow_up_on__gte=on, follow_up_on__lte=end))
            for n, end in ends.items()
        }
    )
    return [FollowUps(n, on, end, numbers[f"within_{n}"]) for n, end in ends.items()]
