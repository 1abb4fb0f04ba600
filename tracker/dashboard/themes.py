"""Themes: the paragraphs of all resolutions by subject."""

from django.utils.translation import gettext_lazy as _

from tracker.dashboard.base import KeyedMixin, NotHeld, Page
from tracker.models import Commitment, Provision, Theme
from tracker.reports.bars import Bar, bars_by, sum_of
from tracker.reports.tallied import Tallied
from tracker.reports.trees import Branch, told_branches


class ThemeTree(Page):
    """``/themes/``."""

    template = "dashboard/themes/list.html"

    def context(self):
        themes = Theme.objects.visible_to(self.viewer).order_by("path")
        themes = list(themes.for_listing(on=self.on, viewer=self.viewer))
        bars = Tallied(self.viewer).by_theme(self.on, themes=themes)
        return {"branches": told_branches(themes, bars)}


class ThemePage(KeyedMixin, Page):
    """``/themes/mutual-legal-assistance/``: what it covers, and the paragraphs that carry it."""

    name = "theme"
    template = "dashboard/themes/detail.html"

    def spell(self, key):
        return key.strip().lower()

    def context(self, key):
        themes = list(Theme.objects.visible_to(self.viewer).order_by("path"))
        theme = next((each for each in themes if each.slug == key), None)
        if theme is None:
            raise NotHeld(_("No theme is held under the key “%(key)s”.") % {"key": key})
        provisions = self.provisions(theme)
        bars = self.bars(provisions)
        return {
            "theme": theme,
            "above": [each for each in themes if theme.path.startswith(each.path)][:-1],
            "below": [each for each in themes if each.parent_id == theme.pk],
            "branches": [Branch(each, each.depth, bars.get(each.pk, Bar())) for each in provisions],
            "bar": sum_of(bars.values()),
        }

    def provisions(self, theme) -> list[Provision]:
        """The paragraphs that carry the theme, or one nested in it, in official order."""
        return list(
            Provision.objects.visible_to(self.viewer)
            .as_of(self.on)
            .filter(pk__in=Theme.objects.within([theme]).values("provisions"))
            .select_related("resolution")
            .in_order()
        )

    def bars(self, provisions):
        """How each of them stands."""
        counted = Commitment.objects.visible_to(self.viewer).filter(provision__in=provisions)
        return bars_by(counted.for_counting(on=self.on, viewer=self.viewer), "provision")
