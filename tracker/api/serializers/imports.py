"""A table that is sent, and what becomes of its rows."""

import json

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from tracker.api.fields import Reason
from tracker.api.serializers.base import Strict
from tracker.tables.plan import CHANGED, NEW, REFUSED


class ImportSerializer(Strict, serializers.Serializer):
    """A file as ``multipart/form-data``; nothing is written without ``apply``."""

    file = serializers.FileField(
        allow_empty_file=True,
        help_text=gettext_lazy("CSV in UTF-8, or the first sheet of an XLSX; up to 10 MB."),
    )
    columns = serializers.CharField(
        required=False,
        help_text=gettext_lazy(
            'A JSON object, such as {"Acronym": "code"}: which of our columns one of the file is. '
            "The others are known by their names in the exports."
        ),
    )
    apply = serializers.BooleanField(
        default=False, help_text=gettext_lazy("true: write what is new and changed.")
    )
    skip_refused = serializers.BooleanField(
        default=False, help_text=gettext_lazy("true: write the others although rows are refused.")
    )
    expected = serializers.CharField(
        required=False,
        help_text=gettext_lazy("The fingerprint of the trial: what is written is what it said."),
    )
    reason = Reason()

    def validate_columns(self, text) -> dict[str, str]:
        """The pairs that the JSON holds."""
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
            raise serializers.ValidationError(_("Give a JSON object of texts."))
        return found


class RowCountsSerializer(serializers.Serializer):
    """How many rows."""

    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    same = serializers.IntegerField()
    refused = serializers.IntegerField()


class ProblemOfRowSerializer(serializers.Serializer):
    """Why a row is refused."""

    column = serializers.CharField(help_text=gettext_lazy("Empty when it is none alone."))
    why = serializers.CharField()


class OutcomeSerializer(serializers.Serializer):
    """What becomes of one row."""

    line = serializers.IntegerField()
    verdict = serializers.ChoiceField([NEW, CHANGED, REFUSED])
    key = serializers.CharField()
    differences = serializers.DictField(
        child=serializers.ListField(), help_text=gettext_lazy("Column → before and after.")
    )
    problems = ProblemOfRowSerializer(many=True)


class PlanSerializer(serializers.Serializer):
    """What becomes of a table; of rows that stay the same, only how many they are."""

    table = serializers.CharField()
    applied = serializers.BooleanField()
    batch = serializers.UUIDField(
        allow_null=True, help_text=gettext_lazy("Take all of it back at batches/…/undo/.")
    )
    counts = RowCountsSerializer()
    fingerprint = serializers.CharField()
    derived = serializers.ListField(
        child=serializers.CharField(),
        help_text=gettext_lazy("Columns that follow from other records and are not read."),
    )
    unknown = serializers.ListField(
        child=serializers.CharField(), help_text=gettext_lazy("Columns that nobody knows.")
    )
    rows = OutcomeSerializer(many=True)
    more_rows = serializers.IntegerField(help_text=gettext_lazy("Rows that are not named here."))
