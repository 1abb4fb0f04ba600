"""Rows that are written inside another record: names of a body, dates of a provision."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError as ModelError
from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker import actions
from tracker.api.errors import by_field


@dataclass(frozen=True)
class Part:
    """Rows of ``model`` that belong to a record by ``owner``.

    Two rows with the same ``identity`` are the same row; ``others`` is what may change in it.
    """

    model: type[models.Model]
    owner: str
    identity: tuple[str, ...]
    others: tuple[str, ...] = ()

    def identity_of(self, values) -> tuple:
        """What makes this row itself, from a row or from what was sent."""
        get = values.get if isinstance(values, dict) else lambda name: getattr(values, name)
        return tuple(get(name) for name in self.identity)

    def rows_of(self, noun):
        """The rows that belong to ``noun`` now."""
        return self.model._base_manager.filter(**{self.owner: noun})


def replace_parts(noun, part: Part, wanted: list[dict], *, named: str, by, reason: str) -> None:
    """Make the rows of ``noun`` those that are ``wanted``; raises 400 under ``named``.

    What is not wanted any more goes first, so that it does not stand in the way of the new.
    """
    _refuse_twice(part, wanted, named)
    there = {part.identity_of(row): row for row in part.rows_of(noun)}
    keep = {part.identity_of(values) for values in wanted}
    for identity, row in there.items():
        if identity not in keep:
            actions.delete(row, by=by, reason=reason)
    for place, values in enumerate(wanted):
        row = there.get(part.identity_of(values)) or part.model(**{part.owner: noun})
        _fill(row, part, values)
        _save(row, part, f"{place}", named, by=by, reason=reason)


def _refuse_twice(part, wanted, named):
    seen = set()
    for place, values in enumerate(wanted):
        identity = part.identity_of(values)
        if identity in seen:
            message = _("This entry stands in the list already; give it once.")
            raise serializers.ValidationError({named: {f"{place}": [message]}})
        seen.add(identity)


def _fill(row, part, values):
    """Set every field: what was left out is empty, since the list replaces the one there was."""
    for name in (*part.identity, *part.others):
        default = part.model._meta.get_field(name).get_default()
        setattr(row, name, values.get(name, default))


def _save(row, part, place, named, *, by, reason):
    try:
        actions.save(row, by=by, reason=reason)
    except ModelError as error:
        names = {name: name for name in (*part.identity, *part.others)}
        told = by_field(error, names=names)
        raise serializers.ValidationError({named: {place: told}}) from error
