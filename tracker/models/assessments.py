"""What a body says of its commitment (Report) and what was concluded about it (Assessment)."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from tracker.models.base import NO, ClassifiedQuerySet, Noun, one_of
from tracker.models.bodies import Body
from tracker.models.people import User
from tracker.models.provisions import Provision
from tracker.rights import Act, Reach, reach
from tracker.vocabulary import (
    ENDED,
    SHOWN_TO_BODY,
    Basis,
    Classification,
    Effect,
    Position,
    Result,
    Step,
    Verb,
)


class AboutCommitment(ClassifiedQuerySet):
    """Rows that speak of one commitment."""

    body_path = "commitment__body"
    #: Field with what the row says in words.
    words: str

    def search(self, text):
        """Rows with this key, with ``text`` in their words, or of a paragraph or body it finds."""
        return self.filter(
            Q(key__iexact=text)
            | Q(**{f"{self.words}__icontains": text})
            | Q(commitment__provision__in=Provision.objects.search(text).order_by().values("pk"))
            | Q(commitment__body__in=Body.objects.search(text).order_by().values("pk"))
        )

    def with_commitment(self):
        """The commitment of each row, with all that its address and name are made of."""
        return self.select_related("commitment__provision__resolution", "commitment__body")


class ReportQuerySet(AboutCommitment):
    words = "text"
    published = Q(submitted_on__isnull=False)

    def get_by_natural_key(self, key):
        return self.get(key=key)

    def unpublished(self, user):
        """Drafts, for those who write them."""
        return Q(submitted_on=None) & self.within(user, Act.READ_DRAFT_REPORTS)

    def as_of(self, on):
        """Reports submitted by ``on``, and drafts, which have no day."""
        return self.filter(Q(submitted_on__lte=on) | Q(submitted_on=None))

    def for_listing(self, *, on, viewer):
        """Reports of that day with their commitments and authors."""
        return self.as_of(on).with_commitment().select_related("author")

    def submitted(self, on):
        """Reports that had been submitted by ``on``, the latest first."""
        return self.filter(submitted_on__lte=on).order_by("-submitted_on", "-pk")


class Report(Noun):
    """A body's own word on a commitment; it never changes the assessment."""

    key = models.CharField(_("key"), max_length=80, unique=True)
    commitment = models.ForeignKey("tracker.Commitment", models.PROTECT, related_name="reports")
    position = models.CharField(_("position"), max_length=15, choices=Position)
    text = models.TextField(_("text"), blank=True)
    submitted_on = models.DateField(
        _("submitted on"), null=True, blank=True, help_text=_("Empty while it is a draft.")
    )
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="reports")
    classification = models.CharField(
        _("classification"),
        max_length=10,
        choices=Classification,
        default=Classification.INTERNAL,
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_on", "-pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.CheckConstraint(
                condition=one_of("position", Position), name="report_position_known"
            ),
            models.CheckConstraint(
                condition=one_of("classification", Classification),
                name="report_classification_known",
            ),
        ]
        indexes = [models.Index("commitment", F("submitted_on").desc(), name="report_latest")]

    def __str__(self):
        return self.key

    def natural_key(self):
        return (self.key,)

    natural_key.dependencies = ["tracker.commitment"]


def _changes(**which):
    """The changes of an assessment, for a subquery, the latest first."""
    changes = apps.get_model("tracker", "Change").objects
    return changes.filter(noun="assessment", object_id=OuterRef("pk"), **which).order_by(
        "-sequence"
    )


class AssessmentQuerySet(AboutCommitment):
    words = "rationale"
    published = Q(step=Step.ADOPTED)

    def get_by_natural_key(self, key):
        return self.get(key=key)

    def unpublished(self, user):
        """What was sent for comments, for the body concerned; drafts for those who write them."""
        sent = Q(step__in=SHOWN_TO_BODY) & self.within(user, Act.READ_SENT_ASSESSMENTS)
        return sent | (~Q(step=Step.ADOPTED) & self.within(user, Act.READ_DRAFT_ASSESSMENTS))

    def as_of(self, on):
        """Assessments adopted by ``on``, and those that are not adopted, whatever the day."""
        return self.filter(Q(adopted_on__lte=on) | Q(adopted_on=None))

    def for_listing(self, *, on, viewer):
        """Assessments of that day with commitment, drafter, claim and since when they wait."""
        people = ("drafted_by", "adopted_by", "claim__by")
        return self.as_of(on).with_commitment().select_related(*people).with_waiting()

    def drafted(self, user, *whose):
        """Assessments that ``user`` wrote any of (``"me"``), or that others wrote (``"others"``).

        Who changed a draft that somebody else began wrote some of it (four eyes).
        """
        wrote = _changes(by=user.pk, verb__in=(Verb.CREATED, Verb.UPDATED))
        mine = Q(drafted_by=user.pk) | Exists(wrote)
        wanted = {"me": mine, "others": ~mine}
        return self.filter(wanted[whose[0]]) if len(set(whose)) == 1 else self

    def claimed(self, user, *whose):
        """Assessments claimed by ``user`` (``"me"``), by ``"others"``, or by nobody (``"no"``).

        Who does not see how an assessment is made is not told that somebody claimed it.
        """
        told = reach(user, Act.READ_DRAFT_ASSESSMENTS) != Reach.NONE
        mine, taken = Q(claim__by=user.pk), Q(claim__isnull=False) if told else NO
        conditions = {"me": mine, "others": taken & ~mine, "no": ~taken}
        wanted = Q()
        for key in whose:
            wanted |= conditions[key]
        return self.filter(wanted)

    def with_waiting(self):
        """Annotate ``waiting_since``: put under review, else commented on, else sent."""
        reviewed = _changes(verb=Verb.REVIEWED).annotate(day=TruncDate("at"))
        return self.annotate(
            waiting_since=Coalesce(Subquery(reviewed.values("day")[:1]), "comments_on", "sent_on")
        )

    def under_way(self):
        """Assessments that are neither adopted nor withdrawn."""
        return self.exclude(step__in=ENDED)

    def adopted(self, on):
        """Assessments that had been adopted by ``on``, the latest first."""
        return self.filter(step=Step.ADOPTED, adopted_on__lte=on).order_by("-adopted_on", "-pk")


class Assessment(Noun):
    """A dated judgement on one commitment; once adopted it never changes."""

    key = models.CharField(_("key"), max_length=80, unique=True)
    commitment = models.ForeignKey("tracker.Commitment", models.PROTECT, related_name="assessments")
    step = models.CharField(_("step"), max_length=20, choices=Step, default=Step.DRAFT)
    result = models.CharField(_("result"), max_length=25, choices=Result)
    effect = models.CharField(_("effect in practice"), max_length=12, choices=Effect, blank=True)
    basis = models.CharField(_("basis"), max_length=12, choices=Basis)
    rationale = models.TextField(_("rationale"), blank=True)
    body_comment = models.TextField(_("comment of the body"), blank=True)
    drafted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="assessments_drafted"
    )
    adopted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="assessments_adopted"
    )
    sent_on = models.DateField(_("sent to the body on"), null=True, blank=True)
    comments_due_on = models.DateField(_("comments due on"), null=True, blank=True)
    comments_on = models.DateField(_("comments received on"), null=True, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    follow_up_on = models.DateField(_("follow-up on"), null=True, blank=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    source_scale = models.CharField(_("scale of the source"), max_length=40, blank=True)
    source_value = models.CharField(_("value in the source"), max_length=40, blank=True)
    classification = models.CharField(
        _("classification"),
        max_length=10,
        choices=Classification,
        default=Classification.INTERNAL,
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-adopted_on", "-pk"]
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.CheckConstraint(condition=one_of("step", Step), name="assessment_step_known"),
            models.CheckConstraint(
                condition=one_of("result", Result), name="assessment_result_known"
            ),
            models.CheckConstraint(
                condition=Q(effect="") | one_of("effect", Effect), name="assessment_effect_known"
            ),
            models.CheckConstraint(condition=one_of("basis", Basis), name="assessment_basis_known"),
            models.CheckConstraint(
                condition=one_of("classification", Classification),
                name="assessment_classification_known",
            ),
            models.CheckConstraint(
                condition=Q(step=Step.ADOPTED, adopted_on__isnull=False)
                | (~Q(step=Step.ADOPTED) & Q(adopted_on=None)),
                name="assessment_adopted_has_date",
            ),
            models.CheckConstraint(
                condition=Q(adopted_by=None) | Q(drafted_by=None) | ~Q(adopted_by=F("drafted_by")),
                name="assessment_four_eyes",
                violation_error_code="adopted_by",
                violation_error_message=_("Who adopts an assessment is not who drafted it."),
            ),
            models.CheckConstraint(
                condition=~Q(result__in=(Result.INSUFFICIENT_INFORMATION, Result.NOT_APPLICABLE))
                | ~Q(rationale=""),
                name="assessment_reason_outside_scale",
                violation_error_code="rationale",
                violation_error_message=_(
                    "“Insufficient information” and “not applicable” need a reason."
                ),
            ),
            models.CheckConstraint(
                condition=Q(follows=None) | ~Q(follows=F("id")),
                name="assessment_does_not_follow_itself",
            ),
            models.UniqueConstraint(
                fields=["commitment"],
                condition=~Q(step__in=ENDED),
                name="assessment_one_under_way",
                violation_error_code="commitment",
                violation_error_message=_(
                    "An assessment of this commitment is under way; finish or withdraw it first."
                ),
            ),
        ]
        indexes = [
            models.Index(
                "commitment",
                F("adopted_on").desc(),
                name="assessment_latest",
                condition=Q(step=Step.ADOPTED),
            ),
            models.Index(fields=["follow_up_on"], name="assessment_follow_up"),
            models.Index(
                fields=["classification", "adopted_on"],
                name="assessment_level",
                condition=Q(step=Step.ADOPTED),
            ),
        ]

    def __str__(self):
        return self.key

    def natural_key(self):
        return (self.key,)

    natural_key.dependencies = ["tracker.commitment"]
