"""The one question behind the matrix: how many commitments, by row, by column, with which result.

What answers it faster (a rollup) belongs here: everything else only arranges the answer.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from django.db.models import Count

from tracker.models import Theme
from tracker.models.commitments import CommitmentQuerySet
from tracker.models.known import ANY_THEME, NO_REGION
from tracker.reports.bars import Bar

#: One head of a row or a column: its kind and its id; the id of no region is None.
HeadId = tuple[str, int | None]


@dataclass(frozen=True)
class Side:
    """One side of the table: what commitments are grouped by, and the heads that count a group.

    ``by`` is a column of a commitment; ``heads`` maps a value of it to the heads that count it,
    such as a region and the regions around it.
    """

    by: str
    heads: Callable[[int | None], Iterable[HeadId]]


@dataclass
class Tally:
    """Bars by pair of heads, a bar over everything, and which groups were found.

    A pair without a commitment is missing.
    """

    cells: dict[tuple[HeadId, HeadId], Bar] = field(default_factory=dict)
    whole: Bar = field(default_factory=Bar)
    rows: set[int | None] = field(default_factory=set)
    columns: set[int | None] = field(default_factory=set)


def tally(commitments: CommitmentQuerySet, rows: Side, columns: Side) -> Tally:
    """Count ``commitments`` by ``rows`` × ``columns``, in one query.

    ``commitments`` comes from ``for_counting(on=…, viewer=…)``, narrowed as wished. Each
    commitment counts once in a cell, however many ways lead to it.
    """
    found, counts = Tally(), {}
    groups = commitments.values_list(rows.by, columns.by, "result").annotate(n=Count("pk"))
    for row, column, result, number in groups:
        counts.setdefault((row, column), Counter())[result] += number
    for (row, column), counter in counts.items():
        found.rows.add(row)
        found.columns.add(column)
        found.whole.counts.update(counter)
        _spread(found.cells, counter, list(rows.heads(row)), list(columns.heads(column)))
    return found


def arrange(
    counts: Mapping[tuple[int, int], Mapping[str, int]], rows: Side, columns: Side, *, whole: int
) -> Tally:
    """The same of ``counts`` by theme and region, as ``Tallied`` gives them.

    ``whole`` is the theme whose counts are those of everything.
    """
    found = Tally()
    heads_of_row = cache(lambda theme: list(rows.heads(theme)))
    heads_of_column = cache(lambda region: list(columns.heads(region)))
    for (theme, region), counter in counts.items():
        column = None if region == NO_REGION else region
        if theme == whole:
            found.whole.counts.update(counter)
        if theme != ANY_THEME:
            found.rows.add(theme)
            _spread(found.cells, counter, heads_of_row(theme), heads_of_column(column))
        found.columns.add(column)
    return found


def _spread(cells, counter, rows, columns):
    """Count one group in every cell that it belongs to."""
    for row in rows:
        for column in columns:
            bar = cells.get((row, column))
            if bar is None:
                bar = cells[row, column] = Bar()
            counts = bar.counts
            # As Counter.update does, which asks each time what it is given.
            for result, number in counter.items():
                counts[result] = counts.get(result, 0) + number


def chains(nodes: Iterable) -> dict[int, list[int]]:
    """Id → its own and those of everything around it, for rows that name their parent."""
    above = {node.pk: node.parent_id for node in nodes}
    return {pk: list(_upwards(pk, above)) for pk in above}


def _upwards(pk, above):
    while pk is not None:
        yield pk
        pk = above.get(pk)


def themes_with_provisions() -> tuple[list[Theme], list[tuple[int, int]]]:
    """Every theme in tree order, and pairs of a provision's id and that of a theme that it carries.

    One query for both.
    """
    columns = [field.attname for field in Theme._meta.concrete_fields]
    rows = Theme.objects.order_by("path").values_list("provisions", *columns)
    themes, pairs = {}, []
    for carrier, *values in rows:
        # One object for each theme, not one for each pair: there are tens of thousands of those.
        pk = values[0]
        if pk not in themes:
            themes[pk] = Theme.from_db(None, columns, values)
        if carrier:
            pairs.append((carrier, pk))
    return list(themes.values()), pairs


def themes_of_provisions(themes: Iterable[Theme], pairs) -> dict[int, set[int]]:
    """Provision id → ids of the themes that it carries, and of those around them."""
    around, found = chains(themes), {}
    for provision, theme in pairs:
        found.setdefault(provision, set()).update(around.get(theme, ()))
    return found
