"""The inbox: what waits for me, what changed since my last visit, what falls due."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from tracker import actions
from tracker.dashboard.addresses import address
from tracker.dashboard.base import DashboardView
from tracker.dashboard.context import waiting_now
from tracker.models import Visit
from tracker.reports.inbox import changed_since, due, waiting
from tracker.reports.news import by_provision

#: How many commitments and paragraphs with changes are named.
SHOWN = 30


class Inbox(DashboardView):
    """``/inbox/``: always as it stands today."""

    def get(self, request):
        visit = Visit.objects.filter(by=self.viewer).first()
        changed, more = changed_since(self.viewer, visit)
        context = {
            "waiting": waiting(self.viewer, waiting_now(request), on=self.today),
            "news": by_provision(changed[:SHOWN]),
            "more_changed": more or len(changed) > SHOWN,
            "since": visit.at if visit else self.viewer.date_joined,
            "due": due(self.viewer, on=self.today),
        }
        return self.render("dashboard/inbox.html", context)

    @property
    def day(self):
        """None: an inbox has no other day than today."""
        return None


class PostPage(DashboardView):
    """An act that one button posts; who comes by a link is led to the page with the button."""

    http_method_names = ["get", "head", "options", "post"]

    def get(self, request, **kwargs):
        return HttpResponseRedirect(self.page(**kwargs))

    def page(self, **kwargs) -> str:
        """The address of the page with the button."""
        raise NotImplementedError


class MarkSeen(PostPage):
    """``/inbox/seen/``: every change so far counts as seen."""

    def page(self):
        return address("inbox")

    def post(self, request):
        actions.mark_seen(by=self.viewer)
        messages.success(request, _("Every change so far is marked as seen."))
        return HttpResponseRedirect(self.page())
