"""Dates as those see them who have to meet them: each date of each addressee is one row."""

import datetime

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from tracker.models.base import NounQuerySet
from tracker.models.bodies import Body
from tracker.models.commitments import Commitment, Delivery, extended_date
from tracker.models.deadlines import DueDate
from tracker.vocabulary import DUE_SOON_DAYS, CommitmentRole, Timing

#: The way from a date to those who have to meet it.
BOUND = "deadline__provision__commitments"
#: What is past comes first, then what is near; what was delivered comes last, and stays.
RANKS = (
    Timing.OVERDUE,
    Timing.DUE_SOON,
    Timing.UPCOMING,
    Timing.DELIVERED_LATE,
    Timing.DELIVERED,
)


class DueQuerySet(NounQuerySet):
    def for_listing(self, *, on, viewer):
        """One row for each date of each addressee that stood on that day.

        Adds ``commitment_id`` and the body's ``body_id``, ``body_code``, ``body_name``,
        ``body_kind``, ``region_path``; ``until_on``, the date as extended by that day;
        ``delivered_on``, ``timing`` and its ``rank``. A series has one row for each date.
        """
        bound = Commitment.objects.visible_to(viewer).as_of(on)
        bound = bound.filter(role=CommitmentRole.ADDRESSEE).order_by().values("pk")
        return (
            self.annotate(
                commitment_id=F(f"{BOUND}__pk"),
                body_id=F(f"{BOUND}__body__pk"),
                body_code=F(f"{BOUND}__body__code"),
                body_name=F(f"{BOUND}__body__name"),
                body_kind=F(f"{BOUND}__body__kind"),
                region_path=F(f"{BOUND}__body__region__path"),
            )
            .filter(commitment_id__in=bound)
            ._with_timing(on)
            .select_related("deadline__provision__resolution")
        )

    def _with_timing(self, on):
        """A date is a day: it is past from the day after."""
        mine = {
            "commitment": OuterRef("commitment_id"),
            "deadline": OuterRef("deadline"),
            "number": OuterRef("number"),
        }
        delivered = Delivery.objects.filter(delivered_on__lte=on, **mine)
        soon = on + datetime.timedelta(days=DUE_SOON_DAYS)
        ranks = [When(timing=timing, then=Value(rank)) for rank, timing in enumerate(RANKS)]
        return self.annotate(
            until_on=extended_date(on=on, **mine),
            delivered_on=Subquery(delivered.values("delivered_on")[:1]),
            timing=Case(
                When(delivered_on__gt=F("until_on"), then=Value(Timing.DELIVERED_LATE)),
                When(delivered_on__isnull=False, then=Value(Timing.DELIVERED)),
                When(until_on__lt=on, then=Value(Timing.OVERDUE)),
                When(until_on__lte=soon, then=Value(Timing.DUE_SOON)),
                default=Value(Timing.UPCOMING),
                output_field=models.CharField(),
            ),
        ).annotate(rank=Case(*ranks, output_field=models.IntegerField()))

    def search(self, text):
        """Dates of the commitments that ``text`` finds."""
        found = Commitment.objects.search(text).order_by().values("pk")
        return self.filter(commitment_id__in=found)

    def in_regions(self, regions):
        """Dates of bodies that lie in one of ``regions``, or in a region within them."""
        wanted = Q(pk__in=[])
        for region in regions:
            wanted |= Q(region_path__startswith=region.path)
        return self.filter(wanted)


class Due(DueDate):
    """One date that one body has to meet; made by ``for_listing``, never written."""

    objects = DueQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")

    @property
    def public_key(self) -> str:
        """``S/RES/2322(2016)/21/CTED/Report/1``: whose, what, and which of a series."""
        return f"{self.commitment.public_key}/{self.deadline.label}/{self.number}"

    @property
    def body(self) -> Body:
        """The body, as far as a row knows it."""
        return Body(pk=self.body_id, code=self.body_code, name=self.body_name, kind=self.body_kind)

    @property
    def commitment(self) -> Commitment:
        """The commitment, as far as a row knows it."""
        return Commitment(pk=self.commitment_id, provision=self.deadline.provision, body=self.body)

    @property
    def is_extended(self) -> bool:
        """Whether a later date than the one set counts for this body."""
        return self.until_on != self.due_on

    @property
    def days_late(self) -> int:
        """How many days after the date it was delivered; zero when in time or not delivered."""
        late = (self.delivered_on - self.until_on).days if self.delivered_on else 0
        return max(late, 0)
