"""The answer of the channel finder in the API."""

from rest_framework import serializers

from tracker.api.fields import Ref
from tracker.api.serializers.bodies import DesignationSerializer, MembershipSerializer
from tracker.vocabulary import DesignationFunction


class OfficeSerializer(serializers.Serializer):
    """A designation as it stood on the day; ``stale`` when nobody confirmed it for a year."""

    designation = DesignationSerializer()
    stale = serializers.BooleanField()


class SideSerializer(serializers.Serializer):
    """One State: who takes such requests, who takes others, who answers at any hour."""

    state = Ref()
    authorities = OfficeSerializer(many=True)
    others = OfficeSerializer(many=True)
    all_hours = OfficeSerializer(many=True)


class TieSerializer(serializers.Serializer):
    """A network or organization, with what each of the two is to it."""

    network = Ref()
    shared = serializers.BooleanField(help_text="Both belong to it, in whatever role.")
    full = serializers.BooleanField(help_text="Both take full part: as members or founders.")
    in_force = serializers.BooleanField(help_text="Its treaty was in force on the day.")
    requesting = MembershipSerializer(many=True)
    requested = MembershipSerializer(many=True)
    contact_points = OfficeSerializer(many=True)


class LegalBasisSerializer(serializers.Serializer):
    """What a request may rest on, and whose it is."""

    text = serializers.CharField()
    whose = serializers.CharField()


class MissingSerializer(serializers.Serializer):
    """One thing that is not recorded: a stable word, and a sentence."""

    code = serializers.CharField()
    text = serializers.CharField()


class ChannelSerializer(serializers.Serializer):
    """Who takes a request of one State to another, and what is not recorded of it."""

    on = serializers.DateField()
    purpose = serializers.ChoiceField(DesignationFunction.choices)
    urgent = serializers.BooleanField()
    authority = OfficeSerializer(source="requested.first", allow_null=True)
    legal_bases = LegalBasisSerializer(source="bases", many=True)
    requesting = SideSerializer()
    requested = SideSerializer()
    networks = TieSerializer(source="ties", many=True)
    missing = MissingSerializer(many=True)
