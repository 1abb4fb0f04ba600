"""The profile of the person who asks."""

from rest_framework import serializers

from tracker.api.fields import Ref, Refs
from tracker.models import User
from tracker.permissions import may_edit_register


class MeSerializer(serializers.ModelSerializer):
    """The account that the request was made with, and what it may do."""

    bodies = Refs(Ref())
    may_edit_register = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = [
            "username",
            "first_name",
            "last_name",
            "email",
            "role",
            "bodies",
            "sees_restricted",
            "may_edit_register",
            "last_login",
        ]
        read_only_fields = fields

    def get_may_edit_register(self, person) -> bool:
        """Whether this person may write to the register."""
        return may_edit_register(person)
