"""The matrix: the register as one table, replayed for any day, and two days side by side."""

from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.dashboard.addresses import READABLE, Day, address
from tracker.dashboard.bars import Drawing, draw
from tracker.dashboard.cells import CLASSES, Cells
from tracker.dashboard.pictures import Picture, PictureView
from tracker.dashboard.words import LABELS, LETTERS
from tracker.exports.forms import FORMS, TooMany
from tracker.filters.pictures import COLUMNS, ROWS, MatrixFilter
from tracker.handouts import permanent_address, pictured
from tracker.listings import on_day
from tracker.reports.axes import Head
from tracker.reports.levels import highest_level
from tracker.reports.matrix import Matrix, matrix, read_question, told
from tracker.reports.moves import moves
from tracker.vocabulary import Classification, CommitmentRole

#: Columns that one table has room for; what does not fit stands in the next one.
COLUMNS_SHOWN = 60
#: Beyond so many cells with counts, a cell has one link and no letters of its own.
MOST_FULL = 200
#: How much room the cells of a page have, in bytes; beyond it script makes their links.
ROOM = 125_000
#: What a cell takes with its links, about, in bytes: one result, the same where it may have
#: changed, counts in full and in brief.
SINGLE, SINGLE_MOVED, FULL, BRIEF = 130, 165, 620, 330
#: Beyond so many cells with a result, letters stand without words.
MOST_WORDS = 2_500


@dataclass(frozen=True)
class ShownHead:
    """A head with where it leads: its own page, and this page with its parts shown or not."""

    head: Head
    name: str
    href: str
    toggle: str
    query: str


@dataclass(frozen=True)
class ShownRow:
    """A row with its cells, drawn."""

    heading: ShownHead
    cells: SafeString


@dataclass(frozen=True)
class Block:
    """One table; ``groups`` names the regions that its columns lie in, with how many each has.

    ``corner`` is the resolution, where all rows are paragraphs of one.
    """

    groups: list[tuple[str, int]]
    columns: list[ShownHead]
    rows: list[ShownRow]
    corner: str


class MatrixPage(PictureView):
    """``/matrix/?rows=provision&columns=body``."""

    family = "matrix"
    filterset = MatrixFilter
    doors = ("page", "format")
    # Bodies have columns; suggesting each of them again would be a tenth of the page.
    panel = ("theme", "resolution", "provision", "region", "kind", "force")

    def file(self, picture):
        """All cells as a file, when the address asks for one; None otherwise."""
        wanted = picture.data.get("format")
        if wanted is None:
            return None
        if wanted not in FORMS:
            message = _("“%(value)s” is not one of: %(allowed)s.")
            picture.refuse("format", message % {"value": wanted, "allowed": ", ".join(FORMS)})
        if "page" in picture.data:
            message = _("A file holds all rows; leave “%(name)s” out.")
            picture.refuse("page", message % {"name": "page"})
        if picture.problems:
            return None
        try:
            address = permanent_address(self.request, self.on)
            return pictured(FORMS[wanted], picture.filterset, address=address)
        except TooMany as error:
            picture.refuse("format", str(error))
            return None

    def context(self, picture):
        filterset = picture.filterset
        against = filterset.chosen("against")
        number = read_page(picture)
        question = read_question(filterset.form.cleaned_data, number)
        before = on_day(filterset, against) if against else None
        tallies = told(filterset, self.on, against)
        found = matrix(filterset.qs, question, before=before, told=tallies)
        if number > found.pages:
            picture.refuse("page", _("There is no page %(number)d.") % {"number": number})
        return {
            "matrix": found,
            "question": question,
            "downloads": [
                (form.label, picture.to(format=key, page=None)) for key, form in FORMS.items()
            ],
            "row_names": ROWS,
            "column_names": COLUMNS,
            "against": against,
            "number": number,
            "page_links": [(each, picture.to(page=each)) for each in range(1, found.pages + 1)],
            "drawn": self.draw_whole(picture, found),
            "level": self.level(filterset.qs, found, many=tallies is not None),
            "moved": moves(filterset.qs, since=against, viewer=self.viewer) if against else None,
            "moved_query": self.moved_query(picture, against),
            "key": [(CLASSES[key], LETTERS[key], label) for key, label in LABELS["result"].items()],
            **Drawn(picture, found, self.day).context(),
        }

    def level(self, commitments, found: Matrix, *, many: bool) -> Classification:
        """How confidential the picture is; where nothing is assessed, there is nothing to ask."""
        if not found.whole.bar.assessed:
            return Classification.PUBLIC
        return highest_level(commitments, viewer=self.viewer, on=self.on, many=many)

    def draw_whole(self, picture: Picture, found: Matrix) -> Drawing:
        """The bar over everything that is counted."""
        query = self.link(picture, role=CommitmentRole.ADDRESSEE)
        return draw(found.whole.bar, day=self.day, query=query)

    def moved_query(self, picture, against) -> str:
        """The list of what has another result than on the other day."""
        if not against:
            return ""
        more = {"role": CommitmentRole.ADDRESSEE, "moved_since": against.isoformat()}
        return address("commitments", day=self.day, **self.link(picture, **more))


def read_page(picture: Picture) -> int:
    """The number of the page; one that is none is a problem of the address."""
    text = picture.data.get("page", "1")
    if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text):
        return int(text)
    picture.refuse("page", _("“%(text)s” is no whole number from 1 on.") % {"text": text})
    return 1


def pack(columns: list[Head]) -> list[list[list[Head]]]:
    """The columns as tables of groups, one group a region, as far as a table has room."""
    tables: list[list[list[Head]]] = []
    room = 0
    for _block, group in groupby(columns, key=lambda head: head.block):
        heads = list(group)
        if not tables or len(heads) > room:
            tables.append([])
            room = COLUMNS_SHOWN
        tables[-1].append(heads)
        room -= len(heads)
    return tables


def common_resolution(heads: list[Head]) -> str:
    """The symbol of the resolution that all rows are paragraphs of; empty when there is none."""
    symbols = {head.name.partition(" ¶")[0] for head in heads}
    provisions = all(head.kind == "provision" for head in heads)
    return symbols.pop() if provisions and len(symbols) == 1 else ""


class Drawn:
    """Rows and cells made ready for the template."""

    def __init__(self, picture: Picture, found: Matrix, day: Day):
        self.picture, self.found, self.day = picture, found, day
        shown = [found.cell(row, column) for row in found.rows for column in found.columns]
        cells = [cell for cell in shown if cell]
        single = [cell for cell in cells if cell.bar.total <= 1]
        many = len(cells) - len(single)
        one = SINGLE if found.whole.before is None else SINGLE_MOVED
        self.linked = len(single) * one + many * (BRIEF if many > MOST_FULL else FULL) <= ROOM
        self.pairs: dict[Head, str] = {}
        self.starts: dict[tuple[str, str], str] = {}
        self.cells = Cells(
            linked=self.linked,
            words=sum(cell.bar.assessed for cell in single) <= MOST_WORDS,
            brief=many > MOST_FULL,
            assessed_query=f"&amp;assessed_before={day.on.isoformat()}",
        )

    def context(self) -> dict:
        """What the template needs."""
        return {
            "blocks": [self.block(groups) for groups in pack(self.found.columns)],
            "linked": self.linked,
            "base": "" if self.linked else self.start(self.kinds()),
            "narrow": any(head.kind == "body" for head in self.found.columns),
        }

    def block(self, groups: list[list[Head]]) -> Block:
        """One table; rows that have nothing in it are left out."""
        columns = [column for group in groups for column in group]
        heads = [head for head in self.found.rows if self.has_any(head, columns)]
        corner = common_resolution(heads) if columns[0].kind == "body" else ""
        named = [replace(head, name=head.name.removeprefix(f"{corner} ")) for head in heads]
        return Block(
            [(group[0].block or str(_("No region")), len(group)) for group in groups],
            [self.shown(column, "open_column") for column in columns],
            [self.row(head, columns) for head in named],
            corner,
        )

    def kinds(self) -> tuple:
        """What rows and columns narrow; script adds it to how an address begins."""
        return tuple({head.kind for head in (*self.found.rows, *self.found.columns)})

    def has_any(self, row: Head, columns) -> bool:
        """Whether the row counts anything in these columns."""
        return any((row.id, column.id) in self.found.cells for column in columns)

    def row(self, head: Head, columns) -> ShownRow:
        """One row, drawn."""
        drawn = [
            self.cells.draw(self.found.cell(head, column), self.href(head, column))
            for column in columns
        ]
        return ShownRow(self.shown(head, "open_row"), SafeString("".join(drawn)))

    def href(self, row: Head, column: Head) -> str:
        """The list behind a cell, escaped; nothing where script makes the links."""
        if not self.linked:
            return ""
        start = escape(self.start((row.kind, column.kind)))
        return f"{start}&amp;{self.pair(row)}&amp;{self.pair(column)}"

    def start(self, kinds: tuple) -> str:
        """How the address of a list begins: the filters that heads of these kinds do not narrow."""
        if kinds not in self.starts:
            subjects = self.picture.filterset.subjects.items()
            query = {"role": CommitmentRole.ADDRESSEE, **self.day.query}
            query |= {name: values for name, values in subjects if name not in kinds}
            text = urlencode(query, doseq=True, safe=READABLE)
            self.starts[kinds] = f"{address('commitments')}?{text}"
        return self.starts[kinds]

    def pair(self, head: Head) -> str:
        """What a head narrows, as it stands in an address."""
        if head not in self.pairs:
            self.pairs[head] = urlencode({head.kind: head.key}, safe=READABLE)
        return self.pairs[head]

    def shown(self, head: Head, parameter: str) -> ShownHead:
        """A head with its links."""
        toggle = ""
        if head.openable:
            change = self.picture.without if head.open else self.picture.adding
            toggle = change(parameter, head.key)
        name = head.name or str(_("No region"))
        return ShownHead(head, name, self.page_of(head), toggle, self.pair(head))

    def page_of(self, head: Head) -> str:
        """The page of the head itself; a region has the list of its bodies."""
        if head.kind == "region":
            return address("bodies", day=self.day, region=head.key)
        return address(head.kind, head.key, day=self.day)
