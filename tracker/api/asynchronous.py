"""``Prefer: respond-async`` (RFC 7240): what is long is answered with 202 and its job."""

from rest_framework import status
from rest_framework.response import Response

from tracker.api.notation import JsonAnswer
from tracker.api.serializers.jobs import JobSerializer
from tracker.models import Job, Token

HEADER, WISH = "Prefer", "respond-async"


def is_wished(request) -> bool:
    """Whether who asks would rather not wait."""
    wishes = request.headers.get(HEADER, "").split(",")
    return any(each.partition(";")[0].strip().lower() == WISH for each in wishes)


def token_of(request) -> Token | None:
    """The token that the request came with: the job is held within it."""
    return request.auth if isinstance(request.auth, Token) else None


def accepted(job: Job, request) -> Response:
    """The job, told in JSON whatever form its file has."""
    request.accepted_renderer = JsonAnswer()
    request.accepted_media_type = JsonAnswer.media_type
    shown = JobSerializer(job, context={"request": request}).data
    headers = {"Location": shown["url"], "Preference-Applied": WISH}
    return Response(shown, status.HTTP_202_ACCEPTED, headers=headers)
