"""Evidence in the API: what is said of it, and its file as a description and an address."""

from django.core.exceptions import ValidationError as ModelError
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.reverse import reverse

from tracker import actions
from tracker.api.errors import by_field
from tracker.api.fields import Count, Ref
from tracker.api.serializers.base import NounSerializer
from tracker.filters.finders import find_body
from tracker.models import Evidence


class UploadedFile(serializers.FileField):
    """A file: sent as one part of a form, shown as what it is, never where it lies."""

    def __init__(self, **kwargs):
        # An empty file, or a name that is too long, is told by the action like at every door.
        super().__init__(required=False, allow_empty_file=True, max_length=None, **kwargs)

    def get_attribute(self, instance):
        return instance if instance.checksum else None

    def to_representation(self, value):
        request = self.context.get("request")
        return {
            "name": value.file_name,
            "type": value.file_type,
            "size": value.file_size,
            "checksum": value.checksum,
            "url": reverse("api:evidence-file", args=[value.key], request=request),
        }


class EvidenceRecordSerializer(NounSerializer):
    """A shared record of what shows that something was done."""

    body = Ref(find_body, required=False, allow_null=True)
    file = UploadedFile(
        help_text=gettext_lazy("Sent with a new record, as multipart/form-data; it stays.")
    )
    again = serializers.BooleanField(
        write_only=True,
        required=False,
        default=False,
        help_text=gettext_lazy("Add the same file again, although it is held already."),
    )
    # ``url`` is where the record itself is; what it speaks of has an address of its own.
    address = serializers.CharField(source="url", required=False, allow_blank=True, max_length=500)
    citation_count = Count()

    class Meta:
        model = Evidence
        fields = [
            "url",
            "key",
            "title",
            "kind",
            "independence",
            "body",
            "event_on",
            "published_on",
            "retrieved_on",
            "valid_until",
            "language",
            "address",
            "file",
            "note",
            "classification",
            "source",
            "citation_count",
            "version",
            "reason",
            "again",
        ]
        read_only_fields = ["key"]

    def write(self, *, by):
        """Save it with its file, which is a transaction of its own; raises 400 by field."""
        values = dict(self.validated_data)
        options = {"reason": values.pop("reason", ""), "upload": values.pop("file", None)}
        options["again"] = values.pop("again", False)
        evidence = self.instance or Evidence()
        for name, value in values.items():
            setattr(evidence, name, value)
        try:
            actions.save_evidence(evidence, by=by, **options)
        except ModelError as error:
            raise serializers.ValidationError(by_field(error, names=self.names)) from error
        return evidence
