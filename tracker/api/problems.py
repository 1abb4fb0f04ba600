"""Every way in which the API says no, by its code; the answers follow RFC 9457 (problem+json)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.response import Response
from rest_framework.reverse import reverse

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """One kind of refusal: its status, what it is called, and how to mend it."""

    code: str
    status: int
    title: str | Promise
    mend: str | Promise


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "invalid",
            400,
            _("Something that was sent is wrong."),
            _("“errors” says what is wrong, by field or parameter, and what is allowed."),
        ),
        Kind(
            "parse_error",
            400,
            _("What was sent cannot be read."),
            _("Send valid JSON in UTF-8, or a form where files are taken."),
        ),
        Kind(
            "not_authenticated",
            401,
            _("Nobody is signed in."),
            _("Send a token: “Authorization: Bearer …”; make one under /me/tokens/."),
        ),
        Kind(
            "authentication_failed",
            401,
            _("This token opens nothing."),
            _("It is wrong, has ended or was revoked; make another under /me/tokens/."),
        ),
        Kind(
            "permission_denied",
            403,
            _("You may not do this."),
            _("/api/v1/me/ shows your rights; the scopes of a token can only narrow them."),
        ),
        Kind(
            "not_found",
            404,
            _("Nothing is held here."),
            _("It is not there on that day, not open to you, or the key is written wrongly."),
        ),
        Kind(
            "method_not_allowed",
            405,
            _("This method is not served here."),
            _("The header Allow names those that are."),
        ),
        Kind(
            "not_acceptable",
            406,
            _("There is no such form of this answer."),
            _("Ask for application/json, or leave out the header Accept."),
        ),
        Kind(
            "held",
            409,
            _("Other records refer to this one."),
            _("“holders” names those that you may see; delete or change them first."),
        ),
        Kind(
            "in_progress",
            409,
            _("The same request is still under way."),
            _("Wait as long as Retry-After says, and send it again with the same key."),
        ),
        Kind(
            "rights_changed",
            409,
            _("Your rights are not what they were when this key was used."),
            _("Read the record; if the request is still needed, send it with a new key."),
        ),
        Kind(
            "stale",
            412,
            _("Somebody else was faster."),
            _("Read the record again, and repeat your change with the ETag that it has now."),
        ),
        Kind(
            "too_large",
            413,
            _("This is too large."),
            _("Send fewer rows at a time, or a smaller file."),
        ),
        Kind(
            "unsupported_media_type",
            415,
            _("This form of content is not taken here."),
            _("Send application/json; files of evidence come as multipart/form-data."),
        ),
        Kind(
            "key_reused",
            422,
            _("This Idempotency-Key belongs to another request."),
            _("Use a new key for each request, and the same key only to repeat it unchanged."),
        ),
        Kind(
            "if_match_required",
            428,
            _("The request does not say which version it changes."),
            _("Send If-Match with the ETag of the record as you read it."),
        ),
        Kind(
            "throttled",
            429,
            _("Too many requests."),
            _("Wait as long as Retry-After says; the RateLimit headers say what is left."),
        ),
        Kind(
            "error",
            500,
            _("The server could not answer."),
            _("Nothing was written. Tell the operators the request id."),
        ),
        Kind(
            "busy",
            503,
            _("Others keep the database busy."),
            _("Nothing was written. Wait as long as Retry-After says, and send it again."),
        ),
    )
}
#: The kind that stands for a status that no code of ours was given with.
BY_STATUS = {kind.status: kind for kind in reversed(KINDS.values())}


def problem(kind: Kind, detail: str, context: dict, *, headers=None, **more) -> Response:
    """The answer to a request that was refused; ``more`` are members of this kind alone."""
    request = context["request"]
    body = {
        "type": reverse("api:problem", args=[kind.code], request=request),
        "title": str(kind.title),
        "status": kind.status,
        "detail": str(detail) or str(kind.title),
        "code": kind.code,
        "instance": request.get_full_path(),
        "request_id": getattr(request, "id", ""),
        **more,
    }
    # A person who reads it on a page gets the page.
    shown = getattr(getattr(request, "accepted_renderer", None), "format", "json")
    content_type = None if shown == "api" else MEDIA_TYPE
    return Response(body, status=kind.status, headers=headers, content_type=content_type)


def kind_of(code: str, number: int) -> Kind:
    """The kind with this code, or the one that stands for the status."""
    known = KINDS.get(code)
    if known and known.status == number:
        return known
    return BY_STATUS.get(number) or BY_STATUS[status.HTTP_500_INTERNAL_SERVER_ERROR]
