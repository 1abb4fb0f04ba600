"""Nested serializers, as the tutorial writes them."""

from rest_framework import serializers

from bench.tutorial.models import (
    Body,
    Commitment,
    Provision,
    Region,
    Report,
    Resolution,
    Theme,
)


class RegionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Region
        fields = "__all__"


class BodySerializer(serializers.ModelSerializer):
    region = RegionSerializer()

    class Meta:
        model = Body
        fields = "__all__"


class ThemeSerializer(serializers.ModelSerializer):
    class Meta:
        model = Theme
        fields = "__all__"


class ResolutionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Resolution
        fields = "__all__"


class ProvisionSerializer(serializers.ModelSerializer):
    resolution = ResolutionSerializer()
    themes = ThemeSerializer(many=True)

    class Meta:
        model = Provision
        fields = "__all__"


class CommitmentSerializer(serializers.ModelSerializer):
    provision = ProvisionSerializer()
    body = BodySerializer()

    class Meta:
        model = Commitment
        fields = "__all__"


class ResultSerializer(serializers.ModelSerializer):
    class Meta:
        model = Commitment
        fields = ["id", "result"]


class ReportSerializer(serializers.ModelSerializer):
    """One row of an import; ``commitment`` is the key of its paragraph and the code of its body."""

    commitment = serializers.CharField()

    class Meta:
        model = Report
        fields = "__all__"

    def validate_commitment(self, value):
        provision, _slash, body = value.rpartition("/")
        found = Commitment.objects.filter(provision__key=provision, body__code=body).first()
        if found is None:
            raise serializers.ValidationError("There is no such commitment.")
        return found
