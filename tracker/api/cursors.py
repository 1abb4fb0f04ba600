"""Cursor paging: a page begins after the last row of the one before, however deep that lies."""

import hashlib
import json

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import connection
from django.db.models import F, Q
from django.db.models.expressions import OrderBy

SALT = "tracker.api.cursor"


class WrongCursor(ValueError):
    """A cursor that was made for another list, other filters, or by nobody."""


class Order:
    """The total order of a queryset, with its primary key as the last tie."""

    def __init__(self, queryset):
        self.by = [_order_by(each) for each in queryset.query.order_by or _usual(queryset)]
        self.by.append(OrderBy(F("pk")))
        self.may_be_null = [_may_be_null(queryset, each.expression) for each in self.by]
        self.names = [f"_order_{place}" for place in range(len(self.by))]
        values = {name: each.expression for name, each in zip(self.names, self.by, strict=True)}
        self.rows = queryset.annotate(**values).order_by(*self.by)

    def values_of(self, row) -> list:
        """Where ``row`` stands."""
        return [_plain(getattr(row, name)) for name in self.names]

    def after(self, values: list):
        """The rows that come after those values."""
        if len(values) != len(self.by):
            raise WrongCursor
        same, later = Q(), Q()
        for place, value in enumerate(values):
            later |= same & self._beyond(place, value)
            name = self.names[place]
            same &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
        return self.rows.filter(later)

    def _beyond(self, place, value) -> Q:
        """Condition: further on in this one order."""
        name, order = self.names[place], self.by[place]
        nulls_last = _nulls_last(order)
        nothing = Q(**{f"{name}__isnull": True})
        if value is None:
            return Q(pk__in=[]) if nulls_last else ~nothing
        found = Q(**{f"{name}__{'lt' if order.descending else 'gt'}": value})
        return found | nothing if nulls_last and self.may_be_null[place] else found

    def describe(self) -> str:
        """The order in a word, so that a cursor fits no other."""
        return ",".join(f"{each.expression!r}{each.descending}" for each in self.by)


def _usual(queryset):
    return queryset.model._meta.ordering


def _order_by(each) -> OrderBy:
    if isinstance(each, OrderBy):
        return each
    if isinstance(each, str):
        return OrderBy(F(each.removeprefix("-")), descending=each.startswith("-"))
    return OrderBy(each)


def _nulls_last(order) -> bool:
    if order.nulls_last or order.nulls_first:
        return bool(order.nulls_last)
    # Unsaid: the smallest on SQLite, the largest on PostgreSQL.
    return order.descending == (connection.vendor == "sqlite")


def _may_be_null(queryset, expression) -> bool:
    """Whether there can be rows without a value; true where it is not known."""
    if not isinstance(expression, F) or expression.name in queryset.query.annotations:
        return True
    model = queryset.model
    try:
        for part in expression.name.split("__"):
            field = model._meta.pk if part == "pk" else model._meta.get_field(part)
            if field.null:
                return True
            model = field.related_model
    except (FieldDoesNotExist, AttributeError):
        return True
    return False


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def written(place: list, about: str) -> str:
    """The text of a cursor: signed, and bound to the question it belongs to."""
    # Without the time of signing, so that the same page has the same cursor and the same tag.
    return signing.Signer(salt=SALT).sign_object([about, place], compress=True)


def read(text: str, about: str) -> list:
    """The place that a cursor names; raises ``WrongCursor`` unless it belongs to the question."""
    try:
        named, place = signing.Signer(salt=SALT).unsign_object(text)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise WrongCursor from error
    if named != about:
        raise WrongCursor
    return place


def question(path: str, parameters: list, order: Order) -> str:
    """A digest of what is asked: the list, its filters and its order."""
    asked = json.dumps([path, sorted(parameters), order.describe()], default=str)
    return hashlib.sha256(asked.encode()).hexdigest()[:32]


def page_after(order: Order, place: list | None, size: int) -> tuple[list, list | None]:
    """Up to ``size`` rows from there on, and where they end; None when nothing follows."""
    rows = order.rows if place is None else order.after(place)
    try:
        found = list(rows[: size + 1])
    except (ValidationError, ValueError, TypeError) as error:
        raise WrongCursor from error
    more = len(found) > size
    return found[:size], order.values_of(found[size - 1]) if more else None
