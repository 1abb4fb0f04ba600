"""Nobody overwrites what they have not read: ``ETag`` on answers, ``If-Match`` on changes."""

import hashlib
import re

from django.http import HttpResponseNotModified
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.response import Response

from tracker.api.notation import JsonAnswer
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


#: What follows the version in a tag: which fields, which day, which counts.
CONTENT = re.compile(r'\.[0-9a-f]+"$')


def conditional(request, response):
    """The answer with a tag of exactly what it shows; 304 to who has read just this.

    The tag is made of the answer itself, so whatever is shown differently, or not at all any
    more, differs in it: other facts, another day, other rights.
    """
    if not _can_be_tagged(request, response):
        return response
    content = hashlib.sha256(_written_down(response)).hexdigest()[:16]
    version = response.headers.get("ETag", "")
    tag = f'{version[:-1]}.{content}"' if version else f'W/"{content}"'
    response.headers["ETag"] = tag
    read = parse_etags(request.headers.get("If-None-Match", ""))
    same = {each.removeprefix("W/") for each in read}
    if request.method in ("GET", "HEAD") and tag.removeprefix("W/") in same:
        return _not_modified(response)
    return response


def _written_down(response) -> bytes:
    """The answer in JSON; where it is sent so, what is sent, so that it is written once."""
    renderer, media_type = response.accepted_renderer, response.accepted_media_type
    if not isinstance(renderer, JsonAnswer) or renderer.get_indent(media_type, {}):
        return JsonAnswer().render(response.data)
    return response.render().content


def _can_be_tagged(request, response):
    """Whether this is an answer in words: what was read, or how a record is after a write."""
    if not isinstance(response, Response) or response.status_code not in (200, 201):
        return False
    return request.method in ("GET", "HEAD") or "ETag" in response.headers


def _not_modified(response):
    answer = HttpResponseNotModified()
    for name in ("ETag", "Vary", "Allow"):
        if name in response.headers:
            answer.headers[name] = response.headers[name]
    return answer


def require_match(request, noun: Noun) -> None:
    """Raise 428 unless ``If-Match`` names a version of ``noun``, 412 when it is not this one."""
    named = parse_etags(request.headers.get("If-Match", ""))
    if not named or "*" in named:
        raise PreconditionRequired
    if etag_of(noun) not in {CONTENT.sub('"', each) for each in named}:
        raise PreconditionFailed(noun)
