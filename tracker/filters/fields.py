"""Filters that take named values only, may be repeated (OR), and say what is allowed."""

import datetime
from collections.abc import Callable

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.models import KeptKeys


class ManyChoicesField(forms.MultipleChoiceField):
    """Several named choices; a value that is none of them is refused with the list."""

    def validate(self, value):
        allowed = [str(key) for key, _label in self.choices]
        for item in value:
            if item not in allowed:
                raise ValidationError(
                    _("“%(value)s” is not one of: %(allowed)s.")
                    % {"value": item, "allowed": ", ".join(allowed)}
                )


class ManyChoices(django_filters.Filter):
    """Rows whose ``field_name`` is one of the chosen keys; repeat the parameter for OR."""

    field_class = ManyChoicesField

    def filter(self, queryset, value):
        return queryset.filter(**{f"{self.field_name}__in": value}) if value else queryset


class NamedConditions(django_filters.Filter):
    """Rows that meet one of several named conditions: ``{"with": Q(...), "without": Q(...)}``."""

    field_class = ManyChoicesField

    def __init__(self, conditions: dict[str, tuple[str, Q]], **kwargs):
        self.conditions = {key: condition for key, (_label, condition) in conditions.items()}
        choices = [(key, label) for key, (label, _condition) in conditions.items()]
        super().__init__(choices=choices, **kwargs)

    def filter(self, queryset, value):
        wanted = Q()
        for key in value:
            wanted |= self.conditions[key]
        return queryset.filter(wanted) if value else queryset


class ManyTexts(forms.SelectMultiple):
    """Reads a repeated parameter; templates draw it as a text box with suggestions."""

    def value_from_datadict(self, data, files, name):
        getlist = getattr(data, "getlist", None)
        values = getlist(name) if getlist else data.get(name, [])
        return [values] if isinstance(values, str) else values


class KeysField(forms.Field):
    """Public keys of other records; ``find`` turns them into rows or raises ValueError."""

    widget = ManyTexts

    def __init__(self, *, find: Callable, **kwargs):
        self.find = find
        super().__init__(**kwargs)

    def clean(self, value):
        keys = [key.strip() for key in value or [] if key.strip()]
        for key in keys:
            ProhibitNullCharactersValidator()(key)
        try:
            return self.found(written_out(keys))
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def found(self, keys: list[str]) -> list:
        """The records; in one query where the finder can."""
        if hasattr(self.find, "many"):
            return self.find.many(keys) if keys else []
        return [self.find(key) for key in keys]


#: What stands before the name of a set of keys that was too long for an address.
KEPT = "@"


def written_out(keys: list[str]) -> list[str]:
    """``keys`` with each kept set replaced by the keys in it; ``ValueError`` if it is not there."""
    slugs = {key.removeprefix(KEPT) for key in keys if key.startswith(KEPT)}
    if not slugs:
        return keys
    kept = dict(KeptKeys.objects.filter(slug__in=slugs).values_list("slug", "keys"))
    for slug in slugs - set(kept):
        raise ValueError(_("No set of keys is kept as “%(slug)s”.") % {"slug": f"{KEPT}{slug}"})
    sets = [kept[key[1:]] if key.startswith(KEPT) else [key] for key in keys]
    return list(dict.fromkeys(each for keys in sets for each in keys))


class Keys(django_filters.Filter):
    """Rows tied to the records named by key; ``apply(queryset, found)`` narrows the rows.

    ``find(key)`` returns a record or raises ``ValueError`` with a sentence for the user.
    """

    field_class = KeysField

    def __init__(self, *, find: Callable, apply: Callable, **kwargs):
        self.apply = apply
        super().__init__(find=find, **kwargs)

    def filter(self, queryset, value):
        return self.apply(queryset, value) if value else queryset


#: The days that a list can be asked for: those of the United Nations, and some to come.
FIRST_DAY, LAST_DAY = datetime.date(1945, 10, 24), datetime.date(2199, 12, 31)


class DayField(forms.DateField):
    """A day written YYYY-MM-DD, and nothing else."""

    default_error_messages = {
        "invalid": gettext_lazy("This is not a day; write it like 2026-06-30."),
    }

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)
        self.widget.input_type = "date"

    def to_python(self, value):
        if isinstance(value, str) and value and len(value.strip()) != len("2026-06-30"):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        day = super().to_python(value)
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(
                _("Give a day from %(first)s to %(last)s.")
                % {"first": FIRST_DAY.isoformat(), "last": LAST_DAY.isoformat()}
            )
        return day


class Day(django_filters.Filter):
    """Compares a date field with a day: ``lookup_expr`` is ``lte`` or ``gte``."""

    field_class = DayField


class AsOfDay(django_filters.Filter):
    """The day as of which a list is shown; the queryset has been made for it already."""

    field_class = DayField

    def filter(self, queryset, value):
        return queryset


class Search(django_filters.Filter):
    """Free text or a symbol, read by the noun's own ``search`` verb."""

    field_class = forms.CharField

    def __init__(self, **kwargs):
        super().__init__(max_length=200, strip=True, **kwargs)

    def filter(self, queryset, value):
        return queryset.search(value) if value else queryset


class Text(django_filters.Filter):
    """A short text handed to ``narrow``, a verb of the queryset: ``Text(narrow="of_record")``."""

    field_class = forms.CharField

    def __init__(self, *, narrow: str, **kwargs):
        self.narrow = narrow
        super().__init__(max_length=300, strip=True, **kwargs)

    def filter(self, queryset, value):
        return getattr(queryset, self.narrow)(value) if value else queryset


class Identifier(django_filters.Filter):
    """Rows with this id (32 hexadecimal digits, with or without dashes)."""

    field_class = forms.UUIDField


class NamedView(django_filters.Filter):
    """A saved view, whose parameters stand in the data of the list already."""

    field_class = forms.CharField

    def filter(self, queryset, value):
        return queryset


class SortField(forms.ChoiceField):
    """One of the named orders, or its reverse with a leading minus."""

    default_error_messages = {
        "invalid_choice": gettext_lazy("“%(value)s” is no order of this list; use one of: "),
    }

    def validate(self, value):
        allowed = [key for key, _label in self.choices]
        if value and value not in allowed:
            raise ValidationError(
                _("“%(value)s” is no order of this list; use one of: %(allowed)s.")
                % {"value": value, "allowed": ", ".join(allowed)}
            )


class Sort(django_filters.Filter):
    """Named orders over one or more fields; ties are always broken, so pages never overlap.

    ``orders`` maps a name to (label, fields); rows without a value come last either way.
    """

    field_class = SortField

    def __init__(self, orders: dict[str, tuple[str, list[str]]], *, ties: list[str], **kwargs):
        self.orders, self.ties = orders, ties
        choices = []
        for name, (label, _fields) in orders.items():
            choices += [(name, label), (f"-{name}", label)]
        super().__init__(choices=choices, **kwargs)

    def filter(self, queryset, value):
        if not value:
            return queryset.order_by(*self.ties)
        _label, fields = self.orders[value.removeprefix("-")]
        descending = value.startswith("-")
        ordering = [
            F(field).desc(nulls_last=True) if descending else F(field).asc(nulls_last=True)
            for field in fields
        ]
        return queryset.order_by(*ordering, *self.ties)


def iso_day(text: str) -> datetime.date | None:
    """The day that ``text`` names, None when it names none."""
    try:
        return DayField(required=False).clean(text)
    except ValidationError:
        return None
