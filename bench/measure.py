"""Measure our answers against what else could give them: ``python -m bench.measure``.

Needs: uv sync --group bench. Generates registers of the sizes given (10000 and 100000) once, into
``var/bench``, starts every server, checks that all answer the same, asks them in turns, and writes
the table into ``bench/README.md``. Only ratios mean anything: a machine has other things to do.
"""

import argparse
import contextlib
import datetime
import http.client
import json
import os
import platform
import random
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote, urlencode

from bench import rivals

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "bench"
README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
ROUNDS, WARM = 40, 4
SYSTEMS = ("ours", "limit", "tutorial", "datasette")
TODAY = datetime.date.today().isoformat()
SECRET = "only-for-measuring-" * 3
READER = """
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from tracker.models import User
user = User.objects.get_or_create(username="reader")[0]
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print(session.session_key)
"""


@dataclass
class Case:
    """One question with the values of a round: what each system is asked."""

    paths: dict[str, str]


@dataclass
class Question:
    """A question, how its values are drawn, and what of an answer all must have in common."""

    name: str
    title: str
    goal: str
    draw: Callable[[random.Random], Case]
    core: dict[str, Callable]


def sql(statement: str, **values) -> str:
    """How Datasette is asked."""
    return f"/register.json?{urlencode({'sql': statement, '_shape': 'array', **values})}"


KNOWN = """FROM tracker_known k JOIN tracker_provision p ON p.id = k.provision_id
JOIN tracker_body b ON b.id = k.body_id WHERE k.current AND k.eyes IN ('all', 'open')"""
CARRYING = """k.provision_id IN (SELECT l.provision_id FROM tracker_provision_themes l
JOIN tracker_theme t ON t.id = l.theme_id WHERE t.slug = :theme)"""
SHOWN = "p.key || '/' || b.code AS key, k.due_on, k.result, k.position, count(*) OVER () AS n"
LIST = f"""SELECT {SHOWN} {KNOWN} AND {CARRYING} AND k.result = :result
AND b.region_id = (SELECT id FROM tracker_region WHERE code = :region)
ORDER BY k.due_on IS NULL, k.due_on, p.path, b.name LIMIT 50"""
MATRIX = """SELECT t.slug, w.code, k.result, count(*) AS n FROM tracker_known k
JOIN tracker_provision_themes l ON l.provision_id = k.provision_id
JOIN tracker_theme t ON t.id = l.theme_id JOIN tracker_body b ON b.id = k.body_id
LEFT JOIN tracker_region r ON r.id = b.region_id LEFT JOIN tracker_region w ON w.id = r.parent_id
WHERE k.current AND k.eyes IN ('all', 'open') GROUP BY 1, 2, 3"""
PROFILE = f"""SELECT t.slug, k.result, count(*) AS n {
    KNOWN.replace(
        "WHERE",
        '''
JOIN tracker_provision_themes l ON l.provision_id = p.id
JOIN tracker_theme t ON t.id = l.theme_id WHERE''',
    )
} AND b.code = :body GROUP BY 1, 2"""
OVERDUE = f"""SELECT {SHOWN} {KNOWN} AND k.next_due_on < :today
AND b.code IN (SELECT value FROM json_each(:bodies)) ORDER BY k.due_on LIMIT 50"""
SEARCH = """SELECT e.noun, e.object_id, e.title, count(*) OVER () AS n FROM tracker_searchentry e
WHERE e.noun = 'provision' AND e.id IN
(SELECT rowid FROM tracker_searchwords WHERE tracker_searchwords MATCH :q) LIMIT 20"""


def draw_list(chance: random.Random) -> Case:
    """Theme, region, result."""
    asked = {
        "theme": f"theme-{chance.randint(1, 20):02}",
        "region": f"{chance.randint(100, 121)}",
        "result": chance.choice(["not_assessed", "partially_implemented", "fully_implemented"]),
    }
    query = urlencode(asked)
    return Case(
        {
            "ours": f"/api/v1/commitments/?{query}&sort=due",
            "limit": f"/list?{query}",
            "tutorial": f"/commitments/?{query}&ordering=due_on",
            "datasette": sql(LIST, **asked),
        }
    )


def draw_matrix(chance: random.Random) -> Case:
    """The whole register."""
    paths = {"ours": "/api/v1/matrix/", "limit": "/matrix", "tutorial": "/matrix/"}
    return Case(paths | {"datasette": sql(MATRIX, _size="max")})


def draw_past(chance: random.Random) -> Case:
    """The whole register on a past day, which no rival can answer."""
    day = datetime.date(2005, 1, 1) + datetime.timedelta(chance.randrange(7500))
    return Case({"ours": f"/api/v1/matrix/?on={day}"})


def draw_profile(chance: random.Random) -> Case:
    """One State."""
    body = f"X{chance.randint(1, 193):03}"
    return Case(
        {
            "ours": f"/api/v1/bodies/{body}/profile/?fields=results,themes",
            "limit": f"/profile?body={body}",
            "tutorial": f"/profile/?body={body}",
            "datasette": sql(PROFILE, body=body),
        }
    )


def draw_overdue(chance: random.Random) -> Case:
    """Ten bodies."""
    bodies = [f"X{number:03}" for number in chance.sample(range(1, 194), 10)]
    named = urlencode([("body", each) for each in bodies])
    return Case(
        {
            "ours": f"/api/v1/commitments/?{named}&timing=overdue&sort=due",
            "limit": f"/overdue?{named}&today={TODAY}",
            "tutorial": f"/commitments/?body={','.join(bodies)}&overdue_on={TODAY}"
            "&ordering=next_due_on",
            "datasette": sql(OVERDUE, today=TODAY, bodies=json.dumps(bodies)),
        }
    )


def draw_search(chance: random.Random) -> Case:
    """Two words."""
    words = ["extradition", "border", "judicial", "financing", "urgent", "treaty", "police"]
    text = " ".join(chance.sample(words, 2))
    return Case(
        {
            "ours": f"/api/v1/search/?q={quote(text)}&noun=provision&page_size=20",
            "limit": f"/search?q={quote(text)}",
            "tutorial": f"/provisions/?search={quote(text)}&page_size=20",
            "datasette": sql(SEARCH, q=text),
        }
    )


def _count(answer):
    return answer["count"]


def _first(answer):
    return answer[0]["n"] if answer else 0


def _sum(answer):
    return sum(row["n"] for row in answer)


def _themed(answer):
    return sum(row["n"] for row in answer if row["provision__themes__slug"])


def _bars(answer):
    return sum(sum(theme["results"].values()) for theme in answer["themes"])


def _cells(answer):
    return sum(cell["total"] for row in answer["rows"] for cell in row["cells"])


COUNTED = {"ours": _count, "limit": _count, "tutorial": _count, "datasette": _first}
QUESTIONS = [
    Question(
        "Q1",
        "list by theme, region, result: 50 by date, total",
        "1.5 / 50",
        draw_list,
        COUNTED,
    ),
    Question(
        "Q2",
        "matrix theme × region × result",
        "1.3 / 400",
        draw_matrix,
        {
            "ours": _cells,
            "limit": lambda answer: _sum(answer["cells"]),
            "tutorial": lambda answer: sum(
                row["n"] for row in answer if row["provision__themes__slug"]
            ),
            "datasette": _sum,
        },
    ),
    Question("Q2 past", "the same on any past day", "none has it", draw_past, {}),
    Question(
        "Q3",
        "one State by theme",
        "1.6 / 150",
        draw_profile,
        {
            "ours": _bars,
            "limit": lambda answer: _sum(answer["themes"]),
            "tutorial": lambda answer: sum(
                row["n"] for row in answer if row["provision__themes__slug"]
            ),
            "datasette": _sum,
        },
    ),
    Question("Q4", "50 longest overdue of ten bodies, total", "1.6 / 45", draw_overdue, COUNTED),
    Question("Q5", "full text, 20 best hits, total", "1.3 / 10", draw_search, COUNTED),
]


def prepare(size: int) -> Path:
    """The folder of a register of that size, its files made where they are missing."""
    register = FOLDER / f"{size}" / "register.sqlite3"
    if not register.exists():
        register.parent.mkdir(parents=True, exist_ok=True)
        making = register.with_name("making.sqlite3")
        making.unlink(missing_ok=True)
        environ = ours_environment(making) | {"ENVIRONMENT": "development"}
        for arguments in (["manage.py", "migrate", "-v0"], ["-m", "bench.generate", f"{size}"]):
            run(arguments, environ)
        run(["manage.py", "reindex"], environ)
        with sqlite3.connect(making) as database:
            database.execute("ANALYZE")
        database.close()
        making.rename(register)
    limit, tutorial = register.with_name("limit.sqlite3"), register.with_name("tutorial.sqlite3")
    if not tutorial.exists():
        limit.unlink(missing_ok=True)
        rivals.fill(register, limit, rivals.LIMIT)
        run(["-m", "bench.tutorial.application", "tables"], {"TUTORIAL_FILE": f"{tutorial}"})
        rivals.fill(register, tutorial, rivals.TUTORIAL)
    return register.parent


def run(arguments: list[str], environ: dict) -> str:
    """Run Python here; what it prints."""
    environ = {**os.environ, **environ}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environ, check=True, stdout=subprocess.PIPE
    )
    return done.stdout.decode()


def ours_environment(register: Path) -> dict[str, str]:
    """Production over that file."""
    return {
        "ENVIRONMENT": "production",
        "ALLOWED_HOSTS": "localhost",
        "SECRET_KEY": SECRET,
        "BEHIND_PROXY": "on",
        "RATE_LIMITED": "off",
        "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{register}",
        "STATIC_ROOT": f"{register.parent}/static",
    }


def granian(target: str, port: int) -> list[str]:
    """Every Python system is served alike."""
    options = "--interface wsgi --workers 1 --blocking-threads 2 --no-ws --log-level warning"
    return [sys.executable, "-m", "granian", *options.split(), "--port", f"{port}", target]


@contextlib.contextmanager
def servers(folder: Path) -> Iterator[dict[str, tuple[int, dict]]]:
    """The port and the headers of each system, as long as the block lasts."""
    register = folder / "register.sqlite3"
    ours = ours_environment(register)
    key = run(["manage.py", "shell", "-v0", "-c", READER], ours | {"ENVIRONMENT": "development"})
    cookie = {"Cookie": f"__Host-session={key.strip()}", "X-Forwarded-Proto": "https"}
    ports = {name: free_port() for name in SYSTEMS}
    files = {
        "LIMIT_FILE": f"{folder}/limit.sqlite3",
        "TUTORIAL_FILE": f"{folder}/tutorial.sqlite3",
    }
    limits = "--setting sql_time_limit_ms 60000 --setting max_returned_rows 5000"
    commands = {
        "ours": granian("config.wsgi:application", ports["ours"]),
        "limit": granian("bench.limit:application", ports["limit"]),
        "tutorial": granian("bench.tutorial.application:application", ports["tutorial"]),
        "datasette": [
            *(sys.executable, "-m", "datasette", "serve", f"{register}"),
            *("-p", f"{ports['datasette']}", *limits.split()),
        ],
    }
    running = []
    try:
        for name, command in commands.items():
            environ = {**os.environ, **files, **(ours if name == "ours" else {})}
            environ.pop("DJANGO_SETTINGS_MODULE", None)
            running.append(
                # Each in a session of its own: a busy machine then gives all the same share.
                subprocess.Popen(
                    command,
                    cwd=ROOT,
                    env=environ,
                    stdout=subprocess.DEVNULL,
                    start_new_session=True,
                )
            )
        for port in ports.values():
            await_port(port)
        yield {name: (port, cookie if name == "ours" else {}) for name, port in ports.items()}
    finally:
        for each in running:
            each.terminate()
        for each in running:
            each.wait(30)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_port(port: int) -> None:
    """Wait until something listens."""
    for _attempt in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise SystemExit(f"Nothing listens on {port}.")


class Asker:
    """One client that keeps its connection to each system."""

    def __init__(self, where: dict[str, tuple[int, dict]]):
        self.headers = {name: headers for name, (_port, headers) in where.items()}
        self.open = {
            name: http.client.HTTPConnection("localhost", port, timeout=120)
            for name, (port, _headers) in where.items()
        }

    def ask(self, system: str, path: str) -> tuple[float, bytes]:
        """Milliseconds, and the answer; anything but 200 ends the measuring."""
        try:
            took, status, body = self._ask(system, path)
        except (http.client.RemoteDisconnected, ConnectionError):
            # A server may close what was idle; the time is that of an open connection.
            self.open[system].close()
            self.open[system].connect()
            took, status, body = self._ask(system, path)
        if status != 200:
            raise SystemExit(f"{system} {path}: {status} {body[:300]!r}")
        return took, body

    def _ask(self, system, path) -> tuple[float, int, bytes]:
        connection, started = self.open[system], time.perf_counter()
        connection.request("GET", path, headers=self.headers[system])
        answer = connection.getresponse()
        body = answer.read()
        return (time.perf_counter() - started) * 1000, answer.status, body


def verify(asker: Asker, question: Question, case: Case) -> None:
    """All systems count the same."""
    told = {
        system: core(json.loads(asker.ask(system, case.paths[system])[1]))
        for system, core in question.core.items()
    }
    if len(set(told.values())) > 1:
        raise SystemExit(f"{question.name}: the answers differ: {told} {case.paths['ours']}")


def measure(
    asker: Asker, question: Question, chance: random.Random, rounds: int
) -> dict[str, list[float]]:
    """The times of each system, asked in turns with the same values."""
    for _round in range(WARM):
        case = question.draw(chance)
        verify(asker, question, case)
    times: dict[str, list[float]] = {}
    began = time.monotonic()
    for number in range(rounds):
        case = question.draw(chance)
        for system in chance.sample(sorted(case.paths), len(case.paths)):
            times.setdefault(system, []).append(asker.ask(system, case.paths[system])[0])
        if number >= 9 and time.monotonic() - began > 60:
            break
    return times


def table(size: int, seed: int, rounds: int) -> list[str]:
    """The lines of one size: medians in milliseconds, and what they are to ours."""
    folder, chance = prepare(size), random.Random(seed)
    lines = []
    with servers(folder) as where:
        asker = Asker(where)
        # Ours begins to read its columns with the first list; it is measured as it then stays.
        asker.ask("ours", "/api/v1/commitments/")
        time.sleep(5 + size / 40_000)
        for question in QUESTIONS:
            times = measure(asker, question, chance, rounds)
            medians = {system: statistics.median(each) for system, each in times.items()}
            line = row(size, question, medians, times["ours"])
            print(line, flush=True)
            lines.append(line)
    return lines


def row(size: int, question: Question, medians: dict[str, float], ours: list[float]) -> str:
    """One line of the table."""
    shown = [f"{medians[name]:.1f}" if name in medians else "–" for name in SYSTEMS]
    mine = medians["ours"]
    ratios = [
        f"{mine / medians['limit']:.1f}×" if "limit" in medians else "–",
        f"{medians['tutorial'] / mine:.1f}×" if "tutorial" in medians else "–",
        f"{medians['datasette'] / mine:.1f}×" if "datasette" in medians else "–",
    ]
    p95 = sorted(ours)[int(len(ours) * 0.95)]
    cells = (f"{size:,}", f"**{question.name}** {question.title}", *shown, f"{p95:.1f}", *ratios)
    return f"| {' | '.join(cells)} | {question.goal} | {len(ours)} |"


HEAD = [
    "| commitments | question | ours | limit | tutorial | Datasette | ours p95 | ours ÷ limit "
    "| tutorial ÷ ours | Datasette ÷ ours | goals | rounds |",
    f"|--:|---|{'--:|' * 10}",
]


def machine() -> str:
    """What it ran on, without its name."""
    pages, page = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    names = ("django", "djangorestframework", "granian", "datasette", "orjson")
    parts = [f"{name} {version(name)}" for name in names]
    return (
        f"{os.cpu_count()} cores, {pages * page / 2**30:.0f} GiB, Python "
        f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}, {', '.join(parts)}; "
        f"load average {os.getloadavg()[0]:.1f} when it began"
    )


def write(lines: list[str]) -> None:
    """Put the table between its marks in the README."""
    text = README.read_text()
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    body = "\n".join(lines)
    README.write_text(f"{before}{BEGIN}\n\n{body}\n\n{END}{after}")


def main() -> None:
    """Measure every size, and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    about = f"{TODAY}, seed {options.seed}. {machine()}. Medians in ms, one client."
    lines = [line for size in options.sizes for line in table(size, options.seed, options.rounds)]
    write([about, "", *HEAD, *lines])


if __name__ == "__main__":
    main()
