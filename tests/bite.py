"""Switch off each guard in turn and see that the tests notice: ``python -m tests.bite``.

    python -m tests.bite                 every guard of tests/biting/guards.py
    python -m tests.bite four-eyes csrf  those guards

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
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.biting.guards import GUARDS, Guard, find_guard

PROCESSES = 2
#: How pytest ends when a test failed; anything else is no test that noticed.
FAILED = 1
NOTICED = re.compile(r"^FAILED (.+?)(?: - .*)?$", re.MULTILINE)
PYTEST = (sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "--reuse-db", "--tb=no",
          "-p", "no:cacheprovider", "-m", "not exhaustive and not journey")  # fmt: skip


def run(tests: list[str], database: Path, switched_off: str = "") -> tuple[int, str]:
    """How pytest ended, and what it said."""
    env = {**os.environ, "TEST_DATABASE": str(database), "SWITCH_OFF": switched_off}
    env.pop("DATABASE_URL", None)
    done = subprocess.run(
        [*PYTEST, "-p", "tests.biting.plugin", *tests], env=env, capture_output=True, text=True
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


def main(names: list[str]) -> int:
    """Try the guards of those names, or all; returns how the process ends."""
    guards, begun, caught = [find_guard(name) for name in names] or list(GUARDS), time.time(), 0
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.sqlite3"
        code, said = run(["tests/test_symbols.py", "tests/test_listings.py"], template)
        if code:
            print(said)
            return 1
        with ThreadPoolExecutor(PROCESSES) as pool:
            for guard, (noticed, where) in zip(
                guards, pool.map(lambda each: bite(each, template), guards), strict=True
            ):
                caught += noticed
                print(f"{'noticed' if noticed else 'NOT'}  {guard.name}: {where}", flush=True)
    print(f"{caught} of {len(guards)} noticed in {time.time() - begun:.0f} s")
    return 0 if caught == len(guards) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
