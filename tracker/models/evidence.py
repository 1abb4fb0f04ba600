"""Evidence: a shared record of what shows that something was done, and where it is cited."""

import secrets
from functools import partial

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import models, transaction
from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import (
    ClassifiedQuerySet,
    Noun,
    NounQuerySet,
    count_of,
    one_of,
    source_field,
)
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


#: How an address begins that a page may lead to.
WEB = ("http://", "https://")


class EvidenceQuerySet(ClassifiedQuerySet):
    def get_by_natural_key(self, key):
        return self.get(key=key)

    def as_of(self, on):
        """Evidence published by ``on``; one without that date is always shown."""
        return self.filter(Q(published_on=None) | Q(published_on__lte=on))

    def for_listing(self, *, on, viewer):
        """Evidence of that day with its body, and how often ``viewer`` sees it cited by then."""
        cited = Citation.objects.shown(on=on, viewer=viewer).filter(evidence=OuterRef("pk"))
        return self.as_of(on).select_related("body").annotate(citation_count=count_of(cited))

    def search(self, text):
        """Evidence with this key, or with ``text`` in its title, note, source or file name."""
        return self.filter(
            Q(key__iexact=text)
            | Q(title__icontains=text)
            | Q(note__icontains=text)
            | Q(source__icontains=text)
            | Q(file_name__icontains=text)
        )

    def with_file(self, checksum):
        """Evidence that holds exactly this file."""
        return self.exclude(checksum="").filter(checksum=checksum)


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

    @property
    def link(self) -> str:
        """The address, where it is one that a page may lead to."""
        return self.url if self.url.lower().startswith(WEB) else ""

    def clean(self):
        if self.url and not self.link:
            raise ValidationError({"url": _("Give an address that begins with https://.")})

    def delete(self, *args, **kwargs):
        """Delete the row, and its file once that is certain; whatever action asked for it."""
        name, gone = self.file.name, super().delete(*args, **kwargs)
        if name:
            transaction.on_commit(partial(self.file.storage.delete, name))
        return gone

    def natural_key(self):
        return (self.key,)

    natural_key.dependencies = ["tracker.body"]


class CitationQuerySet(NounQuerySet):
    def get_by_natural_key(self, key):
        return self.get(key=key)

    def visible_to(self, user):
        """Citations of what ``user`` may see, by what ``user`` may see."""
        seen = Evidence.objects.visible_to(user).order_by().values("pk")
        return self.open_to(user).filter(evidence__in=seen)

    def open_to(self, user):
        """Citations by reports and assessments that ``user`` may see, drafts included."""
        return self._by(_rows("Report", user), _rows("Assessment", user))

    def shown(self, *, on, viewer):
        """Citations by what was submitted or adopted by ``on`` and ``viewer`` may see."""
        reports, assessments = _rows("Report", viewer), _rows("Assessment", viewer)
        return self._by(reports.submitted(on), assessments.adopted(on))

    def _by(self, reports, assessments):
        return self.filter(
            Q(report__in=reports.order_by().values("pk"))
            | Q(assessment__in=assessments.order_by().values("pk"))
        )


def _rows(model, user):
    return apps.get_model("tracker", model).objects.visible_to(user)


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
