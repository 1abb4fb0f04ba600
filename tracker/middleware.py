"""Keeps answers out of caches; gives each request an id and its writes the door they come by."""

import uuid

from django.utils.cache import patch_cache_control, patch_vary_headers

from tracker.actions import provenance
from tracker.vocabulary import Door


class PrivateMiddleware:
    """No answer is kept anywhere: what one person may read, the next one may not.

    Error pages included; static files are answered before this.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        patch_cache_control(response, private=True, no_store=True)
        patch_vary_headers(response, ("Cookie", "Authorization"))
        return response


class ProvenanceMiddleware:
    """Sets ``request.id`` (also sent as ``X-Request-ID``) and the door of the request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4().hex
        with provenance(door=_door(request.path_info), request_id=request.id):
            response = self.get_response(request)
        response["X-Request-ID"] = request.id
        return response


def _door(path: str) -> str:
    if path.startswith("/admin/"):
        return Door.ADMIN
    if path.startswith("/api/"):
        return Door.API
    return Door.DASHBOARD
