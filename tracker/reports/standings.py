"""How each addressee of some paragraphs stands: for bars, tiles and what is assessed elsewhere."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.models.commitments import CommitmentQuerySet
from tracker.reports.bars import Bar
from tracker.vocabulary import NOT_REPORTED


@dataclass(frozen=True)
class Standing:
    """One addressee of one paragraph with its latest adopted result.

    ``places`` are the M49 regions it lies in, from the widest below the world down.
    """

    provision: int
    provision_key: str
    code: str
    name: str
    kind: str
    position: str
    result: str
    assessed_on: datetime.date | None
    places: tuple[str, ...]

    @property
    def key(self) -> str:
        """The key of the commitment."""
        return f"{self.provision_key}/{self.code}"


COLUMNS = (
    "provision",
    "provision__key",
    "body__code",
    "body__name",
    "body__kind",
    "known__position",
    "result",
    "assessed_on",
)
#: The region of a body and those around it, and how deep it lies.
PLACES = (
    "body__region__level",
    "body__region__name",
    "body__region__parent__name",
    "body__region__parent__parent__name",
)


def standings(commitments: CommitmentQuerySet, provisions: Iterable[int]) -> list[Standing]:
    """The addressees of ``provisions`` by name, in one query.

    ``commitments`` comes from ``for_counting(on=…, viewer=…)``.
    """
    rows = commitments.filter(provision__in=list(provisions))
    rows = rows.order_by("body__name", "body__code", "provision")
    rows = rows.values_list(*COLUMNS, *PLACES)
    return [Standing(*row[: len(COLUMNS)], _places(*row[len(COLUMNS) :])) for row in rows]


def _places(level, *names):
    return tuple(reversed(names[: level or 0]))


def bars_of(found: Iterable[Standing]) -> dict[int, Bar]:
    """One bar for each paragraph among them, as ``bars_by`` would count it."""
    bars: dict[int, Bar] = {}
    for standing in found:
        bars.setdefault(standing.provision, Bar()).counts[standing.result] += 1
    return bars


@dataclass(frozen=True)
class Reporting:
    """Of how many something is asked, and how many of them have reported."""

    asked: int
    reported: int

    @property
    def silent(self) -> int:
        """From how many no information was received."""
        return self.asked - self.reported


def reporting_of(found: Iterable[Standing]) -> Reporting:
    """How many among ``found`` have reported."""
    positions = [each.position for each in found]
    return Reporting(len(positions), sum(each != NOT_REPORTED for each in positions))
