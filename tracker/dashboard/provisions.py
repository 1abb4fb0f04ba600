"""Provisions: the list, and one paragraph with everybody who has to act on it."""

from dataclasses import replace

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker import symbols
from tracker.dashboard.base import KeyedMixin, NotHeld
from tracker.dashboard.columns import Column
from tracker.dashboard.commitments import BODY, FACTS, MORE, PROVISION, CommitmentList
from tracker.dashboard.lists import ListView
from tracker.dashboard.tiles import draw_tiles
from tracker.filters import ProvisionFilter
from tracker.models import Addressee, Commitment, Provision, ProvisionLink
from tracker.reports.crosswalk import (
    AssessedThere,
    assessed_there,
    links_of,
    relations,
    repeated,
)
from tracker.reports.standings import Standing, bars_of, reporting_of, standings
from tracker.reports.tiles import tile_regions
from tracker.reports.trees import provision_branches
from tracker.vocabulary import STATES


class ProvisionList(ListView):
    """``/provisions/``."""

    whole = family = "provisions"
    filterset = ProvisionFilter
    columns = (
        Column("symbol", _("Paragraph"), sort="symbol", default=True, names_row=True),
        Column("summary", _("What it asks")),
        Column("force", _("Force"), sort="force"),
        Column("addressees", _("Addressed to")),
        Column("date", _("Date")),
        Column("commitments", _("Commitments"), sort="commitments", numeric=True),
        Column("lifecycle", _("Lifecycle"), extra=True),
        Column("themes", _("Themes"), extra=True),
    )
    panel = (
        "q",
        "resolution",
        "theme",
        "force",
        "softened",
        "addressee",
        "deadline",
        "commitments",
        "lifecycle",
    )

    def count_words(self, number):
        return ngettext("%(n)s paragraph", "%(n)s paragraphs", number)


class ProvisionPage(KeyedMixin, CommitmentList):
    """``/provisions/S/RES/2322(2016)/13(e)/``: the paragraph above the list of its bodies."""

    name = "provision"
    family = "provisions"
    # The page has its twelve queries without.
    tells_news = False
    columns = (replace(BODY, default=True, names_row=True), *FACTS, *MORE)
    panel = ("q", "region", "kind", "role", "position", "evidence", "result", "effect", "timing")

    def spell(self, key):
        resolution, component, number = symbols.split_provision_key(key)
        return symbols.provision_key(resolution, number, component)

    def get(self, request, key):
        self.tree = list(self.read_tree(key))
        self.provision = next((each for each in self.tree if each.key == key), None)
        if self.provision is None:
            raise NotHeld(_("No paragraph is held as “%(key)s”.") % {"key": key})
        self.children = [each for each in self.tree if each.parent_id == self.provision.pk]
        if self.children:
            self.columns = (PROVISION, BODY, *FACTS, *MORE)
        return super().get(request)

    def read_tree(self, key):
        """Every paragraph of the resolution, in official order."""
        resolution, _component, _number = symbols.split_provision_key(key)
        return (
            Provision.objects.visible_to(self.viewer)
            .filter(resolution__key=resolution)
            .select_related("resolution")
            .order_by("path")
        )

    def narrow(self, queryset):
        """The commitments of this paragraph and of its letters."""
        return queryset.filter(
            provision__resolution=self.provision.resolution_id,
            provision__path__startswith=self.provision.path,
        )

    def as_filters(self):
        return {"provision": self.provision.key}

    def answer(self, template, results, context):
        name = "_bodies" if template == "_table" else "detail"
        there = self.assessed_there
        for row in results.rows:
            row.assessed_there = there.get((row.provision_id, row.body.code))
        context |= {"provision": self.provision, "children": self.children}
        return super().answer(name, results, context)

    def context(self):
        prefetch_related_objects(
            [self.provision],
            "themes",
            "deadlines",
            Prefetch("addressees", Addressee.objects.select_related("body")),
        )
        place = self.tree.index(self.provision)
        bars = bars_of(self.standings)
        branches = provision_branches(self.tree, bars)
        return {
            "branch": branches[place],
            "parent": next((e for e in self.tree if e.pk == self.provision.parent_id), None),
            "previous": self.tree[place - 1] if place else None,
            "next": self.tree[place + 1] if place + 1 < len(self.tree) else None,
            "links": self.links,
            "relations": relations(self.links, self.within, bars),
            **self.tiles(),
            "reporting": reporting_of(
                each for each in self.standings if each.provision in self.within
            ),
            "lifecycle": self.provision.lifecycle_on(self.on),
        }

    def tiles(self) -> dict:
        """One tile a State; none for opening words, whose letters have their own."""
        if self.children:
            return {}
        regions = tile_regions(self.standings, self.provision.pk, self.assessed_there)
        states = sum(region.total for region in regions)
        drawn = draw_tiles(regions, self.day)
        return {"tiles": drawn, "states": states, "kinds_of_state": list(STATES)}

    @cached_property
    def within(self) -> set[int]:
        """The paragraph and its letters, by id."""
        path = self.provision.path
        return {each.pk for each in self.tree if each.path.startswith(path)}

    @cached_property
    def links(self) -> list[ProvisionLink]:
        """What they repeat, extend or supersede elsewhere, and what does so to them."""
        return links_of(self.provision, viewer=self.viewer, on=self.on)

    @cached_property
    def repeated(self) -> dict[int, list[Provision]]:
        """The paragraphs elsewhere that they repeat."""
        return repeated(self.links, self.within)

    @cached_property
    def standings(self) -> list[Standing]:
        """How each addressee stands, under them and under what they repeat."""
        counted = Commitment.objects.visible_to(self.viewer)
        counted = counted.for_counting(on=self.on, viewer=self.viewer)
        elsewhere = {target.pk for targets in self.repeated.values() for target in targets}
        return standings(counted, self.within | elsewhere)

    @cached_property
    def assessed_there(self) -> dict[tuple[int, str], list[AssessedThere]]:
        """What was concluded of the same bodies where the paragraph stood first."""
        return assessed_there(self.repeated, self.standings) if self.repeated else {}
