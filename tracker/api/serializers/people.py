"""The profile of the person who asks."""

from rest_framework import serializers

from tracker.api.fields import Ref, Refs
from tracker.models import User
from tracker.rights import Act, reach


class MeSerializer(serializers.ModelSerializer):
    """The account that the request was made with, and what it may do."""

    bodies = Refs(Ref())
    rights = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = [
            "username",
            "first_name",
            "last_name",
            "email",
            "role",
            "bodies",
            "rights",
            "last_login",
        ]
        read_only_fields = fields

    def get_rights(self, person) -> dict[str, str]:
        """Each act with what it reaches for this person: none, own bodies, or all."""
        return {str(act): str(reach(person, act)) for act in Act}
