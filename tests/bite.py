"""Switch off each guard in turn and see that the tests notice: ``python -m tests.bite``.

    python -m tests.bite                 every guard of tests/biting/guards.py
    python -m tests.bite four-eyes csrf  those guards
    python -m tests.bite --document      every guard; writes docs/guards.md when all were noticed

The tree is never touched: the plugin changes one module as Python reads it. Two processes at
once, each with a copy of one database. Ends with 1 unless every guard was noticed.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.biting.guards import GUARDS, Guard, find_guard

PROCESSES = 2
DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "guards.md"
HEAD = """# Guards

A guard is a line, or a few, without which somebody would read or write what is not theirs. Each
was switched off in turn, and the tests noticed each time: **{number} of {number}**.

    make bite                                       all of them, a few minutes
    .venv/bin/python -m tests.bite four-eyes csrf    those two
    .venv/bin/python -m tests.bite --document        all of them, and write this page

The tree is never touched: `tests/biting/plugin.py` changes one module in memory, as Python reads
it. A new guard is a line in `tests/biting/guards.py`: its source as it stands, what stands there
without it, and the tests that should notice.

| guard | what it holds | where | noticed by, among others |
|---|---|---|---|
"""
#: How pytest ends when a test failed; anything else is no test that noticed.
FAILED = 1
NOTICED = re.compile(r"^FAILED (.+?)(?: - .*)?$", re.MULTILINE)
PYTEST = (sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "--reuse-db", "--tb=no",
          "-p", "no:cacheprovider", "-m", "not exhaustive and not journey")  # fmt: skip


def run(tests, database: Path, switched_off="", options=()) -> tuple[int, str]:
    """How pytest ended, and what it said."""
    env = {
        **os.environ,
        "TEST_DATABASE": str(database),
        "SWITCH_OFF": switched_off,
        "THOROUGH": "1",
    }
    env.pop("DATABASE_URL", None)
    done = subprocess.run(
        [*PYTEST, "-p", "tests.biting.plugin", *options, *tests],
        env=env,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


def bite(guard: Guard, template: Path) -> tuple[bool, str]:
    """Whether a test noticed, and which; or what happened instead."""
    database = template.with_name(f"{guard.name}.sqlite3")
    shutil.copy(template, database)
    try:
        code, said = run(guard.tests.split(), database, guard.name)
    finally:
        database.unlink()
    noticed = NOTICED.search(said)
    if code == FAILED and noticed:
        return True, noticed[1]
    return False, "no test noticed" if code == 0 else said.strip()[-2000:]


def main(arguments: list[str]) -> int:
    """Try the guards of those names, or all; returns how the process ends."""
    names = [each for each in arguments if each != "--document"]
    guards, begun = [find_guard(name) for name in names] or list(GUARDS), time.time()
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.sqlite3"
        code, said = run(["tests/test_symbols.py", "tests/test_listings.py"], template)
        if code:
            print(said)
            return 1
        noticed = dict(bitten(guards, template))
        for name in red_anyway(noticed, template):
            print(f"NOT  {name}: {noticed.pop(name)} is red with the guard, too")
    print(f"{len(noticed)} of {len(guards)} noticed in {time.time() - begun:.0f} s")
    if len(noticed) < len(guards):
        return 1
    if len(arguments) > len(names):
        DOCUMENT.write_text(document(noticed))
    return 0


def bitten(guards: list[Guard], template: Path) -> Iterator[tuple[str, str]]:
    """The names of those that were noticed, each with the test; says how each went."""
    with ThreadPoolExecutor(PROCESSES) as pool:
        results = pool.map(lambda each: bite(each, template), guards)
        for guard, (noticed, where) in zip(guards, results, strict=True):
            print(f"{'noticed' if noticed else 'NOT'}  {guard.name}: {where}", flush=True)
            if noticed:
                yield guard.name, where


def red_anyway(noticed: dict[str, str], template: Path) -> list[str]:
    """Those of the guards whose test fails although nothing is switched off."""
    wanted = sorted(set(noticed.values()))
    database = template.with_name("whole.sqlite3")
    shutil.copy(template, database)
    _code, said = run(wanted, database, options=("--maxfail=1000",))
    red = set(NOTICED.findall(said))
    return [name for name, where in noticed.items() if where in red]


def document(noticed: dict[str, str]) -> str:
    """The page of guards, with the test that noticed each."""
    rows = [
        f"| {each.name} | {each.says} | `{each.path}` | `{test_of(noticed[each.name])}` |"
        for each in GUARDS
    ]
    return HEAD.format(number=len(GUARDS)) + "\n".join(rows) + "\n"


def test_of(where: str) -> str:
    """A test without its parameters."""
    return where.partition("[")[0].removeprefix("tests/")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
