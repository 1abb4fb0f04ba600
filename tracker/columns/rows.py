"""The rows of one page, read by their keys in one statement written by hand.

The same values as ``CommitmentQuerySet.with_facts`` annotates, without an object for each row and
for each record that it names.
"""

import datetime
import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from django.db import connections, router

from tracker.models import Commitment
from tracker.models.commitments import timing_on
from tracker.rights import Act, Reach, reach
from tracker.symbols import commitment_key, provision_name
from tracker.vocabulary import Eyes

STATEMENT = """SELECT c.id, p.key, p.number, s.number, s.year, b.code, b.name, c.role,
day(c.starts_on), day(c.ends_on), k.position, day(k.reported_on), k.evidence_count, k.result,
k.effect, day(k.assessed_on), day(k.follow_up_on), day(k.next_due_on), k.met, day(k.due_on),
day(k.delivered_on)
FROM tracker_known k JOIN tracker_commitment c ON c.id = k.commitment_id
JOIN tracker_provision p ON p.id = k.provision_id
JOIN tracker_resolution s ON s.id = p.resolution_id JOIN tracker_body b ON b.id = k.body_id
WHERE k.current AND k.eyes IN (%s, %s) AND k.commitment_id IN """
#: A day as answers spell it, so that it need not be read to be written again.
DAY = {"sqlite": r"CAST(\1 AS text)", "postgresql": r"to_char(\1, 'YYYY-MM-DD')"}


class Row(NamedTuple):
    """What a list shows of one commitment today; the fields stand as in ``STATEMENT``.

    Days are spelled as ``date.isoformat`` does.
    """

    pk: int
    provision_key: str
    provision_number: str
    resolution_number: int
    resolution_year: int
    body_code: str
    body_name: str
    role: str
    starts_on: str
    ends_on: str | None
    position: str
    reported_on: str | None
    evidence_count: int
    result: str
    effect: str
    assessed_on: str | None
    follow_up_on: str | None
    next_due_on: str | None
    met: str
    due_on: str | None
    delivered_on: str | None

    @property
    def key(self) -> str:
        """The key of the commitment."""
        return commitment_key(self.provision_key, self.body_code)

    @property
    def provision_name(self) -> str:
        """How the provision is called, as ``str`` of it has it."""
        return provision_name(self.resolution_number, self.resolution_year, self.provision_number)

    def timing(self, on: datetime.date) -> str:
        """Where the commitment stands against its date."""
        due = self.next_due_on and datetime.date.fromisoformat(self.next_due_on)
        return timing_on(due, self.met, on=on)


def can_read(viewer) -> bool:
    """Whether what is kept is what ``viewer`` sees: of evidence, not to who sees only some."""
    return reach(viewer, Act.READ_RESTRICTED) != Reach.OWN


def read(keys: list[int], viewer) -> list[Row]:
    """The commitments with these ids, in this order; ``viewer`` must be one who ``can_read``."""
    if not keys:
        return []
    whole = reach(viewer, Act.READ_RESTRICTED) == Reach.ALL
    eyes = (Eyes.ALL, Eyes.WHOLE if whole else Eyes.OPEN)
    found = {row.pk: row for row in _rows(keys, eyes)}
    return [found[key] for key in keys if key in found]


def _rows(keys, eyes) -> Iterable[Row]:
    marks = ", ".join(["%s"] * len(keys))
    connection = connections[router.db_for_read(Commitment)]
    with connection.cursor() as cursor:
        cursor.execute(f"{_statement(connection.vendor)} ({marks})", [*eyes, *keys])
        return [Row(*row) for row in cursor.fetchall()]


@cache
def _statement(vendor: str) -> str:
    return re.sub(r"day\((.*?)\)", DAY[vendor], STATEMENT)
