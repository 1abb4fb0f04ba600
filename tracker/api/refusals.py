"""How the API says no: 400 by field, 403, 404, and 409 with what stands in the way."""

from django.core.exceptions import ValidationError as ModelError
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from tracker.actions import Conflict, Held
from tracker.api.errors import by_field


def handle(error, context):
    """Answer with 409 where an action found a conflict; the rest is DRF's own handling."""
    if isinstance(error, Conflict):
        body = {"detail": str(error), "version": error.current.version}
        return Response(body, status=status.HTTP_409_CONFLICT)
    if isinstance(error, Held):
        body = {"detail": str(error), "holders": [_holder(each) for each in error.holders]}
        return Response(body, status=status.HTTP_409_CONFLICT)
    if isinstance(error, ModelError):
        error = serializers.ValidationError(by_field(error, names={}))
    return exception_handler(error, context)


def _holder(obj):
    key = getattr(obj, "public_key", "") or str(obj)
    return {"noun": obj._meta.model_name, "key": key, "name": str(obj)}
