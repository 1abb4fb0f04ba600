"""Commitments and what is known of them: looked at here, written by actions of their own."""

from django.contrib.admin import display, register
from django.db.models import OuterRef
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.admin import options
from tracker.admin.base import ReadOnlyAdmin
from tracker.admin.columns import count_link, day, lines
from tracker.filters import AssessmentFilter, CommitmentFilter, EvidenceFilter, ReportFilter
from tracker.models import Assessment, Commitment, Evidence, Report
from tracker.models.base import count_of
from tracker.permissions import may
from tracker.rights import Act
from tracker.vocabulary import POSITIONS, RESULTS, Timing


@register(Commitment)
class CommitmentAdmin(ReadOnlyAdmin):
    """One provision, one body, four facts; made from the addressees, never typed in."""

    filterset = CommitmentFilter
    sidebar = {"theme": options.themes, "region": options.regions}
    list_display = (
        "provision_column",
        "body_column",
        "role",
        "reported",
        "evidence",
        "assessment",
        "timing_column",
        "due",
    )
    search_fields = ("provision__key", "body__name")
    search_help_text = _("A symbol (2322 13(e)), a body or words of the summary.")
    related = ("provision__resolution", "body")
    fieldsets = (
        (None, {"fields": ("provision", "body", "role", ("starts_on", "ends_on"))}),
        (
            _("What is known today"),
            {"fields": ("reported", "evidence", "assessment", ("timing_column", "due"))},
        ),
        (_("Behind it"), {"fields": ("reports", "assessments")}),
        (_("Dates met and put off"), {"fields": ("deliveries", "extensions")}),
    )

    def get_queryset(self, request):
        viewer, on = request.user, timezone.localdate()
        rows = super().get_queryset(request).with_facts(on=on, viewer=viewer)
        return rows.annotate(
            report_count=_about(Report, viewer, on), assessment_count=_about(Assessment, viewer, on)
        )

    @display(description=_("Provision"), ordering="symbol")
    def provision_column(self, row):
        return str(row.provision)

    @display(description=_("Body"), ordering="body")
    def body_column(self, row):
        return row.body.name

    @display(description=_("Reported"), ordering="reported")
    def reported(self, row):
        return dict(POSITIONS)[row.position]

    @display(description=_("Evidence"), ordering="evidence")
    def evidence(self, row):
        return row.evidence_count

    @display(description=_("Assessment"), ordering="assessed")
    def assessment(self, row):
        return dict(RESULTS)[row.result]

    @display(description=_("Timing"))
    def timing_column(self, row):
        return Timing(row.timing).label

    @display(description=_("Due"), ordering="due")
    def due(self, row):
        return day(row.due_on)

    @display(description=_("Reports"))
    def reports(self, row):
        return count_link(row, row.report_count, "report", commitment=row.public_key)

    @display(description=_("Assessments"))
    def assessments(self, row):
        return count_link(row, row.assessment_count, "assessment", commitment=row.public_key)

    @display(description=_("Deliveries"))
    def deliveries(self, row):
        return lines(
            (f"{each.deadline.label} ({each.number}): {day(each.delivered_on)}", each.source)
            for each in row.deliveries.select_related("deadline")
        )

    @display(description=_("Extensions"))
    def extensions(self, row):
        return lines(
            (
                _("%(label)s (%(number)s): until %(until)s, granted on %(granted)s")
                % {
                    "label": each.deadline.label,
                    "number": each.number,
                    "until": day(each.until_on),
                    "granted": day(each.granted_on),
                },
                each.why,
            )
            for each in row.extensions.select_related("deadline")
        )


def _about(model, viewer, on):
    """Expression: how many rows the list of ``model`` has about a commitment, for ``viewer``."""
    return count_of(model.objects.visible_to(viewer).as_of(on).filter(commitment=OuterRef("pk")))


@register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """What bodies say of their commitments."""

    filterset = ReportFilter
    list_display = ("key", "commitment", "position", "submitted", "classification")
    search_fields = ("key",)
    related = ("commitment__provision", "commitment__body")
    fields = ("key", "commitment", "position", "text", "submitted_on", "author", "classification")

    @display(description=_("Submitted"), ordering="submitted")
    def submitted(self, row):
        return day(row.submitted_on)


@register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin):
    """What was concluded, and when."""

    filterset = AssessmentFilter
    list_display = ("key", "commitment", "step", "result", "adopted", "follow_up")
    search_fields = ("key",)
    related = ("commitment__provision", "commitment__body")
    fieldsets = (
        (None, {"fields": ("key", "commitment", "step", "classification")}),
        (_("Conclusion"), {"fields": ("result", "effect", "basis", "rationale", "body_comment")}),
        (
            _("Dates"),
            {"fields": ("sent_on", "comments_due_on", "comments_on", "adopted_on", "follow_up_on")},
        ),
        (_("Origin"), {"fields": ("source_scale", "source_value")}),
        (_("How it was made"), {"fields": ("drafted_by", "adopted_by", "follows")}),
    )

    def get_fieldsets(self, request, obj=None):
        """Who drafted and adopted it, and what came before, is for who sees how it is made."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if may(request.user, Act.READ_DRAFT_ASSESSMENTS) else fieldsets[:-1]

    @display(description=_("Adopted"), ordering="adopted")
    def adopted(self, row):
        return day(row.adopted_on)

    @display(description=_("Follow-up"), ordering="follow_up")
    def follow_up(self, row):
        return day(row.follow_up_on)


@register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    """What shows that something was done; of its file, what it is and never where it lies."""

    filterset = EvidenceFilter
    list_display = ("title", "kind", "independence", "body", "published", "classification")
    search_fields = ("title", "key")
    search_help_text = _("A key, or words of the title, the note or the name of the file.")
    related = ("body",)
    derived = ("file_name", "file_type", "size", "checksum")
    fieldsets = (
        (None, {"fields": ("key", "title", "kind", "independence", "body", "language", "url")}),
        (_("Dates"), {"fields": ("event_on", "published_on", "retrieved_on", "valid_until")}),
        (None, {"fields": ("note", "classification", "source")}),
    )

    @display(description=_("Published"), ordering="published")
    def published(self, row):
        return day(row.published_on)

    @display(description=_("Size of the file"))
    def size(self, row):
        return filesizeformat(row.file_size) if row.file_size else ""
