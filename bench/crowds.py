"""Eight clients at once, and a list while files are sent: throughput and the slowest hundredth."""

import random
import statistics
import time

from bench.asking import quantile
from bench.crowd import Ask, Told, crowd, start
from bench.questions import LIST
from bench.servers import System

CLIENTS, SLICES, SECONDS = 8, 3, 2.0
#: Different lists that are asked for.
LISTS = 48
RIVALS = ("ours", "limit", "tutorial")
FILES = {
    "ours": "/api/v1/commitments/?format=csv",
    "limit": "/export?format=csv",
    "tutorial": "/export/?format=csv",
}


def refuse_failures(name: str, told: Told) -> None:
    """End the measuring where anything but a success was answered."""
    if set(told.statuses) - {"200", "201"}:
        raise SystemExit(f"{name}: {told.statuses}")


def eight(systems: dict[str, System], chance: random.Random) -> dict:
    """Requests a second and times of the list, eight clients, slice by slice in turns."""
    asks = _lists(chance)
    found: dict[str, list[Told]] = {name: [] for name in RIVALS}
    for _slice in range(SLICES):
        for name in RIVALS:
            told = crowd(systems[name], asks[name], clients=CLIENTS, seconds=SECONDS)
            refuse_failures(name, told)
            found[name].append(told)
            time.sleep(0.3)
    return {name: _of_slices(slices) for name, slices in found.items()}


def _lists(chance) -> dict[str, list[Ask]]:
    cases = [LIST.draw(chance) for _each in range(LISTS)]
    return {name: [Ask(case[name]) for case in cases] for name in RIVALS}


def _of_slices(slices: list[Told]) -> dict[str, float]:
    return {
        "rate": statistics.median(each.rate for each in slices),
        "p50": statistics.median(quantile(each.times, 0.5) for each in slices),
        "p99": statistics.median(quantile(each.times, 0.99) for each in slices),
    }


def mixed(systems: dict[str, System], chance: random.Random) -> dict:
    """The list for one client, alone and while two files of everything are sent."""
    asks = _lists(chance)
    found = {}
    for name in RIVALS:
        idle = crowd(systems[name], asks[name], clients=1, seconds=SECONDS)
        files = start(systems[name], [Ask(FILES[name])], clients=2, seconds=600)
        # Until the rows are sorted and on their way.
        time.sleep(2)
        busy = crowd(systems[name], asks[name], clients=1, seconds=SECONDS)
        ended = files.poll() is not None
        files.kill()
        files.wait()
        files.stdout.close()
        if ended:
            raise SystemExit(f"{name}: the files were not sent")
        for told in (idle, busy):
            refuse_failures(name, told)
        found[name] = {"idle": quantile(idle.times, 0.99), "busy": quantile(busy.times, 0.99)}
        time.sleep(1)
    return found
