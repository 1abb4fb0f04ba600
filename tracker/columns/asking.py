"""A list of commitments answered from the columns: the places that are left, in their order."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tracker import kept
from tracker.columns.load import CODES
from tracker.columns.table import Table
from tracker.filters.commitments import OF_BODY, OF_PROVISION, CommitmentFilter
from tracker.filters.opposites import NOT
from tracker.models import Body, Provision, Theme
from tracker.rights import Act, Reach, reach
from tracker.vocabulary import DUE_SOON_DAYS, Eyes, Timing

#: More than the number of any day, for rows without one: they come last either way.
LAST = 1 << 22
#: Filters that ask for more than one moment of a commitment, or for a date of its provision.
UNTOLD = {"open_date", "met_date", "moved_since"}
#: The columns of days, by what orders and filters call them.
BY_DAY = {
    "due": "due_on",
    "assessed": "assessed_on",
    "follow_up": "follow_up_on",
    "reported": "reported_on",
}
Picks = Callable[[np.ndarray], np.ndarray]
#: The ids that filters stand for.
_ids = kept.Keeper(most=1024)


@dataclass(frozen=True)
class Found:
    """The rows of a list: how many, and the keys of a part of them in order."""

    table: Table
    places: np.ndarray
    sort: str

    @property
    def number(self) -> int:
        """How many rows there are."""
        return len(self.places)

    def keys(self, start: int, stop: int) -> list[int]:
        """The ids of the commitments from ``start`` to before ``stop``."""
        standing = _standing(self.table, self.places, self.sort)
        if stop < len(standing):
            first = np.argpartition(standing, stop)[:stop]
            first = first[np.argsort(standing[first])]
        else:
            first = np.argsort(standing)
        return self.table.columns["commitment"][self.places[first[start:stop]]].tolist()


def find(filterset: CommitmentFilter, table: Table) -> Found | None:
    """What a valid ``filterset`` of today finds in ``table``; None where columns cannot tell."""
    asked = {
        name: value
        for name, value in filterset.form.cleaned_data.items()
        if value and name not in ("on", "view", "sort")
    }
    sort = filterset.form.cleaned_data.get("sort", "")
    asking = Asking(filterset, table)
    if not asking.can_tell({*asked, sort}):
        return None
    return Found(table, asking.places(asked), sort)


class Asking:
    """One question to a table."""

    def __init__(self, filterset: CommitmentFilter, table: Table):
        self.filterset, self.table = filterset, table
        self.viewer, self.on = filterset.viewer, filterset.on
        self.reached = reach(self.viewer, Act.READ_RESTRICTED)

    @cached_property
    def ids(self) -> kept.Kept:
        """The ids that filters stand for, as the register stands."""
        return _ids.now()

    def can_tell(self, names: set[str]) -> bool:
        """Whether all that is asked for stands in columns."""
        plain = {name.removeprefix(NOT) for name in names}
        if plain & UNTOLD:
            return False
        # Who sees what is restricted of some bodies only has evidence counted anew.
        counted = {"evidence", "-evidence", "empty"} & plain
        return not (counted and self.reached == Reach.OWN)

    def places(self, asked: dict) -> np.ndarray:
        """The places that are left, those of few bodies before anything else."""
        bodies, others = None, []
        for name, value in asked.items():
            if name in OF_BODY:
                found = self._bodies(name, value)
                bodies = found if bodies is None else bodies & found
            else:
                others.append(self._picks(name, value))
        places = self.table.standing() if bodies is None else self.table.of_bodies(bodies)
        for picks in (self._seen, *others):
            places = places[picks(places)]
        return places

    def _at(self, name: str, places: np.ndarray) -> np.ndarray:
        return self.table.columns[name][places]

    def _seen(self, places):
        """For the eyes of the viewer, as ``models.known.seen_by`` has it."""
        eyes = self._at("eyes", places)
        for_all, narrow, whole = (
            eyes == CODES["eyes"][each] for each in (Eyes.ALL, Eyes.OPEN, Eyes.WHOLE)
        )
        if self.reached == Reach.ALL:
            return for_all | whole
        if self.reached == Reach.NONE:
            return for_all | narrow
        own = Body.objects.spoken_for_by(self.viewer).order_by().values_list("pk", flat=True)
        own = np.isin(self._at("body", places), list(own))
        return for_all | (whole & own) | (narrow & ~own)

    def _picks(self, name: str, value) -> Picks:
        """What a filter leaves of some places; an opposite what its filter would not."""
        if name.startswith(NOT):
            picks = self._picks(name.removeprefix(NOT), value)
            return lambda places: ~picks(places)
        if name in OF_BODY:
            return self._one_of("body", self._bodies(name, value))
        if name in OF_PROVISION:
            rows = OF_PROVISION[name](Provision.objects.order_by(), value)
            return self._one_of("provision", list(rows.values_list("pk", flat=True)))
        stem, _underscore, side = name.rpartition("_")
        if stem in BY_DAY:
            return self._by_side(BY_DAY[stem], side, value)
        return getattr(self, f"_by_{name}", self._by_word(name))(value)

    def _bodies(self, name, value) -> frozenset[int]:
        def read():
            rows = OF_BODY[name](Body.objects.order_by(), value, self.viewer)
            return frozenset(rows.values_list("pk", flat=True))

        if name == "body":
            return frozenset(body.pk for body in value)
        # Whose bodies are one's own follows from the person.
        return read() if name == "mine" else self.ids.get((name, *value), read)

    def _one_of(self, column: str, ids) -> Picks:
        """Places whose ``column`` is one of the ids, which are looked up by their number."""
        subjects = self.table.subjects
        ranks = subjects.provisions if column == "provision" else subjects.bodies
        ids = ids if isinstance(ids, np.ndarray) else np.fromiter(ids, np.int64)
        there = np.zeros(len(ranks), bool)
        # What came after the columns has no place in them yet.
        there[ids[ids < len(ranks)]] = True
        return lambda places: there[self._at(column, places)]

    def _by_word(self, name: str) -> Callable[[list[str]], Picks]:
        def picked(words: list[str]) -> Picks:
            there = np.zeros(128, bool)
            there[[CODES[name][word] for word in words]] = True
            return lambda places: there[self._at(name, places)]

        return picked

    def _by_theme(self, found) -> Picks:
        """Of provisions that carry one of the themes, or one within them."""

        def read():
            return list(Theme.objects.within(found).order_by().values_list("pk", flat=True))

        themes = self.table.subjects.themes
        carried = [themes[pk] for pk in self.ids.get(tuple(found), read) if pk in themes]
        return self._one_of("provision", np.concatenate([np.zeros(0, np.int64), *carried]))

    def _by_force(self, words) -> Picks:
        codes = [CODES["force"][word] for word in words]
        held = np.isin(self.table.subjects.forces, codes)
        return lambda places: held[self._at("provision", places)]

    def _by_softened(self, words) -> Picks:
        held = np.isin(self.table.subjects.softened, [word == "yes" for word in words])
        return lambda places: held[self._at("provision", places)]

    def _by_q(self, text) -> Picks:
        provisions = Provision.objects.search(text).order_by().values_list("pk", flat=True)
        bodies = Body.objects.search(text).order_by().values_list("pk", flat=True)
        of_provisions = self._one_of("provision", provisions)
        of_bodies = self._one_of("body", bodies)
        return lambda places: of_provisions(places) | of_bodies(places)

    def _by_timing(self, words) -> Picks:
        today = self.on.toordinal()
        soon = today + DUE_SOON_DAYS

        def picks(places):
            due, met = self._at("next_due_on", places), self._at("met", places)
            ways = {
                Timing.OVERDUE: (due > 0) & (due < today),
                Timing.DUE_SOON: (due >= today) & (due <= soon),
                Timing.UPCOMING: due > soon,
                Timing.NO_DATE: (due == 0) & (met == 0),
            }
            closed = {word: (due == 0) & (met == code) for word, code in CODES["met"].items()}
            return np.logical_or.reduce([ways.get(word, closed.get(word)) for word in words])

        return picks

    def _by_evidence(self, words) -> Picks:
        wanted = {"some": lambda count: count > 0, "none": lambda count: count == 0}
        return lambda places: np.logical_or.reduce(
            [wanted[word](self._at("evidence_count", places)) for word in words]
        )

    def _by_empty(self, words) -> Picks:
        """Places that lack one of several things; 0 stands for nothing in every column."""
        columns = {
            "due": "due_on",
            "follow_up": "follow_up_on",
            "assessed": "assessed_on",
            "reported": "reported_on",
            "effect": "effect",
            "evidence": "evidence_count",
        }
        return lambda places: np.logical_or.reduce(
            [self._at(columns[word], places) == 0 for word in words]
        )

    def _by_side(self, column: str, side: str, day: datetime.date) -> Picks:
        """Places whose day lies from ``day`` on, or up to it."""

        def picks(places):
            days = self._at(column, places)
            if side == "after":
                return days >= day.toordinal()
            return (days > 0) & (days <= day.toordinal())

        return picks


def _standing(table: Table, places: np.ndarray, sort: str) -> np.ndarray:
    """A number for each place, in the order of the list; no two are the same."""
    subjects, by, falls = table.subjects, sort.removeprefix("-"), sort.startswith("-")
    provisions, bodies = table.columns["provision"][places], table.columns["body"][places]
    ties = subjects.places(provisions, bodies)
    if by in ("", "symbol") and not falls:
        return ties
    if by == "symbol":
        ranks = subjects.provisions[provisions]
    elif by == "body":
        ranks = subjects.names[bodies]
    elif by == "evidence":
        ranks = table.columns["evidence_count"][places].astype(np.int64)
    else:
        ranks = table.columns[BY_DAY[by]][places].astype(np.int64)
        # Rows without a day come last either way.
        ranks = np.where(ranks == 0, LAST * (-1 if falls else 1), ranks)
    return (-ranks if falls else ranks) * (subjects.provision_room * subjects.body_room) + ties
