"""Tokens: as their owner sees them, and as one is asked for."""

from django.utils import timezone
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from tracker.actions.tokens import LONGEST
from tracker.api.fields import Address, Reason
from tracker.api.serializers.base import RowSerializer, Strict
from tracker.models import Token
from tracker.vocabulary import Scope

STATES = ("open", "ended", "revoked")


class TokenSerializer(RowSerializer):
    """A token without its secret, which nobody can show again."""

    url = Address()
    scopes = serializers.ListField(child=serializers.ChoiceField(Scope.choices))
    state = serializers.SerializerMethodField()

    class Meta:
        model = Token
        fields = [
            "url",
            "key",
            "name",
            "scopes",
            "state",
            "created_at",
            "expires_at",
            "last_used_at",
            "revoked_at",
        ]
        read_only_fields = fields

    def get_state(self, token) -> str:
        """“open”, “ended” or “revoked”, now."""
        return token.state(timezone.now())


class IssuedSerializer(TokenSerializer):
    """A token that was just made, with its text: shown now, and never again."""

    token = serializers.CharField(read_only=True)

    class Meta(TokenSerializer.Meta):
        fields = [*TokenSerializer.Meta.fields, "token"]
        read_only_fields = fields


class NewTokenSerializer(Strict, serializers.Serializer):
    """What a token is for, what it leaves of one's rights, and for how many days."""

    name = serializers.CharField(max_length=80)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(Scope.choices), min_length=1, max_length=len(Scope)
    )
    days = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text=gettext_lazy("Until it ends; 90 when left out."),
    )
    reason = Reason()
