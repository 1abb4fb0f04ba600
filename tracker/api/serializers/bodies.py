"""Bodies, memberships and designations in the API."""

from rest_framework import serializers

from tracker.api.fields import Count, Ref, Results, Words
from tracker.api.parts import Part
from tracker.api.serializers.base import NounSerializer, RowSerializer
from tracker.filters.finders import find_body, find_region
from tracker.models import (
    Body,
    BodyName,
    Designation,
    DesignationCompetence,
    Membership,
)
from tracker.models.designations import PERSONAL
from tracker.vocabulary import DesignationFunction, Standing


class RegionField(serializers.Field):
    """A region of M49: shown as code and name, written as its code."""

    def to_internal_value(self, data):
        return Ref(find_region).to_internal_value(data)

    def to_representation(self, region):
        return {"key": region.code, "name": region.name}


class BodyNameSerializer(RowSerializer):
    """One name of a body in one language."""

    class Meta:
        model = BodyName
        fields = ["language", "form", "text", "from_on", "until_on"]


class MembershipSerializer(NounSerializer):
    """A body's part in a network or an organization."""

    organization = Ref(find_body)
    member = Ref(find_body)

    class Meta:
        model = Membership
        fields = [
            "url",
            "key",
            "organization",
            "member",
            "role",
            "from_on",
            "from_precision",
            "until_on",
            "until_precision",
            "source",
            "version",
            "reason",
        ]


class DesignationSerializer(NounSerializer):
    """An authority, bureau or contact point that a body has named; the person is never shown."""

    has_person = serializers.BooleanField(read_only=True)
    body = Ref(find_body)
    network = Ref(find_body, required=False, allow_null=True)
    functions = Words("function", DesignationFunction.choices, source="competences", required=False)

    parts = {"competences": Part(DesignationCompetence, "designation", ("function",))}

    class Meta:
        model = Designation
        fields = [
            "url",
            "key",
            "body",
            "kind",
            "office",
            "network",
            "channel",
            "languages",
            "urgent_procedure",
            "legal_basis",
            "has_person",
            *PERSONAL,
            "functions",
            "from_on",
            "until_on",
            "last_confirmed_on",
            "classification",
            "source",
            "version",
            "reason",
        ]
        extra_kwargs = {name: {"write_only": True} for name in PERSONAL}


class ContactSerializer(serializers.ModelSerializer):
    """The person behind an office, to one who said why."""

    class Meta:
        model = Designation
        fields = PERSONAL
        read_only_fields = fields


class StandingField(serializers.ChoiceField):
    """Whether the body stands on the day shown."""

    def get_attribute(self, instance):
        on = self.context["on"]
        return Standing.DISSOLVED if instance.is_dissolved(on) else Standing.EXISTING


class BodyRowSerializer(NounSerializer):
    """A body in a list."""

    standing = StandingField(choices=Standing.choices, read_only=True)
    parent = Ref(find_body, required=False, allow_null=True)
    state = Ref(find_body, required=False, allow_null=True)
    region = RegionField(required=False, allow_null=True)
    website = serializers.URLField(source="url", required=False, allow_blank=True, max_length=200)
    commitment_count = Count()
    member_count = Count()
    membership_count = Count()
    designation_count = Count()
    results = Results()

    class Meta:
        model = Body
        fields = [
            "url",
            "code",
            "kind",
            "name",
            "standing",
            "region",
            "parent",
            "state",
            "iso2",
            "iso3",
            "m49",
            "founded_on",
            "dissolved_on",
            "website",
            "is_fictional",
            "commitment_count",
            "member_count",
            "membership_count",
            "designation_count",
            "results",
            "version",
            "reason",
        ]


class BodySerializer(BodyRowSerializer):
    """A body with its names, what it belongs to and whom it has named."""

    host = Ref(find_body, required=False, allow_null=True)
    succeeded_by = Ref(find_body, required=False, allow_null=True)
    names = BodyNameSerializer(many=True, required=False)
    memberships = MembershipSerializer(many=True, source="memberships_held", read_only=True)
    designations = DesignationSerializer(many=True, read_only=True)

    parts = {
        "names": Part(BodyName, "body", ("language", "form", "text"), ("from_on", "until_on")),
    }

    class Meta(BodyRowSerializer.Meta):
        fields = [
            *BodyRowSerializer.Meta.fields,
            "description",
            "host",
            "succeeded_by",
            "founded_precision",
            "founded_by",
            "dissolved_precision",
            "operational_from",
            "operational_precision",
            "instrument",
            "in_force_from",
            "seat",
            "members_note",
            "source",
            "names",
            "memberships",
            "designations",
        ]
