"""Measure our answers against what else could give them: ``python -m bench.measure``.

Needs: uv sync --group bench. Makes registers of the sizes given once, starts every server, checks
that all answer the same, asks them in turns, and writes the tables into ``bench/README.md``. Only
ratios mean anything: a machine has other things to do.
"""

import argparse
import datetime
import json
import os
import platform
import random
import signal
import sqlite3
import sys
import time
from importlib.metadata import version

import psycopg

from bench import asking, crowds, exports, imports, tables, writes
from bench.registers import FOLDER, POSTGRESQL, SERVER, SQLITE, Place, gather_static, prepare
from bench.servers import THREADS, WORKERS, Asker, served

SIZES = (10_000, 100_000)
#: What is measured at which size, besides the questions.
PARTS = {
    "page": (10_000, 100_000, 1_000_000, 6_000_000),
    "deep": (100_000, 1_000_000, 6_000_000),
    "eight": (10_000, 100_000, 1_000_000, 6_000_000),
    "mixed": (1_000_000,),
    "exports": (100_000, 1_000_000),
    "imports": (100_000,),
    "writes": (100_000,),
}
#: What is not asked of the largest registers: it takes half a minute.
TOO_SLOW = {6_000_000: {("datasette", "Q2")}}
#: From how many rows on a file is long.
LONG = 1_000_000
RESULTS = FOLDER / "results.json"


class Clock:
    """Prints how long each part took."""

    def __init__(self, about: str):
        self.about, self.began = about, time.monotonic()

    def tell(self, part: str) -> None:
        """``part`` has ended."""
        now = time.monotonic()
        print(f"{self.about}: {part} {now - self.began:.0f} s", flush=True)
        self.began = now


def measured(place: Place, options) -> dict:
    """Everything that is measured at that size on that database."""
    chance, clock = random.Random(options.seed), Clock(f"{place.size:,} {place.kind}")
    wanted = {part for part, sizes in PARTS.items() if place.size in sizes or options.everything}
    if place.size <= asking.DEEP * asking.ROWS:
        wanted.discard("deep")
    found = {"size": place.size, "database": place.kind, "load": os.getloadavg()[0]}
    with served(place) as systems:
        clock.tell("start")
        asker, rounds = Asker(systems), options.rounds
        left_out = TOO_SLOW.get(place.size, ())
        parts = {
            "questions": lambda: asking.questions(asker, chance, rounds, left_out),
            "page": lambda: asking.page(asker, chance, rounds),
            "deep": lambda: asking.deep(asker, rounds),
            "eight": lambda: crowds.eight(systems, chance),
            "mixed": lambda: crowds.mixed(systems, chance),
            "exports": lambda: exports.exports(systems, forms_of(place.size)),
        }
        for name, part in parts.items():
            if name in wanted | {"questions"}:
                found[name] = part()
                clock.tell(name)
        asker.close()
    for name, part in (("imports", imports.imports), ("writes", writes.writes)):
        if name in wanted:
            found[name] = part(place, chance)
            clock.tell(name)
    return found


def forms_of(size: int) -> tuple[str, ...]:
    """A long file once, a shorter one in each form."""
    return exports.FORMS if size < LONG else exports.FORMS[:1]


def machine() -> str:
    """What it ran on, without its name."""
    pages, page = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    names = ("django", "djangorestframework", "granian", "datasette", "orjson")
    parts = [f"{name} {version(name)}" for name in names]
    with psycopg.connect(SERVER) as server:
        postgresql = server.info.parameter_status("server_version").split()[0]
    return (
        f"{os.cpu_count()} cores, {pages * page / 2**30:.0f} GiB, Python "
        f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}, PostgreSQL {postgresql}, "
        f"{', '.join(parts)}; {WORKERS} processes of {THREADS} threads for each system, one for "
        "Datasette"
    )


def keep(found: list[dict], about: str, *, trial: bool) -> None:
    """Note what was found, and write the tables of it."""
    RESULTS.write_text(json.dumps({"about": about, "found": found}, indent=1))
    if not trial:
        tables.write(about, found)


def main() -> None:
    """Measure every size on every database, and write what was found after each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--on", choices=(SQLITE, POSTGRESQL), help="one database instead of both")
    parser.add_argument("--prepare", action="store_true", help="make the registers, no more")
    parser.add_argument("--everything", action="store_true", help="every part at every size")
    parser.add_argument("--trial", action="store_true", help="leave the README as it is")
    options = parser.parse_args()
    # Whoever ends this ends the servers, too.
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))
    kinds = [options.on] if options.on else [SQLITE, POSTGRESQL]
    places = [prepare(size, kind) for size in options.sizes for kind in kinds]
    if options.prepare:
        return
    gather_static()
    about = f"{datetime.date.today()}, seed {options.seed}. {machine()}."
    found = []
    for place in places:
        found.append(measured(place, options))
        keep(found, about, trial=options.trial)


if __name__ == "__main__":
    main()
