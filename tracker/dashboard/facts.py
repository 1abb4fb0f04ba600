"""What bodies report and what is concluded, as lists."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.dashboard.bulk import Selectable
from tracker.dashboard.columns import Column
from tracker.dashboard.lists import ListView
from tracker.filters import AssessmentFilter, ReportFilter

PARAGRAPH = Column("paragraph", _("Paragraph"), sort="symbol", names_row=True)
CLASSIFICATION = Column("classification", _("Classification"), extra=True)
BODY = Column("body", _("Body"), sort="body")


class ReportList(ListView):
    """``/reports/``."""

    whole = family = "reports"
    filterset = ReportFilter
    columns = (
        PARAGRAPH,
        BODY,
        Column("position", _("Reported")),
        Column("submitted", _("Submitted"), sort="submitted"),
        CLASSIFICATION,
    )
    panel = (
        "q",
        "state",
        "position",
        "resolution",
        "provision",
        "theme",
        "body",
        "classification",
        "submitted_after",
        "submitted_before",
    )

    def count_words(self, number):
        return ngettext("%(n)s report", "%(n)s reports", number)


class AssessmentList(Selectable, ListView):
    """``/assessments/``."""

    whole = family = "assessments"
    filterset = AssessmentFilter
    bulk_page = "assessments-bulk"
    columns = (
        PARAGRAPH,
        BODY,
        Column("step", _("Step")),
        Column("result", _("Result")),
        Column("adopted", _("Adopted"), sort="adopted"),
        Column("follow_up", _("Follow-up"), sort="follow_up"),
        Column("basis", _("Basis"), extra=True),
        CLASSIFICATION,
    )
    panel = (
        "q",
        "step",
        "result",
        "basis",
        "drafted",
        "claimed",
        "resolution",
        "provision",
        "theme",
        "body",
        "region",
        "classification",
        "comments_due_after",
        "comments_due_before",
        "adopted_after",
        "adopted_before",
        "follow_up_after",
        "follow_up_before",
    )

    def count_words(self, number):
        return ngettext("%(n)s assessment", "%(n)s assessments", number)
