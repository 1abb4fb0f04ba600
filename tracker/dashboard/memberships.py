"""Memberships: who belongs to which network or organization, in which role, since when."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.dashboard.columns import Column
from tracker.dashboard.lists import ListView
from tracker.filters import MembershipFilter


class MembershipList(ListView):
    """``/memberships/``."""

    whole = family = "memberships"
    filterset = MembershipFilter
    columns = (
        Column(
            "organization",
            _("Network or organization"),
            sort="organization",
            default=True,
            names_row=True,
        ),
        Column("member", _("Member"), sort="member"),
        Column("role", _("Role")),
        Column("from", _("From"), sort="from"),
        Column("until", _("Until")),
    )
    panel = ("organization", "member", "role", "region", "also_in")

    def count_words(self, number):
        return ngettext("%(n)s membership", "%(n)s memberships", number)
