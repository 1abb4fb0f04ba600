"""Saved views in the API: the same row that the dashboard shows and writes."""

from urllib.parse import urlencode

from django.core.exceptions import ValidationError as ModelError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.reverse import reverse

from tracker import actions
from tracker.api.errors import by_field
from tracker.api.fields import Address
from tracker.api.serializers.base import RowSerializer
from tracker.models import SavedView
from tracker.saved_views import problems_of
from tracker.vocabulary import ListName


class Rows(Address):
    """Where the rows of the view are."""

    def to_representation(self, value):
        address = reverse(f"api:{value.list_name}", request=self.context.get("request"))
        return f"{address}?{urlencode({'view': value.slug})}"


class SavedViewSerializer(RowSerializer):
    """Filters, order and columns of one list under a name."""

    url = Address()
    key = serializers.CharField(source="slug", read_only=True)
    list = serializers.ChoiceField(ListName.choices, source="list_name")
    columns = serializers.ListField(
        child=serializers.CharField(max_length=40),
        max_length=50,
        required=False,
        help_text=_("Names of columns as in the address of the dashboard; none for the usual."),
    )
    owner = serializers.CharField(source="owner.username", read_only=True)
    rows = Rows()
    version = serializers.IntegerField(
        read_only=True, help_text=_("Counts the changes; the ETag names it.")
    )

    class Meta:
        model = SavedView
        fields = [
            "url",
            "key",
            "list",
            "name",
            "description",
            "query",
            "columns",
            "visibility",
            "owner",
            "rows",
            "version",
        ]

    def validate(self, attrs):
        """A view is kept only when its list understands what it asks for."""
        kept = {name: getattr(self.instance, name, None) for name in ("list_name", "query")}
        kept["columns"] = getattr(self.instance, "columns", [])
        kept |= {name: value for name, value in attrs.items() if name in kept}
        view = SavedView(**{**kept, "query": kept["query"] or ""})
        viewer = self.context["request"].user
        problems = problems_of(view, viewer=viewer, today=timezone.localdate())
        if problems:
            raise serializers.ValidationError(_by_field(problems))
        return attrs

    def write(self, *, by):
        """Save what was validated; raises 400 by field."""
        view = self.instance or SavedView()
        for name, value in self.validated_data.items():
            setattr(view, name, value)
        try:
            return actions.save_view(view, by=by)
        except ModelError as error:
            told = by_field(error, names=self.names)
            raise serializers.ValidationError(told) from error


def _by_field(problems) -> dict[str, list[str]]:
    """What is wrong with a parameter is wrong in the field that holds it."""
    told: dict[str, list[str]] = {}
    for name, errors in problems.items():
        field = name if name in ("query", "columns") else "query"
        told.setdefault(field, []).extend(
            error if name == field else f"{name}: {error}" for error in errors
        )
    return told
