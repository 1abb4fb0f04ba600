"""How confidential a picture is: as much as the most confidential assessment in it."""

import datetime

from tracker.models import Assessment, User
from tracker.models.commitments import CommitmentQuerySet
from tracker.vocabulary import Classification


def highest_level(
    commitments: CommitmentQuerySet, *, viewer: User, on: datetime.date
) -> Classification:
    """The highest classification of what ``commitments`` show to ``viewer``, in one query."""
    shown = Assessment.objects.visible_to(viewer).adopted(on)
    levels = shown.filter(commitment__in=commitments.order_by().values("pk")).order_by()
    found = set(levels.values_list("classification", flat=True).distinct())
    return Classification(
        max(found, key=Classification.values.index, default=Classification.PUBLIC)
    )
