"""Commitments: one provision, one body, and the four facts known of the pair on any day."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tracker import symbols
from tracker.models.base import Noun, NounQuerySet, one_of, source_field
from tracker.models.bodies import Body
from tracker.models.deadlines import Deadline, DueDate
from tracker.models.evidence import Citation, Evidence
from tracker.models.known import seen_by
from tracker.models.provisions import Provision
from tracker.rights import Act, Reach, reach
from tracker.vocabulary import (
    DUE_SOON_DAYS,
    NOT_ASSESSED,
    CommitmentRole,
    Timing,
)

TEXT = models.CharField()
#: The facts that are kept as they are shown.
CONCLUDED = ("result", "effect", "assessed_on", "follow_up_on")
KEPT = ("position", "reported_on", *CONCLUDED, "next_due_on", "due_on", "delivered_on")


class CommitmentQuerySet(NounQuerySet):
    #: Whether nothing changes after the day that the rows were made for.
    still = False

    def _clone(self):
        copy = super()._clone()
        copy.still = self.still
        return copy

    def get_by_natural_key(self, provision, body):
        return self.get(provision__key=provision, body__code=body)

    def get_by_public_key(self, key):
        provision, _sep, body = key.rpartition("/")
        return self.get_by_natural_key(provision, body)

    def as_of(self, on):
        """Commitments that stood on that day."""
        return self.filter(Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gt=on))

    def in_order(self):
        """By resolution, in official order, then by the body's name; always total."""
        return self.order_by(
            "provision__resolution__year",
            "provision__resolution__number",
            "provision__path",
            "body__name",
            "body__code",
        )

    def search(self, text):
        """Commitments of the provisions or of the bodies that ``text`` finds."""
        return self.filter(
            Q(provision__in=Provision.objects.search(text).order_by().values("pk"))
            | Q(body__in=Body.objects.search(text).order_by().values("pk"))
        )

    def for_listing(self, *, on, viewer):
        """Everything a row of a list shows, as of ``on`` and as far as ``viewer`` may see."""
        rows = self.as_of(on).with_facts(on=on, viewer=viewer)
        return rows.select_related("provision__resolution", "body__region")

    def for_whole_listing(self, *, on, viewer):
        """The same for a list over everything, where nothing changes after that day.

        What is current then says what held, and is found faster.
        """
        rows = self.filter(Q(known__current=True) & seen_by(viewer))._with_facts(on, viewer)
        rows.still = True
        return rows.select_related("provision__resolution", "body__region")

    def for_counting(self, *, on, viewer):
        """What bars and shares count: the commitments of addressees, with their result.

        A body named only in support is listed, but not assessed, so it is not counted.
        """
        counted = self.as_of(on).filter(role=CommitmentRole.ADDRESSEE)._known(on, viewer)
        return counted.annotate(**{name: F(f"known__{name}") for name in CONCLUDED}).order_by()

    def with_facts(self, *, on, viewer):
        """Annotate the four facts of each commitment, each as it stood on ``on``.

        Adds ``position``, ``reported_on``; ``evidence_count``; ``result``, ``effect``,
        ``assessed_on``, ``follow_up_on``; ``due_on``, ``delivered_on`` and ``timing``. What
        ``viewer`` may not see counts as not there.
        """
        return self._known(on, viewer)._with_facts(on, viewer)

    def moved_since(self, day, viewer):
        """Those whose result is another than on ``day``, which is annotated as ``result_then``.

        Rows come with the ``result`` of the day shown; on days before it stood, a commitment
        counts as not assessed.
        """
        then = Commitment.objects.as_of(day)._known(day, viewer).filter(pk=OuterRef("pk"))
        known = Subquery(then.values("known__result")[:1])
        moved = self.annotate(result_then=Coalesce(known, Value(NOT_ASSESSED), output_field=TEXT))
        return moved.exclude(result_then=F("result"))

    def _with_facts(self, on, viewer):
        known = self.annotate(**{name: F(f"known__{name}") for name in KEPT})
        return known._with_evidence(on, viewer)._with_timing(on)

    def _known(self, on, viewer):
        """Joined to what was known on that day, one row each, as far as ``viewer`` may see."""
        standing = Q(known__from_on__lte=on, known__until_on__gt=on)
        return self.filter(standing & seen_by(viewer))

    def _with_evidence(self, on, viewer):
        """How much evidence; counted anew for who sees what is restricted of some bodies only.

        The body that evidence concerns need not be the one whose commitment it is cited for.
        """
        if reach(viewer, Act.READ_RESTRICTED) != Reach.OWN:
            return self.annotate(evidence_count=F("known__evidence_count"))
        cited = (
            Citation.objects.shown(on=on, viewer=viewer)
            .filter(commitment=OuterRef("pk"), evidence__in=Evidence.objects.visible_to(viewer))
            .order_by()
            .values("commitment")
            .annotate(n=Count("evidence", distinct=True))
        )
        return self.annotate(evidence_count=Coalesce(Subquery(cited.values("n")), 0))

    def _with_timing(self, on):
        """The earliest date still open decides; when all are met, the last delivery does."""
        soon = on + datetime.timedelta(days=DUE_SOON_DAYS)
        return self.annotate(
            timing=Case(
                When(next_due_on__lt=on, then=Value(Timing.OVERDUE)),
                When(next_due_on__lte=soon, then=Value(Timing.DUE_SOON)),
                When(next_due_on__gt=soon, then=Value(Timing.UPCOMING)),
                When(~Q(known__met=""), then=F("known__met")),
                default=Value(Timing.NO_DATE),
                output_field=TEXT,
            ),
        )


def timing_on(next_due_on: datetime.date | None, met: str, *, on: datetime.date) -> str:
    """``timing`` of one commitment, by the same rule as the annotation of that name."""
    if next_due_on is None:
        return met or Timing.NO_DATE
    if next_due_on < on:
        return Timing.OVERDUE
    soon = next_due_on <= on + datetime.timedelta(days=DUE_SOON_DAYS)
    return Timing.DUE_SOON if soon else Timing.UPCOMING


def open_dates(*, on, **which):
    """Rows for a subquery of commitments: the dates not met by ``on``, the earliest first.

    ``which`` narrows the dates; each has ``until_on``, the date as extended by that day.
    """
    mine = {
        "commitment": OuterRef(OuterRef("pk")),
        "deadline": OuterRef("deadline"),
        "number": OuterRef("number"),
    }
    met = Delivery.objects.filter(delivered_on__lte=on, **mine)
    dated = DueDate.objects.filter(deadline__provision=OuterRef("provision"), **which)
    dated = dated.annotate(until_on=extended_date(on=on, **mine))
    return dated.filter(~Exists(met)).order_by("until_on", "pk")


def extended_date(*, on, set_on="due_on", **of):
    """Expression: the date as extended by ``on``, or as it was set; ``of`` names the date."""
    extended = Extension.objects.filter(granted_on__lte=on, **of).order_by("-granted_on", "-pk")
    return Coalesce(Subquery(extended.values("until_on")[:1]), F(set_on))


class Commitment(Noun):
    """What one provision asks of one body; made by expanding the provision's addressees."""

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="commitments")
    body = models.ForeignKey(Body, models.PROTECT, related_name="commitments")
    role = models.CharField(
        _("role"), max_length=12, choices=CommitmentRole, default=CommitmentRole.ADDRESSEE
    )
    starts_on = models.DateField(_("stands from"))
    ends_on = models.DateField(_("stands until"), null=True, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["provision", "body"]
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            models.UniqueConstraint(fields=["provision", "body"], name="commitment_pair_once"),
            models.CheckConstraint(
                condition=one_of("role", CommitmentRole), name="commitment_role_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="commitment_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message=_("“Stands until” lies before “stands from”."),
            ),
        ]
        indexes = [
            models.Index(fields=["starts_on"], name="commitment_starts"),
            models.Index(
                fields=["ends_on"], name="commitment_ends", condition=Q(ends_on__isnull=False)
            ),
        ]

    def __str__(self):
        return self.public_key

    def natural_key(self):
        return (self.provision.key, self.body.code)

    natural_key.dependencies = ["tracker.provision", "tracker.body"]

    def open_dates(self, on):
        """The dates not met yet, each as extended by ``on`` (``until_on``), the earliest first.

        A body that is named only in support has none.
        """
        mine = {"commitment": self.pk, "deadline": OuterRef("deadline")}
        mine["number"] = OuterRef("number")
        dates = DueDate.objects.filter(deadline__provision=self.provision_id)
        if self.role != CommitmentRole.ADDRESSEE:
            return dates.none()
        met = Delivery.objects.filter(**mine)
        return (
            dates.annotate(until_on=extended_date(on=on, **mine))
            .filter(~Exists(met))
            .select_related("deadline")
            .order_by("until_on", "pk")
        )

    @property
    def public_key(self):
        """``S/RES/2322(2016)/13(e)/FRA``: the provision's key and the body's code."""
        return symbols.commitment_key(self.provision.key, self.body.code)


def split_commitment_key(key: str) -> tuple[str, str]:
    """Split a commitment's key into provision key and body code.

    Raises ``ValueError`` with a sentence for the user when ``key`` is not one.
    """
    provision, _sep, code = key.rpartition("/")
    return symbols.provision_key(*_resolution_number_component(provision)), code.upper()


def _resolution_number_component(provision: str) -> tuple[str, str, str]:
    resolution, component, number = symbols.split_provision_key(provision)
    return resolution, number, component


class DatedQuerySet(NounQuerySet):
    """What happens to one date of one commitment."""

    def get_by_natural_key(self, provision, label, body, number=1, *more):
        return self.get(
            deadline__provision__key=provision,
            deadline__label=label,
            commitment__body__code=body,
            number=number,
            **dict(zip(self.model.key_fields, more, strict=True)),
        )


class Dated(Noun):
    """A row about one date of one commitment; ``number`` tells the dates of a series apart."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="%(class)ss")
    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="%(class)ss")
    number = models.PositiveSmallIntegerField(_("occurrence"), default=1)

    objects = DatedQuerySet.as_manager()

    #: Fields that tell rows about the same date apart.
    key_fields = ()

    class Meta:
        abstract = True

    def __str__(self):
        return self.public_key

    def natural_key(self):
        base = (self.deadline.provision.key, self.deadline.label, self.commitment.body.code)
        more = [str(getattr(self, name)) for name in self.key_fields]
        return (*base, self.number, *more) if more or self.number != 1 else base

    natural_key.dependencies = ["tracker.commitment", "tracker.deadline"]

    @property
    def public_key(self):
        return "/".join(str(part) for part in self.natural_key())

    def clean(self):
        """Refuse a date that the paragraph of the commitment does not set."""
        if self.deadline.provision_id != self.commitment.provision_id:
            raise ValidationError(
                {"deadline": _("This date belongs to another paragraph; choose one of this.")}
            )
        if not self.deadline.due_dates.filter(number=self.number).exists():
            raise ValidationError(
                {
                    "number": _("“%(label)s” has no date number %(number)d.")
                    % {"label": self.deadline.label, "number": self.number}
                }
            )


class Delivery(Dated):
    """When what a deadline asks for was delivered, and how that is known."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="deliveries")
    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="deliveries")
    delivered_on = models.DateField(_("delivered on"))
    source = source_field()

    class Meta:
        ordering = ["-delivered_on", "pk"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "deadline", "number"],
                name="delivery_once",
                violation_error_code="deadline",
                violation_error_message=_("A delivery for this date is recorded already."),
            ),
        ]


class Extension(Dated):
    """A later date granted to one body, and why; the latest one counts."""

    until_on = models.DateField(_("extended until"))
    granted_on = models.DateField(_("granted on"))
    why = models.TextField(_("reason for the extension"))
    source = source_field()

    key_fields = ("granted_on", "until_on")

    class Meta:
        ordering = ["-granted_on", "pk"]
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "deadline", "number", "granted_on", "until_on"],
                name="extension_once",
                violation_error_code="until_on",
                violation_error_message=_("This extension is recorded already."),
            ),
            models.CheckConstraint(
                condition=~Q(why=""),
                name="extension_has_reason",
                violation_error_code="why",
                violation_error_message=_("Say why the date is extended."),
            ),
        ]
