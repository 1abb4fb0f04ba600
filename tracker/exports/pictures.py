"""Pictures as lists: the matrix, with a row for each cell that counts something and for each day
shown; the profile of a body, with a row for each theme and one for all of them.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.exports.sheets import DAY, WHOLE, Sheet, column
from tracker.models import Body, Theme
from tracker.reports.axes import Head
from tracker.reports.bars import Bar
from tracker.reports.matrix import Matrix
from tracker.reports.profile import Profile
from tracker.vocabulary import RESULTS

#: Cells that a file of a picture takes.
MOST = 200_000


@dataclass(frozen=True)
class CellRow:
    """What one row and one column had in common on one day."""

    on: datetime.date
    row: Head
    column: Head
    bar: Bar


def cell_rows(
    pages: Iterable[Matrix], on: datetime.date, against: datetime.date | None
) -> Iterator[CellRow]:
    """The cells of all pages in their order; with ``against``, each also as it stood then."""
    for page in pages:
        for row in page.rows:
            for head in page.columns:
                cell = page.cell(row, head)
                if cell is None:
                    continue
                yield CellRow(on, row, head, cell.bar)
                if against and cell.before is not None:
                    yield CellRow(against, row, head, cell.before)


def _name(head):
    return head.name or _("No region")


def _counted(key):
    return lambda row: row.bar.counts[key]


COUNTS = (
    column("total", gettext_lazy("Asked"), "bar.total", WHOLE, share=2),
    column("assessed", gettext_lazy("Assessed"), "bar.assessed", WHOLE, share=2),
    *(column(key, label, _counted(key), WHOLE, share=2) for key, label in RESULTS),
)
MATRIX = Sheet(
    Matrix,
    (
        column("on", gettext_lazy("As of"), kind=DAY, share=3),
        column("row_kind", gettext_lazy("Rows by"), "row.kind"),
        column("row", gettext_lazy("Row"), "row.key"),
        column("row_name", gettext_lazy("Row"), lambda each: _name(each.row), share=6),
        column("column_kind", gettext_lazy("Columns by"), "column.kind"),
        column("column", gettext_lazy("Column"), "column.key"),
        column("column_name", gettext_lazy("Column"), lambda each: _name(each.column), share=4),
        *COUNTS,
    ),
)


@dataclass(frozen=True)
class ThemeRow:
    """What is asked of a body under one theme, or under all of them."""

    body: Body
    theme: Theme | None
    bar: Bar


def theme_rows(found: Profile) -> list[ThemeRow]:
    """Everything that is asked, then each theme; one paragraph counts under each of its themes."""
    whole = ThemeRow(found.body, None, found.bar)
    return [whole, *(ThemeRow(found.body, each.node, each.bar) for each in found.themes)]


def _theme(row):
    return row.theme.name if row.theme else _("All themes")


PROFILE = Sheet(
    Profile,
    (
        column("body", gettext_lazy("Body"), "body.code"),
        column("body_name", gettext_lazy("Body"), "body.name", share=5),
        column("theme", gettext_lazy("Theme"), "theme.slug"),
        column("theme_name", gettext_lazy("Theme"), _theme, share=6),
        column("path", gettext_lazy("Path"), "theme.path"),
        *COUNTS,
    ),
)
