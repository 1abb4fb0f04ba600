"""The filter panel of a list: one facet for each filter that it offers."""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.safestring import SafeString

from tracker.dashboard.addresses import address, changed
from tracker.dashboard.suggesting import datalists
from tracker.filters import StrictFilterSet
from tracker.filters.fields import DayField, KeysField
from tracker.filters.finders import Finder
from tracker.filters.opposites import NOT
from tracker.models import User
from tracker.reports.suggestions import suggestions

#: Which kind of record a filter asks for by key, where the kind is not its own name.
SUGGESTED = {
    "theme": "theme",
    "within": "theme",
    "resolution": "resolution",
    "region": "region",
    "body": "body",
    "member_of": "body",
    "part_of": "body",
    "network": "network",
    "organization": "body",
    "also_in": "body",
    "member": "body",
}


@dataclass(frozen=True)
class Option:
    """One checkbox."""

    value: str
    label: str
    checked: bool


@dataclass
class Facet:
    """One filter as drawn: checkboxes, text boxes for keys, a day, or words to search for."""

    name: str
    label: str
    kind: str
    values: list[str]
    options: list[Option] = field(default_factory=list)
    suggested: str = ""
    errors: list[str] = field(default_factory=list)
    #: The page that takes a pasted list of keys, "" where there is none.
    paste_href: str = ""
    #: The filter that leaves out what this one would show, where it says more than this one.
    opposite: "Facet | None" = None

    @property
    def number(self) -> int:
        """How many values narrow the list, here and by the opposite."""
        return len(self.values) + (self.opposite.number if self.opposite else 0)

    @property
    def open(self) -> bool:
        """Whether the facet is shown unfolded: it narrows the list, or is wrong."""
        return bool(self.number or self.errors or (self.opposite and self.opposite.errors))

    @property
    def foreign(self) -> list[str]:
        """Values asked for that are none of the options; shown, so that they can be taken back."""
        known = {option.value for option in self.options}
        return [value for value in self.values if value not in known]

    @property
    def boxes(self) -> list[str]:
        """What the text boxes hold: the values asked for, and room for one more."""
        return [*self.values, ""]


@dataclass
class Panel:
    """The facets of a list and the suggestions for those that take keys."""

    facets: list[Facet]
    #: Which lists of keys the text boxes refer to, and these lists where the page holds them.
    suggested: list[str]
    suggestions: SafeString
    #: What the address holds and no facet offers, as (name, value): the form passes it on.
    carried: list[tuple[str, str]]


def make_panel(
    filterset: StrictFilterSet,
    data: QueryDict,
    names,
    *,
    viewer: User,
    pasted_at: str = "",
    suggest: bool = False,
) -> Panel:
    """The panel with the filters ``names`` in that order; where it is to ``suggest``, one query.

    ``pasted_at`` is the whole list for which lists of keys are pasted, "" where none are.
    """
    names = [*names, "empty"] if "empty" in filterset.filters else names
    facets = [_with_opposite(filterset, data, name) for name in names]
    for facet in facets if pasted_at else ():
        if isinstance(filterset.filters[facet.name].extra.get("find"), Finder):
            facet.paste_href = changed(address("paste", pasted_at, facet.name), data, page=None)
    kinds = sorted({facet.suggested for facet in facets if facet.suggested})
    offered = {each.name for facet in facets for each in (facet, facet.opposite) if each}
    carried = [
        (name, value)
        for name, values in data.lists()
        for value in values
        if value and name not in offered and name not in ("page", "view")
    ]
    held = datalists(suggestions(viewer, set(kinds))) if suggest and kinds else SafeString()
    return Panel(facets, kinds, held, carried)


def _with_opposite(filterset, data, name):
    facet = _facet(filterset, data, name)
    # Of two values, each is all but the other.
    if f"{NOT}{name}" in filterset.filters and (facet.kind == "keys" or len(facet.options) > 2):
        facet.opposite = _facet(filterset, data, f"{NOT}{name}")
    return facet


def _facet(filterset, data, name):
    bound = filterset.form.fields[name]
    facet = Facet(
        name=name,
        label=str(bound.label),
        kind="text",
        values=[value for value in data.getlist(name) if value.strip()],
        errors=list(filterset.errors.get(name, [])),
    )
    if isinstance(bound, KeysField):
        facet.kind, facet.suggested = "keys", SUGGESTED.get(name.removeprefix(NOT), "")
    elif isinstance(bound, DayField):
        facet.kind = "day"
    elif hasattr(bound, "choices"):
        facet.kind = "choices"
        facet.options = [
            Option(str(value), str(label), str(value) in facet.values)
            for value, label in bound.choices
        ]
    return facet
