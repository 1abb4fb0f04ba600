"""The record of changes: one row for each write, chained by hash, never edited."""

import hashlib
import json

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tracker.models.assessments import Assessment, Report
from tracker.models.base import EVERY, NO, NounQuerySet, one_of
from tracker.models.designations import Designation, DesignationCompetence
from tracker.models.evidence import Citation, Evidence
from tracker.models.people import User
from tracker.rights import Act, Reach, reach
from tracker.vocabulary import Door, Verb

#: Kinds of record whose changes everybody sees who reads the register. A kind that is named
#: neither here nor in ``ChangeQuerySet.visible_to`` is for those who read the whole record.
OPEN_NOUNS = (
    "addressee",
    "body",
    "bodyname",
    "commitment",
    "deadline",
    "delivery",
    "document",
    "extension",
    "membership",
    "provision",
    "provisionlink",
    "region",
    "resolution",
    "resolutionlink",
    "theme",
)
#: The other kinds, for lists to choose from.
CLASSIFIED_NOUNS = (
    "assessment",
    "citation",
    "designation",
    "designationcompetence",
    "evidence",
    "report",
    "token",
    "user",
    "webhook",
)
#: The act by which a classified record is deleted.
DELETED_UNDER = {
    "assessment": Act.ASSESS,
    "citation": Act.ASSESS,
    "designation": Act.EDIT_REGISTER,
    "designationcompetence": Act.EDIT_REGISTER,
    "evidence": Act.ADD_EVIDENCE,
}
#: Steps of an assessment that the body concerned takes part in or is told of.
TOLD_TO_BODY = (Verb.SENT, Verb.COMMENTED, Verb.ADOPTED)


class ChangeQuerySet(NounQuerySet):
    def visible_to(self, user):
        """Changes of what ``user`` may see now, as far as its history is open to that person.

        How a record looked before it was handed on is for those who write it. What is
        classified and no longer there is for those who read the whole record; others see
        only that they deleted it.
        """
        scoped = super().visible_to(user)
        if reach(user, Act.READ_WHOLE_RECORD) == Reach.ALL:
            return scoped
        people = EVERY if reach(user, Act.READ_PEOPLE) == Reach.ALL else NO
        return scoped.filter(
            models.Q(noun__in=OPEN_NOUNS)
            | (models.Q(noun="user") & people)
            | _of_designations(user)
            | _of_reports(user)
            | _of_assessments(user)
            | _of_evidence(user)
            | _deleted_by(user)
        )

    def for_listing(self, *, on, viewer):
        """What a row of a list shows; the record is the same on any day."""
        return self.select_related("by")

    def search(self, text):
        """Changes whose record, reason or request ``text`` names."""
        return self.filter(
            models.Q(object_key__icontains=text)
            | models.Q(reason__icontains=text)
            | models.Q(request_id=text)
        )

    def of_record(self, key):
        """Changes of the record with this key and of what is part of it."""
        parts = models.Q(object_key__startswith=f"{key}/") | models.Q(
            object_key__startswith=f"{key} "
        )
        return self.filter(models.Q(object_key=key) | parts)

    def made_by(self, username):
        """Changes made by the person of that name."""
        return self.filter(by__username=username)

    def taken_back(self):
        """Condition for the changes that a later one took back."""
        later = Change.objects.filter(undoes__isnull=False)
        return models.Q(sequence__in=later.order_by().values("undoes"))

    def of(self, obj):
        """The history of one object, the latest first."""
        return self.filter(noun=obj._meta.model_name, object_id=obj.pk).order_by("-sequence")


def kinds_of_record() -> list[tuple[str, str]]:
    """Every kind of record that a change may speak of, with its name."""
    named = {name: apps.get_model("tracker", name) for name in (*OPEN_NOUNS, *CLASSIFIED_NOUNS)}
    return sorted((name, capfirst(model._meta.verbose_name)) for name, model in named.items())


def _of(noun: str, rows, *conditions: models.Q) -> models.Q:
    """Condition: changes of the ``rows`` of one kind; the rows are found once, not for each."""
    found = models.Q(noun=noun, object_id__in=_keys(rows))
    for condition in conditions:
        found &= condition
    return found


def _of_designations(user) -> models.Q:
    shown = Designation.objects.visible_to(user)
    own = shown.filter(Designation.objects.within(user, Act.READ_HISTORY))
    parts = DesignationCompetence.objects.filter(designation__in=_keys(shown))
    looked = models.Q(verb=Verb.REVEALED)
    return (
        _of("designation", shown, ~looked)
        | _of("designation", own, looked)
        | _of("designationcompetence", parts)
    )


def _of_reports(user) -> models.Q:
    """All of a report for those who write it; for others from the day it was submitted."""
    mine = _readable(Report, user)
    written = mine.filter(Report.objects.within(user, Act.READ_DRAFT_REPORTS))
    return _of("report", written) | _of(
        "report", mine, ~models.Q(verb__in=(Verb.CREATED, Verb.UPDATED))
    )


def _of_assessments(user) -> models.Q:
    """All of it for those who draft it; for the body concerned what it was told."""
    mine = _readable(Assessment, user)
    drafted = mine.filter(Assessment.objects.within(user, Act.READ_DRAFT_ASSESSMENTS))
    return _of("assessment", drafted) | _of("assessment", mine, models.Q(verb__in=TOLD_TO_BODY))


def _of_evidence(user) -> models.Q:
    """Evidence, and where it is cited; what an assessment cites is part of drafting it."""
    cited = Citation.objects.filter(evidence__in=_keys(Evidence.objects.visible_to(user)))
    drafted = _readable(Assessment, user).filter(
        Assessment.objects.within(user, Act.READ_DRAFT_ASSESSMENTS)
    )
    return (
        _of("evidence", _readable(Evidence, user))
        | _of("citation", cited.filter(report__in=_keys(_readable(Report, user))))
        | _of("citation", cited.filter(assessment__in=_keys(drafted)))
    )


def _deleted_by(user) -> models.Q:
    """One's own deletions, so that they can be taken back; not where rights may have moved."""
    nouns = [noun for noun, act in DELETED_UNDER.items() if reach(user, act) == Reach.ALL]
    return models.Q(noun__in=nouns, verb=Verb.DELETED, by=user.pk)


def _readable(model, user):
    """The rows that ``user`` sees and whose history is open to that person."""
    return model.objects.visible_to(user).filter(model.objects.within(user, Act.READ_HISTORY))


def _keys(rows):
    return rows.order_by().values("pk")


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

    @property
    def public_key(self) -> str:
        """The number of the change, as it stands in addresses."""
        return str(self.sequence)

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
