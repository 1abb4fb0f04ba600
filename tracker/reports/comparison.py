"""Two to four bodies side by side, paragraph by paragraph: the facts, and where they differ."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from tracker.models import Body, Commitment, Provision, User
from tracker.vocabulary import CommitmentRole

#: The facts that are compared, each with how it is read from a commitment.
FACTS = {
    "reported": lambda row: row.position,
    "evidence": lambda row: row.evidence_count > 0,
    "assessment": lambda row: row.result,
    "timing": lambda row: row.timing,
}


@dataclass(frozen=True)
class Cell:
    """What a paragraph asks of one body, None where it asks nothing of it."""

    body: Body
    commitment: Commitment | None


@dataclass(frozen=True)
class Comparison:
    """One paragraph with one cell for each body, and the facts in which they differ."""

    provision: Provision
    cells: list[Cell]
    differs: list[str]

    @property
    def facts(self) -> list[str]:
        """The facts that are compared, in order."""
        return list(FACTS)


def comparisons(
    provisions: Sequence[Provision], bodies: Sequence[Body], *, viewer: User, on: datetime.date
) -> list[Comparison]:
    """One row for each of ``provisions``, in one query. Nothing is ranked or added up."""
    if not provisions:
        return []
    found = (
        Commitment.objects.visible_to(viewer)
        .for_listing(on=on, viewer=viewer)
        .filter(provision__in=[each.pk for each in provisions], body__in=bodies)
    )
    held = {(row.provision_id, row.body_id): row for row in found}
    return [_comparison(provision, bodies, held) for provision in provisions]


def asked_of(
    provisions: QuerySet[Provision], bodies: Sequence[Body], *, viewer: User, on: datetime.date
) -> list[tuple[Body, int]]:
    """Each body with how many of ``provisions`` ask something of it, in one query."""
    held = Commitment.objects.visible_to(viewer).as_of(on).order_by()
    held = held.filter(provision__in=provisions.order_by().values("pk"), body__in=bodies)
    counts = dict(held.values_list("body").annotate(n=Count("pk")))
    return [(body, counts.get(body.pk, 0)) for body in bodies]


def _comparison(provision, bodies, held):
    cells = [Cell(body, held.get((provision.pk, body.pk))) for body in bodies]
    rows = [cell.commitment for cell in cells if cell.commitment]
    return Comparison(provision, cells, [name for name in FACTS if _differ(rows, name)])


def _differ(rows, name):
    # A body that is named only in support is not assessed, and has no date of its own.
    if name in ("assessment", "timing"):
        rows = [row for row in rows if row.role == CommitmentRole.ADDRESSEE]
    return len({FACTS[name](row) for row in rows}) > 1
