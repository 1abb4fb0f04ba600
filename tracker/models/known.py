"""What is known of each commitment, from one day until another: derived rows, never typed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import one_of
from tracker.models.bodies import Body
from tracker.rights import Act, Reach, reach
from tracker.vocabulary import Eyes


class Known(models.Model):
    """One span of days in which nothing that is known of a commitment changed."""

    commitment = models.ForeignKey("tracker.Commitment", models.CASCADE, related_name="known")
    eyes = models.CharField(_("for whose eyes"), max_length=5, choices=Eyes)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until the day before"))
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

    def __str__(self):
        return f"{self.commitment_id} {self.from_on} {self.eyes}"


def seen_by(viewer, *, to_body: str) -> Q:
    """Condition on the spans that are for the eyes of ``viewer``.

    ``to_body`` is the way to the body concerned, from where the condition is used.
    """
    prefix = "known__"
    reached = reach(viewer, Act.READ_RESTRICTED)
    for_all = Q(**{f"{prefix}eyes": Eyes.ALL})
    whole, narrow = (Q(**{f"{prefix}eyes": eyes}) for eyes in (Eyes.WHOLE, Eyes.OPEN))
    if reached == Reach.ALL:
        return for_all | whole
    if reached == Reach.NONE:
        return for_all | narrow
    own = Q(**{f"{to_body}__in": Body.objects.spoken_for_by(viewer).order_by().values("pk")})
    return for_all | (whole & own) | (narrow & ~own)
