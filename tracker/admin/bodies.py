"""Bodies with their names, and the regions of M49."""

from django.contrib.admin import display, register
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from tracker.admin import options
from tracker.admin.base import OwnListing, RegisterAdmin
from tracker.admin.columns import count_link, list_address
from tracker.admin.filters import RegionFilter
from tracker.admin.rows import RowInline
from tracker.filters import BodyFilter
from tracker.models import Body, BodyName, Region
from tracker.vocabulary import Standing


class BodyNameRows(RowInline):
    """The names in six languages."""

    model = BodyName
    fields = ("language", "form", "text", "from_on", "until_on")
    related = ("body",)


@register(Body)
class BodyAdmin(RegisterAdmin):
    """States, organs, organizations, networks and authorities."""

    filterset = BodyFilter
    sidebar = {"region": options.regions}
    list_display = (
        "name_column",
        "code",
        "kind_column",
        "region",
        "commitments",
        "members",
        "memberships",
        "designations",
    )
    search_fields = ("name", "code")
    search_help_text = _("A name in any of the six languages, a code or an ISO code.")
    fieldsets = (
        (None, {"fields": ("code", "kind", "name", "description")}),
        (
            _("Where it belongs"),
            {"fields": (("parent", "host"), ("state", "region"), "members_note")},
        ),
        (_("Codes"), {"fields": (("iso2", "iso3", "m49"),), "classes": ["collapse"]}),
        (
            _("Dates"),
            {
                "fields": (
                    ("founded_on", "founded_precision", "founded_by"),
                    ("operational_from", "operational_precision"),
                    ("instrument", "in_force_from"),
                    ("dissolved_on", "dissolved_precision", "succeeded_by"),
                )
            },
        ),
        (None, {"fields": ("seat", "url", "is_fictional", "source")}),
    )
    inlines = (BodyNameRows,)

    def view_on_site(self, obj):
        return f"/bodies/{obj.code}/"

    @display(description=_("Name"), ordering="name")
    def name_column(self, row):
        dissolved = row.standing == Standing.DISSOLVED
        return f"{row.name} ({Standing.DISSOLVED.label})" if dissolved else row.name

    @display(description=_("Kind"), ordering="kind")
    def kind_column(self, row):
        return row.get_kind_display()

    @display(description=_("Commitments"), ordering="commitments")
    def commitments(self, row):
        return count_link(row, row.commitment_count, "commitment", body=row.code)

    @display(description=_("Members"), ordering="members")
    def members(self, row):
        return count_link(row, row.member_count, "membership", organization=row.code)

    @display(description=_("Belongs to"))
    def memberships(self, row):
        return count_link(row, row.membership_count, "membership", member=row.code)

    @display(description=_("Designations"))
    def designations(self, row):
        return count_link(row, row.designation_count, "designation", body=row.code)


@register(Region)
class RegionAdmin(OwnListing, RegisterAdmin):
    """The regions of M49, as a tree."""

    filterset = RegionFilter
    list_display = ("name_in_tree", "code", "level", "bodies")
    search_fields = ("name", "code")
    related = ("parent",)
    derived = ("path",)
    fields = ("code", "name", "level", "parent")

    @display(description=_("Region"), ordering="path")
    def name_in_tree(self, row):
        return format_html('<span class="place depth-{}">{}</span>', row.level + 1, row.name)

    @display(description=_("Bodies"))
    def bodies(self, row):
        return format_html('<a href="{}">{}</a>', list_address("body", region=row.code), _("Show"))
