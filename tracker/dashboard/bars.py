"""Bars made ready to draw: where each part begins, and where its number leads."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.dashboard.addresses import Day, address
from tracker.dashboard.words import LETTERS
from tracker.reports.bars import Bar
from tracker.vocabulary import NOT_ASSESSED, Result

#: Below this number no percentage is given: it would say more than is known.
FEWEST_FOR_PERCENT = 5
#: Parts narrower than this, in per cent, have no room for their letter.
ROOM_FOR_LETTER = 4


@dataclass(frozen=True)
class Part:
    """One state in a bar; ``start`` and ``width`` are in per cent."""

    key: str
    label: str
    letter: str
    count: int
    percent: float | None
    start: float
    width: float
    href: str

    @property
    def middle(self) -> float:
        """Where its letter stands."""
        return round(self.start + self.width / 2, 2)

    @property
    def has_room(self) -> bool:
        """Whether the letter fits into it."""
        return self.width >= ROOM_FOR_LETTER


@dataclass(frozen=True)
class Drawing:
    """A bar with its parts, and the addresses behind its numbers."""

    bar: Bar
    parts: list[Part]
    total_href: str
    assessed_href: str
    not_assessed_href: str

    @property
    def finding(self) -> str:
        """What the bar says, in words."""
        return _("%(assessed)s of %(total)s assessed, %(rest)s not assessed") % {
            "assessed": self.bar.assessed,
            "total": self.bar.total,
            "rest": self.bar.not_assessed,
        }

    @property
    def shown(self) -> list[Part]:
        """The parts that count anything."""
        return [part for part in self.parts if part.count]

    @property
    def share(self) -> int | None:
        """The share assessed in per cent, None when there are too few to say it."""
        if self.bar.total < FEWEST_FOR_PERCENT:
            return None
        return round(100 * self.bar.assessed / self.bar.total)


def draw(bar: Bar, *, day: Day | None, query: dict) -> Drawing:
    """The bar ready to draw; its numbers lead to the commitments that ``query`` narrows."""

    def to(**more):
        return address("commitments", day=day, **query, **more)

    parts, start = [], 0.0
    for segment in bar.segments:
        parts.append(_part(segment, start, to(result=segment.key)))
        start += 100 * segment.count / bar.total if bar.total else 0
    return Drawing(bar, parts, to(), to(result=Result.values), to(result=NOT_ASSESSED))


def _part(segment, start, href):
    return Part(
        key=segment.key,
        label=str(segment.label),
        letter=str(LETTERS[segment.key]),
        count=segment.count,
        percent=segment.percent if segment.total >= FEWEST_FOR_PERCENT else None,
        start=round(start, 2),
        width=segment.percent,
        href=href,
    )
