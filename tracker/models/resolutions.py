"""Resolutions, their documents and themes, and the tree of provisions with its dates."""

import datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from tracker import symbols
from tracker.models.base import (
    Noun,
    NounQuerySet,
    add_months,
    count_of,
    one_of,
    refuse_cycle,
    source_field,
)
from tracker.models.bodies import Body
from tracker.vocabulary import (
    DECLARATORY,
    AddresseeKind,
    AdoptionProcedure,
    CommitmentRole,
    DeadlineKind,
    DocumentKind,
    Force,
    Language,
    Lifecycle,
    ProvisionLinkKind,
    ResolutionLinkKind,
)


class ThemeQuerySet(NounQuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def within(self, themes):
        """``themes`` and everything nested under them."""
        under = Q(pk=None)
        for theme in themes:
            under |= Q(path__startswith=theme.path)
        return self.filter(under)

    def search(self, text):
        """Themes whose name or description holds ``text``."""
        return self.filter(Q(name__icontains=text) | Q(description__icontains=text))

    def for_listing(self, *, on, viewer):
        """Themes with the number of provisions that carry them or a theme nested in them."""
        carrying = Provision.objects.visible_to(viewer).as_of(on)
        return self.select_related("parent").annotate(
            provision_count=count_of(
                carrying.filter(themes__path__startswith=OuterRef("path")), distinct="pk"
            )
        )


class Theme(Noun):
    """A subject of provisions, nested; linked to the UNBIS Thesaurus where the id is known."""

    slug = models.SlugField(_("key"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("what it covers"), blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(_("path"), max_length=250, unique=True, editable=False)
    unbis_id = models.CharField(_("UNBIS id"), max_length=7, blank=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [
            models.CheckConstraint(
                condition=Q(unbis_id="") | Q(unbis_id__regex=r"^\d{7}$"),
                name="theme_unbis_id_form",
                violation_error_code="unbis_id",
                violation_error_message=_("A UNBIS id has seven digits."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="theme_not_its_own_parent",
                violation_error_code="parent",
                violation_error_message=_("A theme cannot lie under itself."),
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    def derive(self):
        # Ends with a slash, so that "starts with" finds a theme and what lies under it, no more.
        self.path = f"{self.parent.path if self.parent else ''}{self.slug}/"

    def clean(self):
        """Refuse a parent that lies under this theme."""
        refuse_cycle(self, "parent")

    @property
    def unbis_uri(self) -> str:
        """The address of the concept in the UNBIS Thesaurus, empty when not known."""
        return f"http://metadata.un.org/thesaurus/{self.unbis_id}" if self.unbis_id else ""


class ResolutionQuerySet(NounQuerySet):
    def get_by_natural_key(self, key):
        return self.get(key=key)

    def as_of(self, on):
        """Resolutions adopted by ``on``; one whose day is not confirmed, after its year."""
        return self.filter(Q(adopted_on__lte=on) | Q(adopted_on=None, year__lt=on.year))

    def for_listing(self, *, on, viewer):
        """Resolutions of that day with the numbers of their provisions and commitments."""
        commitments = apps.get_model("tracker", "Commitment").objects.visible_to(viewer).as_of(on)
        return self.as_of(on).annotate(
            provision_count=count_of(Provision.objects.filter(resolution=OuterRef("pk"))),
            commitment_count=count_of(commitments.filter(provision__resolution=OuterRef("pk"))),
            document_count=count_of(Document.objects.as_of(on).filter(resolution=OuterRef("pk"))),
        )

    def search(self, text):
        """Resolutions whose symbol reads as ``text``, or whose subject holds it."""
        reference = symbols.parse_reference(text)
        found = (
            Q(key__icontains=text.replace(" (", "("))
            | Q(short_title__icontains=text)
            | Q(agenda_item__icontains=text)
        )
        if reference and not reference.provision:
            found |= Q(number=reference.number)
        return self.filter(found)


class Resolution(Noun):
    """A resolution of the Security Council; it has no official title."""

    key = models.CharField(_("key"), max_length=20, unique=True, editable=False)
    number = models.PositiveIntegerField(
        _("number"), validators=[MinValueValidator(1), MaxValueValidator(9999)]
    )
    year = models.PositiveIntegerField(
        _("year"), validators=[MinValueValidator(1946), MaxValueValidator(2199)]
    )
    short_title = models.CharField(
        _("short title"), max_length=200, blank=True, help_text=_("Ours; never an official title.")
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    procedure = models.CharField(
        _("procedure"), max_length=10, choices=AdoptionProcedure, blank=True
    )
    meeting = models.CharField(_("meeting"), max_length=20, blank=True)
    unanimous = models.BooleanField(_("adopted unanimously"), null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField(
        _("in favour"), null=True, blank=True, validators=[MaxValueValidator(15)]
    )
    votes_against = models.PositiveSmallIntegerField(
        _("against"), null=True, blank=True, validators=[MaxValueValidator(15)]
    )
    abstentions = models.PositiveSmallIntegerField(
        _("abstaining"), null=True, blank=True, validators=[MaxValueValidator(15)]
    )
    presidency = models.CharField(_("presidency"), max_length=100, blank=True)
    cosponsors = models.PositiveSmallIntegerField(
        _("co-sponsors"), null=True, blank=True, validators=[MaxValueValidator(999)]
    )
    agenda_item = models.CharField(_("agenda item"), max_length=300, blank=True)
    chapter_vii = models.BooleanField(
        _("acting under Chapter VII"), null=True, blank=True, help_text=_("Empty: not confirmed.")
    )
    preambular_count = models.PositiveSmallIntegerField(
        _("preambular paragraphs"), null=True, blank=True, validators=[MaxValueValidator(999)]
    )
    operative_count = models.PositiveSmallIntegerField(
        _("operative paragraphs"), null=True, blank=True, validators=[MaxValueValidator(999)]
    )
    library_record = models.CharField(_("UN Digital Library record"), max_length=20, blank=True)
    voting_record = models.CharField(_("voting record"), max_length=20, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = source_field()
    links = models.ManyToManyField(
        "self", through="ResolutionLink", symmetrical=False, related_name="linked_from"
    )

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        ordering = ["year", "number", "key"]
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        indexes = [models.Index(fields=["year", "number"], name="resolution_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "year"],
                name="resolution_number_once",
                violation_error_code="number",
                violation_error_message=_(
                    "A resolution with this number and year is held already; edit that one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(procedure="") | one_of("procedure", AdoptionProcedure),
                name="resolution_procedure_known",
            ),
            models.CheckConstraint(
                condition=Q(adopted_on=None) | Q(adopted_on__year=F("year")),
                name="resolution_adopted_in_its_year",
                violation_error_code="adopted_on",
                violation_error_message=_(
                    "The adoption date lies outside the year of the symbol; correct one of them."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(procedure=AdoptionProcedure.WRITTEN) | Q(meeting=""),
                name="resolution_written_without_meeting",
                violation_error_code="meeting",
                violation_error_message=_(
                    "A resolution adopted by written procedure has no meeting; empty that field."
                ),
            ),
        ]

    def __str__(self):
        return self.symbol

    def natural_key(self):
        return (self.key,)

    def derive(self):
        self.key = f"S/RES/{self.number}({self.year})"

    @property
    def symbol(self) -> str:
        """The symbol as the UN writes it, with a space before the year."""
        return symbols.resolution_symbol(self.number, self.year)

    @property
    def official_url(self) -> str:
        """Where the UN keeps the official text."""
        return f"https://docs.un.org/{self.key}"


class ResolutionLinkQuerySet(NounQuerySet):
    def get_by_natural_key(self, origin, target, kind):
        return self.get(origin__key=origin, target__key=target, kind=kind)


class ResolutionLink(Noun):
    """What a resolution (origin) does to an earlier one (target)."""

    origin = models.ForeignKey(Resolution, models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Resolution, models.PROTECT, related_name="links_in")
    kind = models.CharField(_("relation"), max_length=12, choices=ResolutionLinkKind)
    source = source_field()

    objects = ResolutionLinkQuerySet.as_manager()

    class Meta:
        ordering = ["origin", "kind", "target"]
        verbose_name = _("link between resolutions")
        verbose_name_plural = _("links between resolutions")
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "target", "kind"],
                name="resolution_link_once",
                violation_error_code="target",
                violation_error_message=_("This link is held already."),
            ),
            models.CheckConstraint(
                condition=one_of("kind", ResolutionLinkKind), name="resolution_link_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(origin=F("target")),
                name="resolution_link_not_to_itself",
                violation_error_code="target",
                violation_error_message=_("A resolution cannot be linked to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.origin} {self.get_kind_display().lower()} {self.target}"

    def natural_key(self):
        return (self.origin.key, self.target.key, self.kind)

    natural_key.dependencies = ["tracker.resolution"]

    @property
    def public_key(self):
        return "/".join(self.natural_key())


class DocumentQuerySet(NounQuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def for_listing(self, *, on, viewer):
        """Documents of that day, with their resolution."""
        return self.as_of(on).select_related("resolution")

    def as_of(self, on):
        """Documents dated by ``on``; one without a date is always shown."""
        return self.filter(Q(dated_on=None) | Q(dated_on__lte=on))


class Document(Noun):
    """A document that belongs to a resolution: concept note, record, press release."""

    slug = models.SlugField(_("key"), max_length=80, unique=True)
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=300, help_text=_("In our own words."))
    resolution = models.ForeignKey(
        Resolution, models.CASCADE, null=True, blank=True, related_name="documents"
    )
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    source = source_field()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["dated_on", "kind", "slug"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.CheckConstraint(
                condition=one_of("kind", DocumentKind), name="document_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(language="") | one_of("language", Language),
                name="document_language_known",
            ),
            models.UniqueConstraint(
                fields=["symbol"],
                condition=~Q(symbol=""),
                name="document_symbol_once",
                violation_error_code="symbol",
                violation_error_message=_("A document with this symbol is held already."),
            ),
        ]

    def __str__(self):
        return self.symbol or self.title

    def natural_key(self):
        return (self.slug,)

    natural_key.dependencies = ["tracker.resolution"]


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
        return f"{self.resolution.symbol} ¶{self.number}"

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


class DeadlineQuerySet(NounQuerySet):
    def get_by_natural_key(self, provision, label):
        return self.get(provision__key=provision, label=label)

    def get_by_public_key(self, key):
        # A label may hold slashes as well as the key before it, so every place is tried.
        parts = key.split("/")[:20]
        wanted = Q(pk__in=[])
        for number in range(1, len(parts)):
            provision = "/".join(parts[:number])
            wanted |= Q(provision__key=provision, label=key.removeprefix(f"{provision}/"))
        return self.get(wanted)


#: How many dates of a series without an end are held.
UNROLLED = 60
#: The longest time from an adoption or event to what is due: a hundred years.
LONGEST_MONTHS, LONGEST_DAYS = 1200, 32_000
#: The last year that a date can be given for; a series from there still ends on the calendar.
LAST_YEAR = 2199


class Deadline(Noun):
    """A date that a provision sets; a relative one is computed from what it counts from."""

    provision = models.ForeignKey(Provision, models.CASCADE, related_name="deadlines")
    label = models.CharField(
        _("what is due"), max_length=120, help_text=_("In our own words, such as “Report”.")
    )
    kind = models.CharField(_("counted"), max_length=10, choices=DeadlineKind)
    offset_months = models.PositiveSmallIntegerField(
        _("months"), null=True, blank=True, validators=[MaxValueValidator(LONGEST_MONTHS)]
    )
    offset_days = models.PositiveSmallIntegerField(
        _("days"), null=True, blank=True, validators=[MaxValueValidator(LONGEST_DAYS)]
    )
    event = models.CharField(_("event"), max_length=200, blank=True)
    event_on = models.DateField(_("event took place on"), null=True, blank=True)
    fixed_on = models.DateField(_("fixed date"), null=True, blank=True)
    every_months = models.PositiveSmallIntegerField(
        _("repeats every (months)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MONTHS)],
        help_text=_("Empty when it falls due once."),
    )
    last_on = models.DateField(
        _("repeats until"), null=True, blank=True, help_text=_("Empty while no end is set.")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True, editable=False)
    source = source_field()

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "provision", "label"]
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        constraints = [
            models.UniqueConstraint(
                fields=["provision", "label"],
                name="deadline_label_once",
                violation_error_code="label",
                violation_error_message=_("This paragraph has a date with this name already."),
            ),
            models.CheckConstraint(
                condition=one_of("kind", DeadlineKind), name="deadline_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=DeadlineKind.FIXED, fixed_on__isnull=False)
                | (~Q(kind=DeadlineKind.FIXED) & Q(fixed_on=None)),
                name="deadline_fixed_has_date",
                violation_error_code="fixed_on",
                violation_error_message=_("Give the date of a fixed deadline, and of no other."),
            ),
            models.CheckConstraint(
                condition=Q(kind=DeadlineKind.FIXED, offset_months=None, offset_days=None)
                | (
                    ~Q(kind=DeadlineKind.FIXED)
                    & (Q(offset_months__isnull=False) | Q(offset_days__isnull=False))
                ),
                name="deadline_relative_has_offset",
                violation_error_code="offset_months",
                violation_error_message=_(
                    "Give the months or days of a relative deadline, and none for a fixed one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind=DeadlineKind.EVENT) | Q(event="", event_on=None),
                name="deadline_event_only_when_counted_from_it",
                violation_error_code="event",
                violation_error_message=_(
                    "Name an event, and its day, only when the date is counted from it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(every_months=None) | Q(every_months__gt=0),
                name="deadline_repeats_by_months",
                violation_error_code="every_months",
                violation_error_message=_("Give a number of months, one or more."),
            ),
            models.CheckConstraint(
                condition=Q(last_on=None) | Q(every_months__isnull=False),
                name="deadline_ends_only_when_recurring",
                violation_error_code="last_on",
                violation_error_message=_("Only a date that repeats has a last one."),
            ),
        ]

    def __str__(self):
        return f"{self.label} ({self.provision})"

    def natural_key(self):
        return (self.provision.key, self.label)

    natural_key.dependencies = ["tracker.provision"]

    @property
    def public_key(self):
        return f"{self.provision.key}/{self.label}"

    def derive(self):
        """Compute the due date: adoption or event plus the offset (S/RES/2322 ¶¶21, 22)."""
        start = {
            DeadlineKind.ADOPTION: self.provision.resolution.adopted_on,
            DeadlineKind.EVENT: self.event_on,
        }.get(self.kind)
        if self.kind == DeadlineKind.FIXED:
            self.due_on = self.fixed_on
        elif start is None or start.year > LAST_YEAR or not self._offset_is_sane():
            self.due_on = None
        else:
            due = add_months(start, self.offset_months or 0)
            self.due_on = due + datetime.timedelta(days=self.offset_days or 0)

    def clean(self):
        """Refuse days beyond ``LAST_YEAR``, and a series that ends before it begins."""
        for name in ("fixed_on", "event_on", "last_on"):
            given = getattr(self, name)
            if given and given.year > LAST_YEAR:
                raise ValidationError({name: _("Give a day before the year 2200.")})
        if self.last_on and self.due_on and self.last_on < self.due_on:
            raise ValidationError(
                {
                    "last_on": _("The first date is %(date)s; the last one cannot lie before it.")
                    % {"date": self.due_on}
                }
            )

    def occurrences(self) -> list[datetime.date]:
        """Every date on which it falls due, the first first; none while it cannot be computed.

        A series without an end is unrolled for ``UNROLLED`` dates, whatever the day is.
        """
        if self.due_on is None or not self.every_months:
            return [self.due_on] if self.due_on else []
        dates = [add_months(self.due_on, self.every_months * n) for n in range(UNROLLED)]
        return [each for each in dates if self.last_on is None or each <= self.last_on]

    def _offset_is_sane(self):
        """Whether a date can be computed; an offset that is too long is refused by its field."""
        months, days = self.offset_months or 0, self.offset_days or 0
        return months <= LONGEST_MONTHS and days <= LONGEST_DAYS


class DueDate(models.Model):
    """One date on which a deadline falls due: derived from it, kept so that it can be joined."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="due_dates")
    number = models.PositiveSmallIntegerField(_("occurrence"))
    due_on = models.DateField(_("due on"))

    class Meta:
        ordering = ["due_on", "deadline", "number"]
        verbose_name = _("due date")
        verbose_name_plural = _("due dates")
        constraints = [
            models.UniqueConstraint(fields=["deadline", "number"], name="due_date_once"),
        ]
        indexes = [models.Index(fields=["due_on"], name="due_date_day")]

    def __str__(self):
        return f"{self.deadline} {self.due_on}"


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
