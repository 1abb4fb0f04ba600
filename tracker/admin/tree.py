"""The provisions of a resolution in official order, edited under it."""

from django.contrib.admin import display
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.admin.columns import count_link
from tracker.admin.forms import ParagraphRowForm
from tracker.admin.numbering import next_paragraph, next_part
from tracker.admin.rows import RowInline
from tracker.admin.widgets import place
from tracker.models import Commitment, Provision, Resolution
from tracker.models.base import count_of
from tracker.symbols import MAIN
from tracker.vocabulary import CommitmentRole

#: Marks an address from which one returns to the tree instead of the list.
FROM_TREE = "tree"


class ProvisionTree(RowInline):
    """Number, verb, force, softening and summary at a glance; the rest one link away."""

    model = Provision
    form = ParagraphRowForm
    classes = ("tree",)
    ordering = ("path",)
    fields = (
        "number",
        "leading_verb",
        "force",
        "softened",
        "summary",
        "addressed",
        "commitments",
        "more",
    )
    readonly_fields = ("addressed", "commitments", "more")
    verbose_name_plural = gettext_lazy("Provisions, in official order")

    def get_queryset(self, request):
        counted = Commitment.objects.visible_to(request.user).as_of(timezone.localdate())
        parts = Provision.objects.filter(parent=OuterRef("pk")).order_by("-path")
        return (
            super()
            .get_queryset(request)
            .select_related("resolution")
            .prefetch_related("addressees__body")
            .annotate(
                commitment_count=count_of(counted.filter(provision=OuterRef("pk"))),
                last_part=Subquery(parts.values("number")[:1]),
            )
        )

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        if self.has_change_permission(request, obj):
            return fields
        return ["place", *(name for name in fields if name not in ("number", "more")), "page"]

    def get_readonly_fields(self, request, obj=None):
        return (*self.readonly_fields, "place", "page")

    @display(description=gettext_lazy("Number"))
    def place(self, provision):
        return place(provision.number, provision.depth)

    @display(description=gettext_lazy("Addressed to"))
    def addressed(self, provision):
        return ", ".join(_short(each) for each in provision.addressees.all())

    @display(description=gettext_lazy("Commitments"))
    def commitments(self, provision):
        if not provision.pk:
            return ""
        return count_link(
            provision, provision.commitment_count, "commitment", provision=provision.key
        )

    @display(description="")
    def more(self, provision):
        if not provision.pk:
            return ""
        return format_html_join(" ", '<a href="{}">{}</a>', self._links(provision))

    @display(description="")
    def page(self, provision):
        return format_html('<a href="{}">{}</a>', _page_of(provision), _("Open"))

    def _links(self, provision):
        links = [(f"{_page_of(provision)}?{FROM_TREE}=1", _("Open"))]
        if part := next_part(provision.number, provision.last_part):
            address = add_address(provision.resolution_id, part, provision.component)
            links.append((address, _("Add %(number)s") % {"number": part}))
        return links


def _page_of(provision) -> str:
    return reverse("admin:tracker_provision_change", args=[provision.pk])


def _short(addressee) -> str:
    name = addressee.body.code if addressee.body else addressee.get_kind_display()
    return f"({name})" if addressee.role == CommitmentRole.SUPPORTING else name


def addressees_in_words(provision) -> str:
    """Whom a provision names; those named only in support in brackets."""
    return ", ".join(
        f"({each})" if each.role == CommitmentRole.SUPPORTING else str(each)
        for each in provision.addressees.all()
    )


def add_paragraph_link(resolution: Resolution):
    """The link to a form for the next paragraph of the main part."""
    main = resolution.provisions.filter(component=MAIN, depth=1)
    number = next_paragraph(main.order_by("-path").values_list("number", flat=True).first())
    return format_html(
        '<a class="addlink" href="{}">{}</a>',
        add_address(resolution.pk, number, MAIN),
        _("Add paragraph %(number)s, with addressees and dates") % {"number": number},
    )


def add_address(resolution: int, number: str, component: str) -> str:
    """The address of the form for a new provision, with its place filled in."""
    query = {"resolution": resolution, "number": number, "component": component, FROM_TREE: 1}
    return f"{reverse('admin:tracker_provision_add')}?{urlencode(query)}"


def tree_address(provision: Provision) -> str:
    """Where the tree shows ``provision``."""
    page = reverse("admin:tracker_resolution_change", args=[provision.resolution_id])
    return f"{page}#provisions-group"
