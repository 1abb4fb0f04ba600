"""Changes in the API: who, when, why, from what to what, by which door."""

from rest_framework import serializers

from tracker.api.fields import Address
from tracker.api.serializers.base import RowSerializer
from tracker.models import Change
from tracker.reports.differences import open_values


class DifferencesField(serializers.JSONField):
    """Field → [before, after], without what no reader is told."""

    def __init__(self, **kwargs):
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value):
        return open_values(value)


class ChangeSerializer(RowSerializer):
    """One change; its record is named by kind and key, as it was called then."""

    url = Address()
    by = serializers.CharField(source="by.username", default=None, allow_null=True, read_only=True)
    record = serializers.CharField(source="object_key", read_only=True)
    differences = DifferencesField()

    class Meta:
        model = Change
        fields = [
            "url",
            "sequence",
            "at",
            "by",
            "door",
            "request_id",
            "batch",
            "reason",
            "verb",
            "noun",
            "record",
            "differences",
            "undoes",
            "previous_hash",
            "hash",
        ]
        read_only_fields = fields


class BatchSerializer(serializers.Serializer):
    """What was written to take back a bulk change."""

    changes = ChangeSerializer(many=True, read_only=True)
