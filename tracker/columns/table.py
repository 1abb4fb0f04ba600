"""The columns themselves: one place for each commitment and for whose eyes its facts are."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

#: What is said in words, as numbers: the place of the word in its list.
WORDS = ("eyes", "role", "position", "result", "effect", "met")
#: Days, as the number of days since the year 1; 0 where there is none.
DAYS = ("reported_on", "assessed_on", "follow_up_on", "next_due_on", "due_on")
TYPES = {
    "commitment": np.int64,
    "provision": np.int32,
    "body": np.int32,
    **dict.fromkeys(WORDS, np.int8),
    "evidence_count": np.int32,
    **dict.fromkeys(DAYS, np.int32),
}
#: Room for what changes, as a part of what there is, before all is put in order anew.
SPARE = 0.05


@dataclass(frozen=True)
class Subjects:
    """What lists ask of provisions and of bodies, by their ids.

    Ranks say where each stands in the order of a list; what stands equal has the same.
    """

    provisions: np.ndarray
    bodies: np.ndarray
    names: np.ndarray
    #: The number of the force of each provision, and whether it is softened.
    forces: np.ndarray
    softened: np.ndarray
    #: Theme id → ids of the provisions that carry it.
    themes: dict[int, np.ndarray]

    def places(self, provisions: np.ndarray, bodies: np.ndarray) -> np.ndarray:
        """Where commitments stand in official order, then by the body."""
        return self.provisions[provisions] * self.body_room + self.bodies[bodies]

    def know(self, columns: dict[str, np.ndarray]) -> bool:
        """Whether every provision and body of these columns was there already."""
        ranks = {"provision": self.provisions, "body": self.bodies}
        return all(columns[name].max(initial=0) < len(ranks[name]) for name in ranks)

    @property
    def body_room(self) -> int:
        """More than the highest rank of a body."""
        return len(self.bodies) + 1

    @property
    def provision_room(self) -> int:
        """More than the highest rank of a provision."""
        return len(self.provisions) + 1


@dataclass(frozen=True)
class Table:
    """All columns as they stood after one write; never changed, so that threads can share it.

    The first ``sorted`` places lie body by body, as ``starts`` says; what changed since follows
    them, up to ``size``, and takes the place of what ``gone`` names.
    """

    columns: dict[str, np.ndarray]
    subjects: Subjects
    size: int
    sorted: int
    #: Body id → where its places begin; the next entry is where they end.
    starts: np.ndarray
    gone: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))

    @classmethod
    def made_of(cls, columns: dict[str, np.ndarray], subjects: Subjects) -> "Table":
        """A table with its places body by body, and room for what will change."""
        size = len(columns["body"])
        by_body = np.argsort(columns["body"], kind="stable")
        room = max(1024, int(size * SPARE))
        wide = {}
        for name, column in columns.items():
            wide[name] = np.empty(size + room, TYPES[name])
            wide[name][:size] = column[by_body]
        bodies = wide["body"][:size]
        highest = int(bodies[-1]) if size else 0
        starts = np.searchsorted(bodies, np.arange(highest + 2))
        return cls(wide, subjects, size, size, starts, np.zeros(size + room, bool))

    def column(self, name: str) -> np.ndarray:
        """The values of one column at all places."""
        return self.columns[name][: self.size]

    def standing(self) -> np.ndarray:
        """The places that hold."""
        return np.flatnonzero(~self.gone[: self.size])

    def of_bodies(self, bodies: Iterable[int]) -> np.ndarray:
        """The places that hold of these bodies, by id."""
        bodies = np.fromiter(bodies, np.int64)
        there = bodies[bodies < len(self.starts) - 1]
        runs = [np.arange(self.starts[body], self.starts[body + 1]) for body in there]
        later = np.arange(self.sorted, self.size)
        runs.append(later[np.isin(self.columns["body"][self.sorted : self.size], bodies)])
        places = np.concatenate(runs)
        return places[~self.gone[places]]

    def has_room_for(self, number: int) -> bool:
        """Whether so many places can be added before all is put in order anew."""
        return self.size + number <= len(self.gone)

    def changed(self, touched: np.ndarray, now: dict[str, np.ndarray]) -> "Table":
        """The table in which the commitments ``touched`` have no places but those of ``now``.

        Writes behind the last place, where nobody reads: call it one at a time, and only for the
        latest table.
        """
        gone = self.gone.copy()
        gone[: self.size] |= np.isin(self.column("commitment"), touched)
        size = self.size + len(now["commitment"])
        for name, column in now.items():
            self.columns[name][self.size : size] = column
        return replace(self, size=size, gone=gone)
