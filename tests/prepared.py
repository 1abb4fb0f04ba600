"""Registers that are filled once and copied: to migrate and to load costs ten seconds each time.

Every process of a run needs the demonstration, and so do the servers that tests start. SQLite
alone: the first process fills its database in the usual way and keeps a copy under the name of all
that it was made of; the others, and the next runs of the day, take that copy.
"""

import datetime
import fcntl
import hashlib
import shutil
import sqlite3
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from unittest import mock

from django.core import management
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".pytest_cache" / "registers"
#: What a filled register follows from, besides the day.
SOURCES = ("config", "fixtures", "tracker", "tests/__init__.py", "tests/prepared.py", "uv.lock")
LEFT_OUT = ("__pycache__", "static", "locale", "templates")


def made_of() -> str:
    """The hash of all that a register is made of; dates in it are those of the day it was made."""
    told = hashlib.sha256()
    for word in (sys.version, sqlite3.sqlite_version, datetime.date.today().isoformat()):
        told.update(word.encode())
    for source in SOURCES:
        path = ROOT / source
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.is_file() and not set(file.relative_to(ROOT).parts) & set(LEFT_OUT):
                told.update(f"{file.relative_to(ROOT)}".encode())
                told.update(file.read_bytes())
    return told.hexdigest()[:16]


class Prepared:
    """The files of one state of the sources: ``empty`` is migrated, ``filled`` is loaded, too."""

    def __init__(self):
        self.folder = FOLDER / made_of()
        self.empty = self.folder / "empty.sqlite3"
        self.filled = self.folder / "filled.sqlite3"
        self.evidence = self.folder / "evidence"

    def is_complete(self) -> bool:
        """Whether all is there; the filled register is the last file that is written."""
        return self.filled.exists()

    @contextmanager
    def alone(self):
        """One process at a time makes them; the others wait."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (FOLDER / "lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield

    def keep(self, path: Path) -> None:
        """Keep what the database of this process holds, under ``path``."""
        made = path.with_suffix(".part")
        with closing(sqlite3.connect(made)) as file:
            connection.connection.backup(file)
        made.replace(path)

    def keep_filled(self, evidence: str) -> None:
        """Keep the loaded register with its files; older ones go."""
        shutil.copytree(evidence, self.evidence, dirs_exist_ok=True)
        self.keep(self.filled)
        for other in FOLDER.iterdir():
            if other.is_dir() and other != self.folder:
                shutil.rmtree(other, ignore_errors=True)

    def copy_evidence(self, folder: Path | str) -> None:
        """Put the files of the demonstration into ``folder``."""
        shutil.copytree(self.evidence, folder, dirs_exist_ok=True)

    @contextmanager
    def instead_of_migrating(self):
        """The test database is the filled register, where it would be migrated."""
        usual = management.call_command

        def copy_or_call(command, *arguments, **options):
            if command != "migrate":
                return usual(command, *arguments, **options)
            connection.ensure_connection()
            with closing(sqlite3.connect(self.filled)) as file:
                return file.backup(connection.connection)

        with mock.patch.object(management, "call_command", copy_or_call):
            yield


def can_be_copied() -> bool:
    """Whether this run keeps its database in memory, new for each process."""
    kept = connection.settings_dict["TEST"].get("NAME")
    return connection.vendor == "sqlite" and not kept


def place(folder: Path, name: str, *, filled: bool = True) -> bool:
    """Copy a register to ``folder`` under ``name``, with its ``evidence``, for servers of a test.

    Returns whether there was one; ``django_db_setup`` makes them. ``filled=False``: migrated only.
    """
    ready = Prepared()
    if not ready.is_complete():
        return False
    shutil.copy(ready.filled if filled else ready.empty, folder / name)
    if filled:
        ready.copy_evidence(folder / "evidence")
    return True
