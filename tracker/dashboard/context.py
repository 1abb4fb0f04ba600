"""What every template may ask for."""

from django.conf import settings
from django.db.models import Exists
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from tracker.dashboard.shortcuts import are_on
from tracker.models import Body, User
from tracker.permissions import may
from tracker.reports.inbox import waiting_counts
from tracker.rights import Act


def register(request) -> dict:
    """``fictional_register``: whether invented bodies are held; ``waiting_number``: what waits.

    Both are asked for only where they are shown, in one query. ``sees_drafts``: whether the
    review queue is of any use to who asks. ``shortcuts_on``: whether single keys do anything.
    ``webhooks_on``: whether this installation tells anybody of changes.
    """
    return {
        "fictional_register": SimpleLazyObject(lambda: _holds_fiction(request)),
        "waiting_number": SimpleLazyObject(lambda: sum(waiting_now(request).values())),
        "shortcuts_on": are_on(request),
        "webhooks_on": settings.WEBHOOKS,
        "sees_drafts": SimpleLazyObject(lambda: may(request.user, Act.READ_DRAFT_ASSESSMENTS)),
    }


def _holds_fiction(request) -> bool:
    return _ask(request)["fiction"]


def waiting_now(request) -> dict[str, int]:
    """How much of each kind waits for who asks, by the names of ``waiting_counts``."""
    return {name: value for name, value in _ask(request).items() if name.startswith("wait_")}


def _ask(request) -> dict:
    if not hasattr(request, "asked_once"):
        counts = waiting_counts(request.user, on=timezone.localdate())
        counts["fiction"] = Exists(Body.objects.filter(is_fictional=True))
        # One row, any row: nothing but the counts is read from it.
        me = User.objects.filter(pk=request.user.pk).annotate(**counts)
        request.asked_once = me.values(*counts).get()
    return request.asked_once
