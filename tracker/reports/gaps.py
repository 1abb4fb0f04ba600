"""What States are not recorded as having named, by region, and what nobody confirmed lately."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, Value, When

from tracker.models import Body, Designation, Region, User
from tracker.vocabulary import RegionLevel, Unnamed


@dataclass(frozen=True)
class Gaps:
    """One region, or all States: how many there are, and how many lack each of ``Unnamed``.

    ``stale`` counts the designations that nobody confirmed in the twelve months before the day.
    """

    region: Region | None
    states: int
    lacking: dict[str, int]
    stale: int


@dataclass(frozen=True)
class GapTable:
    """All States first, then each region; ``recorded`` counts the designations of States."""

    rows: list[Gaps]
    recorded: int


def gap_table(viewer: User, *, on: datetime.date) -> GapTable:
    """Count among the States that exist on that day, as far as ``viewer`` may see; four queries."""
    states = list(_states(viewer, on))
    stale = Designation.objects.visible_to(viewer).stale(on)
    paths = list(stale.order_by().values_list("body__region__path", flat=True))
    rows = [_row(None, states, paths)]
    for region in Region.objects.filter(level=RegionLevel.REGION).order_by("name"):
        within = [each for each in states if _lies_in(each["region__path"], region)]
        if within:
            rows.append(_row(region, within, [p for p in paths if _lies_in(p, region)]))
    named = Designation.objects.visible_to(viewer).as_of(on)
    of_states = named.filter(body__in=Body.objects.states().order_by().values("pk"))
    return GapTable(rows, of_states.count())


def _states(viewer, on):
    """One row a State, with a yes or no for everything that it can name."""
    marks = {
        f"lacks_{what}": Case(
            When(
                pk__in=Body.objects.without(what, on=on, viewer=viewer).order_by().values("pk"),
                then=Value(True),
            ),
            default=Value(False),
        )
        for what in Unnamed.values
    }
    states = Body.objects.visible_to(viewer).existing(on).states().annotate(**marks)
    return states.order_by().values("region__path", *marks)


def _lies_in(path, region) -> bool:
    return path is not None and path.startswith(region.path)


def _row(region, states, paths) -> Gaps:
    lacking = Counter({what: 0 for what in Unnamed.values})
    for each in states:
        lacking.update(what for what in Unnamed.values if each[f"lacks_{what}"])
    return Gaps(region, len(states), dict(lacking), len(paths))
