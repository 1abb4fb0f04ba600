"""The goals, each a ratio within one run, and how far what was measured is from them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.registers import POSTGRESQL, SQLITE

#: Of what was found at one size: the ratio; ``KeyError`` where it was not measured there.
Ratio = Callable[[dict], float]


@dataclass(frozen=True)
class Goal:
    """One ratio, and what it may be at most, or has to be at least."""

    question: str
    title: str
    aim: float
    ratio: Ratio
    at_most: bool = True
    #: Of all sizes together, not of the largest.
    of_all: bool = False
    #: Where PostgreSQL has another aim, since its tutorial is faster.
    on_postgresql: float = 0

    def reached(self, value: float, kind: str) -> bool:
        """Whether that is good enough on that database."""
        aim = self.on_postgresql if kind == POSTGRESQL and self.on_postgresql else self.aim
        return value <= aim if self.at_most else value >= aim

    @property
    def shown(self) -> str:
        """The aim in signs."""
        sign = "≤" if self.at_most else "≥"
        other = f" ({self.on_postgresql:.3g})" if self.on_postgresql else ""
        return f"{sign} {self.aim:.3g}{other}"


def to_limit(question: str) -> Ratio:
    """Our median by that of the limit."""
    return lambda had: _p50(had, question, "ours") / _p50(had, question, "limit")


def from_rival(question: str, rival: str = "tutorial") -> Ratio:
    """The median of a rival by ours."""
    return lambda had: _p50(had, question, rival) / _p50(had, question, "ours")


def _p50(had, question, system) -> float:
    return had["questions"][question][system]["p50"]


def _growth(question: str) -> Callable[[list[dict]], float]:
    def grown(several):
        first, last = several[0], several[-1]
        if first is last:
            raise KeyError
        return _p50(last, question, "ours") / _p50(first, question, "ours")

    return grown


def _part(part: str, *way: str) -> Ratio:
    def found(had):
        value = had[part]
        for name in way:
            value = value[name]
        return value

    return found


def _by(one: Ratio, other: Ratio) -> Ratio:
    return lambda had: one(had) / other(had)


def _rate(part, name, *way) -> Ratio:
    return _part(part, *way, name, "rate")


def _any(had) -> dict:
    return had["questions"]["Q1 any"]


#: Question → at most so many times the limit, at least so many times below the tutorial.
ANSWERED = {"Q1": (1.5, 50), "Q2": (1.3, 400), "Q3": (1.6, 150), "Q4": (1.6, 45), "Q5": (1.3, 10)}
GOALS = [
    *(
        Goal(name, "ours ÷ limit", most, to_limit(name))
        for name, (most, _least) in ANSWERED.items()
    ),
    *(
        Goal(
            *(name, "tutorial ÷ ours", least, from_rival(name)),
            at_most=False,
            on_postgresql=100 if name == "Q2" else 0,
        )
        for name, (_most, least) in ANSWERED.items()
    ),
    *(
        Goal(name, "largest ÷ smallest", 1.3, _growth(name), of_all=True)
        for name in ("Q1", "Q2", "Q3", "Q4")
    ),
    Goal(
        *("Q1", "eight clients: ours a second ÷ tutorial", 80),
        _by(_rate("eight", "ours"), _rate("eight", "tutorial")),
        at_most=False,
    ),
    Goal("Q1 any", "p95 ÷ p50", 3, lambda had: _any(had)["ours"]["p95"] / _any(had)["ours"]["p50"]),
    Goal(
        *("Q1 any", "planner p95 ÷ ours", 30),
        lambda had: _any(had)["limit"]["p95"] / _any(had)["ours"]["p95"],
        at_most=False,
    ),
    Goal(
        *("Q1 deep", "page 1,000 ÷ page 1", 1.2),
        _by(_part("deep", "deep", "p50"), _part("deep", "first", "p50")),
    ),
    Goal(
        *("page", "page ÷ JSON", 1.3),
        _by(_part("page", "page", "p50"), _part("page", "json", "p50")),
    ),
    Goal("page", "kB", 20, lambda had: had["page"]["bytes"] / 1000),
    Goal("page", "kB gzip", 4, lambda had: had["page"]["gzip"] / 1000),
    Goal("Q5", "Datasette ÷ ours", 1 / 0.85, from_rival("Q5", "datasette"), at_most=False),
    *(
        Goal(
            *("Q6", f"{form}: rows/s, ours ÷ limit", least),
            _by(_rate("exports", "ours", form), _rate("exports", "limit", form)),
            at_most=False,
        )
        for form, least in (("csv", 0.65), ("jsonl", 0.8))
    ),
    Goal(
        *("Q6", "csv: rows/s, ours ÷ tutorial", 8),
        _by(_rate("exports", "ours", "csv"), _rate("exports", "tutorial", "csv")),
        at_most=False,
    ),
    Goal("Q6", "MB grown", 100, _part("exports", "csv", "ours", "grown")),
    Goal(
        *("Q6", "list p99, two exports ÷ idle", 3),
        _by(_part("mixed", "ours", "busy"), _part("mixed", "ours", "idle")),
    ),
    Goal(
        *("Q7", "rows/s, ours ÷ limit", 0.6),
        _by(_rate("imports", "ours"), _rate("imports", "limit")),
        at_most=False,
    ),
    Goal(
        *("Q8", "writes/s, ours ÷ limit", 0.7),
        _by(_rate("writes", "ours"), _rate("writes", "limit")),
        at_most=False,
    ),
    Goal(
        *("Q8", "writes/s, ours ÷ tutorial", 4),
        _by(_rate("writes", "ours"), _rate("writes", "tutorial")),
        at_most=False,
    ),
    Goal(
        *("Q8", "p99 ÷ p50", 4),
        _by(_part("writes", "ours", "p99"), _part("writes", "ours", "p50")),
    ),
]


def rows(found: list[dict]) -> Iterator[list[str]]:
    """A line for each goal: what it is, and what came of it on either database."""
    for goal in GOALS:
        told = [_told(goal, found, kind) for kind in (SQLITE, POSTGRESQL)]
        if any(told):
            yield [goal.question, goal.title, goal.shown, *(each or "–" for each in told)]


def _told(goal: Goal, found: list[dict], kind: str) -> str:
    """What was measured at the largest size at which it was, and whether that is enough."""
    several = sorted((had for had in found if had["database"] == kind), key=lambda had: had["size"])
    for had in [several] if goal.of_all else reversed(several):
        try:
            value = goal.ratio(had)
        except (KeyError, IndexError):
            continue
        said = f"{value:.3g}" + ("" if goal.of_all else f" at {_short(had['size'])}")
        return f"**{said}**" if goal.reached(value, kind) else said
    return ""


def _short(size: int) -> str:
    return f"{size // 1_000_000}M" if size >= 1_000_000 else f"{size // 1000}k"
