"""Fields that DRF does not have: other records by key, counts, bars and bounded days."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.reverse import reverse

from tracker.api.addresses import address

#: The address of one record of each kind.
ROUTES = {
    "assessment": "api:assessment",
    "body": "api:body",
    "change": "api:change",
    "commitment": "api:commitment",
    "designation": "api:designation",
    "document": "api:document",
    "evidence": "api:evidence-record",
    "membership": "api:membership",
    "provision": "api:provision",
    "report": "api:report",
    "resolution": "api:resolution",
    "savedview": "api:view",
    "theme": "api:theme",
    "token": "api:token",
    "webhook": "api:webhook",
}
#: The list in which a record of each kind is shown, where it is shown inside another one.
LISTS = {
    "assessment": "api:assessments",
    "body": "api:bodies",
    "commitment": "api:commitments",
    "designation": "api:designations",
    "document": "api:documents",
    "evidence": "api:evidence",
    "membership": "api:memberships",
    "provision": "api:provisions",
    "report": "api:reports",
    "resolution": "api:resolutions",
    "theme": "api:themes",
}
LAST_YEAR = 2999


class Shown(dict):
    """Another record as it is shown; ``record`` is the row itself."""

    def __init__(self, record, **shown):
        self.record = record
        super().__init__(**shown)


def address_of(obj, request) -> str:
    """The address of a record in the API."""
    return address(ROUTES[obj._meta.model_name], obj.public_key, request)


class Address(serializers.Field):
    """``url``: where the record itself is."""

    def __init__(self, **kwargs):
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value):
        return address_of(value, self.context.get("request"))


class UnderAddress(Address):
    """Where the list under this record is."""

    def __init__(self, route: str, **kwargs):
        self.route = route
        super().__init__(**kwargs)

    def to_representation(self, value):
        return address(self.route, value.public_key, self.context.get("request"))


class AboutAddress(Address):
    """Where the rows are listed that are about this commitment alone."""

    def __init__(self, route: str, **kwargs):
        self.route = route
        super().__init__(**kwargs)

    def to_representation(self, value):
        page = reverse(self.route, request=self.context.get("request"))
        return f"{page}?{urlencode({'commitment': value.public_key})}"


class Ref(serializers.Field):
    """Another record: shown as key, name and address, written as its key alone.

    ``find`` is one of ``tracker.filters.finders``; ``name`` says how the record is called here.
    """

    default_error_messages = {"type": gettext_lazy("Give the key of a record, as text.")}

    def __init__(self, find: Callable | None = None, *, name: Callable = str, **kwargs):
        self.find, self.name = find, name
        super().__init__(read_only=find is None, **kwargs)

    def to_internal_value(self, data):
        if not isinstance(data, str) or "\x00" in data:
            self.fail("type")
        try:
            return self.find(data.strip())
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error

    def to_representation(self, value):
        url = address_of(value, self.context.get("request"))
        return Shown(value, key=value.public_key, name=str(self.name(value)), url=url)


class Refs(serializers.ListField):
    """Several other records, from a relation to many."""

    def __init__(self, child: Ref, **kwargs):
        super().__init__(child=child, max_length=100, read_only=child.read_only, **kwargs)

    def get_attribute(self, instance):
        return super().get_attribute(instance).all()


class Words(serializers.ListField):
    """One column of the rows that hang on a record, as plain words (the functions of an office)."""

    def __init__(self, column: str, choices, **kwargs):
        self.column = column
        super().__init__(child=serializers.ChoiceField(choices), max_length=100, **kwargs)

    def get_attribute(self, instance):
        return [getattr(row, self.column) for row in super().get_attribute(instance).all()]

    def to_internal_value(self, data):
        return [{self.column: word} for word in super().to_internal_value(data)]


class Count(serializers.IntegerField):
    """A number counted with the list; null for a record that does not stand on the day shown."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def get_attribute(self, instance):
        return getattr(instance, self.source, None)


class Results(serializers.Field):
    """How many commitments show each result, "not assessed" among them."""

    def __init__(self, **kwargs):
        super().__init__(source="bar", read_only=True, **kwargs)

    def to_representation(self, bar):
        return bar.as_dict


class Day(serializers.DateField):
    """A day from which dates can still be counted on."""

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)

    def to_internal_value(self, value):
        day = super().to_internal_value(value)
        if day.year > LAST_YEAR:
            raise serializers.ValidationError(
                _("Give a day up to the year %(year)d.") % {"year": LAST_YEAR}
            )
        return day


class Reason(serializers.CharField):
    """Why something is written; it stands in the record of changes and is not shown here."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(
            write_only=True,
            allow_blank=True,
            max_length=1000,
            help_text=gettext_lazy("Why: kept in the record of changes."),
            **kwargs,
        )
