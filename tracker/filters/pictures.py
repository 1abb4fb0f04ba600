"""The FilterSets of the pictures: the matrix, and how things stood over time.

They narrow the same commitments by the same filters as their list, so that every number of a
picture has a list of its own.
"""

from functools import cached_property, reduce
from operator import or_

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.filters.commitments import CommitmentFilter
from tracker.filters.fields import DayField, Keys, KeysField
from tracker.filters.finders import (
    NO_REGION,
    NoRegion,
    find_area,
    find_resolution,
    find_theme,
)
from tracker.filters.strict import ListForm
from tracker.models import Region, Resolution, Theme
from tracker.models.known import NO_REGION as NO_REGION_ID
from tracker.models.known import Subject

#: The filters of the list of commitments that say of what a picture is; the others ask for
#: one state, and would make every share a hundred per cent.
SUBJECTS = (
    "resolution",
    "provision",
    "body",
    "kind",
    "region",
    "theme",
    "force",
    "softened",
    "mine",
)

ROWS = {
    "theme": gettext_lazy("Themes"),
    "resolution": gettext_lazy("Resolutions"),
    "provision": gettext_lazy("Paragraphs"),
}
COLUMNS = {"region": gettext_lazy("Regions"), "body": gettext_lazy("Bodies")}
STEPS = {
    "month": gettext_lazy("Months"),
    "quarter": gettext_lazy("Quarters"),
    "year": gettext_lazy("Years"),
}


class OneField(forms.ChoiceField):
    """One named choice; a value that is none of them is refused with the list."""

    def validate(self, value):
        allowed = [key for key, _label in self.choices]
        if value and value not in allowed:
            raise ValidationError(
                _("“%(value)s” is not one of: %(allowed)s.")
                % {"value": value, "allowed": ", ".join(allowed)}
            )


class One(django_filters.Filter):
    """A named choice about the picture itself; it narrows nothing."""

    field_class = OneField

    def __init__(self, names: dict, **kwargs):
        super().__init__(choices=list(names.items()), **kwargs)

    def filter(self, queryset, value):
        return queryset


class OpenedField(KeysField):
    """Public keys of records; ``find`` takes all of them at once, for one query each kind."""

    def clean(self, value):
        keys = [key.strip() for key in value or [] if key.strip()]
        for key in keys:
            ProhibitNullCharactersValidator()(key)
        try:
            return self.find(keys) if keys else []
        except ValueError as error:
            raise ValidationError(str(error)) from error


class Opened(Keys):
    """Records whose parts the picture shows; it narrows nothing."""

    field_class = OpenedField

    def __init__(self, **kwargs):
        super().__init__(apply=lambda queryset, found: queryset, **kwargs)


class OtherDay(django_filters.Filter):
    """A day beside the one shown; it narrows nothing."""

    field_class = DayField

    def filter(self, queryset, value):
        return queryset


def find_rows(keys: list[str]) -> list[Resolution | Theme]:
    """The rows that have parts: resolutions by their symbols, themes by their keys.

    Raises ``ValueError`` naming one that there is not.
    """
    symbols_given = [key for key in keys if "/" in key]
    themes = _held(Theme, "slug", [key for key in keys if "/" not in key], find_theme)
    return themes + _held(Resolution, "key", symbols_given, find_resolution)


def find_columns(keys: list[str]) -> list[Region | NoRegion]:
    """The regions with these codes; raises ``ValueError`` naming one that there is not."""
    regions = _held(Region, "code", [key for key in keys if key != NO_REGION.code], find_area)
    return regions + [NO_REGION] * (NO_REGION.code in keys)


def _held(model, field, keys, find_one):
    """The records in one query; who is not among them is looked for as its list does."""
    found = model.objects.in_bulk(keys, field_name=field) if keys else {}
    return [found.get(key) or find_one(key) for key in keys]


class PictureFilter(CommitmentFilter):
    """What all pictures take: the day, and what they are of."""

    @classmethod
    def get_filters(cls):
        wanted = {*SUBJECTS, "on", *cls.own()}
        return {name: item for name, item in super().get_filters().items() if name in wanted}

    @classmethod
    def own(cls) -> set[str]:
        """The names of the filters that a picture adds to those of the list."""
        return set(cls.declared_filters) - set(CommitmentFilter.base_filters)

    @property
    def subjects(self) -> dict[str, list[str]]:
        """What a link to the list has to carry on: the filters in use, as they were given."""
        found: dict[str, list[str]] = {}
        for name, value, _label, _words in self.active:
            if name in SUBJECTS:
                found.setdefault(name, []).append(value)
        return found

    @cached_property
    def subject(self) -> Subject | None:
        """What of this valid FilterSet the tallies can tell; None where rows have to be counted."""
        asked = {name: self.chosen(name) for name in SUBJECTS if self.chosen(name)}
        themes, areas = asked.pop("theme", []), asked.pop("region", None)
        if asked or len(themes) > 1:
            return None
        theme = themes[0] if themes else None
        regions = None if areas is None else frozenset(_regions_within(areas))
        return Subject(theme and theme.pk, theme.path if theme else "", regions)

    def chosen(self, name: str, default=None):
        """The value of a parameter of this valid FilterSet, ``default`` when it is left out."""
        return self.form.cleaned_data.get(name) or default


def _regions_within(areas) -> set[int]:
    """The ids of regions and of all within them, as ``in_regions`` finds them."""
    named = [area for area in areas if area is not NO_REGION]
    within = reduce(or_, (Q(path__startswith=area.path) for area in named), Q(pk=None))
    found = set(Region.objects.filter(within).order_by().values_list("pk", flat=True))
    return found | ({NO_REGION_ID} if len(named) < len(areas) else set())


class MatrixForm(ListForm):
    """The other day lies before the day shown."""

    def clean(self):
        cleaned = super().clean()
        against = cleaned.get("against")
        if against and against >= self.of.on:
            self.add_error(
                "against",
                _("Give a day before %(shown)s, the day shown.")
                % {"shown": self.of.on.isoformat()},
            )
        return cleaned


class MatrixFilter(PictureFilter):
    """``/matrix/``: the register as one table, on one day or on two."""

    form_class = MatrixForm

    rows = One(ROWS, label=gettext_lazy("Rows"))
    columns = One(COLUMNS, label=gettext_lazy("Columns"))
    open_row = Opened(label=gettext_lazy("Row opened"), find=find_rows)
    open_column = Opened(label=gettext_lazy("Column opened"), find=find_columns)
    against = OtherDay(label=gettext_lazy("Compared with"))


class TrendsForm(ListForm):
    """Time runs forward, and not beyond the day shown."""

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("from"), cleaned.get("to")
        if last and last > self.of.on:
            self.add_error("to", _("Give a day no later than %(day)s.") % {"day": self.of.on})
        elif first and first > (last or self.of.on):
            self.add_error("from", _("“From” lies after “to”; correct one of them."))
        return cleaned


class TrendsFilter(PictureFilter):
    """``/trends/``: how much was assessed, and with which results, from day to day."""

    form_class = TrendsForm

    step = One(STEPS, label=gettext_lazy("Steps"))

    @classmethod
    def get_filters(cls):
        # "from" is a word of the language, so it cannot stand as an attribute.
        return {
            **super().get_filters(),
            "from": OtherDay(label=gettext_lazy("From")),
            "to": OtherDay(label=gettext_lazy("To")),
        }
