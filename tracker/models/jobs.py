"""What is long and runs beside the pages: asked for by somebody, done by a worker, with a receipt.

No facts of the register: losing these rows loses files that can be prepared again.
"""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.base import NounQuerySet, one_of
from tracker.models.people import User
from tracker.models.tokens import Token
from tracker.models.work import TableImport
from tracker.vocabulary import Door, JobKind, JobState


class JobQuerySet(NounQuerySet):
    def visible_to(self, user):
        """One's own; nobody sees those of somebody else."""
        return super().visible_to(user).filter(owner=user.pk)

    def for_listing(self, *, on, viewer):
        """What a row of a list shows; the latest first."""
        return self.order_by("-asked_at", "-pk")

    def open(self):
        """Those that still have something to do."""
        return self.filter(state__in=(JobState.WAITING, JobState.RUNNING))

    def with_file(self):
        """Those whose file is still there."""
        return self.filter(file_size__isnull=False)


class Job(models.Model):
    """One thing to do for its owner, with the rights that the owner has when it is done."""

    key = models.CharField(_("key"), max_length=32, unique=True)
    owner = models.ForeignKey(User, models.CASCADE, related_name="jobs", verbose_name=_("owner"))
    #: The token that it was asked with: it narrows the rights, and has to be open still.
    token = models.ForeignKey(Token, models.SET_NULL, null=True, related_name="+")
    door = models.CharField(_("door"), max_length=10, choices=Door)
    language = models.CharField(_("language"), max_length=10)
    kind = models.CharField(_("kind"), max_length=10, choices=JobKind)
    asked = models.TextField(_("asked for"), help_text=_("A path of the dashboard, with filters."))
    told = models.JSONField(_("with"), default=dict, help_text=_("What else was said, by name."))
    table = models.ForeignKey(TableImport, models.SET_NULL, null=True, related_name="jobs")
    state = models.CharField(
        _("state"), max_length=12, choices=JobState, default=JobState.WAITING, db_index=True
    )
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    asked_at = models.DateTimeField(_("asked"))
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("ended"), null=True)
    message = models.TextField(_("message"), blank=True)
    receipt = models.JSONField(_("receipt"), default=dict)
    #: What the file was made under: how the owner could read, and up to which change.
    rights = models.CharField(max_length=64, blank=True)
    sequence = models.PositiveBigIntegerField(null=True)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    file_type = models.CharField(max_length=100, blank=True)
    file_size = models.PositiveBigIntegerField(_("size"), null=True, help_text=_("In bytes."))
    checksum = models.CharField(_("SHA-256"), max_length=64, blank=True)
    expires_at = models.DateTimeField(_("kept until"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.CheckConstraint(condition=one_of("state", JobState), name="job_state"),
            models.CheckConstraint(condition=one_of("kind", JobKind), name="job_kind"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.key})"

    def natural_key(self):
        return (self.key,)

    @property
    def public_key(self) -> str:
        """The key in addresses."""
        return self.key

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.state in (JobState.WAITING, JobState.RUNNING)

    def has_file(self, at: datetime.datetime) -> bool:
        """Whether its file is kept at that moment."""
        return self.file_size is not None and self.expires_at > at
