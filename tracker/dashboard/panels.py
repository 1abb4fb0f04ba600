"""The filter panel of a list: one facet for each filter that it offers."""

from dataclasses import dataclass, field

from django.http import QueryDict

from tracker.filters import StrictFilterSet
from tracker.filters.fields import DayField, KeysField
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

    @property
    def open(self) -> bool:
        """Whether the facet is shown unfolded: it narrows the list, or is wrong."""
        return bool(self.values or self.errors)

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
    suggestions: dict[str, list[tuple[str, str]]]


def make_panel(filterset: StrictFilterSet, data: QueryDict, names, *, viewer: User) -> Panel:
    """The panel with the filters ``names`` in that order; one query for all suggestions."""
    facets = [_facet(filterset, data, name) for name in names]
    kinds = {facet.suggested for facet in facets if facet.suggested}
    return Panel(facets, suggestions(viewer, kinds) if kinds else {})


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
        facet.kind, facet.suggested = "keys", SUGGESTED.get(name, "")
    elif isinstance(bound, DayField):
        facet.kind = "day"
    elif hasattr(bound, "choices"):
        facet.kind = "choices"
        facet.options = [
            Option(str(value), str(label), str(value) in facet.values)
            for value, label in bound.choices
        ]
    return facet
