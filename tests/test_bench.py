"""What is measured answers the same: ours, the limit, the tutorial and Datasette.

Over a small generated register, on the database that the tests run on, by the servers that are
measured; then every way to write is tried once.
"""

import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing

import psycopg
import pytest
from django.conf import settings

from bench import asking, exports, imports, registers, servers, writes
from bench.questions import QUESTIONS
from tests.prepared import place as prepared_file

SIZE, SEED, DRAWS = 600, 2322, 5
#: Commitments of a small world after which the same histories begin anew.
BLOCK = 1_700
KIND = registers.SQLITE
if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
    KIND = registers.POSTGRESQL


def server() -> str:
    """The address of the PostgreSQL server that the tests run on."""
    chosen = settings.DATABASES["default"]
    account = chosen["USER"] + (f":{chosen['PASSWORD']}" if chosen["PASSWORD"] else "")
    return f"postgres://{account}@{chosen['HOST'] or '127.0.0.1'}:{chosen['PORT'] or 5432}/postgres"


def generate(folder, size=SIZE, *more) -> None:
    """A register in a file, of a twentieth of the paragraphs, and ``more`` steps."""
    file = folder / "register.sqlite3"
    environ = {**os.environ, "DATABASE_URL": f"sqlite:///{file}", "SMALL_WORLD": "1"}
    environ |= {"ENVIRONMENT": "development", "DJANGO_SETTINGS_MODULE": "config.settings"}
    steps = [["-m", "bench.generate", f"{size}"], ["manage.py", "reindex"], *more]
    if not prepared_file(folder, file.name, filled=False):
        steps.insert(0, ["manage.py", "migrate", "-v0"])
    for step in steps:
        subprocess.run(
            [sys.executable, *step],
            cwd=registers.ROOT,
            env=environ,
            check=True,
            capture_output=True,
        )


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The register and its rivals, gone with the tests."""
    folder = tmp_path_factory.mktemp("bench")
    (folder / f"{SIZE}").mkdir()
    generate(folder / f"{SIZE}")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(registers, "SERVER", server())
        # Processes that test side by side each have databases of their own.
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        patched.setattr(registers, "NAMED", f"bench_{worker}")
        patched.delenv("DJANGO_SETTINGS_MODULE", raising=False)
        made = registers.prepare(SIZE, KIND, folder)
        yield made
        if KIND == registers.POSTGRESQL:
            with psycopg.connect(server(), autocommit=True) as held:
                for address in made.addresses.values():
                    name = address.rpartition("/")[2]
                    held.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


# First, since PostgreSQL copies a database only while nobody is connected to it.
def test_all_refuse_the_same_rows_and_write_the_others(place, monkeypatch):
    few = dict.fromkeys(imports.ROWS, 200)
    monkeypatch.setattr(imports, "ROWS", few)
    monkeypatch.setattr(imports, "ON_SQLITE", few)
    found = imports.imports(place, random.Random(SEED))
    assert set(found) == {"ours", "limit", "tutorial"}


@pytest.fixture(scope="module")
def systems(place):
    with servers.served(place) as running:
        yield running


def asking_of(systems, *names):
    return closing(servers.Asker({name: systems[name] for name in names}))


def agree(asker, question):
    chance = random.Random(SEED)
    for _draw in range(DRAWS):
        asking.verify(asker, question, question.draw(chance))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_ours_the_limit_and_the_tutorial_answer_the_same(systems, question):
    with asking_of(systems, "ours", "limit", "tutorial") as asker:
        agree(asker, question)


@pytest.mark.skipif(KIND != registers.SQLITE, reason="Datasette reads SQLite alone")
def test_datasette_answers_the_same(systems):
    pytest.importorskip("datasette", reason="uv sync --group bench installs it")
    with asking_of(systems, "limit", "datasette") as asker:
        for question in QUESTIONS:
            agree(asker, question)


def test_another_answer_is_noticed(systems):
    case = {"ours": "/api/v1/commitments/?theme=theme-01&sort=due"}
    case["limit"] = "/any?theme=theme-02"
    with (
        asking_of(systems, "ours", "limit") as asker,
        pytest.raises(SystemExit, match="differ"),
    ):
        asking.verify(asker, QUESTIONS[1], case)


def test_all_send_the_same_files(systems):
    found = exports.exports(systems)
    assert {had["rows"] for form in found.values() for had in form.values()} == {SIZE}


def test_all_keep_the_history_of_what_eight_write_at_once(place, systems, monkeypatch):
    monkeypatch.setattr(writes, "SLICES", 1)
    monkeypatch.setattr(writes, "SECONDS", 0.5)
    found = writes.written(place, systems, random.Random(SEED))
    assert all(each["writes"] for each in found.values())


#: What a large register is made of, without the numbers of rows that nothing refers to.
TABLES = {
    "commitment": "*",
    "report": "*",
    "assessment": "*",
    "known": "*",
    "searchentry": "noun, object_id, title, others, size",
    "tally": "theme, body_id, role, eyes, result, number",
    "datedtally": "mark, theme, region, eyes, fully_implemented, not_assessed",
}


@pytest.mark.skipif(KIND != registers.SQLITE, reason="large registers are made on SQLite")
def test_what_is_repeated_is_what_would_be_generated(tmp_path):
    one, several = tmp_path / "one", tmp_path / "several"
    for folder, begun, *steps in (
        (one, 2_000),
        (several, BLOCK, ["-m", "bench.repeat", "2000"]),
    ):
        folder.mkdir()
        generate(folder, begun, *steps)
    with closing(sqlite3.connect(one / "register.sqlite3")) as held:
        held.execute("ATTACH ? AS other", [f"{several}/register.sqlite3"])
        for table, columns in TABLES.items():
            [here, there] = (
                set(held.execute(f"SELECT {columns} FROM {file}.tracker_{table}"))
                for file in ("main", "other")
            )
            assert here and here == there, table
