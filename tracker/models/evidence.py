"""Evidence: a shared record of what shows that something was done, and where it is cited."""

import secrets

from django.core.files.storage import storages
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import ClassifiedQuerySet, Noun, NounQuerySet, one_of, source_field
from tracker.models.bodies import Body
from tracker.models.people import User
from tracker.vocabulary import Classification, EvidenceKind, Independence, Language


def private_files():
    """Where files lie: a folder that no address leads to; a view hands them out."""
    return storages["evidence"]


def random_name(evidence, name: str) -> str:
    """A name that says nothing and cannot be guessed; the real one is a field."""
    token = secrets.token_hex(16)
    return f"{token[:2]}/{token}"


class EvidenceQuerySet(ClassifiedQuerySet):
    def get_by_natural_key(self, key):
        return self.get(key=key)


class Evidence(Noun):
    """One piece of evidence; reports and assessments cite it, each with its pinpoint."""

    key = models.CharField(_("key"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=12, choices=EvidenceKind)
    independence = models.CharField(_("independence"), max_length=15, choices=Independence)
    body = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("body concerned"),
    )
    event_on = models.DateField(_("date of the event"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    file = models.FileField(_("file"), storage=private_files, upload_to=random_name, blank=True)
    file_name = models.CharField(_("name of the file"), max_length=150, blank=True, editable=False)
    file_type = models.CharField(_("type of the file"), max_length=100, blank=True, editable=False)
    file_size = models.PositiveBigIntegerField(_("size of the file"), default=0, editable=False)
    checksum = models.CharField(_("checksum"), max_length=64, blank=True, editable=False)
    added_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="evidence_added", editable=False
    )
    note = models.TextField(_("note"), blank=True)
    classification = models.CharField(
        _("classification"),
        max_length=10,
        choices=Classification,
        default=Classification.INTERNAL,
    )
    source = source_field()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "title", "key"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        indexes = [models.Index(fields=["checksum"], name="evidence_same_file")]
        constraints = [
            models.CheckConstraint(
                condition=one_of("kind", EvidenceKind), name="evidence_kind_known"
            ),
            models.CheckConstraint(
                condition=one_of("independence", Independence), name="evidence_independence_known"
            ),
            models.CheckConstraint(
                condition=Q(language="") | one_of("language", Language),
                name="evidence_language_known",
            ),
            models.CheckConstraint(
                condition=one_of("classification", Classification),
                name="evidence_classification_known",
            ),
            models.CheckConstraint(
                condition=Q(published_on=None)
                | Q(valid_until=None)
                | Q(valid_until__gte=F("published_on")),
                name="evidence_valid_after_published",
                violation_error_code="valid_until",
                violation_error_message=_("“Valid until” lies before the day of publication."),
            ),
            models.CheckConstraint(
                condition=Q(file="", checksum="") | (~Q(file="") & ~Q(checksum="")),
                name="evidence_file_has_checksum",
            ),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.key,)

    natural_key.dependencies = ["tracker.body"]


class CitationQuerySet(NounQuerySet):
    def get_by_natural_key(self, key):
        return self.get(key=key)


class Citation(Noun):
    """Evidence cited for a commitment, by one report or by one assessment."""

    key = models.CharField(_("key"), max_length=160, unique=True, editable=False)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="citations")
    commitment = models.ForeignKey(
        "tracker.Commitment", models.PROTECT, related_name="citations", editable=False
    )
    report = models.ForeignKey(
        "tracker.Report", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    assessment = models.ForeignKey(
        "tracker.Assessment", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    pinpoint = models.CharField(
        _("pinpoint"), max_length=120, blank=True, help_text=_("Such as an article or a page.")
    )

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["evidence", "key"]
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.CheckConstraint(
                condition=Q(report=None, assessment__isnull=False)
                | Q(report__isnull=False, assessment=None),
                name="citation_by_report_or_assessment",
            ),
            models.UniqueConstraint(
                fields=["evidence", "report"],
                condition=Q(report__isnull=False),
                name="citation_once_a_report",
            ),
            models.UniqueConstraint(
                fields=["evidence", "assessment"],
                condition=Q(assessment__isnull=False),
                name="citation_once_an_assessment",
            ),
        ]

    def __str__(self):
        return f"{self.evidence} {self.pinpoint}".strip()

    def natural_key(self):
        return (self.key,)

    natural_key.dependencies = ["tracker.evidence", "tracker.report", "tracker.assessment"]

    def derive(self):
        citing = self.report or self.assessment
        self.commitment_id = citing.commitment_id
        if not self.key:
            self.key = f"{citing.key}.{self.evidence.key}"
