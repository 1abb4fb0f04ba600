"""Consistency checks: questions that the record raises about itself, each with its rows."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.dashboard.base import NotHeld, Page
from tracker.dashboard.commitments import CommitmentList
from tracker.dashboard.designations import DesignationList
from tracker.models import Commitment, Designation
from tracker.permissions import may_read_register
from tracker.reports.checks import find_check, findings


class Checks(Page):
    """``/checks/``."""

    template = "dashboard/checks/overview.html"

    def context(self):
        return {"findings": findings(self.viewer, on=self.on)}


class CheckedMixin:
    """The rows of one check: the noun's own list, narrowed; its filters work as everywhere."""

    family = "checks"
    whole = ""
    check = None

    def bar(self, results):
        """None: what a check finds is mended one by one."""

    def narrow(self, queryset):
        return self.check.narrow(queryset, on=self.on, viewer=self.viewer)

    def answer(self, template, results, context):
        return super().answer(template, results, {**context, "check": self.check})

    def count_words(self, number):
        return ngettext("%(n)s row", "%(n)s rows", number)


class CheckedCommitments(CheckedMixin, CommitmentList):
    """Commitments that a check finds."""


class CheckedDesignations(CheckedMixin, DesignationList):
    """Designations that a check finds."""


VIEWS = {Commitment: CheckedCommitments, Designation: CheckedDesignations}


def check_page(request, key):
    """``/checks/<key>/``."""
    check = find_check(key)
    if check is None and may_read_register(request.user):
        raise NotHeld(_("There is no check “%(key)s”.") % {"key": key})
    # Who is not signed in is sent to do so by whichever view it is.
    view = VIEWS[check.noun] if check else CheckedCommitments
    return view.as_view(check=check)(request)
