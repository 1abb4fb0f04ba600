"""Whom a body has named: Central Authorities, national central bureaus, contact points."""

from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from tracker.models.base import (
    ClassifiedQuerySet,
    Noun,
    NounQuerySet,
    add_months,
    one_of,
    source_field,
)
from tracker.models.bodies import Body
from tracker.vocabulary import (
    CONFIRMED_FOR_MONTHS,
    Classification,
    DesignationFunction,
    DesignationKind,
)


class DesignationQuerySet(ClassifiedQuerySet):
    def get_by_natural_key(self, key):
        return self.get(key=key)

    def for_listing(self, *, on, viewer):
        """Designations in force on that day, with body, network and functions."""
        return (
            self.as_of(on).select_related("body__region", "network").prefetch_related("competences")
        )

    def as_of(self, on):
        """Designations in force on that day."""
        return self.filter(
            Q(from_on=None) | Q(from_on__lte=on), Q(until_on=None) | Q(until_on__gte=on)
        )

    def of_kind(self, what):
        """Designations that are ``what``, one of ``Unnamed``: of a kind, or for a function."""
        if what in DesignationKind.values:
            return self.filter(kind=what)
        competent = DesignationCompetence.objects.filter(function=what).values("designation")
        return self.filter(kind=DesignationKind.CENTRAL_AUTHORITY, pk__in=competent)

    def stale(self, on):
        """Designations that nobody confirmed in the twelve months before that day."""
        before = add_months(on, -CONFIRMED_FOR_MONTHS)
        return self.as_of(on).filter(Q(last_confirmed_on=None) | Q(last_confirmed_on__lte=before))


#: Fields that say who the person is: masked everywhere, and in the record of changes.
PERSONAL = ("person_name", "person_phone", "person_mail")


class Designation(Noun):
    """A Central Authority, national central bureau or contact point that a body has named."""

    key = models.CharField(_("key"), max_length=120, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="designations")
    kind = models.CharField(_("kind"), max_length=30, choices=DesignationKind)
    office = models.CharField(_("office"), max_length=200)
    network = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="contact_points"
    )
    channel = models.CharField(
        _("channel"), max_length=200, blank=True, help_text=_("How a request is transmitted.")
    )
    languages = models.CharField(_("languages"), max_length=200, blank=True)
    person_name = models.CharField(_("contact person"), max_length=200, blank=True)
    person_phone = models.CharField(_("telephone of the person"), max_length=60, blank=True)
    person_mail = models.EmailField(_("mail address of the person"), blank=True)
    urgent_procedure = models.CharField(_("urgent procedure"), max_length=300, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)
    last_confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)
    classification = models.CharField(
        _("classification"),
        max_length=10,
        choices=Classification,
        default=Classification.INTERNAL,
    )
    source = source_field()

    objects = DesignationQuerySet.as_manager()

    class Meta:
        ordering = ["body__name", "kind", "office", "key"]
        verbose_name = _("designation")
        verbose_name_plural = _("designations")
        constraints = [
            models.CheckConstraint(
                condition=one_of("kind", DesignationKind), name="designation_kind_known"
            ),
            models.CheckConstraint(
                condition=one_of("classification", Classification),
                name="designation_classification_known",
            ),
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="designation_ends_after_start",
                violation_error_code="until_on",
                violation_error_message=_(
                    "“Until” lies before “from”; a designation ends on or after the day it starts."
                ),
            ),
            models.UniqueConstraint(
                fields=["body", "kind", "office"],
                condition=Q(until_on=None),
                name="designation_one_open",
                violation_error_code="office",
                violation_error_message=_("This office is designated already."),
            ),
        ]

    def __str__(self):
        return f"{self.office} ({self.body})"

    def natural_key(self):
        return (self.key,)

    natural_key.dependencies = ["tracker.body"]

    @property
    def has_person(self) -> bool:
        """Whether a person is held behind the office; shown only when revealed."""
        return any(getattr(self, name) for name in PERSONAL)

    def is_stale(self, on) -> bool:
        """Whether nobody confirmed it in the twelve months before that day."""
        confirmed = self.last_confirmed_on
        return confirmed is None or confirmed <= add_months(on, -CONFIRMED_FOR_MONTHS)

    def derive(self):
        # The key is set once, so that addresses stay when the office is renamed.
        if not self.key:
            start = f".{self.from_on.isoformat()}" if self.from_on else ""
            self.key = f"{self.body.code}.{self.kind}.{slugify(self.office)[:40]}{start}"


class DesignationCompetenceQuerySet(NounQuerySet):
    def visible_to(self, user):
        """What is a part of the designations that ``user`` may see."""
        seen = Designation.objects.visible_to(user).order_by().values("pk")
        return self.filter(designation__in=seen)

    def get_by_natural_key(self, designation, function):
        return self.get(designation__key=designation, function=function)


class DesignationCompetence(Noun):
    """One kind of request that a designated authority takes."""

    designation = models.ForeignKey(Designation, models.CASCADE, related_name="competences")
    function = models.CharField(_("function"), max_length=30, choices=DesignationFunction)

    objects = DesignationCompetenceQuerySet.as_manager()

    class Meta:
        ordering = ["designation", "function"]
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        constraints = [
            models.UniqueConstraint(
                fields=["designation", "function"],
                name="designation_competence_once",
                violation_error_code="function",
                violation_error_message=_("This function is named already."),
            ),
            models.CheckConstraint(
                condition=one_of("function", DesignationFunction),
                name="designation_competence_known",
            ),
        ]

    def __str__(self):
        return self.get_function_display()

    def natural_key(self):
        return (self.designation.key, self.function)

    natural_key.dependencies = ["tracker.designation"]

    @property
    def public_key(self):
        return f"{self.designation.key}/{self.function}"
