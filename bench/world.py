"""An invented register of any size, the same for the same size: 2,800 resolutions, 250 bodies.

Everything is drawn from the number of its own row, so that a part can be made without the rest.
"""

import datetime
import os
import random
from collections.abc import Iterator

from tracker import symbols
from tracker.known import Concluded, Due, History, Said
from tracker.vocabulary import CommitmentRole, Force, Position, Result

SEED = 2322
#: A small world has a twentieth of the resolutions and paragraphs.
SMALL = bool(os.environ.get("SMALL_WORLD"))
RESOLUTIONS, PROVISIONS = (140, 1_700) if SMALL else (2_800, 34_000)
#: After so many commitments the same histories begin anew, with other bodies (``repeat``).
ROUNDS = 1 if SMALL else 29
BLOCK = ROUNDS * PROVISIONS
STATES, ORGANIZATIONS, THEMES = 193, 57, 20
REGIONS, SUBREGIONS = 5, 22
FIRST, LAST = datetime.date(2001, 1, 1), datetime.date(2026, 11, 1)
RESTRICTED, OPEN = "restricted", "internal"
#: Of a hundred commitments: how many are reported on, assessed, and again; what is restricted.
REPORTED, ASSESSED, AGAIN, CLOSED, WITH_DATE = 45, 40, 30, 6, 40


def lots(*subject) -> random.Random:
    """Chance that is always the same for the same subject."""
    return random.Random("/".join(map(str, (SEED, *subject))))


def day_after(start: datetime.date, chance: random.Random) -> datetime.date:
    """A day from ``start`` to the last."""
    return start + datetime.timedelta(days=chance.randint(0, max(0, (LAST - start).days)))


def regions() -> Iterator[dict]:
    """The world, five regions, and twenty-two within them."""
    yield {"id": 1, "code": "001", "name": "World", "level": 0, "path": "001"}
    for n in range(2, REGIONS + 2):
        yield _region(n, level=1, parent=1, path=f"001/{n:03}")
    for n in range(SUBREGIONS):
        parent = 2 + n % REGIONS
        yield _region(n + 100, level=2, parent=parent, path=f"001/{parent:03}/{n + 100:03}")


def _region(n, **place) -> dict:
    return {"id": n, "code": f"{n:03}", "name": f"Region {n:03}", **place}


def bodies() -> Iterator[dict]:
    """States, each in a region, and organizations."""
    for n in range(1, STATES + ORGANIZATIONS + 1):
        state = n <= STATES
        yield {
            "id": n,
            "code": f"X{n:03}",
            "name": f"{'State' if state else 'Organization'} {n:03}",
            "kind": "state" if state else "international_organization",
            "region": 100 + n % SUBREGIONS if state else None,
            "is_fictional": True,
        }


def themes() -> Iterator[dict]:
    """Twenty themes on one level."""
    for n in range(1, THEMES + 1):
        slug = f"theme-{n:02}"
        yield {"id": n, "slug": slug, "name": f"Theme {n:02}", "path": f"{slug}/"}


def resolutions() -> Iterator[dict]:
    """Resolutions over twenty-five years."""
    for n in range(1, RESOLUTIONS + 1):
        adopted_on = FIRST + datetime.timedelta(days=n * 3)
        key = symbols.resolution_key(f"S/RES/{n}({adopted_on.year})")
        yield {"id": n, "key": key, "number": n, "year": adopted_on.year, "adopted_on": adopted_on}


WORDS = (
    *("cooperate", "exchange", "information", "legal", "assistance", "extradition", "evidence"),
    *("authority", "designate", "contact", "network", "report", "measure", "border", "financing"),
    *("traffic", "judicial", "police", "request", "channel", "language", "treaty", "law", "adopt"),
    *("strengthen", "capacity", "training", "record", "digital", "urgent", "transfer"),
)


def provisions(held: list[dict]) -> Iterator[dict]:
    """The paragraphs of the resolutions ``held``, twelve or so each."""
    forces = [each.value for each in Force if each.value]
    for n in range(PROVISIONS):
        resolution, chance = held[n % RESOLUTIONS], lots("provision", n)
        number = str(n // RESOLUTIONS + 1)
        summary = " ".join(chance.choices(WORDS, k=48)).capitalize() + "."
        yield {
            "id": n + 1,
            "key": symbols.provision_key(resolution["key"], number, "main"),
            "resolution": resolution["id"],
            "number": number,
            "path": symbols.sort_path(number, "main"),
            "eid": symbols.eid(number, "main"),
            "force": chance.choice(forces),
            "summary": summary,
            "adopted_on": resolution["adopted_on"],
            "themes": sorted(set(chance.choices(range(1, THEMES + 1), _skewed(), k=_few(chance)))),
            "due_on": _date_of(resolution["adopted_on"], chance),
        }


def _skewed() -> list[int]:
    return [THEMES + 4 - n for n in range(1, THEMES + 1)]


def _few(chance) -> int:
    return chance.choice((1, 1, 2, 2, 3))


def _date_of(adopted_on, chance) -> datetime.date | None:
    """When a paragraph falls due, if it does: from half a year to six years after adoption."""
    if chance.randrange(100) >= WITH_DATE:
        return None
    return adopted_on + datetime.timedelta(days=chance.randint(180, 2200))


def commitments(size: int, held: list[dict]) -> Iterator[dict]:
    """``size`` pairs of a paragraph and a body, spread evenly."""
    everybody = STATES + ORGANIZATIONS
    for n in range(size):
        provision = held[n % PROVISIONS]
        # Each round gives every paragraph one more body, and each paragraph another first one.
        body = (provision["id"] * 7 + n // PROVISIONS) % everybody + 1
        yield {
            "id": n + 1,
            "provision": provision["id"],
            "body": body,
            "role": CommitmentRole.ADDRESSEE.value,
            "starts_on": provision["adopted_on"],
        }


def history(commitment: dict, provision: dict) -> History:
    """What was reported, adopted and set of one commitment."""
    chance = lots("history", (commitment["id"] - 1) % BLOCK + 1)
    start = commitment["starts_on"]
    told = History(dates=_dates(provision))
    if chance.randrange(100) < REPORTED:
        told.said.append(_said(start, chance))
    if chance.randrange(100) < ASSESSED:
        told.concluded.append(_concluded(start, chance))
        if chance.randrange(100) < AGAIN:
            told.concluded.append(_concluded(told.concluded[0].on, chance, pk=1))
    return told


def _dates(provision) -> list[Due]:
    return [Due(provision["id"], 1, provision["due_on"])] if provision["due_on"] else []


def _is_open(chance) -> bool:
    return chance.randrange(100) >= CLOSED


def _said(start, chance) -> Said:
    position = chance.choice(Position.values)
    return Said(day_after(start, chance), 0, position, _is_open(chance))


def _concluded(start, chance, pk: int = 0) -> Concluded:
    """Of two on one day the later one counts, as in the tables."""
    on = day_after(start, chance)
    follow_up = on + datetime.timedelta(days=365)
    return Concluded(on, pk, chance.choice(Result.values), "", follow_up, _is_open(chance))
