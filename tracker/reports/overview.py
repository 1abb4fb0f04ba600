"""What the register holds and how much of it is known, on one screen."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from tracker.models import (
    Body,
    Commitment,
    Designation,
    Document,
    Provision,
    Resolution,
    Theme,
    User,
)
from tracker.models.base import count_of
from tracker.reports.bars import Bar, bars_by, sum_of
from tracker.reports.deadlines import DueRow, FollowUps, due_rows, follow_ups
from tracker.reports.trees import Branch, carried_themes, theme_branches
from tracker.vocabulary import BodyKind

#: How far ahead the home page looks, in days.
HORIZONS = (30, 90)


@dataclass(frozen=True)
class Overview:
    """The home page as plain data."""

    holdings: dict[str, int]
    bar: Bar
    themes: list[Branch]
    deadlines: list[DueRow]
    follow_ups: list[FollowUps]


def overview(viewer: User, *, on: datetime.date) -> Overview:
    """Count what ``viewer`` may see on that day, by theme and by state of implementation."""
    counted = Commitment.objects.visible_to(viewer).for_counting(on=on, viewer=viewer)
    bars = bars_by(counted, "provision")
    provisions = Provision.objects.visible_to(viewer).as_of(on)
    themes = Theme.objects.visible_to(viewer).order_by("path")
    return Overview(
        holdings=holdings(viewer, on=on),
        bar=sum_of(bars.values()),
        themes=theme_branches(themes, carried_themes(provisions), bars),
        deadlines=due_rows(counted, bars, on=on),
        follow_ups=follow_ups(counted, on=on, days=HORIZONS),
    )


def holdings(viewer: User, *, on: datetime.date) -> dict[str, int]:
    """How many rows each list has for ``viewer`` on that day, by the list's name."""
    bodies = Body.objects.visible_to(viewer).as_of(on)
    lists: dict[str, QuerySet] = {
        "resolutions": Resolution.objects.visible_to(viewer).as_of(on),
        "provisions": Provision.objects.visible_to(viewer).as_of(on),
        "commitments": Commitment.objects.visible_to(viewer).as_of(on),
        "bodies": bodies,
        "networks": bodies.filter(kind=BodyKind.NETWORK),
        "designations": Designation.objects.visible_to(viewer).as_of(on),
        "documents": Document.objects.visible_to(viewer).as_of(on),
    }
    counts = {f"n_{name}": count_of(rows) for name, rows in lists.items()}
    # One row, any row: the counts do not depend on it, but come back in one query.
    row = User.objects.filter(pk=viewer.pk).annotate(**counts).values(*counts).get()
    return {name: row[f"n_{name}"] for name in lists}
