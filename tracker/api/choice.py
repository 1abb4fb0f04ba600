"""``fields=`` and ``expand=``: what of a record is shown, and which of the others with it."""

from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.serializers import ListSerializer

from tracker.api.fields import LISTS, Ref, Refs, Shown


class Choice:
    """What was asked for; ``None`` and empty ask for everything as it is."""

    def __init__(self, fields: str | None, expand: str | None):
        self.fields, self.expanded = _names("fields", fields), _names("expand", expand)

    def narrow(self, serializer):
        """The serializer with the chosen fields alone; raises 400 naming those there are."""
        if not (self.fields or self.expanded):
            return serializer
        row = serializer.child if isinstance(serializer, ListSerializer) else serializer
        there = {name: each for name, each in row.fields.items() if not each.write_only}
        others = [name for name, each in there.items() if isinstance(each, Ref | Refs)]
        _refuse("fields", self.fields, list(there))
        _refuse("expand", self.expanded, others)
        if self.fields:
            for name in set(row.fields) - {*self.fields, *self.expanded}:
                row.fields.pop(name)
        return serializer

    def expand(self, data, request, on) -> None:
        """Put records in the place of references, one level deep, as far as they may be seen."""
        if not self.expanded:
            return
        rows = data["results"] if "next" in data else [data]
        found = [ref for row in rows for name in self.expanded for ref in _refs(row[name])]
        for model in {type(ref.record) for ref in found}:
            same = [ref for ref in found if type(ref.record) is model]
            records = _records(model, {ref.record.pk for ref in same}, request, on)
            for ref in same:
                ref.update(records.get(ref.record.pk, {}))


def _names(parameter, text) -> list[str]:
    if text is None:
        return []
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        told = _("Name one or more, with commas between them.")
        raise ValidationError({parameter: [told]})
    return names


def _refuse(parameter, names, allowed):
    unknown = [name for name in names if name not in allowed]
    if unknown:
        told = _("“%(name)s” is not one of: %(allowed)s.") % {
            "name": unknown[0],
            "allowed": ", ".join(sorted(allowed)) or _("nothing here"),
        }
        raise ValidationError({parameter: [told]})


def _refs(value) -> list[Shown]:
    return [each for each in (value if isinstance(value, list) else [value]) if each]


def _records(model, keys, request, on) -> dict:
    """The records as their own list shows them to this reader, by primary key."""
    route = LISTS.get(model._meta.model_name)
    if route is None:
        return {}
    view = resolve(reverse(route)).func.view_class()
    view.request, view.format_kwarg, view.on = request, None, on
    rows = view.with_bars(list(view.rows().filter(pk__in=keys)))
    shown = view.get_serializer(rows, many=True).data
    return {row.pk: each for row, each in zip(rows, shown, strict=True)}
