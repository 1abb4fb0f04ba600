"""One page of a list, with everything that is said about it: count, chips, order, paging."""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tracker.dashboard.addresses import changed
from tracker.dashboard.columns import Chooser, Column, choose
from tracker.exports.about import labelled
from tracker.exports.forms import FEEDS, Form, forms_of
from tracker.filters import StrictFilterSet
from tracker.handouts import PAGES
from tracker.jobs.exports import AT_ONCE, LONG
from tracker.listings import NOUNS, counts_without
from tracker.models import Change, Due, User

ROWS = 50
MOST_ROWS = 200
#: The lists that one can subscribe to, as pages and over REST.
FEED_PAGES = {Due: "deadlines", Change: "changes"}


@dataclass(frozen=True)
class Heading:
    """A column's header as shown: where its link leads and how the rows are sorted now."""

    column: Column
    href: str
    sorted: str


@dataclass(frozen=True)
class Chip:
    """One value that narrows the list, and the address without exactly that value."""

    name: str
    label: str
    words: str
    href: str


@dataclass(frozen=True)
class Drop:
    """What an empty list would show without one of its filters."""

    words: str
    count: int
    href: str


@dataclass(frozen=True)
class Problem:
    """What is wrong with one parameter, and an address that mends it where there is one."""

    name: str
    message: str
    href: str = ""

    @property
    def anchor(self) -> str:
        """Where its field stands in the panel."""
        return "#as-of" if self.name == "on" else f"#f-{self.name}"


@dataclass
class Results:
    """The rows of one page of ``filterset``; none when a parameter is wrong.

    ``data`` is what the address means: of a saved view, its parameters are written out in it.
    """

    filterset: StrictFilterSet
    data: QueryDict
    path: str
    columns: tuple[Column, ...]
    viewer: User
    rows: list = field(default_factory=list)
    total: int = 0
    number: int = 1
    size: int = ROWS
    problems: list[Problem] = field(default_factory=list)
    #: The form of a file, when the list is asked for as one.
    form: Form | None = None
    shown: tuple[Column, ...] = ()

    def __post_init__(self):
        for name, messages in self.filterset.errors.items():
            has_field = name in self.filterset.form.fields and name != "view"
            href = "" if has_field else self.to(**{name: None})
            self.problems += [Problem(name, message, href) for message in messages]
        self.size = self._read("page_size", ROWS, MOST_ROWS)
        self.number = self._read("page", 1)
        self.shown = self._choose_columns()
        self.form = self._read_form()
        if not self.problems and self.form is None:
            self._take_rows()

    def _choose_columns(self):
        try:
            return choose(self.columns, self.data.getlist("cols"))
        except ValueError as error:
            self.problems.append(Problem("cols", str(error), self.to(cols=None)))
            return ()

    @property
    def view(self):
        """The saved view that the address names; None where it names none."""
        return self.filterset.view

    @property
    def beside_columns(self) -> list[tuple[str, str]]:
        """What the form of the columns passes on, as (name, value)."""
        return [
            (name, value)
            for name, values in self.data.lists()
            for value in values
            if value and name != "cols"
        ]

    @property
    def usual_columns_href(self) -> str:
        """This list with the columns that it has when none is asked for."""
        return self.to(cols=None)

    @property
    def chooser(self) -> Chooser:
        """What chooses the columns."""
        return Chooser(self.columns, self.shown)

    def _read(self, name: str, default: int, most: int | None = None) -> int:
        text = self.data.get(name, str(default))
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        if number and (most is None or number <= most):
            return number
        message = _("“%(text)s” is no whole number from 1 on.") % {"text": text}
        if most:
            message = _("Give a whole number from 1 to %(most)d.") % {"most": most}
        self.problems.append(Problem(name, message, self.to(**{name: None})))
        return default

    def _read_form(self) -> Form | None:
        """The form that ``format`` names; a file holds all rows, so it has no pages."""
        if "format" not in self.data:
            return None
        form = self.forms.get(self.data["format"])
        for name in PAGES if form else ():
            if name in self.data:
                message = _("A file holds all rows; leave “%(name)s” out.") % {"name": name}
                self.problems.append(Problem(name, message, self.to(**{name: None})))
        if form is None:
            message = _("“%(value)s” is not one of: %(allowed)s.")
            named = {"value": self.data["format"], "allowed": ", ".join(self.forms)}
            self.problems.append(Problem("format", message % named, self.to(format=None)))
        return form

    @property
    def downloads(self) -> list[tuple[str, str]]:
        """Every form that the list can be had in, with its address."""
        return [
            (form.label, self.to(format=key, page=None, page_size=None))
            for key, form in self.forms.items()
            if form.takes(self.total)
        ]

    @property
    def prepared(self) -> list[Form]:
        """The forms that a job prepares, where the list is long enough to ask for one."""
        if self.total <= LONG:
            return []
        forms = (form for key, form in self.forms.items() if key not in AT_ONCE)
        return [form for form in forms if form.takes(self.total, patient=True)]

    @property
    def forms(self) -> dict[str, Form]:
        """The forms of this list, by the value of ``format``."""
        return forms_of(NOUNS[type(self.filterset)])

    @property
    def feed(self) -> tuple[str, str] | None:
        """What one can subscribe to, at the address that takes name and password."""
        noun = NOUNS[type(self.filterset)]
        page = FEED_PAGES.get(noun)
        if page is None or self.path != reverse(f"dashboard:{page}"):
            return None
        form = FEEDS[noun]
        query = {"format": form.key, "page": None, "page_size": None, "on": None, "view": None}
        return form.label, changed(reverse(f"api:{page}"), self.data, **query)

    def _take_rows(self):
        self.total = self.filterset.count()
        if self.number > self.pages:
            message = _("There is no page %(number)d; the last page is %(last)d.")
            message %= {"number": self.number, "last": self.pages}
            self.problems.append(Problem("page", message, self.to(page=self.pages)))
            return
        start = (self.number - 1) * self.size
        self.rows = self.filterset.page(start, start + self.size) if self.total else []

    def to(self, **changes) -> str:
        """The address of this list with some parameters changed."""
        return changed(self.path, self.data, **changes)

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The place of the first row shown, counted from one."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The place of the last row shown."""
        return self.first + len(self.rows) - 1

    @property
    def previous_href(self) -> str:
        """The page before this one, empty on the first."""
        if self.number < 2:
            return ""
        return self.to(page=None if self.number == 2 else self.number - 1)

    @property
    def next_href(self) -> str:
        """The page after this one, empty on the last."""
        return self.to(page=self.number + 1) if self.number < self.pages else ""

    @property
    def page_links(self) -> list[tuple[int, str]]:
        """The first and last pages and those around this one; a gap is (0, "")."""
        near = {1, self.pages, *range(self.number - 1, self.number + 2)}
        shown = sorted(number for number in near if 1 <= number <= self.pages)
        links, before = [], 0
        for number in shown:
            if number > before + 1:
                links.append((0, ""))
            links.append((number, self.to(page=None if number == 1 else number)))
            before = number
        return links

    @property
    def headings(self) -> list[Heading]:
        """The columns with the links that sort by them."""
        order = self.data.get("sort", "")
        return [self._heading(column, order) for column in self.shown]

    def _heading(self, column, order):
        if not column.sort:
            return Heading(column, "", "")
        now = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(order, "")
        if not order and column.default:
            now = "ascending"
        following = f"-{column.sort}" if now == "ascending" else column.sort
        return Heading(column, self.to(sort=following, page=None), now)

    @cached_property
    def chips(self) -> list[Chip]:
        """What narrows the list, each with the address that drops it."""
        names = self._names_of_keys()
        return [
            Chip(
                name,
                str(label),
                names.get((name, value), words),
                changed(self.path, self.data, without=(name, value), page=None),
            )
            for name, value, label, words in self.filterset.active
        ]

    def _names_of_keys(self) -> dict[tuple[str, str], str]:
        """The names of records that are asked for by key, as far as they were found."""
        found = {}
        for name, value in self.filterset.form.cleaned_data.items():
            keys = [key for key in self.data.getlist(name) if key.strip()]
            if isinstance(value, list) and len(keys) == len(value):
                found |= {(name, key): str(row) for key, row in zip(keys, value, strict=True)}
        labels = {
            (name, value): words
            for name, value, _label, words in self.filterset.active
            if words != value
        }
        return found | labels

    @property
    def today_href(self) -> str:
        """The address of this list as it stands today."""
        return self.to(on=None, page=None)

    @property
    def clear_href(self) -> str:
        """The address without any filter; order and day stay."""
        return self.to(page=None, **{chip.name: None for chip in self.chips})

    @cached_property
    def drops(self) -> list[Drop]:
        """For an empty list: which filter to drop to see rows, and how many there are then."""
        if self.total or self.problems or not self.chips:
            return []
        names = list(dict.fromkeys(chip.name for chip in self.chips))
        counts = counts_without(self.filterset, names, viewer=self.viewer)
        return [
            Drop(self._words(name), count, self.to(page=None, **{name: None}))
            for name, count in counts.items()
            if count
        ]

    def _words(self, name):
        chips = [chip for chip in self.chips if chip.name == name]
        return labelled(chips[0].label, _(" or ").join(chip.words for chip in chips))
