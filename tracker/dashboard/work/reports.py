"""The pages of a report: a new one, a copy of the last, and one with its draft."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from tracker import actions
from tracker.actions import Refused
from tracker.dashboard.addresses import address
from tracker.dashboard.base import NotHeld
from tracker.dashboard.work.base import Act, FormPage, find_commitment
from tracker.dashboard.work.citing import CitingMixin
from tracker.dashboard.work.forms import CiteForm, DiscardForm, ReportForm, UnciteForm
from tracker.models import Report
from tracker.permissions import may_report


class NewReport(FormPage):
    """``/commitments/S/RES/2322(2016)/13(e)/XAA/report/``."""

    template = "dashboard/work/report.html"
    acts = {
        "save": Act(ReportForm, "save", _("The draft is saved.")),
        "submit": Act(ReportForm, "submit", _("The report is submitted.")),
    }

    def find(self, key):
        self.commitment = find_commitment(key, viewer=self.viewer)
        if not may_report(self.viewer, self.commitment):
            raise Refused

    def context(self, refused):
        form = self.opened(ReportForm, refused)
        return {"commitment": self.commitment, "form": form, "editable": True}

    def save(self, form):
        """Keep a draft that nobody else sees yet."""
        report = actions.draft_report(self.commitment, by=self.viewer, **form.typed)
        return address("report", report.key)

    def submit(self, form):
        """Submit at once; when that is not possible, no draft is left behind."""
        with transaction.atomic():
            report = actions.draft_report(self.commitment, by=self.viewer, **form.typed)
            actions.submit_report(report, by=self.viewer, on=self.today)
        return address("commitment", self.commitment.public_key)


class CopyReport(FormPage):
    """``/commitments/…/report/copy/``: begin with what the last report says and cites."""

    http_method_names = ["options", "post"]

    def post(self, request, key):
        commitment = find_commitment(key, viewer=self.viewer)
        try:
            report = actions.copy_last_report(commitment, by=self.viewer)
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
            return HttpResponseRedirect(address("commitment", commitment.public_key))
        return HttpResponseRedirect(address("report", report.key))


class ReportPage(CitingMixin, FormPage):
    """``/reports/<key>/``: a draft to work on, or a report as it was submitted."""

    template = "dashboard/work/report.html"
    citing = "report"
    acts = {
        "save": Act(ReportForm, "save", _("The draft is saved.")),
        "submit": Act(ReportForm, "submit", _("The report is submitted.")),
        "discard": Act(DiscardForm, "discard", _("The draft is discarded.")),
        "cite": Act(CiteForm, "cite", _("The evidence is cited.")),
        "uncite": Act(UnciteForm, "uncite", _("The citation is removed.")),
    }

    def find(self, key):
        self.row = (
            Report.objects.visible_to(self.viewer)
            .filter(key=key)
            .select_related(
                "commitment__provision__resolution", "commitment__provision__parent",
                "commitment__body", "author",
            )
            .first()
        )  # fmt: skip
        if self.row is None:
            raise NotHeld(_("No report is held as “%(key)s”.") % {"key": key})
        self.commitment = self.row.commitment
        draft = self.row.submitted_on is None
        self.editable = draft and may_report(self.viewer, self.commitment)

    def open_forms(self):
        return {ReportForm} if self.editable else set()

    def context(self, refused):
        return {
            "commitment": self.commitment,
            "report": self.row,
            "editable": self.editable,
            "form": self.opened(ReportForm, refused) if self.editable else None,
            **self.citing_context(refused, editable=self.editable),
        }

    def save(self, form):
        """Change the draft."""
        form.set_on(self.row)
        actions.save_report(self.row, by=self.viewer)
        return self.request.path

    def submit(self, form):
        """Submit what stands in the form, as the word of the body."""
        form.set_on(self.row)
        actions.submit_report(self.row, by=self.viewer, on=self.today)
        return address("commitment", self.commitment.public_key)

    def discard(self, form):
        """Delete the draft with its citations."""
        form.set_version(self.row)
        actions.discard_report(self.row, by=self.viewer)
        return address("commitment", self.commitment.public_key)
