"""The base of all FilterSets: an unknown name or value is an error, never ignored."""

import copy
import datetime
from collections.abc import Iterator, Mapping
from functools import cache, cached_property

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.filters.fields import AsOfDay, NamedView, iso_day
from tracker.filters.opposites import is_opposite, opposites

#: Parameters that doors read themselves; every list understands them.
DOOR_PARAMETERS = frozenset({"page", "page_size", "format"})

#: Parameters that leave the rows as they are.
UNNARROWING = ("sort", "on", "view")


class StrictForm(forms.Form):
    """Refuses parameters that the list does not know, naming those it does."""

    def clean(self):
        cleaned = super().clean()
        known = self.fields.keys() | DOOR_PARAMETERS
        for name in self.data:
            if name not in known:
                self.errors[name] = self.error_class([self._unknown(name, known)])
        for name, field in self.asked():
            self._refuse_repeated(name, field)
        return cleaned

    def asked(self) -> Iterator[tuple[str, forms.Field]]:
        """The fields that the parameters name, in their order."""
        return ((name, field) for name, field in self.fields.items() if name in self.data)

    def _unknown(self, name, known):
        told = (each for each in known if not is_opposite(each, known))
        return _("This list has no filter “%(name)s”; it has: %(known)s.") % {
            "name": name,
            "known": ", ".join(sorted(told)),
        }

    def _refuse_repeated(self, name, field):
        values = self.data.getlist(name) if hasattr(self.data, "getlist") else []
        single = not isinstance(field.widget, forms.SelectMultiple)
        if single and len(values) > 1:
            self.add_error(name, ValidationError(_("Give this parameter once.")))


class ListForm(StrictForm):
    """The parameters of a list. Its fields belong to the list, and are never changed.

    A list has some fifty of them, of which two or three are asked for: only these are read, so
    that a list costs what it is asked for.
    """

    def __init__(self, data, *, of: "StrictFilterSet"):
        super().__init__(data)
        self.of = of
        self.fields, self.empty = fields_of(type(of))

    def _clean_fields(self):
        self.cleaned_data = dict(self.empty)
        for name, field in self.asked():
            raw = field.widget.value_from_datadict(self.data, self.files, name)
            try:
                self.cleaned_data[name] = field.clean(raw)
            except ValidationError as error:
                self.add_error(name, error)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("view") and self.of.view is None:
            told = _("No view of this list is kept for you as “%(slug)s”.")
            self.add_error("view", told % {"slug": cleaned["view"]})
        return cleaned


@cache
def fields_of(filterset: type["StrictFilterSet"]) -> tuple[dict, dict]:
    """The fields of a list, and what each of them gives when it is not asked for."""
    fields = {name: item.field for name, item in filterset.base_filters.items()}
    return fields, {
        name: field.clean(field.widget.value_from_datadict({}, {}, name))
        for name, field in fields.items()
    }


class Bound(Mapping):
    """The filters of one list that is asked for, each bound to it when it is first used."""

    def __init__(self, parent: "StrictFilterSet"):
        self.parent, self.made = parent, {}

    def __getitem__(self, name):
        if name not in self.made:
            self.made[name] = item = copy.copy(self.parent.base_filters[name])
            item.parent = self.parent
            # A filter by method is tied to itself: tie it anew.
            item.method = item.method
        return self.made[name]

    def __iter__(self):
        return iter(self.parent.base_filters)

    def __len__(self):
        return len(self.parent.base_filters)


class StrictFilterSet(django_filters.FilterSet):
    """A FilterSet over a queryset that was scoped to ``viewer`` and made for the day ``on``.

    The queryset may be a function that makes it: some lists answer without.

    ``is_valid()`` and ``errors`` say what is wrong, by parameter; ``qs`` is the rows in a
    total order, ``page`` some of them; ``active`` lists what was asked for, for chips. ``view``
    is the saved view that ``data`` names, with its parameters in ``data`` already.
    """

    on = AsOfDay(label=gettext_lazy("As of"))
    view = NamedView(label=gettext_lazy("Saved view"))
    #: Whether the queryset was limited before the parameters were read.
    narrowed = False
    form_class = ListForm

    def __init__(self, data=None, *, queryset, on: datetime.date, viewer=None, view=None):
        self.on, self.viewer, self.view = on, viewer, view
        # As django-filter has it, but for the copies of all filters, of which few are used.
        self.is_bound, self.data, self._rows = True, data, queryset
        self.filters = Bound(self)

    @cached_property
    def queryset(self):
        """The rows before anything narrows them; made when they are first needed."""
        return self._rows() if callable(self._rows) else self._rows

    @classmethod
    def get_filters(cls):
        declared = super().get_filters()
        return declared | opposites(declared)

    @cached_property
    def form(self) -> ListForm:
        """What was asked for, by parameter."""
        return self.form_class(self.data, of=self)

    def filter_queryset(self, queryset):
        """``queryset`` as what was asked for narrows and orders it."""
        for name, value in self.form.cleaned_data.items():
            if value or name == "sort":
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def count(self) -> int:
        """How many rows there are, exactly."""
        return self.qs.count()

    def page(self, start: int, stop: int) -> list:
        """The rows from ``start`` to before ``stop``, in their order."""
        return list(self.qs[start:stop])

    @property
    def active(self) -> list[tuple[str, str, str, str]]:
        """What narrows the list, as (parameter, value, label, value in words), in order."""
        found = []
        for name, field in self.form.asked():
            if name in UNNARROWING or name in self.form.errors:
                continue
            for raw in _values(self.data, name):
                if raw:
                    found.append((name, raw, field.label, _in_words(field, raw)))
        return found


class UndatedFilterSet(StrictFilterSet):
    """A list that is the same on any day, so it takes no ``on``."""

    @classmethod
    def get_filters(cls):
        return {name: item for name, item in super().get_filters().items() if name != "on"}


def read_on(data, today: datetime.date) -> datetime.date:
    """The day that the parameter ``on`` names; ``today`` when it is missing or is no day.

    A wrong day is reported by the FilterSet, so nothing is ever shown for it.
    """
    return iso_day(data.get("on", "")) or today


def _values(data, name):
    if hasattr(data, "getlist"):
        return data.getlist(name)
    value = data.get(name, [])
    return value if isinstance(value, list) else [value]


def _in_words(field, raw):
    choices = dict(getattr(field, "choices", []))
    return str(choices.get(raw, raw))
