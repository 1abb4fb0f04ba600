"""By when a provision is to be met: fixed, relative or recurring, and each date of a series."""

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import (
    Noun,
    NounQuerySet,
    add_months,
    one_of,
    source_field,
)
from tracker.models.provisions import Provision
from tracker.vocabulary import (
    DeadlineKind,
)


class DeadlineQuerySet(NounQuerySet):
    def get_by_natural_key(self, provision, label):
        return self.get(provision__key=provision, label=label)

    def get_by_public_key(self, key):
        # A label may hold slashes as well as the key before it, so every place is tried.
        parts = key.split("/")[:20]
        wanted = Q(pk__in=[])
        for number in range(1, len(parts)):
            provision = "/".join(parts[:number])
            wanted |= Q(provision__key=provision, label=key.removeprefix(f"{provision}/"))
        return self.get(wanted)


#: How many dates of a series without an end are held.
UNROLLED = 60
#: The longest time from an adoption or event to what is due: a hundred years.
LONGEST_MONTHS, LONGEST_DAYS = 1200, 32_000
#: The last year that a date can be given for; a series from there still ends on the calendar.
LAST_YEAR = 2199


class Deadline(Noun):
    """A date that a provision sets; a relative one is computed from what it counts from."""

    provision = models.ForeignKey(Provision, models.CASCADE, related_name="deadlines")
    label = models.CharField(
        _("what is due"), max_length=120, help_text=_("In our own words, such as “Report”.")
    )
    kind = models.CharField(_("counted"), max_length=10, choices=DeadlineKind)
    offset_months = models.PositiveSmallIntegerField(
        _("months"), null=True, blank=True, validators=[MaxValueValidator(LONGEST_MONTHS)]
    )
    offset_days = models.PositiveSmallIntegerField(
        _("days"), null=True, blank=True, validators=[MaxValueValidator(LONGEST_DAYS)]
    )
    event = models.CharField(_("event"), max_length=200, blank=True)
    event_on = models.DateField(_("event took place on"), null=True, blank=True)
    fixed_on = models.DateField(_("fixed date"), null=True, blank=True)
    every_months = models.PositiveSmallIntegerField(
        _("repeats every (months)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MONTHS)],
        help_text=_("Empty when it falls due once."),
    )
    last_on = models.DateField(
        _("repeats until"), null=True, blank=True, help_text=_("Empty while no end is set.")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True, editable=False)
    source = source_field()

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "provision", "label"]
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        constraints = [
            models.UniqueConstraint(
                fields=["provision", "label"],
                name="deadline_label_once",
                violation_error_code="label",
                violation_error_message=_("This paragraph has a date with this name already."),
            ),
            models.CheckConstraint(
                condition=one_of("kind", DeadlineKind), name="deadline_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=DeadlineKind.FIXED, fixed_on__isnull=False)
                | (~Q(kind=DeadlineKind.FIXED) & Q(fixed_on=None)),
                name="deadline_fixed_has_date",
                violation_error_code="fixed_on",
                violation_error_message=_("Give the date of a fixed deadline, and of no other."),
            ),
            models.CheckConstraint(
                condition=Q(kind=DeadlineKind.FIXED, offset_months=None, offset_days=None)
                | (
                    ~Q(kind=DeadlineKind.FIXED)
                    & (Q(offset_months__isnull=False) | Q(offset_days__isnull=False))
                ),
                name="deadline_relative_has_offset",
                violation_error_code="offset_months",
                violation_error_message=_(
                    "Give the months or days of a relative deadline, and none for a fixed one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind=DeadlineKind.EVENT) | Q(event="", event_on=None),
                name="deadline_event_only_when_counted_from_it",
                violation_error_code="event",
                violation_error_message=_(
                    "Name an event, and its day, only when the date is counted from it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(every_months=None) | Q(every_months__gt=0),
                name="deadline_repeats_by_months",
                violation_error_code="every_months",
                violation_error_message=_("Give a number of months, one or more."),
            ),
            models.CheckConstraint(
                condition=Q(last_on=None) | Q(every_months__isnull=False),
                name="deadline_ends_only_when_recurring",
                violation_error_code="last_on",
                violation_error_message=_("Only a date that repeats has a last one."),
            ),
        ]

    def __str__(self):
        return f"{self.label} ({self.provision})"

    def natural_key(self):
        return (self.provision.key, self.label)

    natural_key.dependencies = ["tracker.provision"]

    @property
    def public_key(self):
        return f"{self.provision.key}/{self.label}"

    def derive(self):
        """Compute the due date: adoption or event plus the offset (S/RES/2322 ¶¶21, 22)."""
        start = {
            DeadlineKind.ADOPTION: self.provision.resolution.adopted_on,
            DeadlineKind.EVENT: self.event_on,
        }.get(self.kind)
        if self.kind == DeadlineKind.FIXED:
            self.due_on = self.fixed_on
        elif start is None or start.year > LAST_YEAR or not self._offset_is_sane():
            self.due_on = None
        else:
            due = add_months(start, self.offset_months or 0)
            self.due_on = due + datetime.timedelta(days=self.offset_days or 0)

    def clean(self):
        """Refuse days beyond ``LAST_YEAR``, and a series that ends before it begins."""
        for name in ("fixed_on", "event_on", "last_on"):
            given = getattr(self, name)
            if given and given.year > LAST_YEAR:
                raise ValidationError({name: _("Give a day before the year 2200.")})
        if self.last_on and self.due_on and self.last_on < self.due_on:
            raise ValidationError(
                {
                    "last_on": _("The first date is %(date)s; the last one cannot lie before it.")
                    % {"date": self.due_on}
                }
            )

    def occurrences(self) -> list[datetime.date]:
        """Every date on which it falls due, the first first; none while it cannot be computed.

        A series without an end is unrolled for ``UNROLLED`` dates, whatever the day is.
        """
        if self.due_on is None or not self.every_months:
            return [self.due_on] if self.due_on else []
        dates = [add_months(self.due_on, self.every_months * n) for n in range(UNROLLED)]
        return [each for each in dates if self.last_on is None or each <= self.last_on]

    def _offset_is_sane(self):
        """Whether a date can be computed; an offset that is too long is refused by its field."""
        months, days = self.offset_months or 0, self.offset_days or 0
        return months <= LONGEST_MONTHS and days <= LONGEST_DAYS


class DueDate(models.Model):
    """One date on which a deadline falls due: derived from it, kept so that it can be joined."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="due_dates")
    number = models.PositiveSmallIntegerField(_("occurrence"))
    due_on = models.DateField(_("due on"))

    class Meta:
        ordering = ["due_on", "deadline", "number"]
        verbose_name = _("due date")
        verbose_name_plural = _("due dates")
        constraints = [
            models.UniqueConstraint(fields=["deadline", "number"], name="due_date_once"),
        ]
        indexes = [models.Index(fields=["due_on"], name="due_date_day")]

    def __str__(self):
        return f"{self.deadline} {self.due_on}"
