"""Deadlines as a list and as a calendar: what is past first, what was delivered stays."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.dashboard.columns import Column
from tracker.dashboard.lists import ListView
from tracker.filters import DeadlineFilter
from tracker.filters.fields import FIRST_DAY, LAST_DAY
from tracker.models.base import add_months
from tracker.models.dates import RANKS
from tracker.reports.calendars import Stretch, strip, weeks


class DeadlineList(ListView):
    """``/deadlines/``, ``/deadlines/?drawn=calendar`` and ``…&month=2026-11``."""

    whole = family = "deadlines"
    filterset = DeadlineFilter
    columns = (
        Column("due", _("Due"), sort="due", names_row=True),
        Column("symbol", _("What is due"), sort="symbol"),
        Column("body", _("Body"), sort="body"),
        Column("timing", _("Timing")),
        Column("delivered", _("Delivered on"), sort="delivered"),
    )
    panel = (
        "q",
        "timing",
        "resolution",
        "theme",
        "body",
        "kind",
        "region",
        "extended",
        "mine",
        "due_after",
        "due_before",
    )

    def answer(self, template, results, context):
        drawn = results.data.get("drawn") == "calendar" and not results.problems
        more = {
            "list_href": results.to(drawn=None, page=None),
            "calendar_href": results.to(drawn="calendar", page=None),
            "drawn": "calendar" if drawn else "list",
            "timings": RANKS,
            "zone": timezone.get_current_timezone_name(),
            **(self.calendar(results) if drawn else {}),
        }
        return super().answer(template, results, {**context, **more})

    def calendar(self, results) -> dict:
        """One month of days or, when none is asked for, twelve months."""
        filterset = results.filterset
        month = filterset.form.cleaned_data["month"]
        if month is None:
            return {"strip": self.strip(results, filterset.qs)}
        drawn = [
            [day and (day, self.links(results, day)) for day in week]
            for week in weeks(filterset.qs, month)
        ]
        near = [self.month(results, add_months(month, step)) for step in (-1, 1)]
        return {
            "weeks": drawn,
            "month": month,
            "previous": near[0],
            "next": near[1],
            "year_href": results.to(month=None, page=None),
        }

    def strip(self, results, rows) -> dict:
        """The months with their numbers, and what is still open from before."""
        found = strip(rows, on=self.on)
        months = [
            (each.first, self.month(results, each.first)[1], each.total, self.cells(results, each))
            for each in found.months
        ]
        return {"months": months, "earlier": self.links(results, found.earlier)}

    def month(self, results, first: datetime.date) -> tuple[datetime.date, str]:
        """A month and its calendar; no address beyond the days that a list can be asked for."""
        within = FIRST_DAY.year < first.year <= LAST_DAY.year
        return first, results.to(month=f"{first:%Y-%m}", page=None) if within else ""

    def cells(self, results, stretch: Stretch) -> list[tuple[str, int, str]]:
        """For each timing its number and the list behind it, also where it is none."""
        found = {timing: (number, href) for timing, number, href in self.links(results, stretch)}
        return [(timing, *found.get(timing, (0, ""))) for timing in RANKS]

    def links(self, results, stretch: Stretch) -> list[tuple[str, int, str]]:
        """For each timing that occurs, its number and the list behind it."""
        first = None if stretch.first == datetime.date.min else stretch.first.isoformat()
        days = {"due_after": first, "due_before": stretch.last.isoformat()}
        gone = {"drawn": None, "month": None, "page": None}
        return [
            (timing, number, results.to(timing=timing, **days, **gone))
            for timing, number in stretch.in_order
        ]

    def count_words(self, number):
        return ngettext("%(n)s date", "%(n)s dates", number)
