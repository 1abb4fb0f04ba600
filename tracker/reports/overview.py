"""What the register holds and how much of it is known, on one screen."""

import datetime
from dataclasses import dataclass

from django.db.models import (
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from tracker.models import (
    Body,
    Commitment,
    Designation,
    Document,
    Known,
    Provision,
    Resolution,
    Tally,
    Theme,
    User,
)
from tracker.models.base import count_of
from tracker.models.known import ANY_THEME
from tracker.reports.bars import Bar
from tracker.reports.deadlines import DueRow, FollowUps, follow_ups_within, nearest_due_rows
from tracker.reports.tallied import Tallied
from tracker.reports.trees import Branch, told_branches
from tracker.vocabulary import BodyKind

#: How far ahead the home page looks, in days.
HORIZONS = (30, 90)
#: So many dates of those before and of those after the day are looked at; the list has them all.
MOST_DATES = 40


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
    themes = Theme.objects.visible_to(viewer).for_listing(on=on, viewer=viewer).order_by("path")
    still = Known.objects.stand_still_after(on)
    themes, found = list(themes), numbers(viewer, on=on, still=still)
    bars = Tallied(viewer).by_theme(on, still=still, themes=themes)
    return Overview(
        holdings={name: found[name] for name in _lists(viewer, on)},
        bar=bars.get(ANY_THEME, Bar()),
        themes=told_branches(themes, bars),
        deadlines=nearest_due_rows(counted, on=on, most=MOST_DATES),
        follow_ups=[follow_ups_within(days, on, found[f"within_{days}"]) for days in HORIZONS],
    )


def numbers(viewer: User, *, on: datetime.date, still: bool) -> dict[str, int]:
    """How many rows each list has for ``viewer`` on that day, by the list's name, and how many
    follow-ups fall due, all in one query; ``still`` says that nothing changes after that day.
    """
    counted = Commitment.objects.visible_to(viewer).for_counting(on=on, viewer=viewer)
    counts = {name: count_of(rows) for name, rows in _lists(viewer, on).items()}
    if still:
        held = Tally.objects.seen_by(viewer).filter(theme=ANY_THEME).order_by()
        held = held.annotate(one=Value(1)).values("one").annotate(n=Sum("number")).values("n")
        counts["commitments"] = Coalesce(Subquery(held), 0)
    for days in HORIZONS:
        within = follow_ups_within(days, on, 0)
        counts[f"within_{days}"] = count_of(
            counted.filter(follow_up_on__range=(within.first, within.last))
        )
    # One row, any row: the counts do not depend on it, but come back in one query.
    rows = User.objects.filter(pk=viewer.pk)
    facts = {f"n_{name}": number for name, number in counts.items()}
    row = rows.annotate(**facts).values(*facts).get()
    return {name.removeprefix("n_"): value for name, value in row.items()}


def _lists(viewer: User, on: datetime.date) -> dict[str, QuerySet]:
    bodies = Body.objects.visible_to(viewer).as_of(on)
    return {
        "resolutions": Resolution.objects.visible_to(viewer).as_of(on),
        "provisions": Provision.objects.visible_to(viewer).as_of(on),
        "commitments": Commitment.objects.visible_to(viewer).as_of(on),
        "bodies": bodies,
        "networks": bodies.filter(kind=BodyKind.NETWORK),
        "designations": Designation.objects.visible_to(viewer).as_of(on),
        "documents": Document.objects.visible_to(viewer).as_of(on),
    }
