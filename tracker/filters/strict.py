"""The base of all FilterSets: an unknown name or value is an error, never ignored."""

import datetime

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
        known = set(self.fields) | DOOR_PARAMETERS
        told = {name for name in known if not is_opposite(name, known)}
        for name in self.data:
            if name not in known:
                self.errors[name] = self.error_class(
                    [
                        _("This list has no filter “%(name)s”; it has: %(known)s.")
                        % {"name": name, "known": ", ".join(sorted(told))}
                    ]
                )
        for name, field in self.fields.items():
            self._refuse_repeated(name, field)
        return cleaned

    def _refuse_repeated(self, name, field):
        values = self.data.getlist(name) if hasattr(self.data, "getlist") else []
        single = not isinstance(field.widget, forms.SelectMultiple)
        if single and len(values) > 1:
            self.add_error(name, ValidationError(_("Give this parameter once.")))


class StrictFilterSet(django_filters.FilterSet):
    """A FilterSet over a queryset that was scoped to ``viewer`` and made for the day ``on``.

    ``is_valid()`` and ``errors`` say what is wrong, by parameter; ``qs`` is the rows in a
    total order; ``active`` lists what was asked for, for chips. ``view`` is the saved view
    that ``data`` names, with its parameters in ``data`` already.
    """

    on = AsOfDay(label=gettext_lazy("As of"))
    view = NamedView(label=gettext_lazy("Saved view"))
    #: Whether the queryset was limited before the parameters were read.
    narrowed = False

    def __init__(self, data=None, *, queryset, on: datetime.date, viewer=None, view=None):
        self.on, self.viewer, self.view = on, viewer, view
        super().__init__(data=data if data is not None else {}, queryset=queryset)

    @classmethod
    def get_filters(cls):
        declared = super().get_filters()
        return declared | opposites(declared)

    def get_form_class(self):
        fields = {name: item.field for name, item in self.filters.items()}
        return type("FilterForm", (StrictForm,), fields)

    def count(self) -> int:
        """How many rows there are, exactly."""
        return self.qs.count()

    @property
    def active(self) -> list[tuple[str, str, str, str]]:
        """What narrows the list, as (parameter, value, label, value in words), in order."""
        found = []
        for name, field in self.form.fields.items():
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
