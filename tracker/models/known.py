"""What is known of each commitment from one day until another, and how many know the same.

Derived rows, never typed; ``tracker.actions.known`` keeps them.
"""

import datetime

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import one_of
from tracker.models.bodies import Body
from tracker.models.resolutions import Provision
from tracker.rights import Act, Reach, reach
from tracker.vocabulary import CommitmentRole, Eyes

#: Stands for "whatever the theme" in a tally.
ANY_THEME = 0


class KnownQuerySet(models.QuerySet):
    def stand_still_after(self, on) -> bool:
        """Whether nothing changes after ``on``, so that what is current is what holds that day."""
        commitments = apps.get_model("tracker", "Commitment").objects.order_by()
        ahead = [
            self.filter(from_on__gt=on).exclude(from_on=datetime.date.min).order_by(),
            commitments.filter(starts_on__gt=on),
            commitments.filter(ends_on__gt=on),
        ]
        first, *others = (rows.values_list(models.Value(1)) for rows in ahead)
        return not first.union(*others, all=True)[:1]


class Known(models.Model):
    """One span of days in which nothing that is known of a commitment changed."""

    commitment = models.ForeignKey("tracker.Commitment", models.CASCADE, related_name="known")
    # As the commitment has them: kept here too, so that one table answers for all.
    provision = models.ForeignKey(Provision, models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=12, choices=CommitmentRole)
    eyes = models.CharField(_("for whose eyes"), max_length=5, choices=Eyes)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until the day before"))
    current = models.BooleanField(_("the last span of a commitment that has no end"))
    position = models.CharField(_("reported position"), max_length=15)
    reported_on = models.DateField(_("reported on"), null=True)
    evidence_count = models.PositiveIntegerField(_("evidence"))
    result = models.CharField(_("result"), max_length=25)
    effect = models.CharField(_("effect in practice"), max_length=12, blank=True)
    assessed_on = models.DateField(_("assessed on"), null=True)
    follow_up_on = models.DateField(_("follow-up on"), null=True)
    next_due_on = models.DateField(_("next due on"), null=True)
    due_on = models.DateField(_("due on"), null=True)
    delivered_on = models.DateField(_("delivered on"), null=True)
    met = models.CharField(_("how the last date was met"), max_length=15, blank=True)

    objects = KnownQuerySet.as_manager()

    class Meta:
        ordering = ["commitment", "from_on", "eyes"]
        verbose_name = _("known facts")
        verbose_name_plural = _("known facts")
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "from_on", "eyes"], name="known_once_a_day"
            ),
            models.CheckConstraint(condition=one_of("eyes", Eyes), name="known_eyes_known"),
            models.CheckConstraint(
                condition=Q(until_on__gt=models.F("from_on")), name="known_ends_after_start"
            ),
        ]
        indexes = [
            # Every commitment has a first span; only what came later can lie ahead of a day.
            models.Index(
                fields=["from_on"], name="known_later", condition=Q(from_on__gt=datetime.date.min)
            ),
            models.Index(
                fields=["body", "next_due_on"], name="known_body_due", condition=Q(current=True)
            ),
            models.Index(
                fields=["provision", "result"], name="known_provision", condition=Q(current=True)
            ),
            models.Index(fields=["due_on"], name="known_due", condition=Q(current=True)),
        ]

    def __str__(self):
        return f"{self.commitment_id} {self.from_on} {self.eyes}"


class TallyQuerySet(models.QuerySet):
    def seen_by(self, viewer):
        """The tallies that are for the eyes of ``viewer``."""
        return self.filter(seen_by(viewer, prefix=""))


class Tally(models.Model):
    """How many commitments show a result as things stand, by theme, body and role.

    ``theme`` is the id of a theme, for commitments under it or a theme within it, or
    ``ANY_THEME``. Commitments that have an end are not counted.
    """

    theme = models.PositiveBigIntegerField(_("theme"))
    body = models.ForeignKey(Body, models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=12, choices=CommitmentRole)
    eyes = models.CharField(_("for whose eyes"), max_length=5, choices=Eyes)
    result = models.CharField(_("result"), max_length=25)
    number = models.PositiveIntegerField(_("number"))

    objects = TallyQuerySet.as_manager()

    class Meta:
        ordering = ["theme", "body", "role", "eyes", "result"]
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "body", "role", "eyes", "result"], name="tally_once"
            ),
        ]

    def __str__(self):
        return f"{self.theme} {self.body_id} {self.result}: {self.number}"


def seen_by(viewer, *, prefix: str = "known__") -> Q:
    """Condition on the spans that are for the eyes of ``viewer``; ``prefix`` leads to them."""
    reached = reach(viewer, Act.READ_RESTRICTED)
    for_all, narrow, whole = (
        Q(**{f"{prefix}eyes": eyes}) for eyes in (Eyes.ALL, Eyes.OPEN, Eyes.WHOLE)
    )
    if reached == Reach.ALL:
        return for_all | whole
    if reached == Reach.NONE:
        return for_all | narrow
    bodies = Body.objects.spoken_for_by(viewer).order_by().values("pk")
    own = Q(**{f"{prefix}body__in": bodies})
    return for_all | (whole & own) | (narrow & ~own)
