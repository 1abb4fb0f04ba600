"""Resolutions, provisions, themes and documents in the API."""

from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from tracker import symbols
from tracker.api.fields import Address, Count, Day, Ref, Refs, Results
from tracker.api.parts import Part
from tracker.api.serializers.base import NounSerializer, RowSerializer
from tracker.filters.finders import find_body, find_provision, find_resolution, find_theme
from tracker.models import (
    Addressee,
    Deadline,
    Document,
    Provision,
    ProvisionLink,
    Resolution,
    ResolutionLink,
    Theme,
)
from tracker.vocabulary import Language, Lifecycle

#: How far off a relative deadline may lie: a hundred years.
MOST_MONTHS, MOST_DAYS = 1200, 36600


class DocumentSerializer(RowSerializer):
    """A document that belongs to a resolution."""

    url = Address()
    resolution = Ref(allow_null=True)
    language = serializers.ChoiceField(Language.choices, allow_blank=True, read_only=True)
    address = serializers.URLField(source="url", read_only=True)

    class Meta:
        model = Document
        fields = [
            "url",
            "slug",
            "symbol",
            "kind",
            "title",
            "resolution",
            "dated_on",
            "language",
            "address",
            "source",
        ]
        read_only_fields = fields


class ResolutionLinkSerializer(RowSerializer):
    """What this resolution does to an earlier one."""

    target = Ref(find_resolution)

    class Meta:
        model = ResolutionLink
        fields = ["kind", "target", "source"]


class ResolutionLinkedFromSerializer(RowSerializer):
    """What a later resolution does to this one."""

    origin = Ref()

    class Meta:
        model = ResolutionLink
        fields = ["kind", "origin", "source"]
        read_only_fields = fields


class ResolutionRowSerializer(NounSerializer):
    """A resolution in a list."""

    symbol = serializers.CharField(read_only=True)
    official_url = serializers.URLField(read_only=True)
    provision_count = Count()
    commitment_count = Count()
    document_count = Count()
    results = Results()

    class Meta:
        model = Resolution
        fields = [
            "url",
            "key",
            "symbol",
            "number",
            "year",
            "short_title",
            "adopted_on",
            "procedure",
            "meeting",
            "unanimous",
            "votes_for",
            "votes_against",
            "abstentions",
            "presidency",
            "cosponsors",
            "agenda_item",
            "chapter_vii",
            "preambular_count",
            "operative_count",
            "library_record",
            "voting_record",
            "note",
            "source",
            "official_url",
            "provision_count",
            "commitment_count",
            "document_count",
            "results",
            "version",
            "reason",
        ]
        # The bounds of a symbol: S/RES/1(1946) is the first.
        extra_kwargs = {
            "number": {"min_value": 1, "max_value": 9999},
            "year": {"min_value": 1946, "max_value": 2999},
        }


class ResolutionSerializer(ResolutionRowSerializer):
    """A resolution with its documents and what it does to others."""

    documents = DocumentSerializer(many=True, read_only=True)
    links = ResolutionLinkSerializer(many=True, source="links_out", required=False)
    linked_from = ResolutionLinkedFromSerializer(many=True, source="links_in", read_only=True)

    parts = {"links_out": Part(ResolutionLink, "origin", ("kind", "target"), ("source",))}

    class Meta(ResolutionRowSerializer.Meta):
        fields = [*ResolutionRowSerializer.Meta.fields, "documents", "links", "linked_from"]


class AddresseeSerializer(RowSerializer):
    """Whom a provision names: a family of bodies, or one body."""

    body = Ref(find_body, required=False, allow_null=True)

    class Meta:
        model = Addressee
        fields = ["role", "kind", "body"]


class DeadlineSerializer(RowSerializer):
    """A date that a provision sets; ``due_on``, and all the dates of a series, are computed."""

    due_dates = serializers.ListField(
        child=serializers.DateField(), source="occurrences", read_only=True
    )

    class Meta:
        model = Deadline
        fields = [
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
            "due_dates",
            "source",
        ]
        extra_kwargs = {
            "offset_months": {"max_value": MOST_MONTHS},
            "offset_days": {"max_value": MOST_DAYS},
            "every_months": {"min_value": 1, "max_value": MOST_MONTHS},
        }


class ProvisionLinkSerializer(RowSerializer):
    """What this provision does to an earlier one."""

    target = Ref(find_provision)

    class Meta:
        model = ProvisionLink
        fields = ["kind", "target", "note", "source"]


class ProvisionLinkedFromSerializer(RowSerializer):
    """What a later provision does to this one."""

    origin = Ref()

    class Meta:
        model = ProvisionLink
        fields = ["kind", "origin", "note", "source"]
        read_only_fields = fields


class CrosswalkSerializer(RowSerializer):
    """What a later paragraph (origin) does to an earlier one (target)."""

    key = serializers.CharField(source="public_key", read_only=True)
    origin = Ref()
    target = Ref()

    class Meta:
        model = ProvisionLink
        fields = ["key", "kind", "origin", "target", "note", "source"]
        read_only_fields = fields


class LifecycleField(serializers.ChoiceField):
    """The lifecycle as it stood on the day shown."""

    def get_attribute(self, instance):
        return instance.lifecycle_on(self.context["on"])


class SinceField(Day):
    """The day since when a provision is no longer active, once that day has come."""

    def get_attribute(self, instance):
        since = instance.lifecycle_from
        return since if since and since <= self.context["on"] else None


class ProvisionRowSerializer(NounSerializer):
    """A provision in a list, with whom it addresses and its dates."""

    resolution = Ref(find_resolution)
    component = serializers.RegexField(
        rf"^({symbols.MAIN}|annex_[1-9]\d?)\Z",
        default=symbols.MAIN,
        error_messages={
            "invalid": gettext_lazy("The component is “main” or an annex, like “annex_1”.")
        },
    )
    parent = Ref(
        find_provision,
        name=attrgetter("number"),
        required=False,
        allow_null=True,
        help_text=gettext_lazy("Follows from the number; may be left out."),
    )
    lifecycle = LifecycleField(choices=Lifecycle.choices, required=False)
    lifecycle_from = SinceField(required=False, allow_null=True)
    themes = Refs(Ref(find_theme), required=False)
    addressees = AddresseeSerializer(many=True, required=False)
    deadlines = DeadlineSerializer(many=True, required=False)
    commitment_count = Count()
    results = Results()

    relations = ("themes",)
    parts = {
        "addressees": Part(Addressee, "provision", ("kind", "body"), ("role",)),
        "deadlines": Part(
            Deadline,
            "provision",
            ("label",),
            (
                "kind",
                "offset_months",
                "offset_days",
                "event",
                "event_on",
                "fixed_on",
                "every_months",
                "last_on",
                "source",
            ),
        ),
    }

    class Meta:
        model = Provision
        fields = [
            "url",
            "key",
            "resolution",
            "component",
            "number",
            "parent",
            "depth",
            "eid",
            "leading_verb",
            "force",
            "softened",
            "summary",
            "themes",
            "lifecycle",
            "lifecycle_from",
            "source",
            "addressees",
            "deadlines",
            "commitment_count",
            "results",
            "version",
            "reason",
        ]

    def validate(self, attrs):
        if "parent" in attrs:
            self._check_parent(attrs.pop("parent"), attrs)
        return attrs

    def _check_parent(self, parent, attrs):
        """The parent follows from the number; one that does not fit it is refused."""
        resolution, component, number = (
            attrs.get(name, getattr(self.instance, name, None))
            for name in ("resolution", "component", "number")
        )
        try:
            above = symbols.parent_number(symbols.provision_number(number))
        except ValueError:
            return  # the action says what is wrong with the number
        fitting = above and symbols.provision_key(resolution.key, above, component)
        if (parent.key if parent else None) != fitting:
            raise serializers.ValidationError({"parent": [_wrong_parent(number, fitting)]})


def _wrong_parent(number, fitting):
    if fitting:
        return _("%(number)s lies under %(parent)s; send that or leave the parent out.") % {
            "number": number,
            "parent": fitting,
        }
    return _("%(number)s has no parent; send null or leave it out.") % {"number": number}


class ProvisionSerializer(ProvisionRowSerializer):
    """A provision with what it repeats, and what repeats it."""

    links = ProvisionLinkSerializer(many=True, source="links_out", required=False)
    linked_from = ProvisionLinkedFromSerializer(many=True, source="links_in", read_only=True)

    parts = {
        **ProvisionRowSerializer.parts,
        "links_out": Part(ProvisionLink, "origin", ("kind", "target"), ("note", "source")),
    }

    class Meta(ProvisionRowSerializer.Meta):
        fields = [*ProvisionRowSerializer.Meta.fields, "links", "linked_from"]


class ThemeSerializer(NounSerializer):
    """A theme, nested in another."""

    parent = Ref(find_theme, required=False, allow_null=True)
    unbis_uri = serializers.URLField(read_only=True)
    provision_count = Count()

    class Meta:
        model = Theme
        fields = [
            "url",
            "slug",
            "name",
            "description",
            "parent",
            "path",
            "unbis_id",
            "unbis_uri",
            "provision_count",
            "version",
            "reason",
        ]

    def validate_parent(self, parent):
        """Refuse to hang a theme under itself or under what is nested in it."""
        if parent and self.instance and parent.path.startswith(self.instance.path):
            raise serializers.ValidationError(
                _("A theme cannot lie under itself; choose one outside it.")
            )
        return parent
