"""How the database answers the hot questions: the lines of plans that read a large table whole.

SMALL_WORLD=1 python -m bench.generate 20000     (into the database that DATABASE_URL names)
python -m bench.plans                            (prints the question, the statement and its plan)
"""

import datetime
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

# What lists ask of the database: while columns are read, and of small registers.
os.environ["COLUMNS_FROM"] = str(10**9)
django.setup()

from bench.generate import insert
from tracker.models import Body, Change, User
from tracker.search import index

#: Tables that grow with the register; nothing hot may read one of them from end to end.
LARGE = ("commitment", "known", "datedtally", "report", "assessment", "change", "searchentry")
CHANGES = 5_000
FIRST = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
QUESTIONS = (
    "/api/v1/commitments/",
    "/api/v1/commitments/?theme=theme-03&region=103&result=not_assessed&sort=due",
    "/api/v1/commitments/?theme=theme-03&region=103&on=2015-06-30",
    "/api/v1/commitments/?body=X003&body=X009&timing=overdue&sort=due",
    "/api/v1/commitments/?resolution=S/RES/7(2001)",
    "/api/v1/matrix/",
    "/api/v1/matrix/?on=2015-06-17",
    "/api/v1/matrix/?theme=theme-03&region=103",
    "/api/v1/trends/?step=month",
    "/api/v1/bodies/X003/profile/",
    "/api/v1/changes/",
    "/api/v1/changes/?noun=report",
    "/api/v1/search/?q=extradition+treaty",
    "/",
    "/commitments/",
    "/matrix/",
    "/trends/",
    "/themes/",
    "/bodies/X003/",
    "/changes/",
)
#: What has to be found by an index of its own, since all that began before a day is everything.
INDEXED = {"/": "known_follow_up"}


@dataclass(frozen=True)
class Scan:
    """A line of a plan that reads a large table whole."""

    question: str
    line: str
    statement: str


def scans(question: str, client: Client) -> Iterator[Scan]:
    """What reads a large table whole when ``question`` is asked."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(question)
    if answer.status_code != 200:
        raise SystemExit(f"{question}: {answer.status_code}")
    statements = [each["sql"] for each in captured if each["sql"].startswith("SELECT")]
    for statement in statements:
        for line in whole_reads(statement):
            yield Scan(question, line, statement)
    index = INDEXED.get(question, "")
    if not any(index in line for statement in statements for line in plan(statement)):
        yield Scan(question, f"nothing is found by {index}", "")


def plan(statement: str) -> list[str]:
    """The lines of the plan of ``statement``."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # The tables are small here: asked is whether an index can answer, not which is cheaper.
            cursor.execute("SET enable_seqscan = off")
            cursor.execute(f"EXPLAIN {statement}")
            return [line.strip() for (line,) in cursor.fetchall()]
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        return [line for *_place, line in cursor.fetchall()]


def whole_reads(statement: str) -> list[str]:
    """The lines of the plan of ``statement`` that read a large table whole."""
    lines = plan(statement)
    if connection.vendor == "postgresql":
        return [line for line in lines if _names(line, "Seq Scan on tracker_{}")]
    read = [line for line in lines if _names(f"{line} ", "SCAN tracker_{} ")]
    # The first rows of an index in its order are no more than the page shows.
    if "LIMIT" in statement and not any("ORDER BY" in line for line in lines):
        return [line for line in read if " INDEX " not in line]
    return read


def _names(line: str, pattern: str) -> bool:
    return any(pattern.format(table) in line for table in LARGE)


def prepare() -> Client:
    """Add what the generated register lacks: changes, words to find, and somebody who reads."""
    if not Change.objects.exists():
        insert(Change, map(_change, range(1, CHANGES + 1)))
        index.rebuild()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    reader = User.objects.get_or_create(username="reader", role="focal_point")[0]
    reader.bodies.set(Body.objects.filter(code__in=("X003", "X009")))
    client = Client(SERVER_NAME="localhost")
    client.force_login(reader)
    return client


def _change(number: int) -> dict:
    return {
        "id": number,
        "sequence": number,
        "at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
        + number * datetime.timedelta(0, 60),
        "door": "api",
        "verb": "updated",
        "noun": ("body", "report", "provision")[number % 3],
        "object_id": number % 200 + 1,
        "object_key": f"key-{number % 200}",
        "differences": "{}",
        "hash": f"{number:064}",
    }


def main() -> None:
    """Print what reads a large table whole, as lines of JSON."""
    client = prepare()
    for question in sys.argv[1:] or QUESTIONS:
        for scan in scans(question, client):
            print(json.dumps(vars(scan)))


if __name__ == "__main__":
    main()
