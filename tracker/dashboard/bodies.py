"""Bodies: the list, and the profile of one."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.dashboard.base import KeyedMixin, NotHeld, Page
from tracker.dashboard.columns import Column
from tracker.dashboard.lists import ListView
from tracker.dashboard.results import ROWS
from tracker.filters import BodyFilter
from tracker.models import Body, BodyName, Commitment
from tracker.reports.profile import profile
from tracker.vocabulary import NameForm


class BodyList(ListView):
    """``/bodies/``."""

    whole = family = "bodies"
    filterset = BodyFilter
    columns = (
        Column("name", _("Name"), sort="name", default=True, names_row=True),
        Column("kind", _("Kind"), sort="kind"),
        Column("region", _("Region or parent body")),
        Column("members", _("Members"), sort="members", numeric=True),
        Column("designations", _("Designations"), numeric=True),
        Column("commitments", _("Commitments"), sort="commitments", numeric=True),
    )
    panel = (
        "q",
        "kind",
        "region",
        "standing",
        "member_of",
        "part_of",
        "designation",
        "not_recorded",
    )

    def count_words(self, number):
        return ngettext("%(n)s body", "%(n)s bodies", number)


class BodyPage(KeyedMixin, Page):
    """``/bodies/CTED/``."""

    name = "body"
    template = "dashboard/bodies/detail.html"

    def spell(self, key):
        return key.strip().upper()

    def context(self, key):
        body = self.find(key)
        near = self.near(body)
        commitments = self.commitments(body)
        return {
            "body": body,
            "dissolved": body.is_dissolved(self.on),
            "profile": profile(body, viewer=self.viewer, on=self.on),
            "names": self.names(body),
            "parts": [each for each in near if each.parent_id == body.pk],
            "hosted": [each for each in near if each.host_id == body.pk],
            "predecessors": [each for each in near if each.succeeded_by_id == body.pk],
            "authorities": [each for each in near if each.state_id == body.pk],
            "commitments": commitments[:ROWS],
            "has_more": len(commitments) > ROWS,
        }

    def find(self, key) -> Body:
        """The body, if it had come into being by that day."""
        shown = Body.objects.visible_to(self.viewer).as_of(self.on).filter(code=key)
        found = shown.select_related("parent", "host", "state", "succeeded_by", "region").first()
        if found is None:
            raise NotHeld(_("No body is held under the code “%(key)s” on that day.") % {"key": key})
        return found

    def near(self, body) -> list[Body]:
        """Its parts, what it hosts, whom it succeeded and, for a State, its authorities."""
        tied = Q(parent=body) | Q(host=body) | Q(succeeded_by=body) | Q(state=body)
        return list(Body.objects.visible_to(self.viewer).as_of(self.on).filter(tied))

    def names(self, body) -> dict[str, list[BodyName]]:
        """Its names on that day, by form: short, formal, acronym, also written."""
        shown = BodyName.objects.filter(
            Q(from_on=None) | Q(from_on__lte=self.on),
            Q(until_on=None) | Q(until_on__gte=self.on),
            body=body,
        ).order_by("language", "text")
        names: dict[str, list[BodyName]] = {form: [] for form in NameForm.values}
        for name in shown:
            names[name.form].append(name)
        return names

    def commitments(self, body) -> list[Commitment]:
        """What is asked of it, in official order: one page, and one row more if there is more."""
        return list(
            Commitment.objects.visible_to(self.viewer)
            .for_listing(on=self.on, viewer=self.viewer)
            .filter(body=body)
            .in_order()[: ROWS + 1]
        )
