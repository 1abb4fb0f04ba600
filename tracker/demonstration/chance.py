"""Chance that falls the same way every time: no clock, one seed, one generator per subject."""

import datetime
import random

SEED = 2322
#: The day on which the demonstration is meant to be looked at; nothing happens after it.
REFERENCE_DAY = datetime.date(2026, 11, 1)


def chance_of(*subject: str) -> random.Random:
    """Return a generator for one subject, so that another State more changes no other."""
    return random.Random("/".join((str(SEED), *subject)))  # noqa: S311 (no secret)


def pick(chance: random.Random, weights: dict[str, int]) -> str:
    """Return one of the keys, by weight."""
    return chance.choices(list(weights), weights=list(weights.values()))[0]


def day_between(chance: random.Random, first_year: int, last_year: int) -> str:
    """Return some day of these years, never after the reference day."""
    first = datetime.date(first_year, 1, 1)
    last = min(datetime.date(last_year, 12, 28), REFERENCE_DAY - datetime.timedelta(days=1))
    return (first + datetime.timedelta(days=chance.randint(0, (last - first).days))).isoformat()


def days_after(day: str, days: int) -> str:
    """Return the day that many days later (earlier when negative)."""
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()
