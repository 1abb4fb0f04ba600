"""Reports in the API: a draft is written, what was submitted stays as it was said."""

from tracker import actions
from tracker.api.fields import Ref, UnderAddress
from tracker.api.serializers.base import NounSerializer
from tracker.filters.finders import find_commitment
from tracker.models import Report


class ReportSerializer(NounSerializer):
    """A body's own word on a commitment."""

    commitment = Ref()
    citations = UnderAddress("api:report-citations")

    class Meta:
        model = Report
        fields = [
            "url",
            "key",
            "commitment",
            "position",
            "text",
            "submitted_on",
            "classification",
            "citations",
            "version",
            "reason",
        ]
        read_only_fields = ["key", "submitted_on"]

    def store(self, noun, relations, *, by, reason):
        actions.save_report(noun, by=by, reason=reason)


class NewReportSerializer(ReportSerializer):
    """What a new draft begins with."""

    commitment = Ref(find_commitment)

    class Meta(ReportSerializer.Meta):
        pass

    def write(self, *, by):
        return actions.draft_report(by=by, **self.validated_data)
