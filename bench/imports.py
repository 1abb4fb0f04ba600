"""A table of reports, one row in a hundred bad, into a copy of each: rows a second.

``python -m bench.imports ours FILE`` does it in a process of its own, as a job of ours does, and
prints what came of it. Ours takes fewer rows: each goes through its action, with the rights of
its author, its change in the record and its words in the index.
"""

import csv
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from bench.registers import SQLITE, Place, copied, manage, run

#: System → rows. A job of ours may change 1,000 on SQLite, since nobody else writes meanwhile.
ROWS = {"ours": 2_000, "limit": 100_000, "tutorial": 2_000}
ON_SQLITE = ROWS | {"ours": 1_000}
#: One row in so many is bad: of no commitment, or of no position, in turns.
BAD = 100
POSITIONS = ("planned", "under_way", "completed", "not_applicable", "overtaken")


def imports(place: Place, chance: random.Random) -> dict:
    """System → rows a second; every bad row, and no other, has to be refused."""
    found = {}
    with copied(place) as copy, tempfile.TemporaryDirectory() as folder:
        for system, number in (ON_SQLITE if place.kind == SQLITE else ROWS).items():
            file = Path(folder, f"{system}.csv")
            bad = write_table(place, file, number, chance)
            told = json.loads(_take(copy, system, file).splitlines()[-1])
            if told["refused"] != bad or told["written"] != number - len(bad):
                raise SystemExit(f"{system} took other rows: {told['written']} of {number}")
            found[system] = {"rows": number, "rate": number / told["seconds"]}
    return found


def _take(copy: Place, system, file) -> str:
    arguments = ["-m", "bench.imports", system, f"{file}"]
    if system == "ours":
        return manage(arguments, copy.addresses["register"], copy.folder)
    names = {"limit": "LIMIT_DATABASE", "tutorial": "TUTORIAL_DATABASE"}
    return run(arguments, {names[system]: copy.addresses[system]})


def write_table(place: Place, file: Path, number: int, chance: random.Random) -> list[int]:
    """Write so many reports of chosen commitments; the lines of those that are bad."""
    with closing(sqlite3.connect(place.folder / "limit.sqlite3")) as database:
        keys = [key for (key,) in database.execute("SELECT key FROM card ORDER BY id")]
    bad = []
    with file.open("w", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(["commitment", "position", "text"])
        for line, key in enumerate(chance.choices(keys, k=number), 2):
            position = chance.choice(POSITIONS)
            if line % BAD == 0:
                bad.append(line)
                key, position = ("S/RES/1(1946)/1/XXX", position) if line % 200 else (key, "no")
            writer.writerow([key, position, f"Row {line} of what was brought."])
    return bad


def by_ours(file: Path) -> tuple[int, list[int]]:
    """As the job does it that writes a table, for a focal point of all bodies."""
    import django

    django.setup()
    from bench.people import person
    from tracker.tables.plan import apply

    author = person("focal_point")
    told = {"reason": "Import", "skip_refused": True, "watch": lambda *_how_far: None}
    with file.open("rb") as stream:
        plan = apply("reports", stream, by=author, **told)
    return plan.writes, [each.line for each in plan.refused]


def by_limit(file: Path) -> tuple[int, list[int]]:
    """Each row looked up in dictionaries, the good ones written at once."""
    from bench.limit.writes import take_reports

    with file.open(newline="") as text:
        return take_reports(csv.DictReader(text), set(POSITIONS))


def by_tutorial(file: Path) -> tuple[int, list[int]]:
    """A serializer for each row, in one transaction."""
    from django.db import transaction

    import bench.tutorial.application  # noqa: F401
    from bench.tutorial.serializers import ReportSerializer

    written, refused = 0, []
    with file.open(newline="") as text, transaction.atomic():
        for line, row in enumerate(csv.DictReader(text), 2):
            serializer = ReportSerializer(data=row)
            if serializer.is_valid():
                serializer.save()
                written += 1
            else:
                refused.append(line)
    return written, refused


def main(system: str, file: str) -> None:
    """Take the rows, and print how many were written, which were refused, and the seconds."""
    take = {"ours": by_ours, "limit": by_limit, "tutorial": by_tutorial}[system]
    began = time.perf_counter()
    written, refused = take(Path(file))
    told = {"written": written, "refused": refused, "seconds": time.perf_counter() - began}
    print(json.dumps(told))


if __name__ == "__main__":
    if sys.argv[1] != "ours":
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    main(*sys.argv[1:])
