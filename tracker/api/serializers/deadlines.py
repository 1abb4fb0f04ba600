"""Deadlines in the API: one row for each date of each body."""

from rest_framework import serializers

from tracker.api.fields import Ref
from tracker.models import Due
from tracker.vocabulary import Timing


class DueSerializer(serializers.ModelSerializer):
    """A date that a body has to meet: as it was set, as it counts, and when it was delivered."""

    key = serializers.CharField(source="public_key")
    commitment = Ref()
    provision = Ref(source="deadline.provision")
    body = Ref()
    what = serializers.CharField(source="deadline.label")
    set_for = serializers.DateField(source="due_on", help_text="As the paragraph sets it.")
    due_on = serializers.DateField(source="until_on", help_text="As extended by that day.")
    extended = serializers.BooleanField(source="is_extended")
    delivered_on = serializers.DateField(allow_null=True)
    timing = serializers.ChoiceField(
        [(key, label) for key, label in Timing.choices if key != Timing.NO_DATE]
    )

    class Meta:
        model = Due
        fields = [
            "key",
            "commitment",
            "provision",
            "body",
            "what",
            "number",
            "set_for",
            "due_on",
            "extended",
            "delivered_on",
            "timing",
        ]
        read_only_fields = fields
