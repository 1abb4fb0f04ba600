"""Evidence: a list that takes files, one piece, and its file."""

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.parsers import MultiPartParser

from tracker import actions
from tracker.api.formats import Json
from tracker.api.parameters import refuse_unknown
from tracker.api.serializers.evidence import EvidenceRecordSerializer
from tracker.api.views.base import RecordView, WritableListView, WritableRecordView
from tracker.downloads import handed_out
from tracker.files.kinds import MEDIA_TYPES
from tracker.filters import EvidenceFilter
from tracker.models import Evidence
from tracker.rights import Act


class Pieces:
    """What the list, the record and the file of evidence share."""

    noun = Evidence
    serializer_class = EvidenceRecordSerializer
    act = Act.ADD_EVIDENCE

    def body_of(self, noun):
        return noun.body


class EvidenceList(Pieces, WritableListView):
    """What shows that something was done; a file comes in with its record, as a form."""

    filterset = EvidenceFilter
    parser_classes = [Json, MultiPartParser]


class EvidenceRecord(Pieces, WritableRecordView):
    """One piece of evidence; its file stays as it came."""

    def remove(self, noun, *, reason):
        actions.delete_evidence(noun, by=self.request.user, reason=reason)


class EvidenceFile(Pieces, RecordView):
    """The file of a piece, to be saved."""

    may_choose = False
    file_types = sorted(set(MEDIA_TYPES.values()))

    def perform_content_negotiation(self, request, force=False):
        """Any: the file is what it is, whatever is preferred."""
        return super().perform_content_negotiation(request, force=True)

    def get(self, request, key):
        """Hand out the whole file."""
        refuse_unknown(request.query_params)
        evidence = self.find(self.stored(), key)
        try:
            return handed_out(evidence)
        except Http404 as error:
            raise NotFound(_("No file is held for “%(key)s”.") % {"key": key}) from error
