"""What every serializer does: refuse what it does not read, and write through the actions."""

from django.core.exceptions import ValidationError as ModelError
from django.db import models, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from tracker import actions
from tracker.api.errors import by_field
from tracker.api.fields import Address, Day, Reason, Ref, Refs
from tracker.api.parts import Part, replace_parts

#: The same bounds on every database: SQLite itself would hold far larger numbers.
BOUNDS = BaseDatabaseOperations.integer_field_ranges


class Strict:
    """Refuses fields that are unknown or derived, so that nothing sent is silently ignored."""

    def to_internal_value(self, data):
        wrong = self._not_writable(data) if isinstance(data, dict) else {}
        if not wrong:
            return super().to_internal_value(data)
        try:
            super().to_internal_value(data)
        except serializers.ValidationError as error:
            wrong = {**error.detail, **wrong}
        raise serializers.ValidationError(wrong)

    def _not_writable(self, data):
        writable = sorted(name for name, field in self.fields.items() if not field.read_only)
        wrong = {}
        for name in data:
            if name not in self.fields:
                wrong[str(name)] = [
                    _("There is no such field; these may be written: %(names)s.")
                    % {"names": ", ".join(writable)}
                ]
            elif self.fields[name].read_only:
                wrong[name] = [_("This is derived and cannot be set; leave it out.")]
        return wrong


class RowSerializer(Strict, serializers.ModelSerializer):
    """The fields of one model; its rules are checked by the action, not twice."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DateField: Day,
    }

    def get_validators(self):
        return []

    def build_standard_field(self, field_name, model_field):
        """As DRF builds it, with bounds for numbers and without a query for uniqueness."""
        built, options = super().build_standard_field(field_name, model_field)
        options.pop("validators", None)
        least, most = BOUNDS.get(model_field.get_internal_type(), (None, None))
        if most is not None and not options.get("read_only") and "choices" not in options:
            options |= {"min_value": least, "max_value": most}
        return built, options

    @property
    def names(self) -> dict[str, str]:
        """The name in the API of each field of the model that may be written."""
        return {field.source: name for name, field in self.fields.items() if not field.read_only}


class NounSerializer(RowSerializer):
    """A noun with its address and version; ``write`` saves it with what hangs on it.

    ``relations`` are the many-to-many fields; ``parts`` the rows that are listed in it.
    """

    url = Address()
    version = serializers.IntegerField(
        read_only=True, help_text=gettext_lazy("Counts the changes; the ETag names it.")
    )
    reason = Reason()

    relations: tuple[str, ...] = ()
    parts: dict[str, Part] = {}

    def write(self, *, by):
        """Save what was validated, in one transaction; raises 400 by field."""
        values = dict(self.validated_data)
        reason = values.pop("reason", "")
        relations = {name: values.pop(name) for name in self.relations if name in values}
        parts = {name: values.pop(name) for name in self.parts if name in values}
        noun = self.instance or self.Meta.model()
        for name, value in values.items():
            setattr(noun, name, value)
        with transaction.atomic():
            self._save(noun, relations, by=by, reason=reason)
            for name, rows in parts.items():
                replace_parts(
                    noun, self.parts[name], rows, named=self.names[name], by=by, reason=reason
                )
        return noun

    def _save(self, noun, relations, *, by, reason):
        try:
            self.store(noun, relations, by=by, reason=reason)
        except ModelError as error:
            told = by_field(error, names=self.names)
            raise serializers.ValidationError(told) from error

    def store(self, noun, relations, *, by, reason):
        """Save ``noun`` by the action that does it."""
        actions.save(noun, by=by, reason=reason, relations=relations)


class StepSerializer(Strict, serializers.Serializer):
    """What a step takes when it takes no more than a reason, which may be left out."""

    reason = Reason()


class NothingSerializer(Strict, serializers.Serializer):
    """What a step takes that takes nothing and leaves no trace."""


class ReasonedStepSerializer(Strict, serializers.Serializer):
    """What a step takes that must say why."""

    reason = Reason(required=True)


def as_input(serializer, shown: dict) -> dict:
    """What is shown of a record, in the form in which it is written back."""
    written = {}
    for name, field in serializer.fields.items():
        if not field.read_only and not field.write_only and name in shown:
            written[name] = _as_input(field, shown[name])
    return written


def _as_input(field, value):
    if isinstance(field, serializers.ListSerializer):
        return [as_input(field.child, row) for row in value]
    if isinstance(field, Refs):
        return [ref["key"] for ref in value]
    if isinstance(field, Ref) and value:
        return value["key"]
    return value
