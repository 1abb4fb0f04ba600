"""The brief on one body: what is asked, said, concluded and open, for tomorrow's meeting."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, Q

from tracker.models import (
    Assessment,
    Body,
    BodyName,
    Commitment,
    Report,
    Resolution,
    User,
)
from tracker.reports.bars import bars_by
from tracker.reports.deadlines import DueRow, due_rows
from tracker.reports.levels import highest
from tracker.reports.profile import Profile, profile
from tracker.vocabulary import NameForm, Step

#: How many reports and assessments a brief shows at most.
MOST = 36


@dataclass(frozen=True)
class Brief:
    """What a brief is made of, as plain rows; ``classification`` is the highest inside.

    ``reports`` and ``assessments`` are the latest of ``report_count`` and ``assessment_count``.
    """

    body: Body
    on: datetime.date
    names: list[BodyName]
    profile: Profile
    dates: list[DueRow]
    reports: list[Report]
    report_count: int
    assessments: list[Assessment]
    assessment_count: int
    requests: list[Assessment]
    resolutions: list[Resolution]
    classification: str


def brief(body: Body, *, viewer: User, on: datetime.date) -> Brief:
    """Gather what ``viewer`` may see of ``body`` on that day."""
    commitments = Commitment.objects.visible_to(viewer).filter(body=body)
    counted = commitments.for_counting(on=on, viewer=viewer)
    reports = Report.objects.visible_to(viewer).submitted(on).filter(commitment__body=body)
    assessments = Assessment.objects.visible_to(viewer).filter(commitment__body=body)
    adopted, asked = assessments.adopted(on), _open_requests(assessments, on)
    facts = profile(body, viewer=viewer, on=on)
    report_levels, adopted_levels = _levels(reports), _levels(adopted)
    others = {each.classification for each in [*facts.designations, *asked]}
    return Brief(
        body=body,
        on=on,
        names=_names(body, on),
        profile=facts,
        dates=due_rows(counted, bars_by(counted, "provision"), on=on),
        reports=list(reports.with_commitment()[:MOST]),
        report_count=sum(report_levels.values()),
        assessments=list(adopted.with_commitment()[:MOST]),
        assessment_count=sum(adopted_levels.values()),
        requests=asked,
        resolutions=_resolutions(commitments.as_of(on)),
        classification=highest({*report_levels, *adopted_levels, *others}),
    )


def _names(body, on) -> list[BodyName]:
    """The formal and short names in use on that day, the formal first."""
    in_use = BodyName.objects.filter(
        Q(from_on=None) | Q(from_on__lte=on), Q(until_on=None) | Q(until_on__gte=on), body=body
    )
    shown = in_use.filter(form__in=(NameForm.FORMAL, NameForm.SHORT))
    return list(shown.order_by("form", "language", "text"))


def _open_requests(assessments, on) -> list[Assessment]:
    """Assessments on which the body had been asked to comment by ``on`` and had not yet."""
    unanswered = Q(comments_on=None) | Q(comments_on__gt=on)
    unfinished = Q(adopted_on=None) | Q(adopted_on__gt=on)
    asked = assessments.filter(unanswered, unfinished, sent_on__lte=on)
    asked = asked.exclude(step__in=(Step.WITHDRAWN, Step.RETURNED, Step.DRAFT))
    return list(asked.with_commitment().order_by(F("comments_due_on").asc(nulls_last=True), "key"))


def _resolutions(commitments) -> list[Resolution]:
    held = commitments.order_by().values("provision__resolution")
    return list(Resolution.objects.filter(pk__in=held).order_by("year", "number"))


def _levels(rows) -> dict[str, int]:
    """How many rows there are of each classification."""
    counted = rows.order_by().values_list("classification").annotate(n=Count("pk"))
    return dict(counted)
