"""How the API says no: 400 by field, 403, 404, 409 with what holds a record, 412 when stale."""

from django.core.exceptions import ValidationError as ModelError
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from tracker.actions import Conflict, Held
from tracker.api.errors import by_field
from tracker.api.preconditions import PreconditionFailed, etag_of


def handle(error, context):
    """Answer with 412 what was changed meanwhile, with 409 what is held; the rest as DRF does."""
    if isinstance(error, Conflict):
        return _stale(error.current, str(error))
    if isinstance(error, PreconditionFailed):
        return _stale(error.current, str(error.detail))
    if isinstance(error, Held):
        body = {"detail": str(error), "holders": [_holder(each) for each in error.holders]}
        return Response(body, status=status.HTTP_409_CONFLICT)
    if isinstance(error, ModelError):
        # The steps take their fields by the names that the models have.
        names = {name: name for name in getattr(error, "error_dict", ())}
        error = serializers.ValidationError(by_field(error, names=names))
    return exception_handler(error, context)


def _stale(current, detail):
    """What to read again: the version that stands, also when the action found it later."""
    body = {"detail": detail, "version": current.version}
    headers = {"ETag": etag_of(current)}
    return Response(body, status=status.HTTP_412_PRECONDITION_FAILED, headers=headers)


def _holder(obj):
    key = getattr(obj, "public_key", "") or str(obj)
    return {"noun": obj._meta.model_name, "key": key, "name": str(obj)}
