"""Real workers: seen and cancelled from outside, killed at any moment, on a full disk, ended.

The workers are processes of their own, on a new database of the kind that is tested.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from tests.prepared import empty_database
from tests.standing import ROOT, Standing, command
from tests.tables.files import text
from tests.tables.test_kills import Register

# To make and remove the new database on PostgreSQL.
pytestmark = pytest.mark.django_db
ROWS = 60
#: Asks what a test wants to know, or to have done, in a process of its own.
TOLD = "import json, datetime; from django.utils import timezone\n"
PREPARE = """
from tests import make
from tracker.vocabulary import Role
make.make_user(Role.ADMINISTRATOR, username="keeper")
"""
ASK = """
from tracker import actions
from tracker.jobs.tables import ask_table
from tracker.models import User
from tracker.vocabulary import JobKind
keeper = User.objects.get(username="keeper")
table = actions.keep_table("bodies", "t.csv", open({path!r}, "rb").read(), by=keeper)
said = {{"reason": "List", "skip_refused": False, "expected": ""}}
job = ask_table(JobKind.IMPORT, table, by=keeper, at=timezone.now(), **said)
print(json.dumps(job.key))
"""
#: A minute later: who was killed is taken for dead, and what was interrupted waits again.
LATER = """
from tracker.jobs.runner import reap
from tracker.jobs.shown import again
from tracker.models import Job
job = Job.objects.get(key={key!r})
reap(at=timezone.now() + datetime.timedelta(minutes=2))
job.refresh_from_db()
state = job.state
if state == "interrupted":
    again(job, by=job.owner, at=timezone.now())
print(json.dumps(state))
"""
STATE = """
from tracker.jobs.folder import a_worker_runs
from tracker.jobs.shown import Shown
from tracker.models import Job
job = Job.objects.get(key={key!r})
now = Shown(job, timezone.now())
print(json.dumps([now.state, now.stage, now.done, now.total, job.message, a_worker_runs()]))
"""
CANCEL = """
from tracker.jobs.shown import cancel
from tracker.models import Job
job = Job.objects.get(key={key!r})
cancel(job, by=job.owner, at=timezone.now())
print("null")
"""
ONE = "from tracker.jobs.runner import run_next\nrun_next()"
EXPORT = """
from tracker.jobs.exports import ask_file
from tracker.models import User
keeper = User.objects.get(username="keeper")
job = ask_file("/changes/?format={form}", by=keeper, address="https://x.example.org/", at=timezone.now())
print(json.dumps(job.key))
"""  # noqa: E501


class Place(Register):
    """A register with somebody who keeps it, and the folder of its jobs."""

    def __init__(self, address, folder):
        super().__init__(address, folder)
        self.jobs = folder / "jobs"
        self.environment |= {"JOBS_FOLDER": str(self.jobs)}
        self.standing = Standing(self.environment)

    def ask(self, code: str, **told):
        """What a few lines print, of a process that knows nothing of this one."""
        return json.loads(self.standing.run(TOLD + code.format(**told)).splitlines()[-1])

    def job(self, number: int, rows: int = ROWS) -> str:
        """Have a table written by a job; its key."""
        path = self.folder / f"{number}.csv"
        lines = (f"KILL{number}-{row},Body {row},other" for row in range(rows))
        path.write_bytes(text("code,name,kind", *lines).read())
        return self.ask(ASK, path=str(path))

    def worker(self) -> subprocess.Popen:
        """A worker as it is started by hand."""
        return subprocess.Popen(
            [sys.executable, "manage.py", "work"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def work(self, **how) -> int:
        """How a worker ends that does what waits (``how``: see ``Standing.fork``)."""
        return self.standing.fork(command("work", "--once"), **how)[0]

    def state(self, key: str) -> list:
        """State, stage, rows done and total, message, and whether any worker is seen."""
        return self.ask(STATE, key=key)


@pytest.fixture
def place(tmp_path):
    with empty_database(tmp_path) as address:
        made = Place(address, tmp_path)
        with made.standing:
            made.ask(PREPARE + "\nprint('null')")
            yield made


@pytest.mark.parametrize(
    "kills", [3, pytest.param(30, marks=pytest.mark.exhaustive)], ids="{} kills".format
)
def test_a_worker_that_is_killed_leaves_nothing_and_is_followed_by_another(place, kills):
    chance, found = random.Random(2322), Counter()

    def one(after=None) -> int:
        return place.standing.fork(ONE, after=after)[0]

    for number in (-1, 0):
        # As long as a job takes when nobody kills it; the first one is slower.
        place.job(number)
        began = time.monotonic()
        assert one() == 0
        whole = time.monotonic() - began
        assert place.found(number) == (ROWS, ROWS, ROWS)
    for number in range(1, kills + 1):
        key = place.job(number)
        after = chance.uniform(0, whole)
        one(after)
        bodies, changes, entries = place.found(number)
        assert bodies == changes == entries
        # One that was done sooner tells that the machine is less busy than it was.
        whole = after if bodies else whole
        state = place.ask(LATER, key=key)
        found[bodies, state] += 1
        assert one() == 0
        # The same end, whenever it was killed: once, and the whole of it.
        assert place.found(number) == (ROWS, ROWS, ROWS)
        assert place.state(key)[0] == "done"
    print(f"of {kills} killed workers: {dict(found)}")
    assert {bodies for bodies, _state in found} <= {0, ROWS}
    assert found[0, "interrupted"]
    place.standing.manage("verify_changes")


#: So many that a job is at work on them for some times as long as its progress waits to be told
#: again; the most that one job writes on SQLite.
LONG = 1000


def until(asked, seconds=60):
    """What ``asked`` gives once it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := asked():
            return found
        time.sleep(0.1)
    raise AssertionError("It does not come.")


def test_an_import_is_seen_and_cancelled_from_outside_while_it_writes(place):
    key = place.job(1, rows=LONG)
    worker = place.worker()
    try:

        def writing():
            state = place.state(key)
            return state if state[1] == "writing" and state[2] else None

        state, _stage, done, total, _message, seen = until(writing)
        assert (state, total, seen) == ("running", LONG, True)
        assert 0 < done < LONG
        # The transaction is not over: nobody else sees a row of it.
        place.ask(CANCEL, key=key)
        until(lambda: place.state(key)[0] == "cancelled")
        assert not list(place.jobs.glob(f"{key}*"))
    finally:
        worker.terminate()
        assert worker.wait(30) == 0
    assert place.found(1) == (0, 0, 0)


def test_a_worker_that_is_told_to_end_takes_back_what_it_had_in_hand(place):
    key = place.job(1, rows=LONG)
    worker = place.worker()
    until(lambda: place.state(key)[2])
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    assert place.found(1) == (0, 0, 0)
    assert place.state(key)[0] == "waiting"
    assert place.work() == 0
    assert place.state(key)[0] == "done"


def test_a_worker_beside_a_server_ends_with_it(place):
    code = (
        "import os, subprocess, sys, time\n"
        "subprocess.Popen([*sys.argv[1:], str(os.getpid())])\n"
        "time.sleep(60)"
    )
    command = [sys.executable, "-c", code, sys.executable, "manage.py", "work", "--beside"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, cwd=ROOT, env=place.environment, **quiet)
    pulse = place.jobs / "worker.pulse"
    until(pulse.exists)
    server.kill()
    server.wait()
    until(lambda: time.time() - pulse.stat().st_mtime > 5)


#: Bytes that may be written of one file: enough to begin, and less than the file takes.
LIMIT = 64 * 1024

CHANGES = """
from tests import make
from tracker import actions
from tracker.models import User
keeper = User.objects.get(username="keeper")
for number in range(120):
    body = make.make_body(f"FULL-{{number}}")
    body.name = f"Another name {{number}} " + "x" * 100
    actions.save(body, by=keeper, reason="Because " * 80)
print("null")
"""


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_full_disk_is_a_clear_refusal_and_leaves_no_half_file(place, form):
    place.ask(CHANGES)
    if place.address.startswith("sqlite"):
        # So that the database has no need to write much itself.
        place.ask(
            "from django.db import connection\n"
            "connection.cursor().execute('PRAGMA wal_checkpoint(TRUNCATE)')\nprint('null')"
        )
    key = place.ask(EXPORT, form=form)
    assert place.work(limit=LIMIT) == 0
    state, *_rest, message, _seen = place.state(key)
    assert state == "refused", message
    assert "could not be written" in message and "Nothing of it is kept" in message
    assert not [each for each in place.jobs.iterdir() if each.name.startswith(key)]
    assert place.ask(LATER.replace('"interrupted"', '"refused"'), key=key) == "refused"
    assert place.work() == 0
    assert place.state(key)[0] == "done"
    [made] = place.jobs.glob(f"{key}*.file")
    assert os.stat(made).st_size > LIMIT or form == "xlsx"
