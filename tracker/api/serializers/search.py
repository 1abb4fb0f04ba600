"""What was found: the record, and its text in pieces, so that no reader has to parse marks."""

from rest_framework import serializers

from tracker.api.fields import address_of


class PieceSerializer(serializers.Serializer):
    """A piece of plain text, and whether it is what was looked for."""

    text = serializers.CharField(read_only=True)
    hit = serializers.BooleanField(read_only=True)


class HitSerializer(serializers.Serializer):
    """One record that holds all the words."""

    noun = serializers.CharField(source="group", read_only=True)
    key = serializers.CharField(source="row.public_key", read_only=True)
    name = serializers.CharField(read_only=True)
    url = serializers.SerializerMethodField()
    title = PieceSerializer(many=True, read_only=True)
    text = PieceSerializer(many=True, read_only=True)

    def get_url(self, hit) -> str:
        """Where the record itself is."""
        return address_of(hit.row, self.context.get("request"))
