"""Pages for what went wrong: each says what happened and what to do next."""

import sys

from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader

from tracker.busy import RETRY_AFTER, is_busy
from tracker.dashboard.base import NotHeld
from tracker.dashboard.work.base import FormPage

#: How Django names what is wrong with a token that may be merely old.
OLD_TOKEN = ("CSRF token", "CSRF cookie")


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
    """403 for a form whose token is missing or old; a form with text is shown again with it.

    Not for what came from another site: that is no form of ours.
    """
    match = request.resolver_match
    page = getattr(match.func, "view_class", None) if match else None
    if reason.startswith(OLD_TOKEN) and issubclass(page or object, FormPage):
        return page.as_view(stale=True)(request, *match.args, **match.kwargs)
    return _page(request, "403.html", 403, stale_form=True)


def server_error(request):
    """500, or 503 when others keep the database busy; with the id of the request.

    Drawn without anything that could fail in its turn.
    """
    told = {"request_id": getattr(request, "id", "")}
    if is_busy(sys.exc_info()[1]):
        page = loader.render_to_string("503.html", told)
        return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})
    return HttpResponseServerError(loader.render_to_string("500.html", told))


def _page(request, template, status, **context):
    return render(request, template, context, status=status)
