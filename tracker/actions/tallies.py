"""Keeps the tallies of results in step with what is known, by adding and taking away."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.db import connection

from tracker.models import Known, Provision, Tally, Theme
from tracker.models.known import ANY_THEME

#: What one tally counts: the columns that tell tallies apart.
COLUMNS = ("theme", "body_id", "role", "eyes", "result")
ADD = """INSERT INTO tracker_tally (theme, body_id, role, eyes, result, number)
VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (theme, body_id, role, eyes, result)
DO UPDATE SET number = tracker_tally.number + excluded.number"""
TAKE = """UPDATE tracker_tally SET number = number - %s
WHERE theme = %s AND body_id = %s AND role = %s AND eyes = %s AND result = %s"""


def count(*, gone: Iterable[Mapping], new: Iterable[Mapping]) -> None:
    """Count rows of what is known that went and came; each names its columns."""
    change = Counter()
    for rows, step in ((gone, -1), (new, 1)):
        for row in rows:
            if row["current"]:
                change[_cell(row)] += step
    change = {cell: step for cell, step in change.items() if step}
    if change:
        _add(_by_theme(change, _themes({provision for provision, *_rest in change})))


def move(provision: Provision, themes_before: Iterable[str]) -> None:
    """Count the commitments of a provision under its themes now, and no longer under the old."""
    rows = Known.objects.filter(provision=provision, current=True).order_by()
    cells = Counter(_cell(row) for row in rows.values("provision_id", *COLUMNS[1:]))
    before = {provision.pk: _with_those_above(themes_before) - {ANY_THEME}}
    now = {provision.pk: _themes({provision.pk})[provision.pk] - {ANY_THEME}}
    change = _by_theme(cells, now)
    change.subtract(_by_theme(cells, before))
    _add(change)


def recount() -> dict[tuple, int]:
    """The tallies as they follow from what is known, counted one by one."""
    found = Counter()
    rows = Known.objects.filter(current=True).order_by()
    themes = _themes(None)
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


def _themes(provisions: set[int] | None) -> dict[int, set[int]]:
    """The themes that each provision counts under: its own, those above them, and any."""
    above = _all_above()
    links = Provision.themes.through.objects.order_by()
    if provisions is not None:
        links = links.filter(provision__in=provisions)
    found = defaultdict(lambda: {ANY_THEME})
    for provision, theme in links.values_list("provision_id", "theme_id"):
        found[provision] = found[provision] | above[theme]
    return found


def _all_above() -> dict[int, set[int]]:
    """Each theme with itself and the themes that it lies within."""
    paths = dict(Theme.objects.order_by().values_list("path", "pk"))
    return {
        pk: {at for path, at in paths.items() if whole.startswith(path)}
        for whole, pk in paths.items()
    }


def _with_those_above(slugs) -> set[int]:
    above = _all_above()
    themes = Theme.objects.filter(slug__in=list(slugs)).order_by().values_list("pk", flat=True)
    return {ANY_THEME}.union(*(above[pk] for pk in themes))


def _add(change: Mapping[tuple, int]) -> None:
    """Add to the tallies, in one order so that two writers never wait for each other."""
    rising = [(*cell, step) for cell, step in sorted(change.items()) if step > 0]
    falling = [(-step, *cell) for cell, step in sorted(change.items()) if step < 0]
    with connection.cursor() as cursor:
        cursor.executemany(ADD, rising)
        cursor.executemany(TAKE, falling)
