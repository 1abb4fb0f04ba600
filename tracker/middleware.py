"""Gives each request an id and tells the actions by which door its writes come in."""

import uuid

from tracker.actions import provenance
from tracker.vocabulary import Door


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
