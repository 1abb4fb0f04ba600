"""How the API says no: whatever is raised becomes one answer in problem+json, never a page."""

import logging

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.core.signals import got_request_exception
from django.http import Http404
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from rest_framework import exceptions

from tracker.actions import Conflict, Held
from tracker.api.errors import NON_FIELD, by_field
from tracker.api.preconditions import PreconditionFailed, etag_of
from tracker.api.problems import KINDS, Kind, kind_of, problem
from tracker.busy import RETRY_AFTER, is_busy

log = logging.getLogger(__name__)


def handle(error, context):
    """The answer to what was raised; what nobody foresaw is logged and told without its cause."""
    if isinstance(error, Conflict):
        return _stale(error.current, str(error), context)
    if isinstance(error, PreconditionFailed):
        return _stale(error.current, str(error.detail), context)
    if isinstance(error, Held):
        holders = [_holder(each) for each in error.holders]
        return problem(KINDS["held"], str(error), context, holders=holders)
    if is_busy(error):
        return problem(KINDS["busy"], "", context, headers={"Retry-After": str(RETRY_AFTER)})
    foreseen = known(error)
    return _unforeseen(error, context) if foreseen is None else _told(foreseen, context)


def known(error: Exception) -> exceptions.APIException | None:
    """What was raised, as DRF knows it; None for what nobody foresaw."""
    if isinstance(error, exceptions.APIException):
        return error
    if isinstance(error, ValidationError):
        # The steps take their fields by the names that the models have.
        names = {name: name for name in getattr(error, "error_dict", ())}
        return exceptions.ValidationError(by_field(error, names=names))
    if isinstance(error, Http404):
        return exceptions.NotFound(*error.args)
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied(*error.args)
    if isinstance(error, RequestDataTooBig):
        return TooLarge()
    if isinstance(error, SuspiciousOperation | UnreadablePostError):
        return exceptions.ParseError()
    return None


class TooLarge(exceptions.APIException):
    """More was sent than is taken at once."""

    status_code = 413
    default_code = "too_large"
    default_detail = KINDS["too_large"].title


def _told(error, context):
    """The answer to what is foreseen: one sentence, or the messages by field."""
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(max(1, round(error.wait)))
    if isinstance(error, exceptions.ValidationError):
        errors = errors_of(error)
        detail = _("Wrong: %(names)s.") % {"names": ", ".join(errors)}
        more = getattr(error, "more", {})
        return problem(KINDS["invalid"], detail, context, errors=errors, **more)
    return problem(kind_of_error(error), error.detail, context, headers=headers)


def errors_of(error: exceptions.ValidationError) -> dict:
    """The messages by field."""
    return error.detail if isinstance(error.detail, dict) else {NON_FIELD: error.detail}


def kind_of_error(error: exceptions.APIException) -> Kind:
    """The kind of refusal that was raised."""
    code = error.get_codes() if isinstance(error.detail, str) else error.default_code
    return kind_of(code, error.status_code)


def _unforeseen(error, context):
    """500, as the log and the tests know it from pages; nothing of the cause leaves the server."""
    request = context["request"]._request
    got_request_exception.send(sender=None, request=request)
    log.error("Fault at %s", request.path, exc_info=error)
    return problem(KINDS["error"], "", context)


def _stale(current, detail, context):
    """What to read again: the version that stands, also when the action found it later."""
    headers = {"ETag": etag_of(current)}
    return problem(KINDS["stale"], detail, context, headers=headers, version=current.version)


def _holder(obj):
    key = getattr(obj, "public_key", "") or str(obj)
    return {"noun": obj._meta.model_name, "key": key, "name": str(obj)}
