"""What helps people at work and is no fact of the register: claims, unsaved text, visits.

These rows are not in the record of changes; losing them loses no knowledge.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.assessments import Assessment
from tracker.models.people import User


class Claim(models.Model):
    """Who has taken an assessment from the review queue."""

    assessment = models.OneToOneField(Assessment, models.CASCADE, related_name="claim")
    by = models.ForeignKey(User, models.CASCADE, related_name="claims")
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("claim")
        verbose_name_plural = _("claims")

    def __str__(self):
        return f"{self.assessment} ({self.by})"


class Unsaved(models.Model):
    """What somebody typed into a form and has not saved yet, kept so that it is not lost."""

    by = models.ForeignKey(User, models.CASCADE, related_name="unsaved")
    form = models.CharField(_("form"), max_length=300, help_text=_("The address of the form."))
    fields = models.JSONField(_("fields"))
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["-at", "pk"]
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        constraints = [
            models.UniqueConstraint(fields=["by", "form"], name="unsaved_once"),
        ]

    def __str__(self):
        return f"{self.form} ({self.by})"


class Visit(models.Model):
    """Up to which change somebody has marked everything as seen."""

    by = models.OneToOneField(User, models.CASCADE, related_name="visit")
    sequence = models.PositiveBigIntegerField(_("seen up to number"), default=0)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")

    def __str__(self):
        return f"{self.by}: {self.sequence}"


class Preference(models.Model):
    """What somebody has chosen for mail; without a row nothing is sent."""

    by = models.OneToOneField(User, models.CASCADE, related_name="preference")
    digest = models.BooleanField(_("weekly digest by mail"), default=False)
    language = models.CharField(_("language of mail"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")

    def __str__(self):
        return f"{self.by}"


class Digest(models.Model):
    """That somebody was sent the digest of a week, so that nobody is sent it twice."""

    by = models.ForeignKey(User, models.CASCADE, related_name="digests")
    week = models.DateField(_("week"), help_text=_("Its Monday."))
    at = models.DateTimeField(_("at"))
    numbers = models.JSONField(_("numbers"), help_text=_("What it counted, by kind."))

    class Meta:
        ordering = ["-week", "pk"]
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [models.UniqueConstraint(fields=["by", "week"], name="digest_once_a_week")]

    def __str__(self):
        return f"{self.by}: {self.week}"


class TableImport(models.Model):
    """A table that somebody brought: its bytes until it is applied, then what came of it."""

    by = models.ForeignKey(User, models.CASCADE, related_name="imports")
    noun = models.CharField(_("kind of table"), max_length=20)
    name = models.CharField(_("file"), max_length=150)
    content = models.BinaryField(_("content"), help_text=_("Empty once it was applied."))
    columns = models.JSONField(_("columns"), default=dict, help_text=_("Theirs → ours, as chosen."))
    at = models.DateTimeField(_("at"))
    batch = models.UUIDField(_("batch"), null=True, blank=True)
    outcome = models.JSONField(_("what came of it"), default=dict)
    trial = models.JSONField(
        _("trial"), default=dict, help_text=_("What a job found, with the columns as chosen.")
    )
    errors = models.TextField(
        _("error file"), blank=True, help_text=_("Its refused rows as CSV, once it was applied.")
    )

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self):
        return f"{self.name} ({self.by})"
