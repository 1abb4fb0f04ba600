"""The questions, how their values are drawn, and what of an answer all must have in common."""

import datetime
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from bench import datasette
from bench.world import FIRST, LAST, WORDS
from tracker.vocabulary import Force, Position, Result

TODAY = datetime.date.today().isoformat()
#: System → what it is asked in one round.
Case = dict[str, str]


@dataclass(frozen=True)
class Question:
    """One question; ``goal`` is how many times the limit, and how much less than the tutorial.

    ``core`` takes from each answer what has to be the same.
    """

    name: str
    title: str
    goal: str
    draw: Callable[[random.Random], Case]
    core: dict[str, Callable]


def draw_list(chance: random.Random) -> Case:
    """Theme, region, result."""
    results = ["not_assessed", "partially_implemented", "fully_implemented"]
    asked = {
        "theme": f"theme-{chance.randint(1, 20):02}",
        "region": f"{chance.randint(100, 121)}",
        "result": chance.choice(results),
    }
    query = urlencode(asked)
    return {
        "ours": f"/api/v1/commitments/?{query}&sort=due",
        "limit": f"/list?{query}",
        "tutorial": f"/commitments/?{query}&ordering=due_on",
        "datasette": datasette.path_of(datasette.LIST, **asked),
    }


def draw_any(chance: random.Random) -> Case:
    """One to five of seven filters."""
    year = chance.randint(FIRST.year, LAST.year)
    drawn = {
        "theme": {"theme": f"theme-{chance.randint(1, 20):02}"},
        "region": {"region": chance.choice(["002", "003", "004", "005", "006", "104", "117"])},
        "body": {"body": f"X{chance.randint(1, 250):03}"},
        "result": {"result": chance.choice(["not_assessed", *Result.values])},
        "position": {"position": chance.choice(["not_reported", *Position.values])},
        "force": {"force": chance.choice([force for force in Force.values if force])},
        "due": {"due_after": f"{year}-01-01", "due_before": f"{year}-12-31"},
    }
    chosen = chance.sample(sorted(drawn), chance.randint(1, 5))
    query = urlencode([pair for name in chosen for pair in drawn[name].items()])
    return {"ours": f"/api/v1/commitments/?{query}&sort=due", "limit": f"/any?{query}"}


def draw_matrix(chance: random.Random) -> Case:
    """The whole register."""
    paths = {"ours": "/api/v1/matrix/", "limit": "/matrix", "tutorial": "/matrix/"}
    return paths | {"datasette": datasette.path_of(datasette.MATRIX, _size="max")}


def draw_past(chance: random.Random) -> Case:
    """The whole register on a past day, which no rival can answer."""
    day = datetime.date(2005, 1, 1) + datetime.timedelta(chance.randrange(7500))
    return {"ours": f"/api/v1/matrix/?on={day}"}


def draw_profile(chance: random.Random) -> Case:
    """One State."""
    body = f"X{chance.randint(1, 193):03}"
    return {
        "ours": f"/api/v1/bodies/{body}/profile/?fields=results,themes",
        "limit": f"/profile?body={body}",
        "tutorial": f"/profile/?body={body}",
        "datasette": datasette.path_of(datasette.PROFILE, body=body),
    }


def draw_overdue(chance: random.Random) -> Case:
    """Ten bodies."""
    bodies = [f"X{number:03}" for number in chance.sample(range(1, 194), 10)]
    named, joined = urlencode([("body", each) for each in bodies]), ",".join(bodies)
    told = {"today": TODAY, "bodies": json.dumps(bodies)}
    return {
        "ours": f"/api/v1/commitments/?{named}&timing=overdue&sort=due",
        "limit": f"/overdue?{named}&today={TODAY}",
        "tutorial": f"/commitments/?body={joined}&overdue_on={TODAY}&ordering=next_due_on",
        "datasette": datasette.path_of(datasette.OVERDUE, **told),
    }


def draw_search(chance: random.Random) -> Case:
    """Two words, neither of which another one begins with."""
    whole = [word for word in WORDS if not any(other != word and word in other for other in WORDS)]
    text = " ".join(chance.sample(whole, 2))
    return {
        "ours": f"/api/v1/search/?q={quote(text)}&noun=provision&page_size=20",
        "limit": f"/search?q={quote(text)}",
        "tutorial": f"/provisions/?search={quote(text)}&page_size=20",
        "datasette": datasette.path_of(datasette.SEARCH, q=text),
    }


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
SUMMED = {"tutorial": _themed, "datasette": _sum}
IN_CELLS = {"ours": _cells, "limit": lambda answer: _sum(answer["cells"]), **SUMMED}
IN_BARS = {"ours": _bars, "limit": lambda answer: _sum(answer["themes"]), **SUMMED}
LIST = Question(
    "Q1", "list by theme, region, result: 50 by date, total", "1.5 / 50", draw_list, COUNTED
)
QUESTIONS = [
    LIST,
    Question("Q1 any", "any 1–5 of 7 filters: 50 by date, total", "–", draw_any, COUNTED),
    Question("Q2", "matrix theme × region × result", "1.3 / 400", draw_matrix, IN_CELLS),
    Question("Q2 past", "the same on any past day", "none has it", draw_past, {}),
    Question("Q3", "one State by theme", "1.6 / 150", draw_profile, IN_BARS),
    Question("Q4", "50 longest overdue of ten bodies, total", "1.6 / 45", draw_overdue, COUNTED),
    Question("Q5", "full text, 20 best hits, total", "1.3 / 10", draw_search, COUNTED),
]
