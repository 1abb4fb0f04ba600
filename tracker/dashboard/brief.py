"""The brief on a body: as a page, as two printed pages, and in the other forms that it has."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.dashboard.addresses import address
from tracker.dashboard.base import DayForm
from tracker.dashboard.bodies import BodyPage
from tracker.exports.about import About
from tracker.exports.brief import Writer
from tracker.exports.fitting import BRIEFS
from tracker.exports.forms import FORMS
from tracker.handouts import briefed, whole_address
from tracker.reports.brief import brief as gather


class BriefForm(DayForm):
    """The day, and whether it is wanted as a file."""

    format = forms.ChoiceField(
        required=False, choices=[("html", _("Page")), *((key, key) for key in BRIEFS)]
    )


class BriefPage(BodyPage):
    """``/bodies/FRA/brief/``; with ``?format=pdf`` the same on two pages of A4."""

    name = "brief"
    template = "dashboard/bodies/brief.html"
    form = BriefForm

    def answer(self, key):
        body = self.find(key)
        form = self.request.GET.get("format")
        if form in BRIEFS:
            return briefed(form, body, request=self.request, viewer=self.viewer, on=self.on)
        brief = gather(body, viewer=self.viewer, on=self.on)
        permanent = whole_address(self.request, self.on, "brief", body.code)
        about = About(self.on, brief.classification, permanent)
        paper = Writer(brief, partial(address, day=self.day)).paper(about)
        listed = [(key, FORMS[key].label) for key in BRIEFS if key not in ("pdf", "docx")]
        return self.render(self.template, {"body": body, "paper": paper, "listed": listed})
