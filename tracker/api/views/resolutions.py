"""Resolutions, provisions, themes and documents."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.response import Response

from tracker import actions, downloads, symbols
from tracker.api.formats import STATEMENTS, File
from tracker.api.parameters import refuse_unknown
from tracker.api.preconditions import etag_of
from tracker.api.serializers.commitments import ExpansionSerializer
from tracker.api.serializers.resolutions import (
    CrosswalkSerializer,
    DocumentSerializer,
    ProvisionRowSerializer,
    ProvisionSerializer,
    ResolutionRowSerializer,
    ResolutionSerializer,
    ThemeSerializer,
)
from tracker.api.views.base import (
    ListView,
    RecordView,
    WritableListView,
    WritableRecordView,
)
from tracker.exports import statements
from tracker.exports.about import About
from tracker.filters import (
    CrosswalkFilter,
    DocumentFilter,
    ProvisionFilter,
    ResolutionFilter,
    ThemeFilter,
)
from tracker.models import (
    Commitment,
    Document,
    Provision,
    ProvisionLink,
    Resolution,
    ResolutionLink,
    Theme,
)
from tracker.vocabulary import Classification


class Resolutions:
    """What the list and the record of resolutions share."""

    noun = Resolution
    serializer_class = ResolutionSerializer
    bar_column = "provision__resolution"

    def lookup(self, key):
        return {"key": symbols.resolution_key(key)}

    def detailed(self, rows):
        """With the documents of the day, and links to resolutions of the day."""
        there = Resolution.objects.as_of(self.on)
        documents = Document.objects.visible_to(self.request.user).as_of(self.on)
        links_in = ResolutionLink.objects.filter(origin__in=there).select_related("origin")
        return rows.prefetch_related(
            Prefetch("documents", documents.select_related("resolution")),
            Prefetch("links_out", ResolutionLink.objects.select_related("target")),
            Prefetch("links_in", links_in),
        )


class ResolutionList(Resolutions, WritableListView):
    """Resolutions of the Security Council, with what they ask and how far it is done."""

    filterset = ResolutionFilter
    rows_serializer = ResolutionRowSerializer


class ResolutionRecord(Resolutions, WritableRecordView):
    """One resolution, with its documents and what it does to others.

    With ``format=akn`` or ``jsonld`` the resolution with all its paragraphs, for programs.
    """

    def get_renderers(self):
        reading = getattr(self.request, "method", "GET") in ("GET", "HEAD")
        return [*super().get_renderers(), *(each() for each in STATEMENTS if reading)]

    def get(self, request, key):
        if not isinstance(request.accepted_renderer, File):
            return super().get(request, key)
        refuse_unknown(request.query_params, {"on"})
        return self.hand_out(self.find(self.rows(), key), request.accepted_renderer.format)

    def hand_out(self, resolution, form):
        """The resolution and its paragraphs of the day as a file."""
        form = statements.FORMS[form]
        about = About(self.on, Classification.PUBLIC, self.whole("resolution", resolution.key))
        shown = Provision.objects.visible_to(self.request.user).filter(resolution=resolution)
        paragraphs = shown.in_order().select_related("resolution", "parent")
        made = form.write(statements.Statement(resolution, list(paragraphs), about, self.whole))
        stem = f"resolution-{resolution.number}-{resolution.year}"
        return downloads.made(made, about.file_name(stem, form.ending), form.media_type)

    def whole(self, page, key) -> str:
        """The address of another record, with its day."""
        address = reverse(f"api:{page}", args=[key])
        return self.request.build_absolute_uri(f"{address}?on={self.on.isoformat()}")


class Provisions:
    """What the list and the record of provisions share."""

    noun = Provision
    serializer_class = ProvisionSerializer
    bar_column = "provision"

    def lookup(self, key):
        resolution, component, number = symbols.split_provision_key(key)
        return {"key": symbols.provision_key(resolution, number, component)}

    def detailed(self, rows):
        """With what the provision repeats, and what had repeated it by that day."""
        there = Provision.objects.as_of(self.on)
        links_in = ProvisionLink.objects.filter(origin__in=there)
        return rows.prefetch_related(
            Prefetch("links_out", ProvisionLink.objects.select_related("target__resolution")),
            Prefetch("links_in", links_in.select_related("origin__resolution")),
        )


class ProvisionList(Provisions, WritableListView):
    """Operative paragraphs and their parts, in official order, with whom they address."""

    filterset = ProvisionFilter
    rows_serializer = ProvisionRowSerializer


class ProvisionRecord(Provisions, WritableRecordView):
    """One provision, with its addressees, dates, themes and links."""


class ProvisionExpansion(Provisions, RecordView):
    """Commitments are not typed in: they follow from whom a provision addresses."""

    serializer_class = ExpansionSerializer
    http_method_names = ["post", "options"]
    success_status = 200
    needs_version = True

    def get_view_name(self):
        return _("Make the commitments")

    def post(self, request, key):
        """Make the commitments that are not there yet; asking again makes nothing twice."""
        refuse_unknown(request.query_params)
        provision = self.current(key)
        sent = self.read().validated_data
        made = actions.expand_commitments(
            self.stored().filter(pk=provision.pk), by=request.user, **sent
        )
        number = Commitment.objects.filter(provision=provision).count()
        answer = {"made": sorted(each.public_key for each in made), "commitment_count": number}
        shown = self.get_serializer(answer).data
        return Response(shown, headers={"ETag": etag_of(provision)})


class Crosswalk(ListView):
    """Which paragraph repeats, extends, supersedes or relates to which; written in its record."""

    noun = ProvisionLink
    serializer_class = CrosswalkSerializer
    filterset = CrosswalkFilter


class Themes:
    """What the list and the record of themes share."""

    noun = Theme
    serializer_class = ThemeSerializer

    def lookup(self, key):
        return {"slug": key.lower()}


class ThemeList(Themes, WritableListView):
    """Subjects of provisions, nested, with the number of provisions that carry them."""

    filterset = ThemeFilter


class ThemeRecord(Themes, WritableRecordView):
    """One theme."""


class Documents:
    """What the list and the record of documents share."""

    noun = Document
    serializer_class = DocumentSerializer

    def lookup(self, key):
        return {"slug": key.lower()}


class DocumentList(Documents, ListView):
    """Documents that belong to resolutions: concept notes, meeting records, press releases."""

    filterset = DocumentFilter


class DocumentRecord(Documents, RecordView):
    """One document."""
