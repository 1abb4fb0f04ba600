"""Resolutions with their tree of provisions, documents and links; documents; themes."""

from django.contrib.admin import display, register
from django.db.models import TextField
from django.forms import Textarea
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from tracker.admin import options
from tracker.admin.base import RegisterAdmin
from tracker.admin.columns import count_link, day
from tracker.admin.expansion import expand_commitments
from tracker.admin.rows import RowInline
from tracker.admin.tree import ProvisionTree, add_paragraph_link
from tracker.filters import DocumentFilter, ResolutionFilter, ThemeFilter
from tracker.models import Document, Resolution, ResolutionLink, Theme

#: A source is a line, not a text.
SHORT_SOURCE = {TextField: {"widget": Textarea(attrs={"rows": 1, "cols": 30})}}


class DocumentRows(RowInline):
    """The documents of a resolution."""

    model = Document
    fields = ("slug", "symbol", "kind", "title", "dated_on", "language", "url")


class ResolutionLinkRows(RowInline):
    """What the resolution does to earlier ones."""

    model = ResolutionLink
    fk_name = "origin"
    fields = ("kind", "target", "source")
    related = ("origin", "target")
    formfield_overrides = SHORT_SOURCE
    verbose_name_plural = _("earlier resolutions that it names")


@register(Resolution)
class ResolutionAdmin(RegisterAdmin):
    """The identity card, the tree, the documents and the links."""

    filterset = ResolutionFilter
    sidebar = {"theme": options.themes, "year": options.years}
    timeline = "year"
    actions = (*RegisterAdmin.actions, expand_commitments)
    list_display = (
        "symbol",
        "short_title",
        "adopted",
        "under_chapter_vii",
        "provisions",
        "commitments",
        "documents",
    )
    search_fields = ("key",)
    search_help_text = _("A symbol (2322, S/RES/2322 (2016)) or words of the title.")
    derived = ("key",)
    fieldsets = (
        (None, {"fields": (("number", "year"), "short_title", "adopted_on")}),
        (
            _("Adoption"),
            {
                "fields": (
                    ("procedure", "meeting", "presidency"),
                    ("unanimous", "votes_for", "votes_against", "abstentions"),
                    "cosponsors",
                )
            },
        ),
        (
            _("Text"),
            {
                "fields": (
                    "agenda_item",
                    "chapter_vii",
                    ("preambular_count", "operative_count"),
                    "note",
                )
            },
        ),
        (_("Sources"), {"fields": (("library_record", "voting_record"), "source")}),
    )

    def get_fieldsets(self, request, obj=None):
        """Folds the identity card where it is filled in, so that the tree is near."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj:
            fieldsets[1:4] = [
                (name, {**options, "classes": ["collapse"]}) for name, options in fieldsets[1:4]
            ]
        return fieldsets

    def get_inlines(self, request, obj):
        """The tree needs a resolution to hang on."""
        rows = [DocumentRows, ResolutionLinkRows]
        return [ProvisionTree, *rows] if obj else rows

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and self.has_change_permission(request, obj):
            context["add_paragraph"] = add_paragraph_link(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def view_on_site(self, obj):
        return f"/resolutions/{obj.key}/"

    @display(description=_("Symbol"), ordering="symbol")
    def symbol(self, row):
        return row.symbol

    @display(description=_("Adopted"), ordering="adopted")
    def adopted(self, row):
        return day(row.adopted_on)

    @display(description=_("Chapter VII"), boolean=True)
    def under_chapter_vii(self, row):
        return row.chapter_vii

    @display(description=_("Provisions"), ordering="provisions")
    def provisions(self, row):
        return count_link(row, row.provision_count, "provision", resolution=row.key)

    @display(description=_("Commitments"), ordering="commitments")
    def commitments(self, row):
        return count_link(row, row.commitment_count, "commitment", resolution=row.key)

    @display(description=_("Documents"))
    def documents(self, row):
        return count_link(row, row.document_count, "document", resolution=row.key)


@register(Document)
class DocumentAdmin(RegisterAdmin):
    """Concept notes, meeting records, press releases."""

    filterset = DocumentFilter
    list_display = ("name", "kind", "title", "resolution", "dated", "language")
    search_fields = ("symbol", "title", "slug")
    related = ("resolution",)
    fieldsets = (
        (None, {"fields": ("slug", "symbol", "kind", "title", "resolution")}),
        (None, {"fields": (("dated_on", "language"), "url", "source")}),
    )

    @display(description=_("Document"), ordering="symbol")
    def name(self, row):
        return row.symbol or row.slug

    @display(description=_("Dated"), ordering="dated")
    def dated(self, row):
        return day(row.dated_on)


@register(Theme)
class ThemeAdmin(RegisterAdmin):
    """The tree of subjects."""

    filterset = ThemeFilter
    sidebar = {"within": options.themes}
    list_display = ("name_in_tree", "slug", "unbis_id", "provisions")
    search_fields = ("name", "slug")
    related = ("parent",)
    derived = ("path",)
    fields = ("slug", "name", "parent", "description", "unbis_id")

    @display(description=_("Theme"), ordering="path")
    def name_in_tree(self, row):
        depth = row.path.count("/")
        return format_html('<span class="place depth-{}">{}</span>', depth, row.name)

    @display(description=_("Provisions"), ordering="provisions")
    def provisions(self, row):
        return count_link(row, row.provision_count, "provision", theme=row.slug)
