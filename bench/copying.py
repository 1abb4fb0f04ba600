"""Tables of an SQLite file into PostgreSQL, row by row the same."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import psycopg

#: Rows that are read at a time.
CHUNK = 10_000
TYPES = {"INTEGER": "bigint", "TEXT": "text", "INT": "bigint", "NUM": "bigint", "": "text"}
COLUMNS = """SELECT column_name FROM information_schema.columns WHERE table_name = %s
AND table_schema = 'public' AND is_generated = 'NEVER' ORDER BY ordinal_position"""
#: Indexes that no constraint needs; built after the rows are there, which takes a tenth as long.
PLAIN = """SELECT indexname, indexdef FROM pg_indexes i WHERE schemaname = 'public'
AND tablename = ANY(%s)
AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = i.indexname)"""
FAST = """SET synchronous_commit = off; SET maintenance_work_mem = '512MB';
SET session_replication_role = replica; SET TimeZone = 'UTC'"""


def copy_rows(file: Path, address: str, tables: Iterable[str]) -> None:
    """Replace the rows of ``tables``, which are there, by those of the same tables in ``file``."""
    tables = list(tables)
    with closing(sqlite3.connect(file)) as source, psycopg.connect(address) as target:
        target.execute(FAST)
        target.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        indexes = target.execute(PLAIN, [tables]).fetchall()
        for name, _definition in indexes:
            target.execute(f"DROP INDEX {name}")
        for table in tables:
            columns = [name for (name,) in target.execute(COLUMNS, [table]).fetchall()]
            _copy(source, target, table, columns)
        for _name, definition in indexes:
            target.execute(definition)
    analyze(address)


def copy_tables(file: Path, address: str, more: str = "") -> None:
    """Make all plain tables of ``file``, with their keys and indexes, in an empty database.

    ``more`` are statements for what PostgreSQL holds otherwise.
    """
    with closing(sqlite3.connect(file)) as source, psycopg.connect(address) as target:
        target.execute(FAST)
        for table in _tables(source):
            told = source.execute(f"PRAGMA table_info({table})").fetchall()
            columns = [name for _place, name, *_rest in told]
            typed = ", ".join(f"{name} {TYPES[kind]}" for _place, name, kind, *_rest in told)
            target.execute(f"CREATE TABLE {table} ({typed})")
            _copy(source, target, table, columns)
            key = [name for _order, name in sorted((each[5], each[1]) for each in told if each[5])]
            if key:
                target.execute(f"ALTER TABLE {table} ADD PRIMARY KEY ({', '.join(key)})")
        made = "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        for (statement,) in source.execute(made).fetchall():
            target.execute(statement)
        if more:
            target.execute(more)
    analyze(address)


def analyze(address: str) -> None:
    """Tell the planner what is there, and let it read indexes alone."""
    with psycopg.connect(address, autocommit=True) as target:
        target.execute("VACUUM ANALYZE")


def tables_of(file: Path, prefix: str) -> list[str]:
    """The plain tables of a file whose name begins so."""
    with closing(sqlite3.connect(file)) as source:
        return [name for name in _tables(source) if name.startswith(prefix)]


def _tables(source) -> list[str]:
    """All but those of a full text index, and those of SQLite itself."""
    found = source.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    virtual = [name for name, sql in found if (sql or "").startswith("CREATE VIRTUAL")]
    hidden = (*virtual, "sqlite_")
    return [name for name, _sql in found if not name.startswith(hidden)]


def _copy(source, target, table, columns) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    rows = source.execute(f"SELECT {names} FROM {table}")
    with target.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        while chunk := rows.fetchmany(CHUNK):
            for row in chunk:
                copy.write_row(row)
