"""An import that is killed at any moment, or that fills the disk: all of it, or nothing.

The imports are processes of their own, on a new database of the kind that is tested.
"""

import os
import random
import sqlite3
import time
from collections import Counter

import psycopg
import pytest
from django.db import connection
from django.db.backends.sqlite3._functions import register as register_functions

from tests.prepared import empty_database
from tests.standing import Standing, command
from tests.tables.files import text

pytestmark = pytest.mark.django_db
ROWS = 100
IMPORT = """
from tracker.tables.plan import apply
with open({path!r}, "rb") as stream:
    apply("bodies", stream, by=None, reason="Killed or not")
"""
SQLITE = connection.vendor == "sqlite"
#: What an import writes, of bodies whose code begins like this.
COUNTS = (
    "SELECT count(*) FROM tracker_body WHERE code LIKE %s",
    "SELECT count(*) FROM tracker_change WHERE object_key LIKE %s",
    "SELECT count(*) FROM tracker_searchentry WHERE noun = 'body' AND object_id IN "
    "(SELECT id FROM tracker_body WHERE code LIKE %s)",
)
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


class Register:
    """A database, its environment for processes, and a folder for files."""

    def __init__(self, address, folder):
        self.address, self.folder = address, folder
        self.environment = {
            **os.environ,
            "ENVIRONMENT": "development",
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }

    def table(self, number: int):
        """A file whose bodies are told from those of other files by their codes."""
        path = self.folder / f"{number}.csv"
        rows = (f"KILL{number}-{row},Body {row},other" for row in range(ROWS))
        path.write_bytes(text("code,name,kind", *rows).read())
        return path

    def found(self, number: int) -> tuple[int, ...]:
        """How many bodies of a file there are, with how many changes and entries of the search."""
        if SQLITE:
            held = sqlite3.connect(self.address.removeprefix("sqlite:///"))
            # Check constraints ask for functions that Django brings.
            register_functions(held)
            assert held.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        else:
            held = psycopg.connect(self.address, autocommit=True)
            wait_until_alone(held)
        mark = "?" if SQLITE else "%s"
        queries = [each.replace("%s", mark) for each in COUNTS]
        try:
            return tuple(held.execute(each, [f"KILL{number}-%"]).fetchone()[0] for each in queries)
        finally:
            held.close()


def wait_until_alone(held) -> None:
    """Until the server has noticed that who was killed is not there any more."""
    for _moment in range(300):
        if not held.execute(OTHERS).fetchone()[0]:
            return
        time.sleep(0.1)
    raise AssertionError("a connection of the killed import is still there")


@pytest.fixture
def register(tmp_path):
    with empty_database(tmp_path) as address:
        made = Register(address, tmp_path)
        with Standing(made.environment) as made.standing:
            yield made


def kill_imports(register, kills: int, seed: int) -> Counter:
    """Kill so many imports, each at a random moment; returns how often how much was there."""
    chance, found = random.Random(seed), Counter()

    def one(number, after=None) -> int:
        code = IMPORT.format(path=str(register.table(number)))
        return register.standing.fork(code, after=after)[0]

    for number in (-1, 0):
        # As long as an import takes when nobody kills it; the first one is slower.
        began = time.monotonic()
        assert one(number) == 0
        whole = time.monotonic() - began
        assert register.found(number) == (ROWS, ROWS, ROWS)
    for number in range(1, kills + 1):
        after = chance.uniform(0, whole)
        one(number, after)
        bodies, changes, entries = register.found(number)
        assert bodies == changes == entries
        found[bodies] += 1
        # One that was done sooner tells that the machine is less busy than it was.
        whole = after if bodies else whole
    return found


@pytest.mark.parametrize(
    "kills", [4, pytest.param(100, marks=pytest.mark.exhaustive)], ids="{} kills".format
)
def test_a_killed_import_is_there_as_a_whole_or_not_at_all(register, kills):
    found = kill_imports(register, kills, seed=2322)
    print(f"of {kills} killed imports {found[0]} left nothing, {found[ROWS]} were done already")
    assert set(found) <= {0, ROWS}
    assert found[0]
    # The chain of changes holds, and nothing needs to be mended.
    register.standing.manage("verify_changes")


#: Bytes that may be written of one file: enough to begin, and less than the rows take.
LIMIT = 64 * 1024


@pytest.mark.skipif(not SQLITE, reason="the disk of a PostgreSQL server is not ours to fill")
def test_a_full_disk_is_a_clear_refusal_and_breaks_nothing(register):
    words = ["import_table", "bodies", str(register.table(1)), "--apply", "--reason", "Because"]
    status, told = register.standing.fork(command(*words), limit=LIMIT)
    assert os.waitstatus_to_exitcode(status) == 1, told
    assert "could not write" in told and "Nothing of this file was written" in told
    assert "Traceback" not in told
    assert register.found(1) == (0, 0, 0)
    register.standing.manage(*words)
    assert register.found(1) == (ROWS, ROWS, ROWS)
