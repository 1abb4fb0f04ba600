"""The four facts of commitments counted anew from their rows, for any day, by one long query.

It shares nothing with what is kept of them, so that each can be held against the other.
"""

import datetime

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from tracker.models import Assessment, Citation, Commitment, Delivery, DueDate, Evidence, Report
from tracker.models.commitments import extended_date, open_dates
from tracker.vocabulary import (
    DUE_SOON_DAYS,
    NOT_ASSESSED,
    NOT_REPORTED,
    CommitmentRole,
    Step,
    Timing,
)

TEXT = models.CharField()
FACTS = (
    "position",
    "reported_on",
    "evidence_count",
    "result",
    "effect",
    "assessed_on",
    "follow_up_on",
    "due_on",
    "delivered_on",
    "timing",
)


def recount(*, on, viewer, **which) -> dict[int, tuple]:
    """The facts of the commitments that stood on that day, by id, as ``viewer`` may see them."""
    rows = Commitment.objects.filter(**which).as_of(on)
    rows = with_timing(
        with_assessment(with_evidence(with_report(rows, on, viewer), on, viewer), on, viewer), on
    )
    return as_tuples(rows)


def as_tuples(rows) -> dict[int, tuple]:
    """The facts of ``rows``, by id; no effect and an empty one are the same."""
    return {row.pk: tuple(getattr(row, name) or None for name in FACTS) for row in rows.order_by()}


def with_report(rows, on, viewer):
    latest = Report.objects.visible_to(viewer).submitted(on).filter(commitment=OuterRef("pk"))
    return rows.annotate(
        position=Coalesce(
            Subquery(latest.values("position")[:1]), Value(NOT_REPORTED), output_field=TEXT
        ),
        reported_on=Subquery(latest.values("submitted_on")[:1]),
    )


def with_evidence(rows, on, viewer):
    cited = (
        Citation.objects.filter(
            Q(report__in=Report.objects.visible_to(viewer), report__submitted_on__lte=on)
            | Q(
                assessment__in=Assessment.objects.visible_to(viewer),
                assessment__step=Step.ADOPTED,
                assessment__adopted_on__lte=on,
            ),
            commitment=OuterRef("pk"),
            evidence__in=Evidence.objects.visible_to(viewer),
        )
        .order_by()
        .values("commitment")
        .annotate(n=Count("evidence", distinct=True))
    )
    return rows.annotate(evidence_count=Coalesce(Subquery(cited.values("n")), 0))


def with_assessment(rows, on, viewer):
    latest = Assessment.objects.visible_to(viewer).adopted(on).filter(commitment=OuterRef("pk"))
    return rows.annotate(
        result=Coalesce(
            Subquery(latest.values("result")[:1]), Value(NOT_ASSESSED), output_field=TEXT
        ),
        effect=Subquery(latest.values("effect")[:1]),
        assessed_on=Subquery(latest.values("adopted_on")[:1]),
        follow_up_on=Subquery(latest.values("follow_up_on")[:1]),
    )


def with_timing(rows, on):
    """The earliest date still open decides; when all are met, the last delivery does."""
    still_open = open_dates(on=on)
    delivered = (
        Delivery.objects.filter(commitment=OuterRef("pk"), delivered_on__lte=on)
        .annotate(
            set_on=Subquery(
                DueDate.objects.filter(
                    deadline=OuterRef("deadline"), number=OuterRef("number")
                ).values("due_on")[:1]
            )
        )
        .annotate(
            until_on=extended_date(
                on=on,
                set_on="set_on",
                commitment=OuterRef("commitment"),
                deadline=OuterRef("deadline"),
                number=OuterRef("number"),
            )
        )
    )
    soon = on + datetime.timedelta(days=DUE_SOON_DAYS)
    return rows.annotate(
        next_due_on=Case(
            When(role=CommitmentRole.ADDRESSEE, then=Subquery(still_open.values("until_on")[:1]))
        ),
        due_on=Coalesce(
            F("next_due_on"), Subquery(delivered.order_by("-until_on").values("until_on")[:1])
        ),
        delivered_on=Subquery(delivered.order_by("-delivered_on").values("delivered_on")[:1]),
        timing=Case(
            When(next_due_on__lt=on, then=Value(Timing.OVERDUE)),
            When(next_due_on__lte=soon, then=Value(Timing.DUE_SOON)),
            When(next_due_on__gt=soon, then=Value(Timing.UPCOMING)),
            When(
                Exists(delivered.filter(delivered_on__gt=F("until_on"))),
                then=Value(Timing.DELIVERED_LATE),
            ),
            When(Exists(delivered), then=Value(Timing.DELIVERED)),
            default=Value(Timing.NO_DATE),
            output_field=TEXT,
        ),
    )
