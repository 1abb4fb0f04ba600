"""Networks: the bodies whose kind is network, with what matters of one."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tracker.dashboard.addresses import Day, address
from tracker.dashboard.base import KeyedMixin, NotHeld, Page
from tracker.dashboard.bodies import BodyList
from tracker.dashboard.columns import Column
from tracker.dashboard.steps import draw_steps
from tracker.models import Body
from tracker.reports.networks import KINDS, network_picture
from tracker.vocabulary import BodyKind, MembershipRole


class NetworkList(BodyList):
    """``/networks/``."""

    family = "networks"
    columns = (
        Column("name", _("Network"), sort="name", default=True, names_row=True),
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

    def as_filters(self):
        return {"kind": BodyKind.NETWORK.value}

    def count_words(self, number):
        return ngettext("%(n)s network", "%(n)s networks", number)


class NetworkPage(KeyedMixin, Page):
    """``/networks/COE-24-7/``: its members by region and by year, and what it overlaps with."""

    name = "network"
    template = "dashboard/networks/detail.html"

    def spell(self, key):
        return key.strip().upper()

    def context(self, key):
        network = self.find(key)
        picture = network_picture(network, viewer=self.viewer, on=self.on)
        return {
            "network": network,
            "dissolved": network.is_dissolved(self.on),
            "picture": picture,
            "years": [(year, self.cells(network, picture, year)) for year in picture.years],
            "steps": draw_steps([(year.on.year, year.total) for year in picture.years]),
        }

    def cells(self, network, picture, year) -> list[tuple[str, int, str]]:
        """Of one year: label, number and the list behind it, for all roles and for each."""
        day = Day(year.on, self.today)
        wanted = [("", gettext("All roles"), year.total)] + [
            (role, str(MembershipRole(role).label), year.by_role.get(role, 0))
            for role in picture.roles
        ]
        return [
            (label, number, address("memberships", day=day, organization=network.code, role=role))
            for role, label, number in wanted
        ]

    def find(self, key) -> Body:
        """The network or organization, if it had come into being by that day."""
        shown = Body.objects.visible_to(self.viewer).as_of(self.on).filter(code=key)
        found = shown.filter(kind__in=KINDS).select_related("parent", "host").first()
        if found is None:
            told = gettext("No network is held under the code “%(key)s” on that day.")
            raise NotHeld(told % {"key": key})
        return found
