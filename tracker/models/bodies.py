"""Bodies that act, the regions they lie in and what they belong to."""

from django.apps import apps
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from tracker.models.base import (
    Noun,
    NounQuerySet,
    count_of,
    one_of,
    refuse_cycle,
    source_field,
)
from tracker.vocabulary import (
    BodyKind,
    DatePrecision,
    Language,
    MembershipRole,
    NameForm,
    RegionLevel,
    Standing,
)


class RegionQuerySet(NounQuerySet):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class Region(Noun):
    """A region of M49; ``path`` lists the codes from the world down (``001/002/202/014``)."""

    code = models.CharField(_("M49 code"), max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=100)
    level = models.PositiveSmallIntegerField(_("level"), choices=RegionLevel)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(_("path"), max_length=20, unique=True, editable=False)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=RegionLevel.values), name="region_level_known"
            ),
            models.CheckConstraint(
                condition=Q(level=RegionLevel.WORLD, parent=None)
                | Q(level__gt=RegionLevel.WORLD, parent__isnull=False),
                name="region_has_parent_unless_world",
                violation_error_code="parent",
                violation_error_message=_("Every region but the world lies in another one."),
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.code,)

    def derive(self):
        self.path = f"{self.parent.path}/{self.code}" if self.parent else self.code


class BodyQuerySet(NounQuerySet):
    def get_by_natural_key(self, code):
        return self.get(code=code)

    def as_of(self, on):
        """Bodies that had come into being by ``on``; those dissolved since stay findable."""
        return self.filter(Q(founded_on=None) | Q(founded_on__lte=on))

    def existing(self, on):
        """Bodies that had come into being and were not dissolved on that day."""
        return self.as_of(on).filter(Q(dissolved_on=None) | Q(dissolved_on__gt=on))

    def for_listing(self, *, on, viewer):
        """Bodies of that day with standing and the numbers of what hangs on them."""
        commitments = apps.get_model("tracker", "Commitment").objects.visible_to(viewer).as_of(on)
        designations = apps.get_model("tracker", "Designation").objects.visible_to(viewer).as_of(on)
        return (
            self.as_of(on)
            .select_related("region", "parent", "state")
            .annotate(
                standing=Case(
                    When(dissolved_on__lte=on, then=Value(Standing.DISSOLVED)),
                    default=Value(Standing.EXISTING),
                    output_field=models.CharField(),
                ),
                commitment_count=count_of(commitments.filter(body=OuterRef("pk"))),
                member_count=count_of(
                    Membership.objects.as_of(on).filter(organization=OuterRef("pk"))
                ),
                membership_count=count_of(
                    Membership.objects.as_of(on).filter(member=OuterRef("pk"))
                ),
                designation_count=count_of(designations.filter(body=OuterRef("pk"))),
            )
        )

    def with_contact_points(self, *, on, viewer):
        """Networks with the number of contact points that had been named for each by ``on``."""
        named = apps.get_model("tracker", "Designation").objects.visible_to(viewer).as_of(on)
        return self.annotate(contact_point_count=count_of(named.filter(network=OuterRef("pk"))))

    def spoken_for_by(self, user):
        """The bodies that a focal point speaks for: their own, and those under them.

        Under a body are its parts and, for a State, its authorities, up to five levels down.
        """
        own = user.bodies.order_by().values("pk")
        found = Q(pk__in=own) | Q(state__in=own)
        for levels in range(1, 6):
            found |= Q(**{"__".join(["parent"] * levels) + "__in": own})
        return self.filter(found)

    def without(self, what, *, on, viewer):
        """Bodies that are not recorded as having named ``what``, one of ``Unnamed``.

        A State has also named what an authority of its own has.
        """
        designations = apps.get_model("tracker", "Designation").objects.visible_to(viewer)
        named = designations.as_of(on).of_kind(what)
        by_it = Q(body=OuterRef("pk")) | Q(body__state=OuterRef("pk"))
        return self.exclude(models.Exists(named.filter(by_it)))

    def states(self):
        """Member States and observer States."""
        return self.filter(kind__in=(BodyKind.STATE, BodyKind.OBSERVER_STATE))

    def search(self, text):
        """Bodies whose code or any name, in any of the six languages, holds ``text``."""
        named = BodyName.objects.filter(body=models.OuterRef("pk"), text__icontains=text)
        return self.filter(
            Q(code__iexact=text)
            | Q(iso2__iexact=text)
            | Q(name__icontains=text)
            | models.Exists(named)
        )


class Body(Noun):
    """A State, an organ, an organization, a network or an authority that has to act."""

    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        help_text=_("Stable key in addresses: the ISO code of a State, the acronym of others."),
    )
    kind = models.CharField(_("kind"), max_length=30, choices=BodyKind)
    name = models.CharField(_("short name"), max_length=200, help_text=_("In English."))
    description = models.TextField(_("what it is"), blank=True, help_text=_("In our own words."))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    host = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted",
        verbose_name=_("hosted by"),
    )
    state = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="authorities",
        verbose_name=_("State"),
        help_text=_("For a national authority: the State it belongs to."),
    )
    succeeded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("succeeded by"),
    )
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="bodies")
    iso2 = models.CharField(_("ISO alpha-2"), max_length=2, blank=True)
    iso3 = models.CharField(_("ISO alpha-3"), max_length=3, blank=True)
    m49 = models.CharField(_("M49 code"), max_length=3, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    founded_precision = models.CharField(
        _("founding date known to the"),
        max_length=5,
        choices=DatePrecision,
        default=DatePrecision.DAY,
    )
    founded_by = models.CharField(
        _("founded by"), max_length=200, blank=True, help_text=_("The founding instrument.")
    )
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    dissolved_precision = models.CharField(
        _("dissolution date known to the"),
        max_length=5,
        choices=DatePrecision,
        default=DatePrecision.DAY,
    )
    operational_from = models.DateField(_("in use from"), null=True, blank=True)
    operational_precision = models.CharField(
        _("first use known to the"),
        max_length=5,
        choices=DatePrecision,
        default=DatePrecision.DAY,
    )
    instrument = models.CharField(_("founding treaty"), max_length=200, blank=True)
    in_force_from = models.DateField(_("treaty in force from"), null=True, blank=True)
    seat = models.CharField(_("seat"), max_length=100, blank=True)
    url = models.URLField(_("website"), blank=True)
    members_note = models.CharField(
        _("members, in words"),
        max_length=300,
        blank=True,
        help_text=_("A number of members as its source gives it, where no list is held."),
    )
    is_fictional = models.BooleanField(
        _("fictional"), default=False, help_text=_("Invented for demonstration.")
    )
    source = source_field()

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "code"]
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z0-9][A-Z0-9-]*$"),
                name="body_code_form",
                violation_error_code="code",
                violation_error_message=_(
                    "A code has capital letters, digits and hyphens, like COE-24-7."
                ),
            ),
            models.CheckConstraint(condition=one_of("kind", BodyKind), name="body_kind_known"),
            models.CheckConstraint(
                condition=one_of("founded_precision", DatePrecision)
                & one_of("dissolved_precision", DatePrecision)
                & one_of("operational_precision", DatePrecision),
                name="body_precisions_known",
            ),
            models.CheckConstraint(
                condition=Q(founded_on=None)
                | Q(dissolved_on=None)
                | Q(dissolved_on__gte=F("founded_on")),
                name="body_dissolved_after_founded",
                violation_error_code="dissolved_on",
                violation_error_message=_(
                    "The dissolution date lies before the founding date; correct one of them."
                ),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="body_not_its_own_parent",
                violation_error_code="parent",
                violation_error_message=_("A body cannot be part of itself."),
            ),
            models.CheckConstraint(
                condition=Q(succeeded_by=None) | ~Q(succeeded_by=F("id")),
                name="body_not_its_own_successor",
                violation_error_code="succeeded_by",
                violation_error_message=_("A body cannot succeed itself."),
            ),
            models.UniqueConstraint(
                fields=["iso3"],
                condition=~Q(iso3=""),
                name="body_iso3_unique",
                violation_error_code="iso3",
                violation_error_message=_("Another body has this ISO code."),
            ),
            models.UniqueConstraint(
                fields=["m49"],
                condition=~Q(m49=""),
                name="body_m49_unique",
                violation_error_code="m49",
                violation_error_message=_("Another body has this M49 code."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "name"], name="body_by_kind")]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.code,)

    def clean(self):
        """Refuse a body that is part of, or succeeded by, one of its own."""
        refuse_cycle(self, "parent")
        refuse_cycle(self, "succeeded_by")

    @property
    def is_state(self) -> bool:
        """Whether this is a Member State or an observer State."""
        return self.kind in (BodyKind.STATE, BodyKind.OBSERVER_STATE)

    def is_dissolved(self, on) -> bool:
        """Whether the body had been dissolved by ``on``."""
        return self.dissolved_on is not None and self.dissolved_on <= on


class BodyNameQuerySet(NounQuerySet):
    def get_by_natural_key(self, body, language, form, text):
        return self.get(body__code=body, language=language, form=form, text=text)


class BodyName(Noun):
    """One name of a body in one language, with the days between which it was in use."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    form = models.CharField(_("form"), max_length=10, choices=NameForm)
    text = models.CharField(_("name"), max_length=250)
    from_on = models.DateField(_("in use from"), null=True, blank=True)
    until_on = models.DateField(_("in use until"), null=True, blank=True)

    objects = BodyNameQuerySet.as_manager()

    class Meta:
        ordering = ["body", "language", "form", "text"]
        verbose_name = _("name")
        verbose_name_plural = _("names")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "language", "form", "text"],
                name="body_name_once",
                violation_error_code="text",
                violation_error_message=_("This name is held already."),
            ),
            models.CheckConstraint(
                condition=one_of("language", Language), name="body_name_language_known"
            ),
            models.CheckConstraint(condition=one_of("form", NameForm), name="body_name_form_known"),
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="body_name_ends_after_start",
                violation_error_code="until_on",
                violation_error_message=_("“In use until” lies before “in use from”."),
            ),
        ]

    def __str__(self):
        return self.text

    def natural_key(self):
        return (self.body.code, self.language, self.form, self.text)

    natural_key.dependencies = ["tracker.body"]

    @property
    def public_key(self):
        return f"{self.body.code}/{self.language}/{self.form}/{self.text}"


class MembershipQuerySet(NounQuerySet):
    def get_by_natural_key(self, key):
        return self.get(key=key)

    def for_listing(self, *, on, viewer):
        """Memberships in force on that day, with both bodies."""
        return self.as_of(on).select_related("organization", "member__region")

    def as_of(self, on):
        """Memberships in force on that day; one without a beginning counts as begun."""
        return self.filter(
            Q(from_on=None) | Q(from_on__lte=on), Q(until_on=None) | Q(until_on__gte=on)
        )


class Membership(Noun):
    """A body's part in a network or an organization, dated, in one role."""

    key = models.CharField(_("key"), max_length=100, unique=True, editable=False)
    organization = models.ForeignKey(
        Body,
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("network or organization"),
    )
    member = models.ForeignKey(Body, models.PROTECT, related_name="memberships_held")
    role = models.CharField(
        _("role"), max_length=20, choices=MembershipRole, default=MembershipRole.MEMBER
    )
    from_on = models.DateField(_("from"), null=True, blank=True)
    from_precision = models.CharField(
        _("beginning known to the"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    until_on = models.DateField(_("until"), null=True, blank=True)
    until_precision = models.CharField(
        _("end known to the"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    source = source_field()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organization__name", "role", "member__name", "key"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=one_of("role", MembershipRole), name="membership_role_known"
            ),
            models.CheckConstraint(
                condition=one_of("from_precision", DatePrecision)
                & one_of("until_precision", DatePrecision),
                name="membership_precisions_known",
            ),
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="membership_ends_after_start",
                violation_error_code="until_on",
                violation_error_message=_(
                    "“Until” lies before “from”; a membership ends on or after the day it starts."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(organization=F("member")),
                name="membership_not_of_itself",
                violation_error_code="member",
                violation_error_message=_("A body cannot be a member of itself."),
            ),
            models.UniqueConstraint(
                fields=["organization", "member", "role"],
                condition=Q(until_on=None),
                name="membership_one_open",
                violation_error_code="member",
                violation_error_message=_(
                    "This membership is open already; end it before another begins."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.member} – {self.organization}"

    def natural_key(self):
        return (self.key,)

    natural_key.dependencies = ["tracker.body"]

    def derive(self):
        # The key is set once, so that addresses stay when a date is corrected.
        if not self.key:
            start = f".{self.from_on.isoformat()}" if self.from_on else ""
            self.key = f"{self.organization.code}.{self.member.code}.{self.role}{start}"
