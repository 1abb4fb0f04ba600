"""Commitments: read here, made by expanding a provision."""

from tracker.api.serializers.commitments import CommitmentRecordSerializer, CommitmentSerializer
from tracker.api.views.base import ListView, RecordView
from tracker.columns import rows
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

    def get_serializer_context(self):
        return {**super().get_serializer_context(), "chosen": self.choice and self.choice.fields}

    def page_of(self, found, start, stop):
        """Plain rows where they are found in memory and no record is shown in another's place."""
        expanded = self.choice and self.choice.expanded
        if found.found is None or expanded or not rows.can_read(self.request.user):
            return super().page_of(found, start, stop)
        return rows.read(found.found.keys(start, stop), self.request.user)


class CommitmentRecord(Commitments, RecordView):
    """One commitment with the four facts known of it, and its dates."""

    serializer_class = CommitmentRecordSerializer

    def detailed(self, found):
        """With the dates of the provision, and what happened to them."""
        return found.prefetch_related("provision__deadlines", "deliveries", "extensions")
