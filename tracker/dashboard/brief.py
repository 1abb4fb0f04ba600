"""The brief on a body: as a page, and as two printed pages."""

from functools import partial

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tracker import downloads
from tracker.dashboard.addresses import address, whole_address
from tracker.dashboard.base import DayForm
from tracker.dashboard.bodies import BodyPage
from tracker.exports.about import About
from tracker.exports.brief import SIZES, Writer
from tracker.exports.fitting import fitted
from tracker.reports.brief import Brief
from tracker.reports.brief import brief as gather


class BriefForm(DayForm):
    """The day, and whether it is to be printed."""

    format = forms.ChoiceField(required=False, choices=[("html", _("Page")), ("pdf", _("PDF"))])


class BriefPage(BodyPage):
    """``/bodies/FRA/brief/``; with ``?format=pdf`` the same on two pages of A4."""

    name = "brief"
    template = "dashboard/bodies/brief.html"
    form = BriefForm

    def answer(self, key):
        body = self.find(key)
        brief = gather(body, viewer=self.viewer, on=self.on)
        about = About(self.on, brief.classification, self.permanent_address(body))
        if self.request.GET.get("format") == "pdf":
            return self.pdf(brief, about)
        here = partial(address, day=self.day)
        paper = Writer(brief, here, SIZES[0]).paper(about)
        return self.render(self.template, {"body": body, "paper": paper})

    def pdf(self, brief: Brief, about: About):
        """The file. Its links name their day, so that it is the same whenever it is made."""
        made = fitted(
            brief,
            about,
            partial(whole_address, self.request, self.on),
            language=get_language() or "en",
        )
        name = about.file_name(f"brief-{brief.body.code}", "pdf")
        return downloads.made(made.data, name, "application/pdf")

    def permanent_address(self, body) -> str:
        """Where the same brief is found again."""
        return whole_address(self.request, self.on, "brief", body.code)
