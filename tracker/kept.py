"""What was worked out of the register as it stands, kept in memory until anything is written.

Every write leaves a Change or a row of what is known, in its own transaction. So where the newest
of both are what they were, whatever follows from the register alone is what it was: it is not
worked out again. What follows from anything else (a person, a saved view, what day it is) is not
kept, or under a key that names it.
"""

import datetime
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, router

from tracker.models import Known
from tracker.models.known import LAST_DAYS, last_of

#: The newest rows of what is known and of tallies (all are new after a recount), and the newest
#: change, with its hash: two that are the same stand for the same register, also after a
#: transaction that was taken back.
NEWEST = """coalesce((SELECT max(id) FROM tracker_known), 0),
coalesce((SELECT max(id) FROM tracker_tally), 0),
coalesce((SELECT max(sequence) FROM tracker_change), 0),
coalesce((SELECT hash FROM tracker_change ORDER BY sequence DESC LIMIT 1), '')"""


@dataclass(frozen=True)
class Version:
    """How far the register had come."""

    known: int
    tally: int
    sequence: int
    hash: str
    #: After that day nothing changes: what is current is what holds.
    last_day: datetime.date

    @property
    def is_of_large(self) -> bool:
        """Whether the register is so large that it pays to hold parts of it in memory."""
        return self.known >= settings.COLUMNS_FROM


def database() -> str:
    """The database that is read here: a copy may be some changes behind the other."""
    return router.db_for_read(Known) or DEFAULT_DB_ALIAS


def version(using: str) -> Version:
    """How far the register of that database has come."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join((NEWEST, *LAST_DAYS))}")
        known, tally, sequence, digest, *days = cursor.fetchone()
    return Version(known, tally, sequence, digest, last_of(days))


class Kept:
    """What was worked out of one state of the register: the last of it, at most so much."""

    def __init__(self, most: int):
        self.most, self.values, self.lock = most, {}, threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What ``make`` gave for this key; nobody may change it."""
        values = self.values
        if key in values:
            return values[key]
        made = make()
        with self.lock:
            # Those who read meanwhile go on with what they have.
            values = {**self.values, key: made}
            for oldest in list(values)[: max(0, len(values) - self.most)]:
                del values[oldest]
            self.values = values
        return made


class Keeper:
    """Gives what is kept of the register as it stands now; one for each kind of what is kept."""

    def __init__(self, most: int):
        self.most = most
        self.held: dict[str, tuple[Version, Kept]] = {}

    def now(self) -> Kept:
        """What is kept; nothing of a small register, nor within a transaction.

        There, rows may have been written that no Change tells of yet.
        """
        using = database()
        stands = version(using)
        if not stands.is_of_large or _is_writing(connections[using]):
            return Kept(self.most)
        held = self.held.get(using)
        if held is None or held[0] != stands:
            self.held[using] = held = (stands, Kept(self.most))
        return held[1]


def _is_writing(connection) -> bool:
    """Whether a transaction is open, but for the one that a test takes back at its end."""
    return any(not each._from_testcase for each in connection.atomic_blocks)
