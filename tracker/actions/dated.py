"""Keeps the dated tallies in step with what is known: how many stood with which result, any day.

A span that is shown adds one to its result in the month in which it begins, and takes it away in
the month in which it ends; ``tracker.marks`` says at which days a month is counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.db import connection

from tracker.known import FOREVER
from tracker.marks import above, month_of
from tracker.models import Body, DatedTally, Known, Provision, Region
from tracker.models.known import ANY_THEME, NO_REGION, themes_of, with_those_above
from tracker.vocabulary import RESULTS, CommitmentRole

#: What tells dated tallies apart, and what they count.
COLUMNS = ("mark", "theme", "region", "eyes")
NUMBERS = tuple(key for key, _label in RESULTS)
#: What has to be known of a span to count it.
SPAN = ("provision_id", "body_id", "role", "eyes", "result", "shown_from", "shown_until")
AT_ONCE = 500
ROW = f"({', '.join(['%s'] * (len(COLUMNS) + len(NUMBERS)))})"
# Names of our own columns, no values.
ADD = f"""INSERT INTO tracker_datedtally ({", ".join((*COLUMNS, *NUMBERS))}) VALUES %s
ON CONFLICT ({", ".join(COLUMNS)}) DO UPDATE SET
{", ".join(f"{key} = tracker_datedtally.{key} + excluded.{key}" for key in NUMBERS)}"""  # noqa: S608

Cells = Mapping[tuple, Counter]


def count(
    *, gone: Iterable[Mapping], new: Iterable[Mapping], themes: Mapping[int, set[int]]
) -> None:
    """Count spans that went and came; each names its columns. ``themes`` as of ``themes_of``."""
    turns = Counter()
    for rows, step in ((gone, -1), (new, 1)):
        for row in rows:
            _turn(turns, row, step)
    turns = {turn: step for turn, step in turns.items() if step}
    if turns:
        _add(_spread(_by_subject(turns, themes, _regions({turn[2] for turn in turns}))))


def move(provision: Provision, themes_before: Iterable[str]) -> None:
    """Count the commitments of a provision under its themes now, and no longer under the old."""
    turns = _turns(Known.objects.filter(provision=provision))
    regions = _regions({turn[2] for turn in turns})
    before = {provision.pk: with_those_above(themes_before) - {ANY_THEME}}
    now = {provision.pk: themes_of({provision.pk})[provision.pk] - {ANY_THEME}}
    change = _by_subject(turns, now, regions)
    change.subtract(_by_subject(turns, before, regions))
    _add(_spread(change))


def move_body(body: Body, region_before: str | None) -> None:
    """Count the commitments of a body in the region it lies in now, and no longer in the old."""
    turns = _turns(Known.objects.filter(body=body))
    themes = themes_of({provision for _month, provision, *_rest in turns})
    left = Region.objects.filter(code=region_before).values_list("pk", flat=True).first()
    change = _by_subject(turns, themes, {body.pk: body.region_id or NO_REGION})
    change.subtract(_by_subject(turns, themes, {body.pk: left or NO_REGION}))
    _add(_spread(change))


def recount() -> dict[tuple, tuple]:
    """The dated tallies as they follow from what is known, counted one by one."""
    turns, themes, regions = Counter(), themes_of(None), _regions(None)
    rows = Known.objects.filter(role=CommitmentRole.ADDRESSEE).order_by()
    found = Counter()
    for number, row in enumerate(rows.values(*SPAN).iterator(chunk_size=5000)):
        _turn(turns, row, 1)
        if number % 100_000 == 0:
            found.update(_by_subject(turns, themes, regions))
            turns.clear()
    found.update(_by_subject(turns, themes, regions))
    return {tuple(cell): numbers for *cell, numbers in _rows(_spread(found))}


def kept() -> dict[tuple, tuple]:
    """The dated tallies that are kept, without those that count nothing."""
    rows = DatedTally.objects.order_by().values_list(*COLUMNS, *NUMBERS)
    split = ((row[: len(COLUMNS)], row[len(COLUMNS) :]) for row in rows)
    return {cell: numbers for cell, numbers in split if any(numbers)}


def rebuild() -> None:
    """Replace what is kept by a recount."""
    DatedTally.objects.all().delete()
    _write((*cell, *numbers) for cell, numbers in sorted(recount().items()))


def _turns(rows) -> Counter:
    turns = Counter()
    for row in rows.order_by().values(*SPAN):
        _turn(turns, row, 1)
    return turns


def _turn(turns: Counter, row: Mapping, step: int) -> None:
    """Add the months in which a span begins and ends to count; supporting roles do not count."""
    if row["role"] != CommitmentRole.ADDRESSEE or row["shown_from"] >= row["shown_until"]:
        return
    of = (row["provision_id"], row["body_id"], row["eyes"], row["result"])
    turns[month_of(row["shown_from"]), *of] += step
    if row["shown_until"] != FOREVER:
        turns[month_of(row["shown_until"]), *of] -= step


def _by_subject(turns: Mapping[tuple, int], themes, regions) -> Counter:
    """Turns of provisions and bodies as turns of the themes and regions that they count under."""
    found = Counter()
    for (month, provision, body, eyes, result), step in turns.items():
        for theme in themes[provision]:
            found[month, theme, regions[body], eyes, result] += step
    return found


def _spread(turns: Mapping[tuple, int]) -> Cells:
    """Turns of months counted at every mark above them."""
    cells: dict[tuple, Counter] = defaultdict(Counter)
    for (month, theme, region, eyes, result), step in turns.items():
        for mark in above(month) if step else ():
            cells[mark, theme, region, eyes][result] += step
    return cells


def _regions(bodies: set[int] | None) -> dict[int, int]:
    rows = Body.objects.order_by()
    if bodies is not None:
        rows = rows.filter(pk__in=bodies)
    return {pk: region or NO_REGION for pk, region in rows.values_list("pk", "region")}


def _rows(cells: Cells) -> Iterator[tuple]:
    """Rows that change anything, in one order so that two writers never wait for each other."""
    for cell in sorted(cells):
        numbers = tuple(cells[cell][key] for key in NUMBERS)
        if any(numbers):
            yield (*cell, numbers)


def _add(cells: Cells) -> None:
    _write((*cell, *numbers) for *cell, numbers in _rows(cells))


def _write(rows: Iterable[tuple]) -> None:
    """Add rows to what is kept, some hundred a statement."""
    rows = list(rows)
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        with connection.cursor() as cursor:
            values = [value for row in some for value in row]
            cursor.execute(ADD % ", ".join([ROW] * len(some)), values)
