"""What moved between two days: the commitments whose result is another one."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Window

from tracker.models import Commitment, User
from tracker.models.commitments import CommitmentQuerySet

#: How many are named; the list behind the number has them all.
NAMED = 20


@dataclass(frozen=True)
class Moves:
    """How many moved, and the first of them, each with ``result_then`` and ``result``."""

    total: int
    rows: list[Commitment]


def moves(commitments: CommitmentQuerySet, *, since: datetime.date, viewer: User) -> Moves:
    """What has another result than on ``since``; ``commitments`` as from ``for_counting``."""
    moved = commitments.moved_since(since, viewer).in_order()
    moved = moved.annotate(moved_total=Window(Count("pk")))
    rows = list(moved.select_related("provision__resolution", "body")[:NAMED])
    return Moves(rows[0].moved_total if rows else 0, rows)
