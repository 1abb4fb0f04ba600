"""Registers that are filled once and copied: to migrate and to load costs ten seconds each time.

Every process of a run needs the demonstration, and so do the servers that tests start. The first
one fills its database in the usual way and keeps a copy under the name of all that it was made of;
the others, and the next runs of the day, take that copy. Of SQLite it is a file, of PostgreSQL a
database ("prepared_…") of which others are made; of another day or other sources, it goes.
"""

import datetime
import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing, contextmanager
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit, urlunsplit

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
            return self.copy() if command == "migrate" else usual(command, *arguments, **options)

        with mock.patch.object(management, "call_command", copy_or_call):
            yield

    def copy(self) -> None:
        """Put the filled register into the database of this process."""
        connection.ensure_connection()
        with closing(sqlite3.connect(self.filled)) as file:
            file.backup(connection.connection)


class PreparedDatabases(Prepared):
    """The same as databases of a PostgreSQL server; those of other checkouts are left alone."""

    def __init__(self):
        super().__init__()
        self.ours = f"prepared_{hashlib.sha256(bytes(ROOT)).hexdigest()[:8]}_"
        self.empty, self.filled = (
            f"{self.ours}{self.folder.name}_{state}" for state in ("empty", "filled")
        )

    def is_complete(self) -> bool:
        return self.filled in self.kept() and self.evidence.exists()

    def kept(self) -> set[str]:
        """The databases that this checkout has kept."""
        with connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [self.ours]
            )
            return {name for (name,) in cursor.fetchall()}

    def keep(self, name: str) -> None:
        connection.close()
        connection.close_pool()
        source = connection.settings_dict["NAME"]
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')

    def keep_filled(self, evidence: str) -> None:
        super().keep_filled(evidence)
        for name in self.kept() - {self.empty, self.filled}:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')

    @contextmanager
    def instead_of_migrating(self):
        told = connection.settings_dict["TEST"]
        with super().instead_of_migrating(), mock.patch.dict(told, TEMPLATE=self.filled):
            yield

    def copy(self) -> None:
        """Nothing: the database was made of the filled one."""


def for_this_run(*, reused: bool = False) -> Prepared | None:
    """What this run copies from; None where its database was made before, or is kept."""
    if reused or connection.settings_dict["TEST"].get("NAME"):
        return None
    return Prepared() if connection.vendor == "sqlite" else PreparedDatabases()


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


@contextmanager
def empty_database(folder: Path):
    """The address of a new, migrated database of the kind that is tested, for other processes."""
    if connection.vendor == "sqlite":
        address = f"sqlite:///{folder}/empty.sqlite3"
        if not place(folder, "empty.sqlite3", filled=False):
            migrate(address)
        yield address
        return
    ready, name = PreparedDatabases(), f"empty_{uuid.uuid4().hex[:12]}"
    copied = ready.is_complete()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}" + f' TEMPLATE "{ready.empty}"' * copied)
    address = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    try:
        if not copied:
            migrate(address)
        yield address
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def migrate(address: str) -> None:
    """Bring a new database up to date."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": address}, check=True)
