"""Fill an empty database with an invented register: ``python -m bench.generate 100000``.

The database is the one that ``DATABASE_URL`` names. Rows go straight into the tables, since
six million writes through the actions would take a day; what is kept of each commitment is
worked out by the same function that the actions use.
"""

import argparse
import itertools
import time
from collections.abc import Iterable, Iterator

import django
from django.db import connection, transaction

django.setup()

from bench import world
from tracker import models
from tracker.actions import tallies
from tracker.known import FOREVER, History, spans

CHUNK = 20_000


def insert(model, rows: Iterable[dict]) -> int:
    """Write rows, each a dict of field name → plain value; what is left out has its default."""
    fields = model._meta.concrete_fields
    defaults = {field.name: field.get_default() for field in fields}
    number = 0
    for chunk in batches(rows):
        _write(model._meta.db_table, fields, [{**defaults, **row} for row in chunk])
        number += len(chunk)
    return number


def insert_links(table: str, columns: list[str], pairs: Iterable[tuple]) -> None:
    """Write the rows of an automatic many-to-many table."""
    for chunk in batches(pairs):
        with connection.cursor() as cursor:
            names = ", ".join(columns)
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", chunk)


def batches(rows: Iterable) -> Iterator[list]:
    """Lists of some thousand rows each."""
    rows = iter(rows)
    while chunk := list(itertools.islice(rows, CHUNK)):
        yield chunk


def _write(table, fields, rows):
    columns = ", ".join(field.column for field in fields)
    values = ([row[field.name] for field in fields] for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for each in values:
                    copy.write_row(each)
            return
        marks = ", ".join(["%s"] * len(fields))
        plain = [[str(v) if hasattr(v, "isoformat") else v for v in each] for each in values]
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", plain)


class Facts:
    """Reports and assessments of the commitments as they are made, and what is kept of them."""

    def __init__(self):
        self.reports: list[dict] = []
        self.assessments: list[dict] = []
        self.known: list[dict] = []
        self.count = {"reports": 0, "assessments": 0, "known": 0}

    def take(self, commitment: dict, told: History) -> None:
        """Add the rows of one commitment."""
        for said in told.said:
            self.reports.append(self._report(commitment, said))
        for concluded in told.concluded:
            self.assessments.append(self._assessment(commitment, concluded))
        bound = {name: commitment[name] for name in ("provision", "body", "role")}
        for span in spans(told):
            row = {"id": self._next("known"), "commitment": commitment["id"], **bound}
            days = {"eyes": span.eyes, "from_on": span.from_on, "until_on": span.until_on}
            shown_from = max(span.from_on, commitment["starts_on"])
            shown = {"shown_from": shown_from, "shown_until": span.until_on}
            current = {"current": span.until_on == FOREVER}
            self.known.append(row | days | shown | current | vars(span.facts))

    def _next(self, kind) -> int:
        self.count[kind] += 1
        return self.count[kind]

    def _report(self, commitment, said) -> dict:
        number = self._next("reports")
        return {
            "id": number,
            "key": f"R{number}",
            "commitment": commitment["id"],
            "position": said.position,
            "submitted_on": said.on,
            "classification": world.OPEN if said.open else world.RESTRICTED,
        }

    def _assessment(self, commitment, concluded) -> dict:
        number = self._next("assessments")
        return {
            "id": number,
            "key": f"A{number}",
            "commitment": commitment["id"],
            "step": "adopted",
            "result": concluded.result,
            "basis": "desk_review",
            "rationale": "Because.",
            "adopted_on": concluded.on,
            "follow_up_on": concluded.follow_up_on,
            "classification": world.OPEN if concluded.open else world.RESTRICTED,
        }

    def write(self) -> None:
        """Write what was taken, and begin anew."""
        insert(models.Report, self.reports)
        insert(models.Assessment, self.assessments)
        insert(models.Known, self.known)
        self.reports, self.assessments, self.known = [], [], []


def fill(size: int) -> dict[str, int]:
    """Write the whole register of ``size`` commitments; returns how many rows of each kind."""
    insert(models.Region, world.regions())
    insert(models.Body, world.bodies())
    insert(models.Theme, world.themes())
    resolutions = list(world.resolutions())
    insert(models.Resolution, resolutions)
    provisions = list(world.provisions(resolutions))
    insert(models.Provision, provisions)
    links = ((each["id"], theme) for each in provisions for theme in each["themes"])
    insert_links("tracker_provision_themes", ["provision_id", "theme_id"], links)
    dated = [each for each in provisions if each["due_on"]]
    insert(models.Deadline, map(_deadline, dated))
    insert(models.DueDate, map(_due_date, dated))
    facts = Facts()
    for chunk in batches(world.commitments(size, provisions)):
        insert(models.Commitment, chunk)
        for commitment in chunk:
            provision = provisions[commitment["provision"] - 1]
            facts.take(commitment, world.history(commitment, provision))
        facts.write()
    return facts.count


def _deadline(provision) -> dict:
    row = {"id": provision["id"], "provision": provision["id"], "label": "Report"}
    return row | {"kind": "fixed", "fixed_on": provision["due_on"], "due_on": provision["due_on"]}


def _due_date(provision) -> dict:
    row = {"id": provision["id"], "deadline": provision["id"]}
    return row | {"number": 1, "due_on": provision["due_on"]}


def reset_sequences() -> None:
    """Let the next row of each table have the next number (PostgreSQL)."""
    from django.core.management.color import no_style

    made = [model for model in vars(models).values() if isinstance(model, type)]
    statements = connection.ops.sequence_reset_sql(no_style(), made)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def main() -> None:
    """Read the size, fill the database, and tell the planner what it holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int, help="how many commitments")
    size, started = parser.parse_args().size, time.monotonic()
    if models.Commitment.objects.exists():
        raise SystemExit("This database holds commitments already; name an empty one.")
    with transaction.atomic():
        made = fill(size)
        tallies.rebuild()
        reset_sequences()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{size} commitments in {time.monotonic() - started:.0f} s: {made}")


if __name__ == "__main__":
    main()
