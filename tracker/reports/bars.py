"""How a set of commitments divides into the states of implementation."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from tracker.models.commitments import CommitmentQuerySet
from tracker.vocabulary import NOT_ASSESSED, RESULTS


@dataclass(frozen=True)
class Segment:
    """One state of implementation and how many commitments show it."""

    key: str
    label: str
    count: int
    total: int

    @property
    def percent(self) -> float:
        """Width of this part of the bar, in per cent with one decimal."""
        return round(100 * self.count / self.total, 1) if self.total else 0


@dataclass
class Bar:
    """Counts by state; "not assessed" is a state of its own, never "not implemented"."""

    counts: Counter = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many commitments the bar counts."""
        return sum(self.counts.values())

    @property
    def not_assessed(self) -> int:
        """How many have no adopted assessment."""
        return self.counts[NOT_ASSESSED]

    @property
    def assessed(self) -> int:
        """How many have an adopted assessment, whatever it concluded."""
        return self.total - self.not_assessed

    @property
    def segments(self) -> list[Segment]:
        """Every state in its fixed order, the empty ones too."""
        return [Segment(key, label, self.counts[key], self.total) for key, label in RESULTS]

    @property
    def as_dict(self) -> dict[str, int]:
        """``{state: count}`` with every state, in its fixed order."""
        return {key: self.counts[key] for key, _label in RESULTS}

    def __add__(self, other: "Bar") -> "Bar":
        return Bar(self.counts + other.counts)


def bars_by(commitments: CommitmentQuerySet, column: str) -> dict[object, Bar]:
    """One bar for each value of ``column`` (such as ``"provision"``), in one query.

    ``commitments`` comes from ``for_counting(on=…, viewer=…)``. Values without a commitment
    are missing; ask with ``.get(value, Bar())``.
    """
    bars: dict[object, Bar] = {}
    rows = commitments.values_list(column, "result").annotate(n=Count("pk"))
    for value, result, number in rows:
        bars.setdefault(value, Bar()).counts[result] += number
    return bars


def sum_of(bars: Iterable[Bar]) -> Bar:
    """One bar that counts everything the given ones count."""
    return sum(bars, Bar())
