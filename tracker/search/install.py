"""Puts the index into the database after ``migrate``, as far as it is not there.

Not in a migration: SQLite loses the triggers of a table that a later migration rebuilds.
"""

from django.db import connections

from tracker.search import index

TABLE = "tracker_searchentry"

#: The words are held once, by the entries; the triggers tell the index what comes and goes.
SQLITE_TABLE = """CREATE VIRTUAL TABLE IF NOT EXISTS tracker_searchwords USING fts5(
title, others, content='tracker_searchentry', content_rowid='id', tokenize='ascii', prefix='3 4')"""
COMES = (
    "INSERT INTO tracker_searchwords(rowid, title, others) VALUES (new.id, new.title, new.others)"
)
GOES = """INSERT INTO tracker_searchwords(tracker_searchwords, rowid, title, others)
VALUES ('delete', old.id, old.title, old.others)"""
SQLITE_TRIGGERS = {"insert": (COMES,), "delete": (GOES,), "update": (GOES, COMES)}
SQLITE_REBUILD = "INSERT INTO tracker_searchwords(tracker_searchwords) VALUES ('rebuild')"

_COLUMN = """ALTER TABLE tracker_searchentry ADD COLUMN IF NOT EXISTS {name} tsvector
GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array({text}, ' '), ''))) STORED"""
POSTGRESQL = (
    _COLUMN.format(name="all_words", text="title || ' ' || others"),
    _COLUMN.format(name="title_words", text="title"),
    # Without a list of what is to be sorted in later, which every search would have to read.
    "CREATE INDEX IF NOT EXISTS search_all_words ON tracker_searchentry"
    " USING gin (all_words) WITH (fastupdate = off)",
)


def install_search(sender, using="default", **kwargs) -> None:
    """Make the index; fill it where records were there before it."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if not {TABLE, *(model._meta.db_table for model in index.INDEXED)} <= tables:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _on_sqlite(cursor)
        else:
            _on_postgresql(cursor)
    index.fill_if_empty()


def _on_sqlite(cursor):
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    held = {name for (name,) in cursor.fetchall()}
    if {f"{TABLE}_{verb}" for verb in SQLITE_TRIGGERS} <= held:
        return
    cursor.execute(SQLITE_TABLE)
    for verb, acts in SQLITE_TRIGGERS.items():
        cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{verb}")
        cursor.execute(
            f"CREATE TRIGGER {TABLE}_{verb} AFTER {verb} ON {TABLE} BEGIN {'; '.join(acts)}; END"
        )
    cursor.execute(SQLITE_REBUILD)


def _on_postgresql(cursor):
    cursor.execute(
        "SELECT count(*) FROM pg_indexes WHERE indexname = 'search_all_words'"
        " AND schemaname = current_schema()"
    )
    # Asked first, since adding a column that is there still waits for every reader.
    if cursor.fetchone()[0] == 0:
        for statement in POSTGRESQL:
            cursor.execute(statement)
