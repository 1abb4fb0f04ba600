"""Resolutions: the list, and one with its paragraphs in official order."""

from functools import partial

from django import forms
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker import downloads, symbols
from tracker.dashboard.base import DayForm, KeyedMixin, NotHeld, Page
from tracker.dashboard.columns import Column
from tracker.dashboard.lists import ListView
from tracker.exports import statements
from tracker.exports.about import About
from tracker.filters import ResolutionFilter
from tracker.handouts import whole_address
from tracker.models import (
    Addressee,
    Commitment,
    Provision,
    Resolution,
    ResolutionLink,
)
from tracker.reports.bars import bars_by, sum_of
from tracker.reports.trees import provision_branches
from tracker.vocabulary import Classification


class ResolutionList(ListView):
    """``/resolutions/``."""

    whole = family = "resolutions"
    filterset = ResolutionFilter
    columns = (
        Column("symbol", _("Symbol"), sort="symbol", default=True, names_row=True),
        Column("subject", _("Subject")),
        Column("adopted", _("Adopted"), sort="adopted"),
        Column("chapter_vii", _("Chapter VII")),
        Column("provisions", _("Paragraphs"), sort="provisions", numeric=True),
        Column("commitments", _("Commitments"), sort="commitments", numeric=True),
        Column("documents", _("Documents"), numeric=True),
    )
    panel = ("q", "year", "chapter_vii", "provisions", "theme")

    def count_words(self, number):
        return ngettext("%(n)s resolution", "%(n)s resolutions", number)


class ResolutionForm(DayForm):
    """The day, and whether it is wanted as a file."""

    format = forms.ChoiceField(
        required=False, choices=[("html", _("Page")), *((key, key) for key in statements.FORMS)]
    )


class ResolutionPage(KeyedMixin, Page):
    """``/resolutions/S/RES/2322(2016)/``."""

    name = "resolution"
    template = "dashboard/resolutions/detail.html"
    form = ResolutionForm

    def answer(self, key):
        wanted = statements.FORMS.get(self.request.GET.get("format", ""))
        return self.hand_out(key, wanted) if wanted else super().answer(key=key)

    def hand_out(self, key, form):
        """The resolution with its paragraphs as a file for programs."""
        resolution = self.find(key)
        whole = partial(whole_address, self.request, self.on)
        about = About(self.on, Classification.PUBLIC, whole("resolution", key))
        paragraphs = self.provisions(resolution).select_related("parent")
        made = form.write(statements.Statement(resolution, list(paragraphs), about, whole))
        stem = f"resolution-{resolution.number}-{resolution.year}"
        return downloads.made(made, about.file_name(stem, form.ending), form.media_type)

    def spell(self, key):
        return symbols.resolution_key(key)

    def context(self, key):
        resolution = self.find(key)
        bars = bars_by(
            Commitment.objects.visible_to(self.viewer)
            .filter(provision__resolution=resolution)
            .for_counting(on=self.on, viewer=self.viewer),
            "provision",
        )
        links = self.links(resolution)
        return {
            "resolution": resolution,
            "documents": list(resolution.documents.as_of(self.on)),
            "branches": provision_branches(self.provisions(resolution), bars),
            "bar": sum_of(bars.values()),
            "links_out": [link for link in links if link.origin_id == resolution.pk],
            "links_in": [link for link in links if link.target_id == resolution.pk],
        }

    def find(self, key) -> Resolution:
        """The resolution, if it had been adopted by that day."""
        shown = Resolution.objects.visible_to(self.viewer).as_of(self.on)
        found = shown.filter(key=key).first()
        if found is None:
            raise NotHeld(_("No resolution is held as “%(key)s” on that day.") % {"key": key})
        return found

    def provisions(self, resolution):
        """Its paragraphs in official order, with what a row of the tree shows."""
        return (
            Provision.objects.visible_to(self.viewer)
            .filter(resolution=resolution)
            .order_by("path")
            .select_related("resolution")
            .prefetch_related(
                Prefetch("addressees", Addressee.objects.select_related("body")), "deadlines"
            )
        )

    def links(self, resolution) -> list[ResolutionLink]:
        """What it does to other resolutions, and what those adopted by that day do to it."""
        return list(
            ResolutionLink.objects.filter(Q(origin=resolution) | Q(target=resolution))
            .filter(origin__in=Resolution.objects.as_of(self.on))
            .select_related("origin", "target")
            .order_by("kind", "target__year", "target__number", "origin__year", "origin__number")
        )
