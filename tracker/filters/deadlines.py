"""The FilterSet of ``/deadlines/``: every date of every body, as extended by the day shown."""

import calendar
import datetime

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.filters.channel import OneChoiceField
from tracker.filters.fields import (
    FIRST_DAY,
    LAST_DAY,
    Day,
    Keys,
    ManyChoices,
    NamedConditions,
    Search,
    Sort,
)
from tracker.filters.finders import (
    find_body,
    find_provision,
    find_region,
    find_resolution,
    find_theme,
)
from tracker.filters.lists import (
    OfBodies,
    any_of,
    of_my_bodies,
    official_order,
    with_themes,
    within_provisions,
)
from tracker.filters.opposites import Empty
from tracker.filters.strict import StrictFilterSet
from tracker.models import Body
from tracker.vocabulary import BodyKind, Timing

PROVISION = "deadline__provision__"


class MonthField(forms.CharField):
    """A month written YYYY-MM; gives its first day."""

    def clean(self, value) -> datetime.date | None:
        text = super().clean(value)
        if not text:
            return None
        year, _dash, month = text.partition("-")
        whole = text.isascii() and year.isdigit() and month.isdigit() and len(text) == 7
        if not (whole and len(month) == 2 and 1 <= int(month) <= 12):
            raise ValidationError(_("This is not a month; write it like 2026-06."))
        if not FIRST_DAY.year < int(year) <= LAST_DAY.year:
            told = {"first": FIRST_DAY.year + 1, "last": LAST_DAY.year}
            raise ValidationError(_("Give a month of the years %(first)d to %(last)d.") % told)
        return datetime.date(int(year), int(month), 1)


class Month(django_filters.Filter):
    """Rows whose day lies in one month."""

    field_class = MonthField

    def filter(self, queryset, value):
        if not value:
            return queryset
        last = value.replace(day=calendar.monthrange(value.year, value.month)[1])
        return queryset.filter(**{f"{self.field_name}__range": (value, last)})


class Drawn(django_filters.Filter):
    """How the dashboard draws the rows; it narrows nothing."""

    field_class = OneChoiceField

    def filter(self, queryset, value):
        return queryset


class DeadlineFilter(OfBodies, StrictFilterSet):
    """``/deadlines/``: past first, then by day; what was delivered stays, at the end."""

    q = Search(label=gettext_lazy("Symbol, body or words"))
    resolution = Keys(
        label=gettext_lazy("Resolution"),
        find=find_resolution,
        apply=any_of(f"{PROVISION}resolution"),
    )
    provision = Keys(
        label=gettext_lazy("Provision"), find=find_provision, apply=within_provisions(PROVISION)
    )
    theme = Keys(
        label=gettext_lazy("Theme"), find=find_theme, apply=with_themes("deadline__provision")
    )
    body = Keys(
        label=gettext_lazy("Body"),
        find=find_body,
        apply=lambda rows, found: rows.filter(body_id__in=[body.pk for body in found]),
    )
    kind = ManyChoices(
        label=gettext_lazy("Kind of body"), field_name="body_kind", choices=BodyKind.choices
    )
    region = Keys(
        label=gettext_lazy("Region"),
        find=find_region,
        apply=lambda rows, found: rows.in_regions(found),
    )
    timing = ManyChoices(
        label=gettext_lazy("Timing"),
        choices=[(key, label) for key, label in Timing.choices if key != Timing.NO_DATE],
    )
    extended = NamedConditions(
        {
            "yes": (gettext_lazy("Extended"), ~Q(until_on=F("due_on"))),
            "no": (gettext_lazy("As it was set"), Q(until_on=F("due_on"))),
        },
        label=gettext_lazy("Extension"),
    )
    due_after = Day(label=gettext_lazy("Due from"), field_name="until_on", lookup_expr="gte")
    due_before = Day(label=gettext_lazy("Due by"), field_name="until_on", lookup_expr="lte")
    month = Month(label=gettext_lazy("Month"), field_name="until_on")
    mine = of_my_bodies()
    drawn = Drawn(
        label=gettext_lazy("Drawn as"),
        choices=[("list", gettext_lazy("List")), ("calendar", gettext_lazy("Calendar"))],
        required=False,
    )
    empty = Empty(delivered=(gettext_lazy("Day of delivery"), "delivered_on"))
    sort = Sort(
        {
            "due": (gettext_lazy("Due date"), ["until_on"]),
            "symbol": (gettext_lazy("Official order"), official_order(PROVISION)),
            "body": (gettext_lazy("Body"), ["body_name"]),
            "delivered": (gettext_lazy("Delivered on"), ["delivered_on"]),
        },
        ties=["rank", "until_on", *official_order(PROVISION), "body_name", "commitment_id", "id"],
        label=gettext_lazy("Order"),
    )

    def filter_mine(self, queryset, name, value):
        """Dates of the bodies that the reader speaks for."""
        mine = Body.objects.spoken_for_by(self.viewer).order_by().values("pk")
        return queryset.filter(body_id__in=mine) if value else queryset

    @property
    def active(self):
        """What narrows the list, a month by its name; how it is drawn does not narrow it."""
        month = self.form.cleaned_data.get("month") if self.is_valid() else None
        named = date_format(month, "YEAR_MONTH_FORMAT") if month else ""
        return [
            (name, value, label, named if name == "month" and named else words)
            for name, value, label, words in super().active
            if name != "drawn"
        ]
