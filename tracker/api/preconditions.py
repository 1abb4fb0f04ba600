"""Nobody overwrites what they have not read: ``ETag`` on answers, ``If-Match`` on changes."""

from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException

from tracker.models.base import Noun


class PreconditionRequired(APIException):
    """The request does not say which version it changes."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "if_match_required"
    default_detail = _(
        "Send the header If-Match with the ETag of the record as you read it, so that you do not "
        "overwrite what somebody else has written since; “*” is not enough."
    )


class PreconditionFailed(APIException):
    """The record has another version than the request names."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "stale"
    default_detail = _(
        "The record was changed in the meantime; load it again and repeat your change."
    )

    def __init__(self, current: Noun):
        super().__init__()
        self.current = current


def etag_of(noun: Noun) -> str:
    """The strong entity tag of a record: another one for each record and each version."""
    return f'"{noun._meta.model_name}-{noun.pk}-{noun.version}"'


def require_match(request, noun: Noun) -> None:
    """Raise 428 unless ``If-Match`` names a version of ``noun``, 412 when it is not this one."""
    named = parse_etags(request.headers.get("If-Match", ""))
    if not named or "*" in named:
        raise PreconditionRequired
    if etag_of(noun) not in named:
        raise PreconditionFailed(noun)
