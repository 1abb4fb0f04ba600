"""What every noun has: a version, a public key, scoped querysets and derived fields."""

import datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tracker.rights import Act, Reach, reach
from tracker.vocabulary import Classification


class NounQuerySet(models.QuerySet):
    """The verbs that every list of the register understands."""

    def visible_to(self, user):
        """Rows that ``user`` may see; nothing for somebody who is not signed in."""
        return self if user.is_authenticated and user.is_active else self.none()

    def get_by_public_key(self, key):
        """The row that the record of changes names so; raises ``DoesNotExist``."""
        return self.get_by_natural_key(key)


#: Conditions that hold for every row, and for none.
EVERY, NO = ~models.Q(pk__in=[]), models.Q(pk__in=[])


class ClassifiedQuerySet(NounQuerySet):
    """Rows with a classification: public, internal, or restricted to those concerned."""

    #: The way from a row to the body concerned.
    body_path = "body"
    #: Condition under which a row is open to readers, whatever its classification.
    published = EVERY

    def visible_to(self, user):
        """Published rows that are not restricted, and what the table of rights adds."""
        scoped = super().visible_to(user)
        open_to_all = self.published & ~models.Q(classification=Classification.RESTRICTED)
        restricted = self.published & self.within(user, Act.READ_RESTRICTED)
        return scoped.filter(open_to_all | restricted | self.unpublished(user))

    def unpublished(self, user):
        """Condition for the rows that ``user`` sees although they are not published."""
        return NO

    def within(self, user, act) -> models.Q:
        """Condition for the rows that ``act`` reaches for ``user``."""
        reached = reach(user, act)
        if reached == Reach.ALL:
            return EVERY
        if reached == Reach.NONE:
            return NO
        bodies = apps.get_model("tracker", "Body").objects.spoken_for_by(user)
        return models.Q(**{f"{self.body_path}__in": bodies.order_by().values("pk")})


class Noun(models.Model):
    """An editable row of the register, written only by the functions of ``tracker.actions``."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True

    def derive(self) -> None:
        """Set the fields that follow from others; called before every write."""

    @property
    def public_key(self) -> str:
        """The stable key of this row in addresses, in the API and in the record of changes."""
        return str(self.natural_key()[0])


def count_of(queryset, distinct: str = "pk") -> Coalesce:
    """Expression that counts the rows of a correlated ``queryset`` (one that uses OuterRef)."""
    counted = queryset.order_by().annotate(_one=Value(1)).values("_one")
    number = counted.annotate(_n=Count(distinct, distinct=True)).values("_n")
    return Coalesce(Subquery(number), 0)


def refuse_cycle(obj: models.Model, field: str) -> None:
    """Raise ``ValidationError`` on ``field`` when following it leads back to ``obj``."""
    above = getattr(obj, field)
    seen = {obj.pk} - {None}
    while above is not None:
        if above.pk in seen:
            raise ValidationError(
                {field: _("“%(record)s” lies under this one already.") % {"record": above}}
            )
        seen.add(above.pk)
        above = getattr(above, field)


def source_field():
    """Where the facts of a row come from: a citation or an address, in plain text."""
    return models.TextField(
        _("source"),
        blank=True,
        help_text=_("Where these facts come from: a document symbol, a citation or an address."),
    )


def one_of(field: str, choices) -> models.Q:
    """Condition of a check constraint: ``field`` holds one of the keys of an enumeration."""
    return models.Q(**{f"{field}__in": choices.values})


def add_months(start: datetime.date, months: int) -> datetime.date:
    """Return the same day ``months`` later, or the last day of a shorter month."""
    years, month = divmod(start.month - 1 + months, 12)
    first = datetime.date(start.year + years, month + 1, 1)
    following = (first + datetime.timedelta(days=31)).replace(day=1)
    last = (following - datetime.timedelta(days=1)).day
    return first.replace(day=min(start.day, last))
