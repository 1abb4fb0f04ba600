"""What bodies belong to, and the authorities they have named."""

from django.contrib.admin import display, register
from django.utils.translation import gettext_lazy as _

from tracker.admin import options
from tracker.admin.base import RegisterAdmin
from tracker.admin.columns import day
from tracker.admin.persons import PAIRS, DesignationForm
from tracker.admin.rows import RowInline
from tracker.filters import DesignationFilter, MembershipFilter
from tracker.models import Designation, DesignationCompetence, Membership


@register(Membership)
class MembershipAdmin(RegisterAdmin):
    """A body's part in a network or an organization."""

    filterset = MembershipFilter
    sidebar = {"region": options.regions}
    list_display = ("member_column", "organization_column", "role", "start", "end")
    search_fields = ("organization__name", "member__name", "key")
    related = ("organization", "member")
    derived = ("key",)
    fields = (
        "organization",
        "member",
        "role",
        ("from_on", "from_precision"),
        ("until_on", "until_precision"),
        "source",
    )

    @display(description=_("Member"), ordering="member")
    def member_column(self, row):
        return row.member.name

    @display(description=_("Network or organization"), ordering="organization")
    def organization_column(self, row):
        return row.organization.name

    @display(description=_("From"), ordering="from")
    def start(self, row):
        return day(row.from_on)

    @display(description=_("Until"))
    def end(self, row):
        return day(row.until_on)


class CompetenceRows(RowInline):
    """The kinds of request that the authority takes."""

    model = DesignationCompetence
    fields = ("function",)
    related = ("designation",)


@register(Designation)
class DesignationAdmin(RegisterAdmin):
    """Central Authorities, national central bureaus, contact and focal points."""

    filterset = DesignationFilter
    sidebar = {"region": options.regions}
    list_display = (
        "office",
        "body_column",
        "kind_column",
        "functions",
        "network",
        "confirmed",
        "classification",
    )
    search_fields = ("office", "body__name", "key")
    related = ("body",)
    derived = ("key",)
    fieldsets = (
        (None, {"fields": ("body", "kind", "office", "network")}),
        (
            _("How to reach it"),
            {"fields": ("channel", "languages", "urgent_procedure", "legal_basis")},
        ),
        (
            _("Validity"),
            {"fields": (("from_on", "until_on"), "last_confirmed_on", "classification", "source")},
        ),
    )
    inlines = (CompetenceRows,)
    form = DesignationForm
    readonly_fields = ("person",)

    def get_fieldsets(self, request, obj=None):
        *first, last = super().get_fieldsets(request, obj)
        written = PAIRS if self._may_write(request, obj) else ()
        return [*first, (_("The person behind it"), {"fields": ("person", *written)}), last]

    @display(description=_("Contact person"))
    def person(self, row):
        return _("Held, masked") if row.has_person else _("None held")

    @display(description=_("Body"), ordering="body")
    def body_column(self, row):
        return row.body.name

    @display(description=_("Kind"), ordering="kind")
    def kind_column(self, row):
        return row.get_kind_display()

    @display(description=_("Functions"))
    def functions(self, row):
        return ", ".join(str(each) for each in row.competences.all())

    @display(description=_("Last confirmed"), ordering="confirmed")
    def confirmed(self, row):
        return day(row.last_confirmed_on)
