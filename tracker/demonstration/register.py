"""Filling a database with the demonstration: the shared files, and what is invented."""

from collections import Counter

from django.db import transaction

from tracker.demonstration import members, papers, people, records
from tracker.importers.load import load_rows
from tracker.importers.registers import SHARED, Parts, expand, load_files
from tracker.models import User


def load_demonstration(*, by: User | None) -> Parts:
    """Load the demonstration register: everything is written, or nothing.

    Invented rows that somebody edited are set back; what was added by hand stays. Files of
    evidence follow one by one, each with its row.
    """
    with transaction.atomic():
        yield from load_files(SHARED, by=by)
        yield "fictional bodies", load_rows(members.rows(), by=by, reason=members.REASON)
        yield expand(by=by)
        yield "demonstration people", Counter(new=people.add_missing(by=by))
        yield "demonstration records", load_rows(records.rows(), by=by, reason=members.REASON)
    yield "demonstration files", papers.add_papers(by=by)
