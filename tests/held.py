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
        return self.pages == other.pages or all(
            one == two for one, two in zip(each_table(self), each_table(other), strict=True)
        )


def each_table(held: Held):
    """The rows of one table after the other, from pages of SQLite."""
    with closing(sqlite3.connect(":memory:")) as copy:
        copy.deserialize(held.pages)
        for table in tables():
            yield copy.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


def digest(table: str) -> str:
    """A digest of every row, made by PostgreSQL."""
    row = "md5(row::text)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT md5(string_agg({row}, '' ORDER BY {row})) FROM {table} row")
        return cursor.fetchone()[0]


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
    models = apps.get_app_config("tracker").get_models(include_auto_created=True)
    return [model._meta.db_table for model in models]
