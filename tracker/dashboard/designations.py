"""Designations: the Central Authorities, bureaus and contact points that bodies have named."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.dashboard.lists import ListView
from tracker.dashboard.results import Column
from tracker.filters import DesignationFilter


class DesignationList(ListView):
    """``/designations/``."""

    family = "designations"
    filterset = DesignationFilter
    columns = (
        Column("body", _("Body"), sort="body", default=True),
        Column("office", _("Office")),
        Column("kind", _("Kind"), sort="kind"),
        Column("functions", _("For")),
        Column("channel", _("Channel, languages")),
        Column("confirmed", _("Last confirmed"), sort="confirmed"),
    )
    panel = ("body", "kind", "function", "network", "region", "confirmed_before")

    def count_words(self, number):
        return ngettext("%(n)s designation", "%(n)s designations", number)
