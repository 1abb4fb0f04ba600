"""A pytest plugin that switches off one guard: ``SWITCH_OFF=name``, in memory alone.

The source of one module is changed as Python reads it; no file of the tree is touched, and no
compiled file is written.
"""

import os
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

from tests.biting.guards import find_guard

ROOT = Path(__file__).resolve().parents[2]
NAME = os.environ.get("SWITCH_OFF", "")


def switched_off(guard, source: str) -> str:
    """The source without its guard; ``LookupError`` when the guard is not written so any more."""
    for old, new in guard.changes:
        if source.count(old) != 1:
            raise LookupError(f"{guard.name}: {guard.path} has {source.count(old)} times: {old!r}")
        source = source.replace(old, new)
    return source


if NAME:
    guard = find_guard(NAME)
    target = str(ROOT / guard.path)
    changed = switched_off(guard, Path(target).read_text())
    read = SourceFileLoader.get_code
    sys.dont_write_bytecode = True

    def get_code(loader, fullname):
        """The code of a module; of the one with the guard, without it."""
        if loader.path == target:
            return compile(changed, target, "exec", dont_inherit=True)
        return read(loader, fullname)

    SourceFileLoader.get_code = get_code
