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
