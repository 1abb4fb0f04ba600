"""Evidence: the list, one piece with where it is cited, and its file."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker.dashboard.base import DashboardView, NotHeld, Page
from tracker.dashboard.columns import Column
from tracker.dashboard.lists import ListView
from tracker.downloads import handed_out
from tracker.filters import EvidenceFilter
from tracker.models import Citation, Evidence, User
from tracker.permissions import may, may_add_evidence
from tracker.rights import Act

#: How many places are named where a piece is cited; the others are counted.
PLACES = 100


class EvidenceList(ListView):
    """``/evidence/``."""

    whole = family = "evidence"
    filterset = EvidenceFilter
    columns = (
        Column("title", gettext_lazy("Title"), sort="title", names_row=True),
        Column("body", gettext_lazy("Body"), sort="body"),
        Column("kind", gettext_lazy("Kind and source")),
        Column("published", gettext_lazy("Published"), sort="published"),
        Column("valid", gettext_lazy("Valid until"), sort="valid"),
        Column("citations", gettext_lazy("Citations"), sort="citations", numeric=True),
        Column("classification", gettext_lazy("Classification"), extra=True),
    )
    panel = (
        "q",
        "body",
        "region",
        "kind",
        "independence",
        "language",
        "classification",
        "cited",
        "file",
        "published_after",
        "published_before",
        "valid_after",
        "valid_before",
    )

    def context(self):
        return {"may_add": may(self.viewer, Act.ADD_EVIDENCE)}

    def count_words(self, number):
        return ngettext("%(n)s piece of evidence", "%(n)s pieces of evidence", number)


class EvidencePage(Page):
    """``/evidence/<key>/``: all that is known of it, and where it is cited."""

    template = "dashboard/evidence/detail.html"

    def context(self, key):
        rows = Evidence.objects.for_listing(on=self.on, viewer=self.viewer)
        evidence = find_evidence(key, viewer=self.viewer, rows=rows)
        return {
            "evidence": evidence,
            "citations": self.citations(evidence),
            "past_validity": evidence.valid_until and evidence.valid_until < self.on,
            "may_edit": may_add_evidence(self.viewer, evidence.body),
            "may_read_history": may(self.viewer, Act.READ_HISTORY, evidence.body),
        }

    def citations(self, evidence) -> list[Citation]:
        """Where it is cited by that day, as far as the reader may see."""
        return list(
            Citation.objects.shown(on=self.on, viewer=self.viewer)
            .filter(evidence=evidence)
            .select_related(
                "commitment__provision__resolution", "commitment__body", "report", "assessment"
            )
            .order_by("commitment__provision__key", "commitment__body__name", "key")[:PLACES]
        )


class EvidenceFile(DashboardView):
    """``/evidence/<key>/file/``: the file, to be saved."""

    def get(self, request, key):
        evidence = find_evidence(key, viewer=self.viewer)
        try:
            return handed_out(evidence)
        except Http404 as error:
            raise NotHeld(_("No file is held for “%(key)s”.") % {"key": key}) from error


def find_evidence(key: str, *, viewer: User, rows=None) -> Evidence:
    """The piece at ``key`` among ``rows``; ``NotHeld`` also when it is not open to ``viewer``."""
    rows = Evidence.objects.select_related("body") if rows is None else rows
    found = None if "\x00" in key else rows.visible_to(viewer).filter(key=key).first()
    if found is None:
        raise NotHeld(_("No evidence is held as “%(key)s”.") % {"key": key})
    return found
