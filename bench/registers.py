"""Registers of any size with those of their rivals, on SQLite and on PostgreSQL, made once.

In ``var/bench`` on SQLite; on PostgreSQL in databases ``bench_…`` of the server that
``BENCH_POSTGRES`` names.
"""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench import copying, rivals, world

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "bench"
STATIC = FOLDER / "static"
SERVER = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
#: How the names of databases on that server begin.
NAMED = "bench"
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
SYSTEMS = ("register", "limit", "tutorial")
SECRET = "only-for-measuring-" * 3


@dataclass(frozen=True)
class Place:
    """Where a register of some size is: the address of ours, and those of its rivals."""

    size: int
    kind: str
    folder: Path
    addresses: dict[str, str]

    @property
    def file(self) -> Path:
        """The SQLite file of ours."""
        return self.folder / "register.sqlite3"


def run(arguments: list[str], environ: dict) -> str:
    """Run Python here; what it prints."""
    environ = {**os.environ, **environ}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environ, check=True, stdout=subprocess.PIPE
    )
    return done.stdout.decode()


def ours(address: str, folder: Path) -> dict[str, str]:
    """The environment of ours in production over that database."""
    return {
        "ENVIRONMENT": "production",
        "ALLOWED_HOSTS": "localhost",
        "SECRET_KEY": SECRET,
        "BEHIND_PROXY": "on",
        "RATE_LIMITED": "off",
        "DATABASE_URL": address,
        "DATABASE_REPLICA_URL": "",
        "STATIC_ROOT": f"{STATIC}",
        "EVIDENCE_FOLDER": f"{folder}/evidence",
        "JOBS_FOLDER": f"{folder}/jobs",
    }


def manage(arguments: list[str], address: str, folder: Path) -> str:
    """Run a command over that database; what it prints."""
    return run(arguments, ours(address, folder) | {"ENVIRONMENT": "development"})


def gather_static(folder: Path = FOLDER) -> None:
    """Put the files that pages refer to where production looks for them."""
    run(["manage.py", "collectstatic", "-v0", "--no-input"], ours("", folder))


def prepare(size: int, kind: str, folder: Path = FOLDER) -> Place:
    """The register of that size on that database, with its rivals; made where it is missing."""
    place = _on_sqlite(size, folder / f"{size}")
    return place if kind == SQLITE else _on_postgresql(place)


def _on_sqlite(size: int, folder: Path) -> Place:
    files = {system: folder / f"{system}.sqlite3" for system in SYSTEMS}
    register = files["register"]
    if not register.exists():
        _generate(size, register)
    if not rivals.is_made(files["limit"], rivals.LIMIT):
        files["limit"].unlink(missing_ok=True)
        rivals.fill(register, files["limit"], rivals.LIMIT)
    tutorial = files["tutorial"]
    if not rivals.is_made(tutorial, _tutorial_script()):
        tutorial.unlink(missing_ok=True)
        _tutorial_tables(f"sqlite:///{tutorial}")
        rivals.fill(register, tutorial, _tutorial_script())
    return Place(size, SQLITE, folder, {name: f"sqlite:///{file}" for name, file in files.items()})


def _generate(size, register) -> None:
    register.parent.mkdir(parents=True, exist_ok=True)
    making = register.with_name("making.sqlite3")
    making.unlink(missing_ok=True)
    steps = [
        ["manage.py", "migrate", "-v0"],
        ["-m", "bench.generate", f"{min(size, world.BLOCK)}"],
        ["manage.py", "reindex"],
    ]
    if size > world.BLOCK:
        steps.append(["-m", "bench.repeat", f"{size}"])
    for arguments in steps:
        manage(arguments, f"sqlite:///{making}", register.parent)
    with sqlite3.connect(making) as database:
        database.execute("ANALYZE")
    database.close()
    making.rename(register)


def _tutorial_script() -> str:
    """What fills it; the models are told, so that another table is noticed."""
    models = Path(__file__).with_name("tutorial") / "models.py"
    return f"{rivals.TUTORIAL} -- {rivals.mark_of(models.read_text())}\n;"


def _tutorial_tables(address: str) -> None:
    run(["-m", "bench.tutorial.application", "tables"], {"TUTORIAL_DATABASE": address})


def _on_postgresql(place: Place) -> Place:
    names = {system: f"{NAMED}_{place.size}_{system}" for system in SYSTEMS}
    names["register"] = f"{NAMED}_{place.size}"
    steps = {"register": _copy_register, "limit": _copy_limit, "tutorial": _copy_tutorial}
    marks = {
        "register": 1,
        "limit": rivals.mark_of(rivals.LIMIT, rivals.POSTGRES_WORDS),
        "tutorial": rivals.mark_of(_tutorial_script()),
    }
    for system, name in names.items():
        if _note(name) != str(marks[system]):
            _make_anew(name)
            steps[system](place, address_of(name))
            _sql(f"COMMENT ON DATABASE {name} IS '{marks[system]}'")
    addresses = {system: address_of(name) for system, name in names.items()}
    return Place(place.size, POSTGRESQL, place.folder, addresses)


def _copy_register(place, address) -> None:
    manage(["manage.py", "migrate", "-v0"], address, place.folder)
    copying.copy_rows(place.file, address, copying.tables_of(place.file, "tracker_"))
    reset = "from bench.generate import reset_sequences; reset_sequences()"
    manage(["manage.py", "shell", "-v0", "-c", reset], address, place.folder)


def _copy_limit(place, address) -> None:
    copying.copy_tables(place.folder / "limit.sqlite3", address, rivals.POSTGRES_WORDS)


def _copy_tutorial(place, address) -> None:
    _tutorial_tables(address)
    file = place.folder / "tutorial.sqlite3"
    copying.copy_rows(file, address, copying.tables_of(file, "tutorial_"))


def address_of(name: str) -> str:
    """The address of a database on the server."""
    return f"{SERVER.rpartition('/')[0]}/{name}"


def _sql(statement: str) -> list[tuple]:
    with psycopg.connect(SERVER, autocommit=True) as server:
        done = server.execute(statement)
        return done.fetchall() if done.description else []


def _note(name) -> str | None:
    """What was noted of a database when it was complete."""
    asked = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = "
    found = _sql(f"{asked}'{name}'")
    return found[0][0] if found else None


def _make_anew(name, like: str = "") -> None:
    _sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _sql(f"CREATE DATABASE {name}" + (f" TEMPLATE {like}" if like else ""))


def _copy_file(file, folder) -> None:
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(file, folder)


@contextlib.contextmanager
def copied(place: Place) -> Iterator[Place]:
    """A copy to write to, as long as the block lasts."""
    folder = place.folder / "written"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    names = {system: f"{NAMED}_{place.size}_written_{system}" for system in SYSTEMS}
    try:
        if place.kind == SQLITE:
            for system in SYSTEMS:
                _copy_file(place.folder / f"{system}.sqlite3", folder)
            addresses = {each: f"sqlite:///{folder}/{each}.sqlite3" for each in SYSTEMS}
        else:
            for system, name in names.items():
                _make_anew(name, like=place.addresses[system].rpartition("/")[2])
            addresses = {system: address_of(name) for system, name in names.items()}
        yield Place(place.size, place.kind, folder, addresses)
    finally:
        shutil.rmtree(folder)
        if place.kind == POSTGRESQL:
            for name in names.values():
                _sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
