"""How much is tried: a part in ``make test``, more of the same where there is time (THOROUGH=1)."""

import os

import pytest

THOROUGH = bool(os.environ.get("THOROUGH"))

#: What is only tried with THOROUGH=1: as a decorator, or as the marks of one set of parameters.
thorough = pytest.mark.thorough


def examples(many: int) -> int:
    """How many random cases a property is tried on: ``many``, or a tenth of them, at least 3."""
    return many if THOROUGH else max(3, many // 10)


def some(*values, quick: int = 1) -> list:
    """Parameters of a test, of which only the first ``quick`` are tried without THOROUGH=1.

    What is named again further on is tried once, at its first place.
    """
    values = list(dict.fromkeys(values))
    rest = [pytest.param(*_set_of(value), marks=thorough) for value in values[quick:]]
    return [*values[:quick], *rest]


def _set_of(value) -> tuple:
    return value if isinstance(value, tuple) else (value,)
