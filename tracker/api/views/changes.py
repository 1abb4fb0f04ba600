"""The record of changes: read, and taken back one by one or a bulk change at once."""

import uuid

from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.response import Response

from tracker import actions
from tracker.api.parameters import refuse_unknown
from tracker.api.serializers.base import StepSerializer
from tracker.api.serializers.changes import BatchSerializer, ChangeSerializer
from tracker.api.views.base import ListView, NounView, RecordView
from tracker.filters import ChangeFilter
from tracker.models import Change
from tracker.rights import Act


class Changes:
    """What the list and the record of changes share; a change has no version, it never changes."""

    noun = Change
    serializer_class = ChangeSerializer
    act = Act.UNDO

    def lookup(self, key):
        # More digits than a number in the database has are no number of a change.
        if not (key.isascii() and key.isdigit() and len(key) < 19):
            raise ValueError(_("“%(key)s” is no number of a change.") % {"key": key})
        return {"sequence": int(key)}

    def answer(self, row):
        return Response(self.get_serializer(row).data)


class ChangeList(Changes, ListView):
    """Every write, by whichever door, the latest first, as far as it is open to you."""

    filterset = ChangeFilter


class ChangeRecord(Changes, RecordView):
    """One change, field by field."""

    def get(self, request, key):
        refuse_unknown(request.query_params)
        return self.answer(self.find(self.rows(), key))


class ChangeUndo(Changes, NounView):
    """Take back one change, where nothing later depends on it; undoing that repeats it."""

    sent_class = StepSerializer
    http_method_names = ["post", "options"]

    def post(self, request, key):
        """Write what undoes it; 400 and 409 say what stands in the way."""
        refuse_unknown(request.query_params)
        change = self.find(self.stored(), key)
        sent = {"reason": "", **self.read().validated_data}
        return self.made(actions.undo(change, by=request.user, **sent))


class BatchUndo(NounView):
    """Take back every change of one bulk act, or none."""

    noun = Change
    serializer_class = BatchSerializer
    sent_class = StepSerializer
    act = Act.UNDO
    http_method_names = ["post", "options"]

    def lookup(self, key):
        try:
            return {"batch": uuid.UUID(key)}
        except ValueError as error:
            message = _("“%(key)s” is no id of a bulk change.") % {"key": key}
            raise ValueError(message) from error

    def post(self, request, key):
        """Write what undoes them; 400 and 409 say what stands in the way."""
        refuse_unknown(request.query_params)
        batch = self.find(self.stored(), key).batch
        sent = {"reason": "", **self.read().validated_data}
        done = actions.undo_batch(batch, by=request.user, **sent)
        answer = self.get_serializer({"changes": done}).data
        return Response(answer, status=status.HTTP_201_CREATED)
