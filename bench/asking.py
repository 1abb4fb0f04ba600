"""One client: every question to all systems in turns, with the same values in a round."""

import gzip
import json
import random
import statistics
import time
from urllib.parse import urlsplit

from bench.questions import LIST, QUESTIONS, Case, Question
from bench.servers import Asker

#: Rounds to warm up, in each of which all have to agree; and those that a slow system is asked.
WARM, FEWEST = 4, 3
#: Seconds for one question: to warm up, and after which a system is asked no more.
PATIENCE = 6
#: The deep page, of so many rows; the ones on the way there have more, and take no longer (s).
DEEP, ROWS, ON_THE_WAY, ARRIVED = 1_000, 50, 200, 90


def median(times: list[float]) -> float:
    """The time that half of them take at most."""
    return statistics.median(times)


def quantile(times: list[float], part: float) -> float:
    """The time that all but the slowest ``1 - part`` take at most."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def told(times: list[float]) -> dict[str, float]:
    """What is kept of some times in milliseconds."""
    return {"p50": median(times), "p95": quantile(times, 0.95), "rounds": len(times)}


def verify(asker: Asker, question: Question, case: Case) -> None:
    """All systems count the same."""
    found = {
        system: core(json.loads(asker.ask(system, case[system])[1]))
        for system, core in question.core.items()
        if system in case and system in asker.systems
    }
    if len(set(found.values())) > 1:
        raise SystemExit(f"{question.name}: the answers differ: {found} {case['ours']}")


def drawn(question: Question, chance: random.Random, asker: Asker) -> Case:
    """The values of a round, for the systems that are there."""
    case = question.draw(chance)
    return {system: path for system, path in case.items() if system in asker.systems}


def asked(asker: Asker, question: Question, chance: random.Random, rounds: int) -> dict:
    """The times of each system; those that are slow are asked fewer times."""
    began = time.monotonic()
    for number in range(WARM):
        if number == 0 or time.monotonic() - began < PATIENCE:
            verify(asker, question, drawn(question, chance, asker))
    times: dict[str, list[float]] = {}
    for _round in range(rounds):
        case = drawn(question, chance, asker)
        for system in chance.sample(sorted(case), len(case)):
            had = times.setdefault(system, [])
            if len(had) < FEWEST or sum(had) < PATIENCE * 1000:
                had.append(asker.ask(system, case[system])[0])
    return {system: told(each) for system, each in times.items()}


def questions(asker: Asker, chance: random.Random, rounds: int, left_out=()) -> dict:
    """Every question, by its name; ``left_out`` are pairs of a system and a question."""
    found = {}
    for question in QUESTIONS:
        away = {system for system, name in left_out if name == question.name}
        systems = {name: each for name, each in asker.systems.items() if name not in away}
        some = Asker(systems)
        found[question.name] = asked(some, question, chance, rounds)
        some.close()
    return found


def deep(asker: Asker, rounds: int) -> dict:
    """Page 1 and page 1,000 of all commitments by cursor, in turns; nothing if it is too far."""
    first = f"/api/v1/commitments/?cursor=&page_size={ROWS}"
    there = _walked(asker, (DEEP - 1) * ROWS // ON_THE_WAY)
    if there is None:
        return {}
    return _in_turns(asker, {"first": first, "deep": f"{there}&page_size={ROWS}"}, rounds)


def _walked(asker, pages) -> str | None:
    """The address of what follows after so many pages, without the number of rows."""
    path, until = f"/api/v1/commitments/?cursor=&page_size={ON_THE_WAY}", time.monotonic() + ARRIVED
    for _page in range(pages):
        address = urlsplit(json.loads(asker.ask("ours", path)[1])["next"])
        path = f"{address.path}?{address.query}"
        if time.monotonic() > until:
            return None
    return path.replace(f"page_size={ON_THE_WAY}", "").replace("?&", "?").replace("&&", "&")


def page(asker: Asker, chance: random.Random, rounds: int) -> dict:
    """The page of a list against its JSON, and what the page weighs."""
    paths = _page_and_json(chance)
    found = _in_turns(asker, paths, rounds)
    body = asker.ask("ours", paths["page"])[1]
    return found | {"bytes": len(body), "gzip": len(gzip.compress(body, 6))}


def _page_and_json(chance) -> dict[str, str]:
    path = LIST.draw(chance)["ours"]
    return {"json": path, "page": path.replace("/api/v1", "")}


def _in_turns(asker, paths: dict[str, str], rounds) -> dict:
    times: dict[str, list[float]] = {name: [] for name in paths}
    for number in range(WARM + rounds):
        for name, path in paths.items():
            took = asker.ask("ours", path)[0]
            if number >= WARM:
                times[name].append(took)
    return {name: told(each) for name, each in times.items()}
