"""One commitment with another result and its history, eight writers at once, to a copy of each.

Of ours an assessment under review is adopted: with ``If-Match``, the rights of a reviewer, its
change in the record, what is known of every day, and all counts. The limit keeps its counts, too.
``python -m bench.writes`` writes as the limit does without HTTP, in as many processes.
"""

import json
import multiprocessing
import random
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

from bench.asking import quantile
from bench.crowd import Ask, Told, crowd
from bench.crowds import CLIENTS, SECONDS, SLICES, refuse_failures
from bench.registers import Place, copied, manage, run
from bench.servers import System, served, signed_in

SYSTEMS = ("raw", "ours", "limit", "tutorial")
#: Writes that are prepared; as many commitments, each written once.
PREPARED = {"ours": 4_000, "limit": 60_000, "tutorial": 20_000}
RESULTS = ("not_implemented", "partially_implemented", "largely_implemented", "fully_implemented")
#: Writes that the processes without HTTP take in one slice.
MOST_RAW = 15_000


def writes(place: Place, chance: random.Random) -> dict:
    """What ``written`` finds of a copy."""
    with copied(place) as copy, served(copy) as systems:
        return written(copy, systems, chance)


def written(place: Place, systems: dict[str, System], chance: random.Random) -> dict:
    """System → writes a second and their times; all counts have to equal a recount afterwards."""
    asks = _prepared(place, chance)
    asked = {**systems, "ours": replace(systems["ours"], headers=signed_in(place, "reviewer"))}
    slices: dict[str, list[Told]] = {name: [] for name in SYSTEMS}
    for _slice in range(SLICES):
        for name in SYSTEMS:
            slices[name].append(_slice_of(name, asked, asks, place))
            time.sleep(0.5)
    check(place, {name: sum(len(each.times) for each in had) for name, had in slices.items()})
    return {name: _of_slices(each) for name, each in slices.items()}


def _slice_of(name: str, systems: dict[str, System], asks, copy) -> Told:
    if name == "raw":
        return _raw(copy, asks["limit"])
    # What was sent in the slice before is not sent again.
    told = crowd(systems[name], asks[name], clients=CLIENTS, seconds=SECONDS, once=True)
    del asks[name][: len(told.times) + CLIENTS]
    refuse_failures(name, told)
    return told


def _prepared(copy: Place, chance: random.Random) -> dict[str, list[Ask]]:
    number = {name: min(most, copy.size // 2) for name, most in PREPARED.items()}
    printed = manage(
        ["-m", "bench.people", "reviews", f"{number['ours']}"],
        *(copy.addresses["register"], copy.folder),
    )
    ours = [
        Ask(f"/api/v1/assessments/{key}/adopt/", "POST", "{}", {"If-Match": tag})
        for key, tag in json.loads(printed.splitlines()[-1])
    ]
    return {
        "ours": ours,
        "limit": [
            Ask(f"/cards/{card}", "PATCH", _result(chance), {"If-Match": "1"})
            for card in chance.sample(range(1, copy.size + 1), number["limit"])
        ],
        "tutorial": [
            Ask(f"/commitments/{row}/", "PATCH", _result(chance))
            for row in chance.sample(range(1, copy.size + 1), number["tutorial"])
        ],
    }


def _result(chance) -> str:
    return json.dumps({"result": chance.choice(RESULTS)})


def _of_slices(slices: list[Told]) -> dict[str, float]:
    times = [each for told in slices for each in told.times]
    return {
        "rate": statistics.median(each.rate for each in slices if each.times),
        "p50": quantile(times, 0.5),
        "p99": quantile(times, 0.99),
        "max": max(times),
        "writes": len(times),
    }


def _raw(copy: Place, asks: list[Ask]) -> Told:
    """Eight processes that write as the limit does, without HTTP."""
    most = min(len(asks) // 2, MOST_RAW)
    cards = [
        [int(ask.path.rpartition("/")[2]), json.loads(ask.body)["result"]] for ask in asks[:most]
    ]
    del asks[:most]
    file = copy.folder / "cards.json"
    file.write_text(json.dumps(cards))
    address = {"LIMIT_DATABASE": copy.addresses["limit"]}
    return Told(**json.loads(run(["-m", "bench.writes", "raw", f"{file}"], address)))


def raw(file: str) -> None:
    """Write the cards of a file by eight processes, and print their times."""
    cards = json.loads(Path(file).read_text())
    began = time.perf_counter()
    with multiprocessing.Pool(CLIENTS) as pool:
        several = pool.map(_written, [cards[place::CLIENTS] for place in range(CLIENTS)], 1)
    times = [each for some in several for each in some]
    # Without the time that the processes take to start.
    seconds = max((sum(some) for some in several), default=0) / 1000
    seconds = seconds or time.perf_counter() - began
    print(json.dumps({"times": times, "statuses": {"200": len(times)}, "seconds": seconds}))


def _written(cards) -> list[float]:
    from bench.limit.writes import change

    times, until = [], time.perf_counter() + SECONDS
    for card, result in cards:
        began = time.perf_counter()
        if began > until:
            break
        if not change(card, 1, result):
            raise RuntimeError(f"Card {card} has another version.")
        times.append((time.perf_counter() - began) * 1000)
    return times


def check(copy: Place, done: dict[str, int]) -> None:
    """Every write has its history, and all counts equal a recount; anything else ends it."""
    address, folder = copy.addresses["register"], copy.folder
    manage(["manage.py", "check_rollups"], address, folder)
    expected = {"ours": done["ours"], "limit": done["limit"] + done["raw"]}
    expected["tutorial"] = done["tutorial"]
    held = {
        "ours": manage(["-m", "bench.people", "adopted", "W"], address, folder),
        "limit": run(["-m", "bench.writes", "kept"], {"LIMIT_DATABASE": copy.addresses["limit"]}),
        "tutorial": run(
            ["-m", "bench.tutorial.application", "history"],
            {"TUTORIAL_DATABASE": copy.addresses["tutorial"]},
        ),
    }
    found = {name: int(text.splitlines()[-1]) for name, text in held.items()}
    if found != expected:
        raise SystemExit(f"Written {expected}, held {found}.")


def kept() -> None:
    """Print how many changes the limit holds; -1 where its counts differ from a recount."""
    from bench.limit.store import number
    from bench.limit.writes import differences

    print(-1 if differences() else number("SELECT count(*) FROM history"))


if __name__ == "__main__":
    {"raw": raw, "kept": kept}[sys.argv[1]](*sys.argv[2:])
