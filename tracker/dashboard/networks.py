"""Networks: the bodies whose kind is network, with what matters of one."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.dashboard.bodies import BodyList
from tracker.dashboard.results import Column
from tracker.vocabulary import BodyKind


class NetworkList(BodyList):
    """``/networks/``."""

    family = "networks"
    columns = (
        Column("name", _("Network"), sort="name", default=True),
        Column("host", _("Part of, hosted by")),
        Column("operational", _("In use from")),
        Column("in_force", _("Treaty in force from")),
        Column("members", _("Members"), sort="members"),
        Column("channels", _("Contact points"), numeric=True),
    )
    panel = ("q", "part_of", "standing")

    def narrow(self, queryset):
        networks = queryset.filter(kind=BodyKind.NETWORK).select_related("host")
        return networks.with_contact_points(on=self.on, viewer=self.viewer)

    def count_words(self, number):
        return ngettext("%(n)s network", "%(n)s networks", number)
