"""What stands under another record: citations, deliveries, extensions."""

from rest_framework import serializers
from rest_framework.reverse import reverse

from tracker.api.fields import Address, Day, Reason
from tracker.api.serializers.base import BOUNDS, RowSerializer, Strict
from tracker.models import Citation, Delivery, Extension

LEAST, MOST = 1, BOUNDS["PositiveSmallIntegerField"][1]


class RowAddress(Address):
    """Where a row is, under the record that it belongs to."""

    def to_representation(self, value):
        if isinstance(value, Citation):
            owner, row = value.report or value.assessment, value.evidence.key
            route = f"api:{owner._meta.model_name}-citation"
        else:
            owner, row, route = value.commitment, value.pk, f"api:{value._meta.model_name}"
        return reverse(route, args=[owner.public_key, row], request=self.context.get("request"))


class CitationSerializer(RowSerializer):
    """Evidence that a report or an assessment rests on, and where in it."""

    url = RowAddress()
    evidence = serializers.CharField(source="evidence.key", read_only=True)
    title = serializers.CharField(source="evidence.title", read_only=True)

    class Meta:
        model = Citation
        fields = ["url", "evidence", "title", "pinpoint", "version"]
        read_only_fields = fields


class NewCitationSerializer(Strict, serializers.Serializer):
    """What to cite, by key, and where in it."""

    evidence = serializers.CharField(max_length=40)
    pinpoint = serializers.CharField(max_length=120, required=False, allow_blank=True)
    reason = Reason()


class DatedSerializer(RowSerializer):
    """What happened to one date of one commitment."""

    url = RowAddress()
    deadline = serializers.CharField(source="deadline.label", read_only=True)


class DeliverySerializer(DatedSerializer):
    """When what was due was delivered."""

    class Meta:
        model = Delivery
        fields = ["url", "id", "deadline", "number", "delivered_on", "source", "version"]
        read_only_fields = fields


class ExtensionSerializer(DatedSerializer):
    """A later date that was granted, and why."""

    class Meta:
        model = Extension
        fields = [
            "url",
            "id",
            "deadline",
            "number",
            "granted_on",
            "until_on",
            "why",
            "source",
            "version",
        ]
        read_only_fields = fields


class NewDatedSerializer(Strict, serializers.Serializer):
    """Which date of the provision: its label, and its number in a series."""

    deadline = serializers.CharField(max_length=120)
    number = serializers.IntegerField(min_value=LEAST, max_value=MOST, required=False)
    source = serializers.CharField(required=False, allow_blank=True)


class NewDeliverySerializer(NewDatedSerializer):
    """What is said of a delivery."""

    delivered_on = Day()
    reason = Reason()


class NewExtensionSerializer(NewDatedSerializer):
    """What is said of an extension; it is granted today."""

    until_on = Day()
    why = serializers.CharField(allow_blank=True)
