"""Keeps the tallies of results in step with what is known, by adding and taking away.

Those of any day are kept along (``dated``).
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import connection

from tracker.actions import dated
from tracker.models import Known, Provision, Tally
from tracker.models.known import ANY_THEME, themes_of, with_those_above

#: What one tally counts: the columns that tell tallies apart.
COLUMNS = ("theme", "body_id", "role", "eyes", "result")
ADD = """INSERT INTO tracker_tally (theme, body_id, role, eyes, result, number)
VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (theme, body_id, role, eyes, result)
DO UPDATE SET number = tracker_tally.number + excluded.number"""
TAKE = """UPDATE tracker_tally SET number = number - %s
WHERE theme = %s AND body_id = %s AND role = %s AND eyes = %s AND result = %s"""


def count(*, gone: Iterable[Mapping], new: Iterable[Mapping]) -> None:
    """Count rows of what is known that went and came; each names its columns."""
    gone, new, change = list(gone), list(new), Counter()
    themes = themes_of({row["provision_id"] for row in (*gone, *new)}) if gone or new else {}
    dated.count(gone=gone, new=new, themes=themes)
    for rows, step in ((gone, -1), (new, 1)):
        for row in rows:
            if row["current"]:
                change[_cell(row)] += step
    change = {cell: step for cell, step in change.items() if step}
    if change:
        _add(_by_theme(change, themes))


def move(provision: Provision, themes_before: Iterable[str]) -> None:
    """Count the commitments of a provision under its themes now, and no longer under the old."""
    rows = Known.objects.filter(provision=provision, current=True).order_by()
    cells = Counter(_cell(row) for row in rows.values("provision_id", *COLUMNS[1:]))
    before = {provision.pk: with_those_above(themes_before) - {ANY_THEME}}
    now = {provision.pk: themes_of({provision.pk})[provision.pk] - {ANY_THEME}}
    change = _by_theme(cells, now)
    change.subtract(_by_theme(cells, before))
    _add(change)
    dated.move(provision, themes_before)


def recount() -> dict[tuple, int]:
    """The tallies as they follow from what is known, counted one by one."""
    found = Counter()
    rows = Known.objects.filter(current=True).order_by()
    themes = themes_of(None)
    for row in rows.values("provision_id", *COLUMNS[1:]).iterator(chunk_size=5000):
        provision, *rest = _cell(row)
        for theme in themes[provision]:
            found[theme, *rest] += 1
    return dict(found)


def kept() -> dict[tuple, int]:
    """The tallies that are kept, without those that count nothing."""
    rows = Tally.objects.filter(number__gt=0).order_by().values_list(*COLUMNS, "number")
    return {tuple(cell): number for *cell, number in rows}


def rebuild() -> None:
    """Replace what is kept by a recount."""
    dated.rebuild()
    Tally.objects.all().delete()
    Tally.objects.bulk_create(
        (
            Tally(**dict(zip(COLUMNS, cell, strict=True)), number=number)
            for cell, number in recount().items()
        ),
        batch_size=500,
    )


def _cell(row) -> tuple:
    return tuple(row[name] for name in ("provision_id", *COLUMNS[1:]))


def _by_theme(cells: Mapping[tuple, int], themes: Mapping[int, set[int]]) -> Counter:
    """Cells of provisions turned into cells of the themes that each provision counts under."""
    found = Counter()
    for (provision, *rest), number in cells.items():
        for theme in themes[provision]:
            found[theme, *rest] += number
    return found


def _add(change: Mapping[tuple, int]) -> None:
    """Add to the tallies, in one order so that two writers never wait for each other."""
    rising = [(*cell, step) for cell, step in sorted(change.items()) if step > 0]
    falling = [(-step, *cell) for cell, step in sorted(change.items()) if step < 0]
    with connection.cursor() as cursor:
        cursor.executemany(ADD, rising)
        cursor.executemany(TAKE, falling)
