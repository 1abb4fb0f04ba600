"""The profile of one body: what its page shows, as data."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tracker.api.fields import Ref, Results
from tracker.api.serializers.bodies import DesignationSerializer, MembershipSerializer
from tracker.vocabulary import BodyKind, Standing


class EventSerializer(serializers.Serializer):
    """What happened or is to happen; ``word`` is the position, result, timing, step or kind."""

    kind = serializers.CharField()
    on = serializers.DateField(source="day", allow_null=True)
    word = serializers.CharField()
    note = serializers.CharField()
    key = serializers.CharField()
    provision = serializers.CharField()
    until = serializers.DateField(allow_null=True)


class TurnSerializer(EventSerializer):
    """An assessment under way, and who is next."""

    said = serializers.CharField()
    who = serializers.CharField()

    def to_representation(self, request):
        shown = EventSerializer(request.event, context=self.context).data
        return {**shown, "said": str(request.turn.said), "who": str(request.turn.who)}


class ThemeBarSerializer(serializers.Serializer):
    """How the commitments under one theme stand."""

    theme = Ref(source="node")
    results = Results()


class NumbersSerializer(serializers.Serializer):
    """How many there are of each; each is the count of a list."""

    reports = serializers.IntegerField()
    assessments = serializers.IntegerField()
    evidence = serializers.IntegerField()
    overdue = serializers.IntegerField()
    due_soon = serializers.IntegerField()
    follow_ups = serializers.IntegerField()


class ProfileSerializer(serializers.Serializer):
    """One body on one day: what is asked of it, what happened, what is open, where it belongs."""

    body = Ref()
    kind = serializers.ChoiceField(BodyKind.choices, source="body.kind")
    standing = serializers.ChoiceField(Standing.choices)
    on = serializers.DateField()
    results = Results()
    themes = ThemeBarSerializer(many=True)
    numbers = serializers.SerializerMethodField()
    requests = TurnSerializer(many=True, source="chronicle.requests")
    ahead = EventSerializer(many=True, source="chronicle.ahead")
    past = EventSerializer(many=True, source="chronicle.past")
    memberships = MembershipSerializer(many=True, source="belongs_to")
    members = MembershipSerializer(many=True)
    designations = DesignationSerializer(many=True)

    @extend_schema_field(NumbersSerializer)
    def get_numbers(self, profile):
        """The numbers that the page of the body shows, each with a list behind it."""
        return NumbersSerializer(profile.chronicle.figures).data
