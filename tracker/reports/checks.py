"""Questions that the record raises about itself; none of them judges a body.

Each check narrows a list that every door has, so its rows are scoped and dated like all others.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tracker.models import Assessment, Citation, Commitment, Designation, Evidence, Report, User
from tracker.models.base import count_of
from tracker.vocabulary import NOT_ASSESSED, CommitmentRole, Position, Result

IMPLEMENTED = (Result.FULLY_IMPLEMENTED, Result.LARGELY_IMPLEMENTED)
JUDGED = (
    Result.FULLY_IMPLEMENTED,
    Result.LARGELY_IMPLEMENTED,
    Result.PARTIALLY_IMPLEMENTED,
    Result.NOT_IMPLEMENTED,
)
#: What a body reports and what an assessment concludes, where the two do not fit together.
DISAGREEMENTS = (
    Q(position=Position.COMPLETED, result=Result.NOT_IMPLEMENTED)
    | Q(position=Position.NOT_APPLICABLE, result__in=JUDGED)
    | Q(
        position__in=(Position.PLANNED, Position.UNDER_WAY, Position.COMPLETED),
        result=Result.NOT_APPLICABLE,
    )
    | Q(position=Position.PLANNED, result=Result.FULLY_IMPLEMENTED)
)


@dataclass(frozen=True)
class Check:
    """One question: what it is called, what exactly it asks, and where rows are mended.

    ``narrow(queryset, on=, viewer=)`` limits the ``noun``'s list to the rows it finds.
    """

    key: str
    noun: type
    title: str
    definition: str
    mend: str
    narrow: Callable[..., QuerySet]

    @property
    def is_of_designations(self) -> bool:
        """Whether its rows are designations; those of the others are commitments."""
        return self.noun is Designation


@dataclass(frozen=True)
class Finding:
    """A check and how many rows it finds."""

    check: Check
    number: int


def _without_evidence(commitments, *, on, viewer):
    return commitments.filter(
        role=CommitmentRole.ADDRESSEE, result__in=IMPLEMENTED, evidence_count=0
    )


def _cited(on, viewer) -> QuerySet:
    """What published reports and assessments cite for a commitment, as far as it may be seen."""
    shown = Q(report__in=_keys(Report.objects.visible_to(viewer).submitted(on))) | Q(
        assessment__in=_keys(Assessment.objects.visible_to(viewer).adopted(on))
    )
    return Citation.objects.filter(
        shown,
        commitment=OuterRef("pk"),
        evidence__in=_keys(Evidence.objects.visible_to(viewer)),
    ).annotate(dated_on=Coalesce("evidence__event_on", "evidence__published_on"))


def _keys(rows):
    return rows.order_by().values("pk")


def _naming(commitments, citations):
    """The commitments with such a citation; ``noted`` names the first such evidence."""
    first = citations.order_by("dated_on", "pk").values("evidence__title")[:1]
    return commitments.filter(Exists(citations)).annotate(
        noted=Subquery(first, output_field=CharField())
    )


def _older(commitments, *, on, viewer):
    adopted = F("commitment__provision__resolution__adopted_on")
    return _naming(commitments, _cited(on, viewer).filter(dated_on__lt=adopted))


def _expired(commitments, *, on, viewer):
    return _naming(commitments, _cited(on, viewer).filter(evidence__valid_until__lt=on))


def _disagreeing(commitments, *, on, viewer):
    return commitments.filter(DISAGREEMENTS)


def _without_follow_up(commitments, *, on, viewer):
    begun = Assessment.objects.visible_to(viewer).under_way().filter(commitment=OuterRef("pk"))
    return commitments.exclude(result=NOT_ASSESSED).filter(
        Q(follow_up_on=None) | Q(follow_up_on__lt=on), ~Exists(begun)
    )


def _unconfirmed(designations, *, on, viewer):
    return designations.filter(pk__in=_keys(Designation.objects.stale(on)))


def _dissolved(commitments, *, on, viewer):
    return commitments.filter(body__dissolved_on__lte=on)


CHECKS = (
    Check(
        "implemented-without-evidence",
        Commitment,
        _("Implemented, without evidence"),
        _(
            "The latest adopted assessment says fully or largely implemented, and no evidence "
            "that you may see is cited for the commitment."
        ),
        _("Cite evidence in a report, or in the next assessment, on the commitment’s page."),
        _without_evidence,
    ),
    Check(
        "evidence-older-than-resolution",
        Commitment,
        _("Evidence older than the resolution"),
        _(
            "Evidence is cited whose date (of the event, else of its publication) lies before "
            "the day on which the resolution was adopted."
        ),
        _("See on the commitment’s page whether the evidence still shows what it is cited for."),
        _older,
    ),
    Check(
        "evidence-past-validity",
        Commitment,
        _("Evidence past its validity"),
        _("Evidence is cited whose last day of validity has passed."),
        _("Cite a newer record, or extend the validity where the evidence is kept."),
        _expired,
    ),
    Check(
        "report-and-assessment-differ",
        Commitment,
        _("Report and assessment say different things"),
        _(
            "Reported as completed, assessed as not implemented; or considered not applicable by "
            "one of the two only; or reported as planned, assessed as fully implemented."
        ),
        _("Look at both on the commitment’s page; neither is right because of this list."),
        _disagreeing,
    ),
    Check(
        "without-follow-up",
        Commitment,
        _("Assessed, and no follow-up ahead"),
        _(
            "The latest adopted assessment has no follow-up date, or its date has passed, and "
            "no newer assessment that you may see was begun."
        ),
        _("Begin the next assessment on the commitment’s page."),
        _without_follow_up,
    ),
    Check(
        "designations-not-confirmed",
        Designation,
        _("Designations not confirmed for a year"),
        _("Nobody said in the last twelve months that the office is still correct."),
        _("Confirm it on the designation’s page."),
        _unconfirmed,
    ),
    Check(
        "dissolved-but-addressed",
        Commitment,
        _("Dissolved bodies that are still addressed"),
        _("The body was dissolved by that day, and its commitment has no end."),
        _("An administrator ends the commitment, or names the body that succeeded it."),
        _dissolved,
    ),
)


def find_check(key: str) -> Check | None:
    """The check with this key, None when there is none."""
    return next((check for check in CHECKS if check.key == key), None)


def rows_of(check: Check, *, on: datetime.date, viewer: User) -> QuerySet:
    """The rows that a check finds among what ``viewer`` may see on that day."""
    rows = check.noun.objects.visible_to(viewer).for_listing(on=on, viewer=viewer)
    return check.narrow(rows, on=on, viewer=viewer)


def findings(viewer: User, *, on: datetime.date) -> list[Finding]:
    """How many rows every check finds, in one query."""
    counts = {
        f"n_{place}": count_of(rows_of(check, on=on, viewer=viewer))
        for place, check in enumerate(CHECKS)
    }
    # One row, any row: the counts do not depend on it, but come back in one query.
    row = User.objects.filter(pk=viewer.pk).annotate(**counts).values(*counts).get()
    return [Finding(check, row[f"n_{place}"]) for place, check in enumerate(CHECKS)]
