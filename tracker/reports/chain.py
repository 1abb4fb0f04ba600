"""Whether the record of changes is whole: every row as it was written, each after the one before.

What this cannot find by itself: that the newest rows are missing, or that somebody rewrote them
with all that follow. For that, note the last number and its hash elsewhere (the command shows
them) and ask for them again with ``expect``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import DatabaseError
from django.utils.translation import gettext as _

from tracker.models import Change

#: How many rows are held at a time.
CHUNK = 500


@dataclass(frozen=True)
class Verdict:
    """How far the chain holds: rows read, the last good one, and what is broken after it."""

    rows: int = 0
    sequence: int = 0
    hash: str = ""
    broken: str = ""


def verify(expect: tuple[int, str] | None = None) -> Verdict:
    """Read the record from its first row to its last, or to the first broken link.

    ``expect`` is a number and the hash that it had once; a chain without it is broken.
    """
    last, met = Verdict(), expect is None
    rows = _rows()
    while True:
        try:
            change = next(rows, None)
            broken = _why_broken(change, last) if change else ""
        except (DatabaseError, ValueError, TypeError, AttributeError):
            # What a row holds is no date, no id or no JSON: no door writes that.
            return _stopped(last, _("Number %(n)d, or what stands in its place, cannot be read."))
        if change is None:
            break
        if broken:
            return Verdict(last.rows, last.sequence, last.hash, broken)
        last = Verdict(last.rows + 1, change.sequence, change.hash)
        if expect and change.sequence == expect[0]:
            met = change.hash == expect[1]
            if not met:
                return _stopped(last, _("Number %(n)d is not the one that was noted."), number=0)
    if not met:
        text = _("Number %(n)d was noted once and is not there; the newest changes are missing.")
        return Verdict(last.rows, last.sequence, last.hash, text % {"n": expect[0]})
    return last


def _rows() -> Iterator[Change]:
    return Change.objects.order_by("sequence", "pk").iterator(chunk_size=CHUNK)


def _stopped(last, text, number=1) -> Verdict:
    return Verdict(last.rows, last.sequence, last.hash, text % {"n": last.sequence + number})


def _why_broken(change: Change, last: Verdict) -> str:
    """What is wrong with ``change`` after ``last``, as a sentence; empty when nothing is."""
    named = {"n": change.sequence, "wanted": last.sequence + 1}
    intact, follows = change.compute_hash() == change.hash, change.previous_hash == last.hash
    if change.sequence <= last.sequence:
        return _("Number %(n)d is out of order: something was inserted.") % named
    if change.sequence != last.sequence + 1:
        return _("Number %(wanted)d is missing: the next one is %(n)d.") % named
    if not follows:
        return _("Number %(n)d does not follow the one before it: moved or inserted.") % named
    if not intact:
        return _("Number %(n)d was edited: what it says no longer gives its hash.") % named
    return ""
