"""Resolutions, what links them, their documents, and themes."""

from django.apps import apps
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tracker import symbols
from tracker.models.base import (
    Noun,
    NounQuerySet,
    count_of,
    one_of,
    refuse_cycle,
    source_field,
)
from tracker.vocabulary import (
    AdoptionProcedure,
    DocumentKind,
    Language,
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
        provision = apps.get_model("tracker", "Provision")
        # A sum is in no index, so that SQLite goes from the themes within one to what carries them,
        # not from every provision, for each theme, to its themes.
        carrying = provision.objects.visible_to(viewer).as_of(on).order_by().values("pk")
        links = provision.themes.through.objects.filter(theme__path__startswith=OuterRef("path"))
        links = links.annotate(carrier=F("provision_id") + 0).filter(carrier__in=carrying)
        return self.select_related("parent").annotate(
            provision_count=count_of(links, distinct="provision")
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


def _adopted_by(on) -> Q:
    return Q(adopted_on__lte=on) | Q(adopted_on=None, year__lt=on.year)


class ResolutionQuerySet(NounQuerySet):
    def get_by_natural_key(self, key):
        return self.get(key=key)

    def as_of(self, on):
        """Resolutions adopted by ``on``; one whose day is not confirmed, after its year."""
        return self.filter(_adopted_by(on))

    def later_than(self, on):
        """Resolutions that were not adopted by ``on``, which ``as_of`` leaves out."""
        return self.exclude(_adopted_by(on))

    def for_listing(self, *, on, viewer):
        """Resolutions of that day with the numbers of their provisions and commitments."""
        commitments = apps.get_model("tracker", "Commitment").objects.visible_to(viewer).as_of(on)
        return self.as_of(on).annotate(
            provision_count=count_of(
                apps.get_model("tracker", "Provision").objects.filter(resolution=OuterRef("pk"))
            ),
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
