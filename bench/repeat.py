"""A large register from a smaller one: ``python -m bench.repeat 6000000``, on SQLite.

What ``generate`` makes begins anew after ``world.BLOCK`` commitments: the same paragraphs bind
further bodies, of which the same is known. So what follows is copied by the database, which takes
a tenth of the time; ``DATABASE_URL`` names a file that holds the first block and its search index.
"""

import argparse
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

import django
from django.conf import settings

django.setup()

from bench import world
from tracker.actions import tallies
from tracker.search.install import SQLITE_REBUILD

EVERYBODY = world.STATES + world.ORGANIZATIONS
#: Table → what is another in a copy; ``:of_…`` is how many rows of a kind come before it.
OTHER = {
    "tracker_commitment": {"body_id": "(body_id - 1 + :bodies) % :everybody + 1"},
    "tracker_report": {"key": "'R' || (id + :of_report)"},
    "tracker_assessment": {"key": "'A' || (id + :of_assessment)"},
    "tracker_known": {"body_id": "(body_id - 1 + :bodies) % :everybody + 1"},
}
COMMITMENT = "commitment_id"
ENTRIES = """INSERT INTO tracker_searchentry (noun, object_id, title, others, size)
SELECT noun, object_id + :of_{noun}, '{letter}' || (object_id + :of_{noun}), others, size
FROM tracker_searchentry e WHERE noun = '{noun}' AND object_id <= :of_one_{noun}
AND (SELECT commitment_id FROM tracker_{noun} WHERE id = object_id) <= :rest"""


def repeat(database: sqlite3.Connection, size: int) -> None:
    """Add commitments until there are ``size``, with all that is known and found of them."""
    [begun] = database.execute("SELECT count(*) FROM tracker_commitment").fetchone()
    if begun != world.BLOCK:
        raise SystemExit(f"The first block has {world.BLOCK} commitments, not {begun}.")
    number = {
        name: database.execute(f"SELECT max(id) FROM tracker_{name}").fetchone()[0]
        for name in ("commitment", "report", "assessment", "known")
    }
    held = list(_set_aside(database))
    for block in range(1, -(-size // world.BLOCK)):
        rest = min(world.BLOCK, size - block * world.BLOCK)
        told = {f"of_{name}": count * block for name, count in number.items()}
        told |= {f"of_one_{name}": count for name, count in number.items()}
        told |= {"rest": rest, "everybody": EVERYBODY, "bodies": block * world.ROUNDS}
        for table, other in OTHER.items():
            database.execute(_copied(database, table, other), told)
        for noun, letter in (("report", "r"), ("assessment", "a")):
            database.execute(ENTRIES.format(noun=noun, letter=letter), told)
    for statement in held:
        database.execute(statement)
    database.execute(SQLITE_REBUILD)


def _copied(database, table: str, other: dict[str, str]) -> str:
    """The statement that copies the first block of a table, as far as it reaches."""
    noun = table.removeprefix("tracker_")
    names = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    other = {"id": f"id + :of_{noun}", COMMITMENT: f"{COMMITMENT} + :of_commitment"} | other
    values = ", ".join(other.get(name, f'"{name}"') for name in names)
    which = COMMITMENT if COMMITMENT in names else "id"
    columns = ", ".join(f'"{name}"' for name in names)
    copied = f"SELECT {values} FROM {table} WHERE {which} <= :rest"
    return f"INSERT INTO {table} ({columns}) {copied}"


def _set_aside(database) -> Iterator[str]:
    """Drop indexes and triggers that would follow each row; the statements that make them."""
    tables = [*OTHER, "tracker_searchentry"]
    marks = ", ".join("?" * len(tables))
    found = database.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') "
        f"AND sql IS NOT NULL AND tbl_name IN ({marks})",
        tables,
    ).fetchall()
    for kind, name, statement in found:
        database.execute(f'DROP {kind} "{name}"')
        yield statement


def main() -> None:
    """Repeat the first block, and count anew what is counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int, help="how many commitments")
    size, began = parser.parse_args().size, time.monotonic()
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as database, database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA cache_size = -1000000")
        repeat(database, size)
    tallies.rebuild()
    print(f"{size} commitments in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
