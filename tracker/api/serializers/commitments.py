"""A commitment with its four facts; each fact has its own date."""

from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tracker.api.addresses import addresses
from tracker.api.fields import AboutAddress, Address, Reason, Ref, UnderAddress
from tracker.api.serializers.base import RowSerializer, Strict
from tracker.columns.rows import Row
from tracker.models import Commitment
from tracker.vocabulary import POSITIONS, RESULTS, CommitmentRole, Effect, Timing


class ReportedSerializer(serializers.Serializer):
    """Fact 1: what the body says."""

    position = serializers.ChoiceField(POSITIONS)
    on = serializers.DateField(source="reported_on", allow_null=True)


class ReceivedSerializer(serializers.Serializer):
    """Fact 2: what was received to show it."""

    count = serializers.IntegerField(source="evidence_count")


class EffectField(serializers.ChoiceField):
    """The effect in practice; null where it was not judged."""

    def get_attribute(self, instance):
        return instance.effect or None


class AssessedSerializer(serializers.Serializer):
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


class PlainList(serializers.ListSerializer):
    """Commitments; plain rows all at once, since a list shows many."""

    def to_representation(self, rows):
        if not (rows and isinstance(rows[0], Row)):
            return super().to_representation(rows)
        shown = plain(rows, self.context["on"], self.context["request"])
        chosen = self.context.get("chosen")
        if not chosen:
            return shown
        return [{name: row[name] for name in row if name in chosen} for row in shown]


class CommitmentSerializer(RowSerializer):
    """What one provision asks of one body, with the four facts known of it."""

    url = Address()
    key = serializers.CharField(source="public_key", read_only=True)
    provision = Ref()
    body = Ref()
    reported = ReportedSerializer(source="*", read_only=True)
    evidence = ReceivedSerializer(source="*", read_only=True)
    assessment = AssessedSerializer(source="*", read_only=True)
    timing = TimingSerializer(source="*", read_only=True)

    class Meta:
        model = Commitment
        list_serializer_class = PlainList
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


def plain(rows: list[Row], on, request) -> list[dict]:
    """Every field of ``CommitmentSerializer``, from rows as ``columns.rows`` reads them."""
    commitment, provision, body = (
        addresses(route, request) for route in ("api:commitment", "api:provision", "api:body")
    )
    return [
        {
            "url": commitment(row.key),
            "key": row.key,
            "provision": {
                "key": row.provision_key,
                "name": row.provision_name,
                "url": provision(row.provision_key),
            },
            "body": {"key": row.body_code, "name": row.body_name, "url": body(row.body_code)},
            "role": row.role,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
            "reported": {"position": row.position, "on": row.reported_on},
            "evidence": {"count": row.evidence_count},
            "assessment": {
                "result": row.result,
                "effect": row.effect or None,
                "on": row.assessed_on,
                "follow_up_on": row.follow_up_on,
            },
            "timing": {
                "state": row.timing(on),
                "due_on": row.due_on,
                "delivered_on": row.delivered_on,
            },
        }
        for row in rows
    ]


class DateSerializer(serializers.Serializer):
    """One date of the provision, and what is known of it for this body on the day shown."""

    deadline = serializers.CharField()
    number = serializers.IntegerField()
    due_on = serializers.DateField()
    extended_until = serializers.DateField(allow_null=True)
    delivered_on = serializers.DateField(allow_null=True)


class CommitmentRecordSerializer(CommitmentSerializer):
    """A commitment with its dates, and where to read and add what is known of it."""

    dates = serializers.SerializerMethodField()
    deliveries = UnderAddress("api:deliveries")
    extensions = UnderAddress("api:extensions")
    reports = AboutAddress("api:reports")
    assessments = AboutAddress("api:assessments")

    class Meta(CommitmentSerializer.Meta):
        fields = [
            *CommitmentSerializer.Meta.fields,
            "dates",
            "deliveries",
            "extensions",
            "reports",
            "assessments",
        ]
        read_only_fields = fields

    @extend_schema_field(DateSerializer(many=True))
    def get_dates(self, commitment):
        """Every date that the provision sets this body, with what had happened by that day."""
        on = self.context["on"]
        if commitment.role != CommitmentRole.ADDRESSEE:
            return []
        delivered = {
            (row.deadline_id, row.number): row.delivered_on
            for row in commitment.deliveries.all()
            if row.delivered_on <= on
        }
        granted = [row for row in commitment.extensions.all() if row.granted_on <= on]
        granted.sort(key=lambda row: (row.granted_on, row.pk))
        extended = {(row.deadline_id, row.number): row.until_on for row in granted}
        rows = [
            {
                "deadline": deadline.label,
                "number": number,
                "due_on": due_on,
                "extended_until": extended.get((deadline.pk, number)),
                "delivered_on": delivered.get((deadline.pk, number)),
            }
            for deadline in commitment.provision.deadlines.all()
            for number, due_on in enumerate(deadline.occurrences(), start=1)
        ]
        return DateSerializer(rows, many=True).data


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
