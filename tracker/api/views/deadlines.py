"""Deadlines over REST."""

from tracker.api.serializers.deadlines import DueSerializer
from tracker.api.views.base import ListView
from tracker.filters import DeadlineFilter
from tracker.models import Due


class DeadlineList(ListView):
    """Every date of every body, as extended by that day: past first, delivered last.

    ``drawn`` is understood, so that an address of the dashboard can be asked here; it changes
    nothing.
    """

    noun = Due
    filterset = DeadlineFilter
    serializer_class = DueSerializer
