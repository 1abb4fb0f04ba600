"""Questions across the nouns, as their pages show them."""

from django.utils.translation import gettext_lazy
from rest_framework import serializers

from tracker.api.fields import Ref, Results
from tracker.api.serializers.bodies import MembershipSerializer
from tracker.vocabulary import MembershipRole, Unnamed


class CountedSerializer(serializers.Serializer):
    """A number and the list that it counts."""

    count = serializers.IntegerField()
    list = serializers.URLField()


class HoldingSerializer(CountedSerializer):
    """How many rows one list has on that day."""

    name = serializers.CharField()


class ThemeShareSerializer(serializers.Serializer):
    """What is known of everything under one theme."""

    theme = Ref(source="node")
    provisions = serializers.IntegerField()
    results = Results()


class DueOnSerializer(serializers.Serializer):
    """One day on which one paragraph asks for something."""

    provision = Ref()
    due_on = serializers.DateField()
    what = serializers.CharField()
    open = serializers.IntegerField()
    delivered = serializers.IntegerField()
    timing = serializers.CharField()


class FollowUpsSerializer(serializers.Serializer):
    """How many follow-ups fall in a stretch of days, both ends included."""

    days = serializers.IntegerField()
    first = serializers.DateField()
    last = serializers.DateField()
    number = serializers.IntegerField()


class OverviewSerializer(serializers.Serializer):
    """What the register holds, how much of it is known, what falls due."""

    on = serializers.DateField()
    holdings = HoldingSerializer(many=True)
    results = Results()
    themes = ThemeShareSerializer(many=True)
    deadlines = DueOnSerializer(many=True)
    follow_ups = FollowUpsSerializer(many=True)


class CheckSerializer(CountedSerializer):
    """One question that the record raises about itself, and how many rows it finds."""

    key = serializers.CharField()
    title = serializers.CharField()
    definition = serializers.CharField()
    mend = serializers.CharField()


class LackingSerializer(CountedSerializer):
    """How many States are not recorded as having named this."""

    what = serializers.ChoiceField(Unnamed.choices)


class GapSerializer(serializers.Serializer):
    """One region; the first row, without one, is all States."""

    region = serializers.CharField(
        allow_null=True, help_text=gettext_lazy("Its M49 code; null for all States.")
    )
    name = serializers.CharField()
    states = serializers.IntegerField()
    lacking = LackingSerializer(many=True)
    stale = serializers.IntegerField(
        help_text=gettext_lazy("Designations that nobody confirmed for a year.")
    )


class GapsSerializer(serializers.Serializer):
    """What is not recorded of the offices that States name."""

    on = serializers.DateField()
    recorded = serializers.IntegerField()
    rows = GapSerializer(many=True)


class YearSerializer(serializers.Serializer):
    """How many memberships stood at the end of one year, by role."""

    on = serializers.DateField()
    total = serializers.IntegerField()
    by_role = serializers.DictField(child=serializers.IntegerField())


class OverlapSerializer(serializers.Serializer):
    """Another network, and how many of its memberships members of this one hold."""

    network = Ref()
    number = serializers.IntegerField()


class NetworkSerializer(serializers.Serializer):
    """One network: its members, how it grew, what it shares them with."""

    network = Ref()
    on = serializers.DateField()
    memberships = MembershipSerializer(many=True)
    roles = serializers.ListField(child=serializers.ChoiceField(MembershipRole.choices))
    years = YearSerializer(many=True)
    undated = serializers.IntegerField()
    overlaps = OverlapSerializer(many=True)
    contact_points = serializers.IntegerField()


class WaitingSerializer(CountedSerializer):
    """One kind of what waits for you."""

    key = serializers.CharField()
    why = serializers.CharField()


class HorizonSerializer(CountedSerializer):
    """How many fall due within so many days."""

    days = serializers.IntegerField()


class DueSoonSerializer(serializers.Serializer):
    """One kind of what falls due."""

    key = serializers.CharField()
    label = serializers.CharField()
    horizons = HorizonSerializer(many=True)


class InboxSerializer(serializers.Serializer):
    """What waits for you, up to which change you have seen, and what falls due."""

    on = serializers.DateField()
    waiting = WaitingSerializer(many=True)
    seen_until = serializers.IntegerField()
    changed_since = serializers.IntegerField(
        help_text=gettext_lazy("How many changes you may see were made after that.")
    )
    due = DueSoonSerializer(many=True)


class SeenSerializer(serializers.Serializer):
    """Up to which change everything is marked as seen."""

    seen_until = serializers.IntegerField(source="sequence", read_only=True)
