"""The matrix: the register as one table, each cell with its counts, on one day or on two."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tracker.models import Body
from tracker.models.commitments import CommitmentQuerySet
from tracker.models.known import ANY_THEME
from tracker.reports.axes import (
    BODIES,
    Axis,
    Chosen,
    Head,
    RegionColumns,
    ThemesAlone,
    body_head,
    row_axis,
)
from tracker.reports.bars import Bar
from tracker.reports.tallied import Tallied
from tracker.reports.tally import Tally, arrange, tally

#: Rows at the top of one page.
ROWS_SHOWN = 40


@dataclass(frozen=True)
class Cell:
    """What one row and one column have in common; ``before`` is None when one day is shown."""

    bar: Bar
    before: Bar | None = None

    @property
    def moved(self) -> bool:
        """Whether the counts differ between the two days."""
        return self.before is not None and self.before.counts != self.bar.counts


@dataclass
class Matrix:
    """Rows and columns in the order they are drawn, and the cells that count something."""

    rows: list[Head]
    columns: list[Head]
    cells: dict[tuple, Cell]
    whole: Cell
    #: How many rows there are at the top, of which ``rows`` shows one page.
    total: int = 0

    @property
    def pages(self) -> int:
        """How many pages of rows there are, at least one."""
        return max(1, -(-self.total // ROWS_SHOWN))

    def cell(self, row: Head, column: Head) -> Cell | None:
        """What stands where they meet; None when no commitment does."""
        return self.cells.get((row.id, column.id))


@dataclass
class Question:
    """What the matrix is asked: which rows and columns, which are opened, which page of rows."""

    rows: str = "theme"
    columns: str = "region"
    chosen: Chosen = field(default_factory=Chosen)
    page: int = 1

    @property
    def part(self) -> slice:
        """The rows at the top that the page shows."""
        return slice((self.page - 1) * ROWS_SHOWN, self.page * ROWS_SHOWN)

    @property
    def is_of_themes_and_regions(self) -> bool:
        """Whether all that is asked for are themes and regions, with no paragraph among them."""
        kinds = {kind for kind, _key in self.chosen.opened}
        return (self.rows, self.columns) == ("theme", "region") and kinds <= {"region"}


@dataclass(frozen=True)
class Told:
    """The tallies of what the matrix counts, and its day or days, the one shown first."""

    tallied: Tallied
    days: list[datetime.date]


def told(filterset, *days: datetime.date | None) -> Told | None:
    """The tallies of a valid ``MatrixFilter``; None where its rows have to be counted."""
    question = read_question(filterset.form.cleaned_data)
    if not question.is_of_themes_and_regions or filterset.subject is None:
        return None
    return Told(Tallied(filterset.viewer, filterset.subject), [day for day in days if day])


def read_question(chosen: Mapping, page: int = 1) -> Question:
    """What the values of a valid ``MatrixFilter`` ask, by name."""
    rows = {(row._meta.model_name, row.public_key) for row in chosen["open_row"]}
    columns = {("region", region.code) for region in chosen["open_column"]}
    heads = Chosen(chosen["theme"], chosen["region"], rows | columns)
    return Question(chosen["rows"] or "theme", chosen["columns"] or "region", heads, page)


def matrix(
    now: CommitmentQuerySet,
    question: Question,
    *,
    before: CommitmentQuerySet | None = None,
    told: Told | None = None,
) -> Matrix:
    """Arrange ``now`` and, where given, ``before``: the same commitments as of an earlier day.

    Both come from ``for_counting(on=…, viewer=…)``, narrowed alike. "Not assessed" is a result
    of its own. A constant number of queries, whatever is counted; where the tallies can tell,
    ``told`` reads them instead of counting the rows, with the same result.
    """
    regions = RegionColumns(question.chosen)
    rows, counted = _tell(told, question, regions) if told else (None, None)
    if counted is None:
        rows = row_axis(question.rows, question.chosen)
        days = [now] if before is None else [now, before]
        counted = [_count(day, question, rows, regions) for day in days]
    columns = _columns(counted, question, regions)
    groups = rows.heads({pk for each in counted for pk in each.rows})
    return Matrix(
        rows=[head for group in groups[question.part] for head in group],
        columns=columns,
        cells=_cells(counted),
        whole=Cell(counted[0].whole, counted[1].whole if len(counted) > 1 else None),
        total=len(groups),
    )


@dataclass
class Counted:
    """The counts of one day: by the columns asked for, and by the bodies of those opened."""

    main: Tally
    opened: Tally | None

    @property
    def cells(self) -> dict:
        """All cells."""
        return self.main.cells | (self.opened.cells if self.opened else {})

    @property
    def rows(self) -> set:
        """The groups of rows that count something."""
        return self.main.rows

    @property
    def whole(self) -> Bar:
        """Everything that is counted."""
        return self.main.whole

    @property
    def bodies(self) -> set:
        """The bodies that stand in columns of their own, where regions are counted."""
        return self.opened.columns if self.opened else set()


def _count(commitments, question: Question, rows: Axis, regions: RegionColumns) -> Counted:
    if question.columns == "body":
        return Counted(tally(commitments, rows.side, BODIES), None)
    main = tally(commitments, rows.side, regions.side())
    within = regions.within(main.columns)
    opened = None if within is None else tally(commitments.filter(within), rows.side, BODIES)
    return Counted(main, opened)


def _tell(told: Told, question: Question, regions: RegionColumns):
    """The rows and the counts of each day from the tallies; nothing where bodies have columns."""
    if regions.opens_bodies():
        return None, None
    rows = ThemesAlone(question.chosen).axis()
    whole = told.tallied.subject.theme or ANY_THEME
    counts = [told.tallied.by_theme_and_region(day) for day in told.days]
    mains = [arrange(each, rows.side, regions.side(), whole=whole) for each in counts]
    # Bodies that lie in an open region, but in none of its subregions.
    if any(regions.within(main.columns) is not None for main in mains):
        return None, None
    return rows, [Counted(main, None) for main in mains]


def _columns(counted: list[Counted], question: Question, regions: RegionColumns) -> list[Head]:
    found = {pk for each in counted for pk in each.main.columns}
    if question.columns == "body":
        bodies = [(regions.block_of(body), body) for body in _bodies(found)]
        bodies.sort(key=lambda pair: (not pair[0], pair[0]))
        return [replace(body_head(body), block=block) for block, body in bodies]
    wanted = {pk for each in counted for pk in each.bodies}
    return regions.heads(found, _bodies(wanted) if wanted else ())


def _bodies(pks) -> list[Body]:
    return list(Body.objects.filter(pk__in=pks).order_by("name", "code"))


def _cells(counted: list[Counted]) -> dict[tuple, Cell]:
    now = counted[0].cells
    if len(counted) == 1:
        return {pair: Cell(bar) for pair, bar in now.items()}
    before = counted[1].cells
    return {
        pair: Cell(now.get(pair, Bar()), before.get(pair, Bar())) for pair in now.keys() | before
    }
