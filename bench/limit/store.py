"""The database of the limit: SQLite or PostgreSQL, one connection for each thread."""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator

ADDRESS = os.environ["LIMIT_DATABASE"]
POSTGRESQL = ADDRESS.startswith("postgres")
LOCAL = threading.local()


def connection():
    """The connection of this thread; a statement by itself is a transaction."""
    if not hasattr(LOCAL, "connection"):
        LOCAL.connection = _postgresql() if POSTGRESQL else _sqlite()
    return LOCAL.connection


def _sqlite():
    file = ADDRESS.removeprefix("sqlite:///")
    found = sqlite3.connect(file, isolation_level=None, timeout=20)
    found.execute("PRAGMA synchronous = NORMAL")
    return found


def _postgresql():
    import psycopg

    return psycopg.connect(ADDRESS, autocommit=True)


def run(statement: str, *values):
    """Run a statement, its values marked by ``?``; the cursor."""
    return connection().execute(_marked(statement), values)


def run_many(statement: str, several: Iterable[tuple]) -> None:
    """Run a statement for each of several rows of values."""
    connection().cursor().executemany(_marked(statement), several)


def rows(statement: str, *values) -> list[dict]:
    """What a statement gives."""
    cursor = run(statement, *values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def number(statement: str, *values) -> int:
    """The one number that a statement gives; 0 where it gives nothing."""
    found = run(statement, *values).fetchone()
    return found[0] if found else 0


def _marked(statement):
    return statement.replace("?", "%s") if POSTGRESQL else statement


@contextlib.contextmanager
def transaction() -> Iterator[None]:
    """All of the block or nothing; on SQLite it waits here for its turn to write."""
    if POSTGRESQL:
        with connection().transaction():
            yield
        return
    connection().execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection().execute("ROLLBACK")
        raise
    connection().execute("COMMIT")
