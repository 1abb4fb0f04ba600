"""All that the database holds: to see whether anything changed, or whether a word stands there."""

import sqlite3
from contextlib import closing

from django.apps import apps
from django.db import connection


class Held:
    """What the database holds at this moment; two are equal when every row of ours is the same."""

    def __init__(self):
        if connection.vendor == "sqlite":
            # The pages as they stand in this transaction: a tenth of the time that the rows take.
            self.pages, self.rows = connection.connection.serialize(), None
        else:
            self.pages, self.rows = None, {table: digest(table) for table in tables()}

    def __eq__(self, other):
        if self.pages is None:
            return self.rows == other.rows
        # The same rows may lie elsewhere on their pages.
        return self.pages == other.pages or have_same_rows(self.pages, other.pages)


def have_same_rows(one: bytes, other: bytes) -> bool:
    """Whether two databases of SQLite hold the same; it compares them itself, row by row."""
    with closing(sqlite3.connect(":memory:")) as copy:
        copy.execute("ATTACH ':memory:' AS other")
        copy.deserialize(one)
        copy.deserialize(other, name="other")
        return all(copy.execute(same_rows(model)).fetchone()[0] for model in ours())


def same_rows(model) -> str:
    """The question whether a table of both is the same: as many rows, each with its equal."""
    table = model._meta.db_table
    same = " AND ".join(
        f'one."{field.column}" IS two."{field.column}"' for field in model._meta.concrete_fields
    )
    joined = f"SELECT count(*) FROM main.{table} one JOIN other.{table} two ON one.rowid=two.rowid"
    rows, others = (f"(SELECT count(*) FROM {each}.{table})" for each in ("main", "other"))
    return f"SELECT ({joined} WHERE {same}) = {rows} AND {rows} = {others}"


def digest(table: str) -> tuple:
    """How many rows there are, and a digest of all, made by PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), sum(hashtextextended(row::text, 0)::numeric) FROM {table} row"
        )
        return cursor.fetchone()


def text() -> str:
    """Every row of every table of ours, to search in."""
    rows = []
    for table in tables():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            rows += map(str, cursor.fetchall())
    return "\n".join(rows)


def tables() -> list[str]:
    """The names of the tables of the tracker."""
    return [model._meta.db_table for model in ours()]


def ours() -> list:
    """The models of the tracker, with those of its relations."""
    return [*apps.get_app_config("tracker").get_models(include_auto_created=True)]
