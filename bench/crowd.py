"""Several clients at once, in a process of their own: each asks again as soon as it is answered.

``python -m bench.crowd`` reads what to ask from its input and prints the times; ``crowd`` starts
it. Answers are read to their end and not looked into, so that the clients take little of the
machine.
"""

import asyncio
import contextlib
import itertools
import json
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field

from bench.registers import ROOT
from bench.servers import System


@dataclass(frozen=True)
class Ask:
    """One request."""

    path: str
    method: str = "GET"
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """What came of it: the milliseconds of each answer, and how many had which status."""

    times: list[float]
    statuses: dict[str, int]
    seconds: float

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return len(self.times) / self.seconds


def crowd(system: System, asks: list[Ask], *, clients: int, seconds: float, once=False) -> Told:
    """Ask for so many seconds; each request ``once`` where it changes something."""
    process = start(system, asks, clients=clients, seconds=seconds, once=once)
    return Told(**json.loads(process.communicate()[0]))


def start(system: System, asks: list[Ask], *, clients: int, seconds: float, once=False):
    """The same without waiting for its end."""
    told = {
        "port": system.port,
        "headers": system.headers,
        "asks": [asdict(ask) for ask in asks],
        "clients": clients,
        "seconds": seconds,
        "once": once,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.crowd"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    process.stdin.write(json.dumps(told).encode())
    process.stdin.close()
    process.stdin = None
    return process


def _bytes(ask: dict, told: dict) -> bytes:
    body = ask["body"].encode()
    headers = {"Host": "localhost", **told["headers"], **ask["headers"]}
    if body:
        headers |= {"Content-Type": "application/json", "Content-Length": f"{len(body)}"}
    lines = [f"{ask['method']} {ask['path']} HTTP/1.1", *map(": ".join, headers.items()), "", ""]
    return "\r\n".join(lines).encode() + body


async def _read(reader) -> str:
    """Read one answer to its end; its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    lines = head.split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
    if "content-length" in headers:
        await reader.readexactly(int(headers["content-length"]))
    elif headers.get("transfer-encoding") == "chunked":
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return lines[0].split()[1]


async def _client(port, requests, until, times, statuses) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
    for request in requests:
        began = time.perf_counter()
        if began > until:
            break
        writer.write(request)
        statuses[await _read(reader)] += 1
        times.append((time.perf_counter() - began) * 1000)
    writer.close()


async def _run(told: dict) -> Told:
    times, statuses = [], Counter()
    requests = iter([_bytes(ask, told) for ask in told["asks"]])
    if not told["once"]:
        requests = itertools.cycle(requests)
    began = time.perf_counter()
    until = began + told["seconds"]
    clients = [
        _client(told["port"], requests, until, times, statuses) for _each in range(told["clients"])
    ]
    with contextlib.suppress(TimeoutError):
        # A long file need not come to its end.
        await asyncio.wait_for(asyncio.gather(*clients), told["seconds"] + 60)
    return Told(times, dict(statuses), time.perf_counter() - began)


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(_run(json.load(sys.stdin))))))
