"""Commitments: the list over everything, and the four facts of one."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.dashboard.base import KeyedMixin, NotHeld, Page
from tracker.dashboard.bulk import Selectable
from tracker.dashboard.columns import Column
from tracker.dashboard.lists import ListView
from tracker.dashboard.work.offers import Offers, offers
from tracker.filters import CommitmentFilter
from tracker.models import Assessment, Citation, Commitment, Evidence, Report
from tracker.models.commitments import split_commitment_key
from tracker.permissions import may_set_timing
from tracker.reports.crosswalk import related
from tracker.reports.dates import at_a_glance, dates_of

FACTS = (
    Column("reported", _("Reported"), sort="reported"),
    Column("evidence", _("Evidence"), sort="evidence"),
    Column("assessment", _("Assessment"), sort="assessed"),
    Column("timing", _("Timing"), sort="due"),
)
PROVISION = Column("provision", _("Paragraph"), sort="symbol", default=True, names_row=True)
MORE = (
    Column("force", _("Force"), extra=True),
    Column("role", _("Role"), extra=True),
    Column("kind", _("Kind of body"), extra=True),
    Column("region", _("Region"), extra=True),
    Column("follow_up", _("Follow-up"), sort="follow_up", extra=True),
)
BODY = Column("body", _("Body"), sort="body")


class CommitmentList(Selectable, ListView):
    """``/commitments/``."""

    whole = family = "commitments"
    filterset = CommitmentFilter
    bulk_page = "commitments-bulk"
    columns = (PROVISION, BODY, *FACTS, *MORE)
    panel = (
        "q",
        "resolution",
        "provision",
        "theme",
        "body",
        "region",
        "kind",
        "role",
        "force",
        "softened",
        "position",
        "evidence",
        "result",
        "effect",
        "timing",
        "due_after",
        "due_before",
        "follow_up_after",
        "follow_up_before",
        "assessed_after",
        "assessed_before",
        "mine",
    )

    def count_words(self, number):
        return ngettext("%(n)s commitment", "%(n)s commitments", number)


class CommitmentPage(KeyedMixin, Page):
    """``/commitments/S/RES/2322(2016)/13(e)/FRA/``."""

    name = "commitment"
    template = "dashboard/commitments/detail.html"

    def spell(self, key):
        return "/".join(split_commitment_key(key))

    def context(self, key):
        commitment = self.find(key)
        citations = self.citations(commitment)
        dates = dates_of(commitment, on=self.on)
        reports = list(
            Report.objects.visible_to(self.viewer).submitted(self.on).filter(commitment=commitment)
        )
        assessments = list(
            Assessment.objects.visible_to(self.viewer)
            .adopted(self.on)
            .filter(commitment=commitment)
        )
        relations, there = related(commitment, viewer=self.viewer, on=self.on)
        return {
            "commitment": commitment,
            "provision": commitment.provision,
            "relations": relations,
            "assessed_there": there,
            "reports": reports,
            "assessments": assessments,
            "work": self.work(commitment, reports, assessments),
            "citations": citations,
            "evidence": list({each.evidence_id: each.evidence for each in citations}.values()),
            "dates": dates,
            "dates_shown": at_a_glance(dates),
            "may_set_dates": self.day.is_today
            and any(each.is_open for each in dates)
            and may_set_timing(self.viewer, commitment),
        }

    def work(self, commitment, reports, assessments) -> Offers | None:
        """What is to do now; a page of a past day offers nothing."""
        if not self.day.is_today:
            return None
        return offers(commitment, reports, assessments, viewer=self.viewer, on=self.on)

    def find(self, key) -> Commitment:
        """The commitment with its four facts on that day."""
        provision, code = split_commitment_key(key)
        found = (
            Commitment.objects.visible_to(self.viewer)
            .for_listing(on=self.on, viewer=self.viewer)
            .select_related("provision__parent")
            .filter(provision__key=provision, body__code=code)
            .first()
        )
        if found is None:
            raise NotHeld(_("No commitment is held as “%(key)s” on that day.") % {"key": key})
        return found

    def citations(self, commitment) -> list[Citation]:
        """What published reports and assessments cite, as far as the reader may see it."""
        shown = Q(report__in=Report.objects.visible_to(self.viewer).submitted(self.on)) | Q(
            assessment__in=Assessment.objects.visible_to(self.viewer).adopted(self.on)
        )
        return list(
            Citation.objects.filter(
                shown,
                commitment=commitment,
                evidence__in=Evidence.objects.visible_to(self.viewer),
            )
            .select_related("evidence")
            .order_by("-evidence__published_on", "evidence__title", "key")
        )
