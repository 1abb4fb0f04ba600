"""What is known of each commitment from one day until another, and how many know the same.

Derived rows, never typed; ``tracker.actions.known`` keeps them.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connections, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import one_of
from tracker.models.bodies import Body
from tracker.models.provisions import Provision
from tracker.models.resolutions import Theme
from tracker.rights import Act, Reach, reach
from tracker.vocabulary import CommitmentRole, Eyes

#: Stands for "whatever the theme" in a tally.
ANY_THEME = 0
#: Stands for bodies that lie in no region in a dated tally.
NO_REGION = 0
#: Up to so many provisions are named in a question; of more, all are asked for.
NAMED = 900


#: The last days on which anything begins or ends, each the first of an index read backwards: with
#: ``max`` SQLite would read all of it. The condition on what is known is that of its index.
LAST_DAYS = (
    "(SELECT from_on FROM tracker_known WHERE from_on > '0001-01-01'"
    " ORDER BY from_on DESC LIMIT 1)",
    "(SELECT starts_on FROM tracker_commitment ORDER BY starts_on DESC LIMIT 1)",
    "(SELECT ends_on FROM tracker_commitment WHERE ends_on IS NOT NULL"
    " ORDER BY ends_on DESC LIMIT 1)",
)


def last_of(days: Iterable) -> datetime.date:
    """The last of ``LAST_DAYS`` as the database gave them; the first day there is of none."""
    # SQLite has days as texts.
    found = (datetime.date.fromisoformat(str(day)) for day in days if day)
    return max(found, default=datetime.date.min)


class KnownQuerySet(models.QuerySet):
    def stand_still_after(self, on) -> bool:
        """Whether nothing changes after ``on``, so that what is current is what holds that day.

        Of all that is known, whatever the rows. Nearly every picture asks this, so it is ready.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(LAST_DAYS)}")
            return last_of(cursor.fetchone()) <= on


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
    # The same days, as far as the commitment stands on them; none where the two do not meet.
    shown_from = models.DateField(_("shown from"), default=datetime.date.min)
    shown_until = models.DateField(_("shown until the day before"), default=datetime.date.max)
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
            models.Index(
                fields=["follow_up_on"],
                name="known_follow_up",
                condition=Q(follow_up_on__isnull=False),
            ),
            models.Index(fields=["shown_from"], name="known_shown_from"),
            models.Index(
                fields=["shown_until"],
                name="known_shown_until",
                condition=Q(shown_until__lt=datetime.date.max),
            ),
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


@dataclass(frozen=True)
class Subject:
    """What of the register tallies are asked for: under a theme, of bodies in some regions.

    ``theme`` is an id and ``path`` where it stands; ``regions`` are ids, ``NO_REGION`` among them;
    None is everything.
    """

    theme: int | None = None
    path: str = ""
    regions: frozenset[int] | None = None


class DatedTally(models.Model):
    """How many more addressees' commitments show each result, by theme and by their body's region.

    ``mark`` is a day of ``tracker.marks``: those of a day, added up, count all that changed before.
    ``theme`` is as in ``Tally``; ``region`` is the id of the region itself, or ``NO_REGION``.
    """

    mark = models.DateField(_("mark"))
    theme = models.PositiveBigIntegerField(_("theme"))
    region = models.PositiveBigIntegerField(_("region"))
    eyes = models.CharField(_("for whose eyes"), max_length=5, choices=Eyes)
    # One column for each of vocabulary.RESULTS: a result that follows another changes one row.
    fully_implemented = models.IntegerField(default=0)
    largely_implemented = models.IntegerField(default=0)
    partially_implemented = models.IntegerField(default=0)
    not_implemented = models.IntegerField(default=0)
    insufficient_information = models.IntegerField(default=0)
    not_applicable = models.IntegerField(default=0)
    not_assessed = models.IntegerField(default=0)

    class Meta:
        ordering = ["mark", "theme", "region", "eyes"]
        verbose_name = _("dated tally")
        verbose_name_plural = _("dated tallies")
        constraints = [
            models.UniqueConstraint(
                fields=["mark", "theme", "region", "eyes"], name="dated_tally_once"
            ),
        ]

    def __str__(self):
        return f"{self.mark} {self.theme} {self.region} {self.eyes}"


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


def themes_of(
    provisions: set[int] | None, paths: Mapping[str, int] | None = None
) -> dict[int, set[int]]:
    """Provision id → ids of the themes it counts under: its own, those above them, ``ANY_THEME``.

    Of all provisions when they are None. ``paths`` (path → id) of all themes, where they are
    known already; else two queries.
    """
    above = _above(_paths() if paths is None else paths)
    links = Provision.themes.through.objects.order_by()
    if provisions is not None and len(provisions) <= NAMED:
        links = links.filter(provision__in=provisions)
    found = defaultdict(lambda: {ANY_THEME})
    for provision, theme in links.values_list("provision_id", "theme_id"):
        found[provision] = found[provision] | above[theme]
    return found


def with_those_above(slugs: Iterable[str]) -> set[int]:
    """The themes of these keys, those above them, and ``ANY_THEME``."""
    above = _above(_paths())
    themes = Theme.objects.filter(slug__in=list(slugs)).order_by().values_list("pk", flat=True)
    return {ANY_THEME}.union(*(above[pk] for pk in themes))


def _paths() -> dict[str, int]:
    return dict(Theme.objects.order_by().values_list("path", "pk"))


def _above(paths) -> dict[int, set[int]]:
    """Each theme with itself and the themes that it lies within."""
    return {
        pk: {at for path, at in paths.items() if whole.startswith(path)}
        for whole, pk in paths.items()
    }
