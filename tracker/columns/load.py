"""Reads the columns from the database, words as numbers and days as numbers of days."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

import numpy as np
from django.db.models import Case, F, Func, IntegerField, Value, When

from tracker.columns.table import DAYS, TYPES, WORDS, Subjects
from tracker.models import Body, Known, Provision
from tracker.vocabulary import POSITIONS, RESULTS, CommitmentRole, Effect, Eyes, Force, Timing

CHUNK = 50_000
#: The words of each column, in the order of their numbers.
LISTS = {
    "eyes": Eyes.values,
    "role": CommitmentRole.values,
    "position": [key for key, _label in POSITIONS],
    "result": [key for key, _label in RESULTS],
    "effect": ["", *Effect.values],
    "met": ["", *Timing.values],
    "force": ["", *(key for key in Force.values if key)],
}
CODES = {name: {word: code for code, word in enumerate(words)} for name, words in LISTS.items()}


class DayNumber(Func):
    """A day as ``date.toordinal`` has it, 0 for none."""

    output_field = IntegerField()

    def as_sqlite(self, compiler, connection, **context):
        template = "COALESCE(CAST(julianday(%(expressions)s) - 1721424.5 AS INTEGER), 0)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler, connection, **context):
        template = "COALESCE(%(expressions)s - DATE '0001-01-01' + 1, 0)"
        return self.as_sql(compiler, connection, template=template, **context)


def _code(name: str) -> Case:
    whens = [When(**{name: word}, then=Value(code)) for word, code in CODES[name].items()]
    return Case(*whens, output_field=IntegerField())


def columns_of(known) -> dict[str, np.ndarray]:
    """The columns of these rows of what is known."""
    codes = {f"{name}_code": _code(name) for name in WORDS}
    days = {f"{name}_day": DayNumber(F(name)) for name in DAYS}
    named = {
        "commitment": "commitment_id",
        "provision": "provision_id",
        "body": "body_id",
        **{name: f"{name}_code" for name in WORDS},
        "evidence_count": "evidence_count",
        **{name: f"{name}_day" for name in DAYS},
    }
    rows = known.order_by().annotate(**codes, **days).values_list(*named.values())
    chunks = [
        [chunk[:, place].astype(TYPES[name]) for place, name in enumerate(named)]
        for chunk in _chunks(rows.iterator(chunk_size=CHUNK), len(named))
    ]
    return {
        name: np.concatenate([each[place] for each in chunks]) for place, name in enumerate(named)
    }


def _chunks(rows: Iterable[tuple], width: int):
    """The rows in arrays of some thousand each; one empty array where there are none."""
    rows = iter(rows)
    yield np.zeros((0, width), np.int64)
    while some := list(islice(rows, CHUNK)):
        yield np.array(some, np.int64)


def everything() -> dict[str, np.ndarray]:
    """The columns of all that is current."""
    return columns_of(Known.objects.filter(current=True))


def subjects() -> Subjects:
    """What is asked of every provision and every body, as the database sorts them."""
    shown = ("pk", "force", "softened", "resolution__year", "resolution__number", "path")
    provisions = list(Provision.objects.order_by(*shown[3:]).values_list(*shown))
    bodies = list(Body.objects.order_by("name", "code").values_list("pk", "name", "code"))
    return Subjects(
        _ranks((pk, place) for pk, _force, _softened, *place in provisions),
        _ranks((pk, place) for pk, *place in bodies),
        _ranks((pk, name) for pk, name, _code in bodies),
        _by_id({pk: CODES["force"][force] for pk, force, *_rest in provisions}),
        _by_id({pk: softened for pk, _force, softened, *_rest in provisions}).astype(bool),
        _themes(),
    )


def _themes() -> dict[int, np.ndarray]:
    links = Provision.themes.through.objects.order_by().values_list("theme", "provision")
    found = defaultdict(list)
    for theme, provision in links:
        found[theme].append(provision)
    return {theme: np.array(provisions) for theme, provisions in found.items()}


def _ranks(rows: Iterable[tuple]) -> np.ndarray:
    """Ranks by id of rows that come in order; those that stand equal have the same."""
    ranks, rank, before = {}, 0, None
    for pk, place in rows:
        rank += place != before
        ranks[pk], before = rank, place
    return _by_id(ranks)


def _by_id(values: dict[int, int]) -> np.ndarray:
    """The values of some ids, at the places of the ids."""
    found = np.zeros(max(values, default=0) + 1, np.int64)
    found[list(values)] = list(values.values())
    return found
