"""Commitments: read here, made by expanding a provision."""

from tracker.api.serializers.commitments import CommitmentRecordSerializer, CommitmentSerializer
from tracker.api.views.base import ListView, RecordView
from tracker.filters import CommitmentFilter
from tracker.models import Commitment
from tracker.models.commitments import split_commitment_key


class Commitments:
    """What the list and the record of commitments share."""

    noun = Commitment
    serializer_class = CommitmentSerializer

    def lookup(self, key):
        provision, code = split_commitment_key(key)
        return {"provision__key": provision, "body__code": code}


class CommitmentList(Commitments, ListView):
    """Everything the register holds, one row for each provision and body, with four facts."""

    filterset = CommitmentFilter


class CommitmentRecord(Commitments, RecordView):
    """One commitment with the four facts known of it, and its dates."""

    serializer_class = CommitmentRecordSerializer

    def detailed(self, rows):
        """With the dates of the provision, and what happened to them."""
        return rows.prefetch_related("provision__deadlines", "deliveries", "extensions")
