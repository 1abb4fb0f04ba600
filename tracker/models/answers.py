"""Answers that were given to writes with an Idempotency-Key, so that a repetition gets the same."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.people import User


class Answer(models.Model):
    """What a person was answered to a request with this key; kept for a day.

    ``rights`` is a digest of what the person might do then: after it has changed, nothing is
    repeated.
    """

    by = models.ForeignKey(User, models.CASCADE, related_name="answers")
    key = models.CharField(_("key"), max_length=200)
    request = models.CharField(_("digest of the request"), max_length=64)
    rights = models.CharField(_("digest of the rights"), max_length=64)
    at = models.DateTimeField(_("at"), db_index=True)
    status = models.PositiveSmallIntegerField(_("status"), null=True)
    headers = models.JSONField(_("headers"), default=dict)
    #: JSON as text: what was sent may come back in it, also a NUL, which jsonb does not hold.
    content = models.TextField(_("content"), default="null")
    #: The record that is shown, so that it is not shown again once it is closed to the reader.
    noun = models.CharField(_("kind of record"), max_length=40, blank=True)
    object_id = models.PositiveBigIntegerField(_("id"), null=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        constraints = [
            models.UniqueConstraint(fields=["by", "key"], name="answer_once"),
        ]

    def __str__(self):
        return f"{self.key} ({self.by})"
