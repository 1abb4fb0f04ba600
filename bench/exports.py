"""Everything as CSV and as JSON Lines: rows a second, memory, and whether it is the same."""

import csv
import http.client
import json
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

from bench.crowds import RIVALS
from bench.servers import System

PATHS = {
    "ours": "/api/v1/commitments/?format={}",
    "limit": "/export?format={}",
    "tutorial": "/export/?format={}",
}
FORMS = ("csv", "jsonl")
PIECE = 1 << 20


def exports(systems: dict[str, System], forms=FORMS) -> dict:
    """Form → system → rows a second and MB by which it grew; all rows have to be the same."""
    return {form: _one_form(systems, form) for form in forms}


def _one_form(systems, form) -> dict:
    found, sums = {}, {}
    for name in RIVALS:
        with tempfile.NamedTemporaryFile(suffix=f".{form}") as file:
            seconds, grown = _fetched(systems[name], PATHS[name].format(form), file)
            rows, sums[name] = checked(Path(file.name))
        found[name] = {"rows": rows, "rate": rows / seconds, "grown": grown}
    if len({(found[name]["rows"], sums[name]) for name in RIVALS}) > 1:
        raise SystemExit(f"The files differ ({form}): {found} {sums}")
    return found


def _fetched(system: System, path: str, file) -> tuple[float, float]:
    """The seconds it took, and by how many MB a process of the server grew at most."""
    processes = system.processes
    before = {each: _memory(each, "VmRSS") for each in processes}
    for each in processes:
        # From here on the peak counts anew.
        Path(f"/proc/{each}/clear_refs").write_text("5")
    connection = http.client.HTTPConnection("localhost", system.port, timeout=600)
    began = time.perf_counter()
    connection.request("GET", path, headers=system.headers)
    answer = connection.getresponse()
    if answer.status != 200:
        raise SystemExit(f"{system.name} {path}: {answer.status}")
    while piece := answer.read(PIECE):
        file.write(piece)
    seconds = time.perf_counter() - began
    connection.close()
    file.flush()
    grown = max(_memory(each, "VmHWM") - before[each] for each in processes)
    return seconds, grown / 1024


def _memory(process: int, line: str) -> int:
    """What a process holds, or held at most, in kB."""
    for each in Path(f"/proc/{process}/status").read_text().splitlines():
        if each.startswith(line):
            return int(each.split()[1])
    return 0


def checked(file: Path) -> tuple[int, int]:
    """How many rows a file has, and a sum of paragraph, body and result, whatever their order."""
    number = total = 0
    for row in _rows(file):
        number += 1
        total += zlib.crc32("|".join((row["provision"], row["body"], row["result"])).encode())
    return number, total


def _rows(file: Path) -> Iterator[dict]:
    with file.open(newline="", encoding="utf-8") as text:
        if file.suffix == ".csv":
            yield from csv.DictReader(text)
        else:
            yield from map(json.loads, text)
