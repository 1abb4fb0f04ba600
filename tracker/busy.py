"""A database that others keep busy: who waited in vain is told so, the same by every door."""

import sqlite3

from django.db import OperationalError

#: Seconds after which it is worth asking again.
RETRY_AFTER = 5
#: No connection left, starting up or ending, a lock not had, a deadlock, changed meanwhile.
STATES = ("53300", "57P01", "57P03", "55P03", "40P01", "40001")


def is_busy(error: BaseException | None) -> bool:
    """Whether the database was kept busy by others, so that nothing was written."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.OperationalError):
        # The extended codes stand above the plain one.
        plain = (cause.sqlite_errorcode or 0) & 0xFF
        return plain in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return getattr(cause, "sqlstate", None) in STATES or type(cause).__name__ == "PoolTimeout"
