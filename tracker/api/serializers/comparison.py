"""Bodies side by side: one row a paragraph, one cell a body."""

from rest_framework import serializers

from tracker.api.fields import Ref
from tracker.api.serializers.commitments import CommitmentSerializer
from tracker.reports.comparison import FACTS


class ComparedCellSerializer(serializers.Serializer):
    """What the paragraph asks of one body; null where it asks nothing of it."""

    body = Ref()
    commitment = CommitmentSerializer(allow_null=True)


class ComparisonSerializer(serializers.Serializer):
    """One paragraph, the bodies in the order asked for, and the facts in which they differ."""

    provision = Ref()
    cells = ComparedCellSerializer(many=True)
    differs = serializers.ListField(child=serializers.ChoiceField([*FACTS]))
