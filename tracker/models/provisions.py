"""The tree of provisions: whom each addresses, and what repeats, extends or supersedes it."""

import datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from tracker import symbols
from tracker.models.base import (
    Noun,
    NounQuerySet,
    count_of,
    one_of,
    source_field,
)
from tracker.models.bodies import Body
from tracker.models.resolutions import Resolution, Theme
from tracker.vocabulary import (
    DECLARATORY,
    AddresseeKind,
    CommitmentRole,
    Force,
    Lifecycle,
    ProvisionLinkKind,
)


class ProvisionQuerySet(NounQuerySet):
    def get_by_natural_key(self, key):
        return self.get(key=key)

    def as_of(self, on):
        """Provisions of the resolutions adopted by ``on``."""
        return self.filter(resolution__in=Resolution.objects.as_of(on))

    def for_listing(self, *, on, viewer):
        """Provisions of that day, with what their row shows and the number of commitments."""
        commitments = apps.get_model("tracker", "Commitment").objects.visible_to(viewer).as_of(on)
        return (
            self.as_of(on)
            .select_related("resolution", "parent")
            .prefetch_related("themes", "addressees__body", "deadlines")
            .annotate(
                lifecycle_now=Case(
                    When(lifecycle_from__lte=on, then=F("lifecycle")),
                    default=Value(Lifecycle.ACTIVE),
                    output_field=models.CharField(),
                ),
                force_rank=Case(
                    *(When(force=key, then=Value(n)) for n, key in enumerate(Force.values)),
                    default=Value(None),
                    output_field=models.PositiveSmallIntegerField(),
                ),
                commitment_count=count_of(commitments.filter(provision=OuterRef("pk"))),
            )
        )

    def in_order(self):
        """Provisions in official order, resolution by resolution."""
        return self.order_by("resolution__year", "resolution__number", "path")

    def trackable(self):
        """Leaves that ask something: no chapeau, not declaratory, force coded.

        Source: the structure of S/RES/2322 (2016), where 9, 13 and 19 are opening words and
        2 only reaffirms.
        """
        return self.exclude(force__in=("", *DECLARATORY)).filter(
            ~Exists(Provision.objects.filter(parent=OuterRef("pk")))
        )

    def search(self, text):
        """Provisions read from a symbol (``2322 13(e)``), or whose summary holds ``text``."""
        reference = symbols.parse_reference(text)
        if not reference:
            return self.filter(
                Q(summary__icontains=text) | Q(key__icontains=text.replace(" (", "("))
            )
        found = Q(resolution__number=reference.number)
        if reference.year:
            found &= Q(resolution__year=reference.year)
        if reference.provision:
            found &= Q(number=reference.provision)
        return self.filter(found)


NUMBER_TAKEN = _(
    "This resolution has a provision with this number already; "
    "give another number or edit the one that is there."
)


class Provision(Noun):
    """An operative paragraph or a part of one: what is asked, in our own words."""

    key = models.CharField(_("key"), max_length=60, unique=True, editable=False)
    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="provisions")
    component = models.CharField(
        _("component"),
        max_length=10,
        default=symbols.MAIN,
        help_text=_("“main”, or the annex: “annex_1”."),
    )
    number = models.CharField(_("number"), max_length=24, help_text=_("Such as 13 or 13(e)."))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        editable=False,
        verbose_name=_("part of"),
    )
    path = models.CharField(_("official order"), max_length=40, editable=False)
    depth = models.PositiveSmallIntegerField(_("depth"), default=1, editable=False)
    eid = models.CharField(_("eId"), max_length=120, editable=False)
    leading_verb = models.CharField(
        _("leading verb"), max_length=120, blank=True, help_text=_("The words that open it.")
    )
    force = models.CharField(
        _("force"),
        max_length=12,
        choices=Force,
        blank=True,
        help_text=_("The strongest verb decides; empty while it is not coded."),
    )
    softened = models.BooleanField(
        _("softened"), default=False, help_text=_("The duty is only to “consider”.")
    )
    summary = models.TextField(_("summary"), help_text=_("In our own words."))
    themes = models.ManyToManyField(Theme, blank=True, related_name="provisions")
    lifecycle = models.CharField(
        _("lifecycle"), max_length=12, choices=Lifecycle, default=Lifecycle.ACTIVE
    )
    lifecycle_from = models.DateField(
        _("since"), null=True, blank=True, help_text=_("The day it ceased to be active.")
    )
    source = source_field()

    objects = ProvisionQuerySet.as_manager()

    class Meta:
        ordering = ["resolution__year", "resolution__number", "path"]
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "component", "number"],
                name="provision_number_once",
                violation_error_code="number",
                violation_error_message=NUMBER_TAKEN,
            ),
            # Hold when the number is unique; told, if ever, as a matter of the number.
            models.UniqueConstraint(
                fields=["resolution", "path"],
                name="provision_place_once",
                violation_error_code="number",
                violation_error_message=NUMBER_TAKEN,
            ),
            models.UniqueConstraint(
                fields=["resolution", "eid"],
                name="provision_eid_once",
                violation_error_code="number",
                violation_error_message=NUMBER_TAKEN,
            ),
            models.CheckConstraint(
                condition=Q(force="") | one_of("force", Force), name="provision_force_known"
            ),
            models.CheckConstraint(
                condition=Q(component__regex=r"^(main|annex_[1-9][0-9]?)$"),
                name="provision_component_form",
                violation_error_code="component",
                violation_error_message=_("The component is “main” or an annex, like “annex_1”."),
            ),
            models.CheckConstraint(
                condition=Q(path__regex=r"^([0-9]{4})+$"), name="provision_path_form"
            ),
            models.CheckConstraint(
                condition=Q(depth=1, parent=None) | Q(depth__gt=1, parent__isnull=False),
                name="provision_depth_fits_parent",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="provision_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=one_of("lifecycle", Lifecycle), name="provision_lifecycle_known"
            ),
            models.CheckConstraint(
                condition=Q(lifecycle=Lifecycle.ACTIVE, lifecycle_from=None)
                | (~Q(lifecycle=Lifecycle.ACTIVE) & Q(lifecycle_from__isnull=False)),
                name="provision_lifecycle_dated",
                violation_error_code="lifecycle_from",
                violation_error_message=_(
                    "Give the day since when it is no longer active, and no day while it is."
                ),
            ),
        ]

    def __str__(self):
        resolution = self.resolution
        return symbols.provision_name(resolution.number, resolution.year, self.number)

    def natural_key(self):
        return (self.key,)

    natural_key.dependencies = ["tracker.resolution", "tracker.theme"]

    def derive(self):
        """Set key, eId, order, depth and parent from the number (¶13(e) lies under ¶13).

        Raises ``ValidationError`` on ``number`` when it cannot be read or its parent is missing.
        """
        if not symbols.is_component(self.component):
            raise ValidationError(
                {"component": _("The component is “main” or an annex, like “annex_1”.")}
            )
        try:
            self.number = symbols.provision_number(self.number)
            self.path = symbols.sort_path(self.number, self.component)
        except ValueError as error:
            raise ValidationError({"number": str(error)}) from error
        self.key = symbols.provision_key(self.resolution.key, self.number, self.component)
        self.eid = symbols.eid(self.number, self.component)
        self.depth = len(symbols.number_levels(self.number))
        self.parent = self._find_parent()

    def _find_parent(self):
        above = symbols.parent_number(self.number)
        if above is None:
            return None
        siblings = Provision.objects.filter(resolution=self.resolution, component=self.component)
        parent = siblings.filter(number=above).first()
        if parent is None:
            raise ValidationError(
                {
                    "number": _("%(number)s needs paragraph %(parent)s; add that one first.")
                    % {"number": self.number, "parent": above}
                }
            )
        return parent

    def clean(self):
        """Refuse a parent that lies in another resolution or component."""
        if self.parent and (self.parent.resolution_id, self.parent.component) != (
            self.resolution_id,
            self.component,
        ):
            raise ValidationError(
                _("The parent lies in another resolution; choose a paragraph of this one.")
            )

    def lifecycle_on(self, on: datetime.date) -> str:
        """The lifecycle as it stood on that day."""
        if self.lifecycle_from and on >= self.lifecycle_from:
            return self.lifecycle
        return Lifecycle.ACTIVE


class AddresseeQuerySet(NounQuerySet):
    def get_by_natural_key(self, provision, role, kind, body):
        return self.get(provision__key=provision, role=role, kind=kind, body__code=body or None)


class Addressee(Noun):
    """Whom a provision names: a family of bodies or one body, as addressee or in support."""

    provision = models.ForeignKey(Provision, models.CASCADE, related_name="addressees")
    role = models.CharField(
        _("role"), max_length=12, choices=CommitmentRole, default=CommitmentRole.ADDRESSEE
    )
    kind = models.CharField(_("who"), max_length=25, choices=AddresseeKind)
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="addressed_in"
    )

    objects = AddresseeQuerySet.as_manager()

    class Meta:
        ordering = ["provision", "role", "kind", "body"]
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")
        constraints = [
            models.CheckConstraint(
                condition=one_of("role", CommitmentRole), name="addressee_role_known"
            ),
            models.CheckConstraint(
                condition=one_of("kind", AddresseeKind), name="addressee_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=AddresseeKind.BODY, body__isnull=False)
                | (~Q(kind=AddresseeKind.BODY) & Q(body=None)),
                name="addressee_names_body_or_family",
                violation_error_code="body",
                violation_error_message=_(
                    "Name the body when “One body” is chosen, and none for a family."
                ),
            ),
            models.UniqueConstraint(
                fields=["provision", "kind"],
                condition=Q(body=None),
                name="addressee_family_once",
                violation_error_code="kind",
                violation_error_message=_("This family is named already."),
            ),
            models.UniqueConstraint(
                fields=["provision", "body"],
                condition=Q(body__isnull=False),
                name="addressee_body_once",
                violation_error_code="body",
                violation_error_message=_("This body is named already."),
            ),
        ]

    def __str__(self):
        return str(self.body) if self.body_id else self.get_kind_display()

    def natural_key(self):
        code = self.body.code if self.body_id else ""
        return (self.provision.key, self.role, self.kind, code)

    natural_key.dependencies = ["tracker.provision", "tracker.body"]

    @property
    def public_key(self):
        return "/".join(part for part in self.natural_key() if part)


class ProvisionLinkQuerySet(NounQuerySet):
    def get_by_natural_key(self, origin, target, kind):
        return self.get(origin__key=origin, target__key=target, kind=kind)

    def as_of(self, on):
        """Links made by paragraphs of the resolutions adopted by ``on``."""
        return self.filter(origin__in=Provision.objects.as_of(on))

    def for_listing(self, *, on, viewer):
        """Links of that day with both paragraphs."""
        return self.as_of(on).select_related("origin__resolution", "target__resolution")

    def touching(self, provisions):
        """Links with one of ``provisions``, or a letter under it, at either end."""
        wanted = Q(pk__in=[])
        for provision in provisions:
            for end in ("origin", "target"):
                within = {"resolution": provision.resolution_id, "path__startswith": provision.path}
                wanted |= Q(**{f"{end}__{name}": value for name, value in within.items()})
        return self.filter(wanted)

    def search(self, text):
        """Links whose note holds ``text``, or with a paragraph that it finds."""
        found = Provision.objects.search(text).order_by().values("pk")
        return self.filter(Q(note__icontains=text) | Q(origin__in=found) | Q(target__in=found))


class ProvisionLink(Noun):
    """What a later provision (origin) does to an earlier one (target)."""

    origin = models.ForeignKey(Provision, models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Provision, models.PROTECT, related_name="links_in")
    kind = models.CharField(_("relation"), max_length=12, choices=ProvisionLinkKind)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = source_field()

    objects = ProvisionLinkQuerySet.as_manager()

    class Meta:
        ordering = ["origin", "kind", "target"]
        verbose_name = _("link between provisions")
        verbose_name_plural = _("links between provisions")
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "target", "kind"],
                name="provision_link_once",
                violation_error_code="target",
                violation_error_message=_("This link is held already."),
            ),
            models.CheckConstraint(
                condition=one_of("kind", ProvisionLinkKind), name="provision_link_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(origin=F("target")),
                name="provision_link_not_to_itself",
                violation_error_code="target",
                violation_error_message=_("A paragraph cannot be linked to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.origin} {self.get_kind_display().lower()} {self.target}"

    def natural_key(self):
        return (self.origin.key, self.target.key, self.kind)

    natural_key.dependencies = ["tracker.provision"]

    @property
    def public_key(self):
        return " → ".join((self.origin.key, self.target.key, self.kind))
