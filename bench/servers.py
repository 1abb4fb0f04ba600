"""All systems, served alike over the same data, and a client that keeps its connections."""

import contextlib
import http.client
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.registers import ROOT, SQLITE, Place, manage, ours

#: Of each system that is written in Python; Datasette has one process.
WORKERS, THREADS = 2, 4
#: Seconds that a server may take to end.
PATIENCE = 15
#: Below so many commitments ours may find lists in the database, not in columns.
WITH_COLUMNS = 10_000


@dataclass(frozen=True)
class System:
    """One system as it runs: where it listens, what every request carries, its process."""

    name: str
    port: int
    headers: dict[str, str]
    process: int

    @property
    def processes(self) -> list[int]:
        """Its process and those it started."""
        found = [self.process]
        for each in found:
            for task in Path(f"/proc/{each}/task").glob("*/children"):
                found += map(int, task.read_text().split())
        return found


def granian(target: str, port: int) -> list[str]:
    """Every Python system is served alike."""
    options = f"--interface wsgi --workers {WORKERS} --blocking-threads {THREADS} --no-ws"
    return [sys.executable, "-m", "granian", *options.split(), "--port", f"{port}", target]


def datasette(place: Place, port: int) -> list[str]:
    """Our own SQLite file, published as it is."""
    limits = "--setting sql_time_limit_ms 60000 --setting max_returned_rows 5000"
    serve = [sys.executable, "-m", "datasette", "serve", f"{place.file}", "-p", f"{port}"]
    return [*serve, *limits.split()]


@contextlib.contextmanager
def served(place: Place) -> Iterator[dict[str, System]]:
    """The systems over that register, as long as the block lasts."""
    ports = {name: free_port() for name in ("ours", "limit", "tutorial", "datasette")}
    commands = {
        "ours": granian("config.wsgi:application", ports["ours"]),
        "limit": granian("bench.limit.application:application", ports["limit"]),
        "tutorial": granian("bench.tutorial.application:application", ports["tutorial"]),
    }
    if place.kind == SQLITE and importlib.util.find_spec("datasette"):
        commands["datasette"] = datasette(place, ports["datasette"])
    headers = {"ours": signed_in(place, "viewer")}
    log = place.folder / f"ours.{place.kind}.log"
    with contextlib.ExitStack() as stack, log.open("wb") as told:
        running = {
            name: stack.enter_context(_process(command, place, told))
            for name, command in commands.items()
        }
        for name in running:
            await_port(ports[name])
        systems = {
            name: System(name, ports[name], headers.get(name, {}), process.pid)
            for name, process in running.items()
        }
        await_columns(systems["ours"], log, place.size)
        yield systems


@contextlib.contextmanager
def _process(command, place: Place, log):
    environ = {**os.environ, **ours(place.addresses["register"], place.folder)}
    environ["LIMIT_DATABASE"] = place.addresses["limit"]
    environ["TUTORIAL_DATABASE"] = place.addresses["tutorial"]
    environ.pop("DJANGO_SETTINGS_MODULE", None)
    # Each in a session of its own: a busy machine then gives all the same share.
    process = subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=log, stderr=log, start_new_session=True
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            # A worker that still writes a file ends with it.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def signed_in(place: Place, role: str) -> dict[str, str]:
    """The headers of somebody of that role who is signed in at ours, also to write."""
    address = place.addresses["register"]
    key = manage(["-m", "bench.people", "session", role], address, place.folder).strip()
    secret = "a" * 32
    return {
        "Cookie": f"__Host-session={key}; __Host-csrf={secret}",
        "X-CSRFToken": secret,
        "X-Forwarded-Proto": "https",
        "Referer": "https://localhost/",
    }


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


def await_columns(system: System, log: Path, size: int) -> None:
    """Wait until every worker of ours has read its columns, as it then stays."""
    if size < WITH_COLUMNS:
        return
    for _attempt in range(600):
        if log.read_bytes().count(b"Columns of") >= WORKERS:
            return
        # New connections, so that each worker is given one.
        for _client in range(4):
            with contextlib.closing(Asker({"ours": system})) as asker:
                asker.ask("ours", "/api/v1/commitments/")
        # Meanwhile lists take a large database long, and keep the columns from being read.
        time.sleep(0.5 + size / 1_000_000)
    raise SystemExit("The columns were not read.")


class Asker:
    """One client that keeps its connection to each system."""

    def __init__(self, systems: dict[str, System]):
        self.systems = systems
        self.open = {
            name: http.client.HTTPConnection("localhost", system.port, timeout=600)
            for name, system in systems.items()
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
        connection.request("GET", path, headers=self.systems[system].headers)
        answer = connection.getresponse()
        body = answer.read()
        return (time.perf_counter() - started) * 1000, answer.status, body

    def close(self) -> None:
        """End all connections."""
        for each in self.open.values():
            each.close()
