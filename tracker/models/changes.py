"""The record of changes: one row for each write, chained by hash, never edited."""

import hashlib
import json

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.base import NounQuerySet, one_of
from tracker.models.people import User
from tracker.vocabulary import Door, Verb


class ChangeQuerySet(NounQuerySet):
    def of(self, obj):
        """The history of one object, the latest first."""
        return self.filter(noun=obj._meta.model_name, object_id=obj.pk).order_by("-sequence")


class Change(models.Model):
    """Who changed what, when, why, from what to what, and by which door."""

    sequence = models.PositiveBigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="changes", verbose_name=_("by")
    )
    door = models.CharField(_("door"), max_length=10, choices=Door)
    request_id = models.CharField(_("request"), max_length=36, blank=True)
    batch = models.UUIDField(_("batch"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    undoes = models.PositiveBigIntegerField(
        _("takes back number"), null=True, blank=True, db_index=True
    )
    verb = models.CharField(_("what"), max_length=10, choices=Verb)
    noun = models.CharField(_("kind of record"), max_length=40)
    object_id = models.PositiveBigIntegerField(_("id"))
    object_key = models.CharField(_("record"), max_length=300)
    differences = models.JSONField(
        _("differences"), help_text=_("Field → [before, after]; null where there was nothing.")
    )
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-sequence"]
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        constraints = [
            models.CheckConstraint(condition=one_of("door", Door), name="change_door_known"),
            models.CheckConstraint(condition=one_of("verb", Verb), name="change_verb_known"),
        ]
        indexes = [models.Index(fields=["noun", "object_id", "-sequence"], name="change_of_object")]

    def __str__(self):
        return f"{self.sequence}: {self.get_verb_display()} {self.noun} {self.object_key}"

    def compute_hash(self) -> str:
        """Return the hash over everything in this row and the hash of the row before it."""
        content = [
            self.sequence,
            self.at.isoformat(),
            self.by_id,
            self.door,
            self.request_id,
            str(self.batch or ""),
            self.reason,
            self.undoes,
            self.verb,
            self.noun,
            self.object_id,
            self.object_key,
            self.differences,
            self.previous_hash,
        ]
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()
