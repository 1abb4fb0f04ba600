"""How high a list or a picture is classified: as the highest of what it shows or counts."""

import datetime

from django.db.models import Exists, Model, OuterRef, QuerySet

from tracker.models import (
    Assessment,
    Body,
    Change,
    Citation,
    Commitment,
    Designation,
    Evidence,
    Report,
    User,
)
from tracker.models.changes import CLASSIFIED_NOUNS
from tracker.models.commitments import CommitmentQuerySet
from tracker.rights import Act, Reach, reach
from tracker.vocabulary import Classification

CLASSIFIED = (Designation, Evidence, Report, Assessment)
PUBLIC, INTERNAL, RESTRICTED = Classification.values


def highest(levels) -> str:
    """The highest of several levels of classification; public when there are none."""
    order = Classification.values
    return max(levels, key=order.index, default=PUBLIC)


def highest_level(
    commitments: CommitmentQuerySet, *, viewer: User, on: datetime.date, many: bool = False
) -> Classification:
    """The highest classification of what was concluded on ``commitments``, in two queries at most.

    Of ``many`` commitments the first conclusion of a level is looked for, not all of them.
    """
    shown = Assessment.objects.visible_to(viewer).adopted(on)
    if many:
        mine = commitments.order_by().filter(pk=OuterRef("commitment"))
        return Classification(_level(shown.filter(Exists(mine)), viewer))
    levels = shown.filter(commitment__in=commitments.order_by().values("pk")).order_by()
    return Classification(highest(levels.values_list("classification", flat=True).distinct()))


def level_of(noun: type[Model], rows: QuerySet, *, viewer: User, on: datetime.date) -> str:
    """The level of the ``rows`` of a list, all of which ``viewer`` may see.

    Commitments show what was reported and concluded, and bodies count offices: those decide.
    """
    rows = rows.order_by()
    if noun in CLASSIFIED:
        return _level(rows)
    if noun is Commitment:
        return highest({_level(found) for found in _shown_of(rows, viewer, on)})
    if noun is Body:
        offices = Designation.objects.visible_to(viewer).as_of(on)
        return _level(offices.filter(body__in=rows.values("pk")))
    if noun is Change:
        return _level_of_changes(rows, viewer)
    return PUBLIC


def _level(rows, viewer: User | None = None) -> str:
    """The highest level of classified rows, with one question for each level at most.

    A ``viewer`` who sees nothing restricted is not asked about that.
    """
    closed = viewer is not None and reach(viewer, Act.READ_RESTRICTED) == Reach.NONE
    for level in (INTERNAL,) if closed else (RESTRICTED, INTERNAL):
        if rows.filter(classification=level).order_by().exists():
            return level
    return PUBLIC


def _shown_of(commitments, viewer, on):
    within = commitments.values("pk")
    reports = Report.objects.visible_to(viewer).submitted(on)
    assessments = Assessment.objects.visible_to(viewer).adopted(on)
    cited = Citation.objects.shown(on=on, viewer=viewer).filter(commitment__in=within)
    yield reports.filter(commitment__in=within)
    yield assessments.filter(commitment__in=within)
    yield Evidence.objects.visible_to(viewer).filter(pk__in=cited.order_by().values("evidence"))


def _level_of_changes(rows, viewer) -> str:
    """Changes tell what classified records looked like; how high, their readers' rights say."""
    if not rows.filter(noun__in=CLASSIFIED_NOUNS).exists():
        return PUBLIC
    return INTERNAL if reach(viewer, Act.READ_RESTRICTED) == Reach.NONE else RESTRICTED
