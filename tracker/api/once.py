"""Writes as programs need them: tried without a trace, and repeated without a second effect.

``dry_run=true`` answers what would be. ``Idempotency-Key`` gives a repeated request the first
answer: effect and answer are written in one transaction, so neither stands without the other.
"""

import hashlib
import json

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.response import Response

from tracker import actions
from tracker.actions.answers import Key, UnderWay, begin, is_open, keep
from tracker.api.problems import MEDIA_TYPE
from tracker.rights import Act, reach

HEADER = "Idempotency-Key"
LONGEST_KEY = 200
TRIAL = "dry_run"
#: Answers that say nothing of the request itself: it may be sent again with the same key.
NOT_KEPT = (401, 409, 412, 413, 428, 429)
#: What is repeated with the content.
HEADERS = ("Location", "ETag")


class KeyReused(exceptions.APIException):
    """The key stands for another request."""

    status_code = 422
    default_code = "key_reused"
    default_detail = gettext_lazy(
        "This key was used for another request within a day; give each request a key of its own."
    )


class InProgress(exceptions.APIException):
    """The first request with this key has not ended."""

    status_code = 409
    default_code = "in_progress"
    default_detail = gettext_lazy("A request with this key is under way; send it again shortly.")
    wait = 1


class RightsChanged(exceptions.APIException):
    """The answer was given under other rights."""

    status_code = 409
    default_code = "rights_changed"
    default_detail = gettext_lazy(
        "Your rights, or what you may see, have changed since this key was used; what was answered "
        "then is not repeated."
    )


def written(view, handler, request, *args, **kwargs) -> Response:
    """The answer of a ``handler`` that writes, as a trial or once for its key."""
    if view.is_secret:
        _refuse_for_secrets(view, request)
    if view.is_trial:
        with actions.together(trial=True):
            response = handler(request, *args, **kwargs)
        response.headers.pop("Location", None)
        response.headers["Dry-Run"] = "true"
        return response
    text = request.headers.get(HEADER)
    if text is None:
        return handler(request, *args, **kwargs)
    key = Key(request.user, _checked(text), digest_of_request(request), digest_of_rights(request))
    return _once(view, key, lambda: handler(request, *args, **kwargs))


def _refuse_for_secrets(view, request):
    """What is shown once is neither kept for a repetition nor shown without a trace."""
    there = ((TRIAL, view.is_trial), (HEADER, HEADER in request.headers))
    asked = [name for name, is_there in there if is_there]
    if asked:
        told = _("What is answered here is shown once; leave this out.")
        raise exceptions.ValidationError({name: [told] for name in asked})


def _checked(text):
    if not text.strip() or len(text) > LONGEST_KEY or not text.isprintable():
        told = _("Give a key of 1 to %(most)d printable characters.") % {"most": LONGEST_KEY}
        raise exceptions.ValidationError({HEADER: [told]})
    return text


def _once(view, key, answer) -> Response:
    try:
        with actions.together():
            earlier = begin(key, at=timezone.now())
            if earlier is not None:
                return _repeated(earlier, key)
            response = _answered(view, answer)
            if response.status_code >= 500 or response.status_code in NOT_KEPT:
                raise _NotKept(response)
            headers = {name: response.headers[name] for name in HEADERS if name in response.headers}
            content = json.dumps(response.data, default=str)
            keep(key, response.status_code, headers, content, view.about)
            return response
    except UnderWay as error:
        raise InProgress from error
    except _NotKept as error:
        return error.response


class _NotKept(Exception):
    """Ends the transaction without a trace; carries what is answered all the same."""

    def __init__(self, response):
        self.response = response
        super().__init__()


def _answered(view, answer) -> Response:
    """What the handler answers; a refusal takes back what it wrote, and is an answer too."""
    try:
        with actions.together():
            return answer()
    except Exception as error:
        return view.handle_exception(error)


def _repeated(earlier, key) -> Response:
    if earlier.request != key.request:
        raise KeyReused
    if earlier.rights != key.rights or not is_open(earlier):
        raise RightsChanged
    headers = {**earlier.headers, "Idempotency-Replayed": "true"}
    refused = MEDIA_TYPE if earlier.status >= 400 else None
    content = json.loads(earlier.content)
    return Response(content, earlier.status, headers=headers, content_type=refused)


def digest_of_request(request) -> str:
    """What is asked: method, address, version and what is sent, files by their content."""
    sent, files = request.data, request.FILES
    if hasattr(sent, "lists"):
        sent = {name: values for name, values in sent.lists() if name not in files}
    asked = [request.method, request.get_full_path(), request.headers.get("If-Match", ""), sent]
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode())
    for name in sorted(files):
        digest.update(name.encode())
        for chunk in files[name].chunks():
            digest.update(chunk)
        files[name].seek(0)
    return digest.hexdigest()


def digest_of_rights(request) -> str:
    """What the person may do now, with which bodies and by which scopes."""
    person = request.user
    bodies = sorted(person.bodies.values_list("pk", flat=True))
    rights = [str(reach(person, act)) for act in Act]
    return hashlib.sha256(json.dumps([rights, bodies]).encode()).hexdigest()


def read_trial(text: str | None) -> bool:
    """Whether ``dry_run`` asks for a trial; raises 400 for what is neither true nor false."""
    if text not in (None, "true", "false"):
        told = _("Write true or false.")
        raise exceptions.ValidationError({TRIAL: [told]})
    return text == "true"
