"""The matrix and the trends as JSON: plain rows with their counts."""

from django.utils.translation import gettext_lazy
from rest_framework import serializers

from tracker.api.fields import Results


class CountsSerializer(serializers.Serializer):
    """How many commitments of addressees there are, and with which result.

    "Not assessed" is a result of its own and never counts as "not implemented".
    """

    total = serializers.IntegerField()
    assessed = serializers.IntegerField()
    results = Results()


class HeadSerializer(serializers.Serializer):
    """A row or a column: a record of the kind named, in the depth at which it stands."""

    kind = serializers.CharField()
    key = serializers.CharField()
    name = serializers.CharField()
    depth = serializers.IntegerField()
    openable = serializers.BooleanField()
    open = serializers.BooleanField()


class CellSerializer(CountsSerializer):
    """What one row and one column have in common, and the list of it."""

    column_kind = serializers.CharField()
    column = serializers.CharField()
    moved = serializers.BooleanField(
        help_text=gettext_lazy("Whether it differs from the other day.")
    )
    before = CountsSerializer(allow_null=True)
    list = serializers.URLField()


class MatrixRowSerializer(HeadSerializer):
    """One row with the cells that count anything."""

    cells = CellSerializer(many=True)


class MatrixSerializer(serializers.Serializer):
    """The register as one table; ``before`` is what stood on the other day."""

    on = serializers.DateField()
    against = serializers.DateField(allow_null=True)
    rows_by = serializers.CharField()
    columns_by = serializers.CharField()
    count = serializers.IntegerField(help_text=gettext_lazy("Rows at the top, on all pages."))
    pages = serializers.IntegerField()
    page = serializers.IntegerField()
    whole = CountsSerializer()
    before = CountsSerializer(allow_null=True)
    columns = HeadSerializer(many=True)
    rows = MatrixRowSerializer(many=True)


class PointSerializer(CountsSerializer):
    """How everything stood at the end of a day, and the list of it."""

    on = serializers.DateField()
    list = serializers.URLField()


class TrendsSerializer(serializers.Serializer):
    """How much was assessed, and with which results, day by day."""

    on = serializers.DateField()
    step = serializers.CharField()
    points = PointSerializer(many=True)
