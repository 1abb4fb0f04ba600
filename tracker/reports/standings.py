"""How each addressee of some paragraphs stands: for bars, tiles and what is assessed elsewhere."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.models.commitments import CommitmentQuerySet
from tracker.reports.bars import Bar


@dataclass(frozen=True)
class Standing:
    """One addressee of one paragraph with its latest adopted result; ``region`` is its path."""

    provision: int
    key: str
    code: str
    name: str
    kind: str
    region: str
    result: str
    assessed_on: datetime.date | None


COLUMNS = (
    "provision",
    "provision__key",
    "body__code",
    "body__name",
    "body__kind",
    "body__region__path",
    "result",
    "assessed_on",
)


def standings(commitments: CommitmentQuerySet, provisions: Iterable[int]) -> list[Standing]:
    """The addressees of ``provisions`` by name, in one query.

    ``commitments`` comes from ``for_counting(on=…, viewer=…)``.
    """
    rows = commitments.filter(provision__in=list(provisions))
    rows = rows.order_by("body__name", "body__code", "provision")
    return [Standing(*row) for row in rows.values_list(*COLUMNS)]


def bars_of(found: Iterable[Standing]) -> dict[int, Bar]:
    """One bar for each paragraph among them, as ``bars_by`` would count it."""
    bars: dict[int, Bar] = {}
    for standing in found:
        bars.setdefault(standing.provision, Bar()).counts[standing.result] += 1
    return bars
