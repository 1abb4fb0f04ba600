"""Provisions: what is asked, of whom, by when, and what it repeats."""

from django.contrib.admin import display, register
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from tracker.admin import options
from tracker.admin.base import RegisterAdmin
from tracker.admin.columns import count_link, day
from tracker.admin.expansion import expand_commitments
from tracker.admin.resolutions import SHORT_SOURCE
from tracker.admin.rows import RowInline
from tracker.admin.tree import FROM_TREE, addressees_in_words, tree_address
from tracker.filters import ProvisionFilter
from tracker.models import Addressee, Deadline, Provision, ProvisionLink


class AddresseeRows(RowInline):
    """Whom the provision names."""

    model = Addressee
    fields = ("role", "kind", "body")
    related = ("body",)


class DeadlineRows(RowInline):
    """The dates it sets; the due date is computed."""

    model = Deadline
    fields = (
        "label",
        "kind",
        "offset_months",
        "offset_days",
        "event",
        "event_on",
        "fixed_on",
        "every_months",
        "last_on",
        "due_on",
        "source",
    )
    readonly_fields = ("due_on",)
    related = ("provision__resolution",)
    formfield_overrides = SHORT_SOURCE


class ProvisionLinkRows(RowInline):
    """What it does to earlier provisions."""

    model = ProvisionLink
    fk_name = "origin"
    fields = ("kind", "target", "note", "source")
    related = ("origin__resolution", "target__resolution")
    formfield_overrides = SHORT_SOURCE
    verbose_name_plural = _("earlier provisions that it takes up")


@register(Provision)
class ProvisionAdmin(RegisterAdmin):
    """One paragraph or a part of one; its place in the tree follows from its number."""

    filterset = ProvisionFilter
    sidebar = {"theme": options.themes}
    actions = (*RegisterAdmin.actions, expand_commitments)
    list_display = (
        "symbol",
        "force_and_softening",
        "short_summary",
        "theme_names",
        "addressed",
        "dates",
        "commitments",
    )
    search_fields = ("key", "summary")
    search_help_text = _("A symbol (2322, S/RES/2322, 2322 13(e)) or words of the summary.")
    related = ("resolution",)
    derived = ("key", "depth", "path", "eid")
    fieldsets = (
        (None, {"fields": ("resolution", ("number", "component"), ("parent", "parts"))}),
        (
            _("What is asked"),
            {"fields": (("leading_verb", "force", "softened"), "summary", "themes", "source")},
        ),
        (_("Lifecycle"), {"fields": (("lifecycle", "lifecycle_from"),)}),
    )
    inlines = (AddresseeRows, DeadlineRows, ProvisionLinkRows)

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "parent", "parts"]

    def view_on_site(self, obj):
        return f"/provisions/{obj.key}/"

    def response_post_save_add(self, request, obj):
        return _back_to_tree(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request, obj):
        return _back_to_tree(request, obj) or super().response_post_save_change(request, obj)

    @display(description=_("Provision"), ordering="symbol")
    def symbol(self, row):
        return str(row)

    @display(description=_("Force"), ordering="force")
    def force_and_softening(self, row):
        words = row.get_force_display() or "–"
        return _("%(force)s (only to consider)") % {"force": words} if row.softened else words

    @display(description=_("Summary"))
    def short_summary(self, row):
        return Truncator(row.summary).words(14)

    @display(description=_("Themes"))
    def theme_names(self, row):
        return ", ".join(theme.name for theme in row.themes.all())

    @display(description=_("Addressed to"))
    def addressed(self, row):
        return addressees_in_words(row)

    @display(description=_("Dates"))
    def dates(self, row):
        return ", ".join(day(each.due_on) or each.label for each in row.deadlines.all())

    @display(description=_("Commitments"), ordering="commitments")
    def commitments(self, row):
        return count_link(row, row.commitment_count, "commitment", provision=row.key)

    @display(description=_("Its parts"))
    def parts(self, row):
        if not row.pk:
            return "–"
        links = [
            (reverse("admin:tracker_provision_change", args=[pk]), number)
            for pk, number in row.children.order_by("path").values_list("pk", "number")
        ]
        return format_html_join(" ", '<a href="{}">{}</a>', links) or "–"


def _back_to_tree(request, provision):
    if FROM_TREE in request.GET:
        return HttpResponseRedirect(tree_address(provision))
    return None
