"""Pages for what went wrong: each says what happened and what to do next."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils.cache import patch_cache_control

from tracker.dashboard.base import NotHeld


def bad_request(request, exception=None):
    """400: the request cannot be read."""
    return _page(request, "400.html", 400)


def forbidden(request, exception=None):
    """403: not allowed, or a form that had been open for too long."""
    return _page(request, "403.html", 403)


def not_found(request, exception=None):
    """404: nothing is held there; says how a symbol is written."""
    message = str(exception) if isinstance(exception, NotHeld) else ""
    return _page(request, "404.html", 404, message=message)


def csrf_refused(request, reason=""):
    """403 for a form whose token is missing or old."""
    return _page(request, "403.html", 403, stale_form=True)


def server_error(request):
    """500: drawn without anything that could fail in its turn, with the id of the request."""
    page = loader.render_to_string("500.html", {"request_id": getattr(request, "id", "")})
    return HttpResponseServerError(page)


def _page(request, template, status, **context):
    response = render(request, template, context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response
