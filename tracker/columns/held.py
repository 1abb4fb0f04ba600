"""The columns of this process, brought up to date with the record of changes when asked for."""

import contextvars
import logging
import threading
from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
from django.conf import settings
from django.db import connections

from tracker import kept
from tracker.columns import load
from tracker.columns.table import Table
from tracker.kept import Version
from tracker.models import Change, Known

#: Of more changes than that, everything is read anew.
FOLLOWED = 2000
#: Kinds of record of which ``table.Subjects`` tells.
SUBJECTS = ("body", "provision", "resolution")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Held:
    """A table and what it is a table of."""

    version: Version
    table: Table


class Holder:
    """Keeps the latest table of one database."""

    def __init__(self):
        self.held: Held | None = None
        self.lock = threading.Lock()
        self.reading: threading.Thread | None = None

    def current(self, version: Version | None = None) -> Table | None:
        """The columns as of the last write, or of ``version`` where that is known already.

        None where the register is so small that the database is as fast, and while the columns
        are read for the first time: lists then ask the database.
        """
        version = version or _version()
        if not version.is_of_large:
            return None
        held = self.held
        if held is None or held.version != version:
            held = self._caught_up(version)
        return held.table if held else None

    def _caught_up(self, version: Version) -> Held | None:
        with self.lock:
            held = self.held
            if held and held.version == version:
                return held
            followed = held and _followed(held, version)
            if followed is None:
                self._read_all()
                # Read here and now where there is no thread for it, as in a test.
                return self.held if self.held and self.held.version == version else None
            self.held = followed
            return followed

    def _read_all(self) -> None:
        if not settings.COLUMNS_ASIDE:
            self.held = _read()
        elif self.reading is None or not self.reading.is_alive():
            # In the context of who asks: it names the database that is read.
            work = contextvars.copy_context().run
            aside = threading.Thread(
                target=work, args=(self._read_aside,), name="columns", daemon=True
            )
            self.reading = aside
            aside.start()

    def _read_aside(self) -> None:
        try:
            held = _read()
            with self.lock:
                self.held = held
        except Exception:
            # Lists go on asking the database; the next one tries again.
            log.exception("The columns could not be read")
        finally:
            connections.close_all()


#: A copy may be some changes behind the database: what is held of one says nothing of the other.
_holders: defaultdict[str, Holder] = defaultdict(Holder)


def current(version: Version | None = None) -> Table | None:
    """The columns of this process as of the last write, or None: then ask the database."""
    return _holders[kept.database()].current(version)


def _version() -> Version:
    return kept.version(kept.database())


def _read() -> Held:
    # What is written meanwhile is caught up with afterwards, from the version before.
    version = _version()
    table = Table.made_of(load.everything(), load.subjects())
    log.info("Columns of %d commitments read", table.size)
    return Held(version, table)


def _followed(held: Held, version: Version) -> Held | None:
    """What is held, with all that was written since; None where it has to be read anew."""
    before = held.version
    fewer = version.known < before.known or version.sequence < before.sequence
    if fewer or version.sequence > before.sequence + FOLLOWED or not _goes_on_from(before):
        return None
    changes = Change.objects.filter(sequence__gt=before.sequence).order_by()
    nouns = list(changes.values_list("noun", "object_id"))
    ended = {pk for noun, pk in nouns if noun == "commitment"}
    new = Known.objects.filter(pk__gt=before.known).order_by()
    touched = ended | set(new.values_list("commitment", flat=True)[: FOLLOWED + 1])
    if len(touched) > FOLLOWED:
        return None
    moved = any(noun in SUBJECTS for noun, _pk in nouns)
    subjects = load.subjects() if moved else held.table.subjects
    if not touched and not moved:
        return Held(version, held.table)
    now = load.columns_of(Known.objects.filter(current=True, commitment__in=touched))
    if not subjects.know(now):
        subjects = load.subjects()
    if not held.table.has_room_for(len(now["commitment"])):
        return None
    table = held.table.changed(np.fromiter(touched, np.int64), now)
    return Held(version, replace(table, subjects=subjects))


def _goes_on_from(version: Version) -> bool:
    """Whether the register of ``version`` is a part of what is there now."""
    if not version.sequence:
        return True
    return Change.objects.filter(sequence=version.sequence, hash=version.hash).exists()
