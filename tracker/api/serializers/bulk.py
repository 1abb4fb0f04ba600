"""Many records in one request, and what became of each."""

from django.utils.translation import gettext_lazy
from rest_framework import serializers

from tracker.api.fields import Reason
from tracker.api.serializers.base import Strict


class BulkSerializer(Strict, serializers.Serializer):
    """Rows as their own list and record take them."""

    rows = serializers.ListField(
        child=serializers.DictField(),
        allow_empty=False,
        help_text=gettext_lazy(
            "With “key” and “version”: changes that record. Without: makes a new one. At most 500."
        ),
    )
    reason = Reason()


class RowAnswerSerializer(serializers.Serializer):
    """What became of one row."""

    row = serializers.IntegerField(help_text=gettext_lazy("Its place in the request, from 0."))
    status = serializers.ChoiceField(["created", "updated", "same"])
    key = serializers.CharField()
    version = serializers.IntegerField()


class AnswerSerializer(serializers.Serializer):
    """Every row, in its order."""

    count = serializers.IntegerField()
    results = RowAnswerSerializer(many=True)
