"""Designations: the Central Authorities, bureaus and contact points that bodies have named."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker import actions
from tracker.actions import Conflict, Refused
from tracker.dashboard.addresses import address
from tracker.dashboard.base import NotHeld, Page
from tracker.dashboard.bulk import Selectable
from tracker.dashboard.columns import Column
from tracker.dashboard.inbox import PostPage
from tracker.dashboard.limited import Limited
from tracker.dashboard.lists import ListView
from tracker.filters import DesignationFilter
from tracker.models import Change, Designation
from tracker.permissions import may, may_confirm, may_reveal
from tracker.rights import Act
from tracker.vocabulary import Verb


class DesignationList(Selectable, ListView):
    """``/designations/``."""

    whole = family = "designations"
    filterset = DesignationFilter
    bulk_page = "designations-bulk"
    columns = (
        Column("body", gettext_lazy("Body"), sort="body", default=True, names_row=True),
        Column("office", gettext_lazy("Office")),
        Column("kind", gettext_lazy("Kind"), sort="kind"),
        Column("functions", gettext_lazy("For")),
        Column("channel", gettext_lazy("Channel, languages")),
        Column("confirmed", gettext_lazy("Last confirmed"), sort="confirmed"),
    )
    panel = ("body", "kind", "function", "network", "region", "stale", "mine", "confirmed_before")

    def count_words(self, number):
        return ngettext("%(n)s designation", "%(n)s designations", number)


def find_designation(key: str, *, on, viewer) -> Designation:
    """The designation in force on that day; raises ``NotHeld`` also for one not open to viewer."""
    found = (
        Designation.objects.visible_to(viewer).for_listing(on=on, viewer=viewer).filter(key=key)
    ).first()
    if found is None:
        raise NotHeld(_("No designation is held as “%(key)s” on that day.") % {"key": key})
    return found


class DesignationPage(Page):
    """``/designations/<key>/``: the office; the person behind it only as held or not held."""

    template = "dashboard/designations/detail.html"

    def context(self, key):
        designation = find_designation(key, on=self.on, viewer=self.viewer)
        return self.about(designation)

    def about(self, designation) -> dict:
        """What the page shows of one designation."""
        today = self.day.is_today
        sees_log = may(self.viewer, Act.READ_HISTORY, designation.body)
        return {
            "designation": designation,
            "stale": designation.is_stale(self.on),
            "may_confirm": today and may_confirm(self.viewer, designation),
            "may_reveal": today and designation.has_person and may_reveal(self.viewer, designation),
            "sees_log": sees_log,
            "reveals": self.reveals(designation) if sees_log else [],
        }

    def reveals(self, designation) -> list[Change]:
        """Who looked at the person and why, the latest first."""
        changes = Change.objects.visible_to(self.viewer).of(designation)
        return list(changes.filter(verb=Verb.REVEALED).select_related("by")[:50])


class DesignationAct(PostPage, DesignationPage):
    """A button of the designation's page."""

    def page(self, key):
        return address("designation", key)

    def get(self, request, **kwargs):
        return PostPage.get(self, request, **kwargs)

    def find(self, key) -> Designation:
        """The designation, as the person saw it when the button was shown."""
        designation = find_designation(key, on=self.today, viewer=self.viewer)
        seen = self.request.POST.get("version", "")
        if seen.isascii() and seen.isdigit():
            designation.version = int(seen[:9])
        return designation

    def show_again(self, key, *, status, **more):
        """The page as it stands now, with what was typed and what is wrong with it."""
        designation = find_designation(key, on=self.today, viewer=self.viewer)
        return self.render(self.template, {**self.about(designation), **more}, status=status)


class ConfirmDesignation(DesignationAct):
    """``/designations/<key>/confirm/``: one click says that it is still correct."""

    def post(self, request, key):
        try:
            actions.confirm_designation(self.find(key), by=self.viewer, on=self.today)
        except ValidationError as error:
            return self.show_again(key, status=400, problems=error.messages)
        except Conflict as error:
            return self.show_again(key, status=409, problems=[str(error)])
        messages.success(request, _("Thank you: it is confirmed as of today."))
        inbox = request.POST.get("back") == "inbox"
        return HttpResponseRedirect(address("inbox") if inbox else self.page(key))


class RevealContact(Limited, DesignationAct):
    """``/designations/<key>/reveal/``: the person, once, with a reason that is recorded."""

    limit = "reveal"
    limited_methods = ("POST",)

    def post(self, request, key):
        designation, reason = self.find(key), request.POST.get("reason", "")
        if not designation.has_person:
            may_know = may_reveal(self.viewer, designation)
            if not may_know:
                raise Refused
            return self.show_again(key, status=400, problems=[_("No person is held.")])
        try:
            person = actions.reveal_contact(designation, by=self.viewer, reason=reason)
        except ValidationError as error:
            return self.show_again(key, status=400, problems=error.messages, reason=reason)
        context = {"designation": designation, "person": person, "reason": reason}
        return self.render("dashboard/designations/contact.html", context)
