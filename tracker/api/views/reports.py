"""Reports: drafted, changed, submitted; over REST as on the pages."""

from tracker import actions
from tracker.api.parameters import refuse_unknown
from tracker.api.serializers.base import StepSerializer
from tracker.api.serializers.reports import NewReportSerializer, ReportSerializer
from tracker.api.views.base import (
    ActView,
    NounView,
    RecordView,
    WritableListView,
    WritableRecordView,
)
from tracker.filters import ReportFilter
from tracker.models import Commitment, Report
from tracker.models.commitments import split_commitment_key
from tracker.rights import Act


class Reports:
    """What the list, the record and the steps of reports share."""

    noun = Report
    serializer_class = ReportSerializer
    act = Act.REPORT

    def body_of(self, noun):
        return noun.commitment.body

    def stored(self):
        return super().stored().with_commitment()


class ReportList(Reports, WritableListView):
    """What bodies say of their commitments; drafts are seen by those who write them."""

    filterset = ReportFilter
    sent_class = NewReportSerializer


class ReportRecord(Reports, WritableRecordView):
    """One report; a draft can be changed and discarded."""

    http_method_names = [*RecordView.http_method_names, "patch", "delete"]

    def remove(self, noun, *, reason):
        actions.discard_report(noun, by=self.request.user, reason=reason)


class ReportSubmission(Reports, ActView):
    """Submit the draft as the word of the body, today; then it stays as it is."""

    sent_class = StepSerializer

    def take(self, noun, *, by, **sent):
        actions.submit_report(noun, by=by, on=self.on, **sent)


class ReportCopy(Reports, NounView):
    """Begin a report with what the last submitted one says and cites."""

    sent_class = StepSerializer
    http_method_names = ["post", "options"]

    def lookup(self, key):
        provision, code = split_commitment_key(key)
        return {"provision__key": provision, "body__code": code}

    def body_of(self, noun):
        return noun.body

    def post(self, request, key):
        refuse_unknown(request.query_params)
        commitment = self.find(Commitment.objects.visible_to(request.user), key)
        self.check_object_permissions(request, commitment)
        sent = self.read().validated_data
        return self.made(actions.copy_last_report(commitment, by=request.user, **sent))
