"""A commitment with its four facts; each fact has its own date."""

from django.utils.translation import gettext_lazy
from rest_framework import serializers

from tracker.api.fields import Address, Reason, Ref
from tracker.api.serializers.base import RowSerializer, Strict
from tracker.models import Commitment
from tracker.vocabulary import POSITIONS, RESULTS, Effect, Timing


class ReportedSerializer(serializers.Serializer):
    """Fact 1: what the body says."""

    position = serializers.ChoiceField(POSITIONS)
    on = serializers.DateField(source="reported_on", allow_null=True)


class EvidenceSerializer(serializers.Serializer):
    """Fact 2: what was received to show it."""

    count = serializers.IntegerField(source="evidence_count")


class EffectField(serializers.ChoiceField):
    """The effect in practice; null where it was not judged."""

    def get_attribute(self, instance):
        return instance.effect or None


class AssessmentSerializer(serializers.Serializer):
    """Fact 3: what was concluded; not assessed is never not implemented."""

    result = serializers.ChoiceField(RESULTS)
    effect = EffectField(Effect.choices, allow_null=True)
    on = serializers.DateField(source="assessed_on", allow_null=True)
    follow_up_on = serializers.DateField(allow_null=True)


class TimingSerializer(serializers.Serializer):
    """Fact 4: where it stands against its date."""

    state = serializers.ChoiceField(Timing.choices, source="timing")
    due_on = serializers.DateField(allow_null=True)
    delivered_on = serializers.DateField(allow_null=True)


class CommitmentSerializer(RowSerializer):
    """What one provision asks of one body, with the four facts known of it."""

    url = Address()
    key = serializers.CharField(source="public_key", read_only=True)
    provision = Ref()
    body = Ref()
    reported = ReportedSerializer(source="*", read_only=True)
    evidence = EvidenceSerializer(source="*", read_only=True)
    assessment = AssessmentSerializer(source="*", read_only=True)
    timing = TimingSerializer(source="*", read_only=True)

    class Meta:
        model = Commitment
        fields = [
            "url",
            "key",
            "provision",
            "body",
            "role",
            "starts_on",
            "ends_on",
            "reported",
            "evidence",
            "assessment",
            "timing",
        ]
        read_only_fields = fields


class ExpansionSerializer(Strict, serializers.Serializer):
    """Making the commitments that follow from whom a provision addresses."""

    reason = Reason()
    made = serializers.ListField(
        child=serializers.CharField(),
        read_only=True,
        help_text=gettext_lazy("The keys of the commitments that were not there before."),
    )
    commitment_count = serializers.IntegerField(
        read_only=True, help_text=gettext_lazy("How many commitments the provision has now.")
    )
