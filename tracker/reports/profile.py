"""One body: what is asked of it by theme, what it belongs to, whom it has named."""

import datetime
from dataclasses import dataclass

from django.db.models import Q

from tracker.models import Body, Commitment, Designation, Membership, Theme, User
from tracker.reports.bars import Bar, sum_of
from tracker.reports.trees import Branch, bars_with_themes, theme_branches


@dataclass(frozen=True)
class Profile:
    """The page of a body as plain data."""

    bar: Bar
    themes: list[Branch]
    belongs_to: list[Membership]
    members: list[Membership]
    designations: list[Designation]


def profile(body: Body, *, viewer: User, on: datetime.date) -> Profile:
    """Gather what ``viewer`` may see of ``body`` on that day; themes without any are left out."""
    commitments = Commitment.objects.visible_to(viewer).filter(body=body)
    bars, carried = bars_with_themes(commitments.for_counting(on=on, viewer=viewer))
    themes = theme_branches(Theme.objects.visible_to(viewer).order_by("path"), carried, bars)
    memberships = list(_memberships(body, viewer, on))
    return Profile(
        bar=sum_of(bars.values()),
        themes=[branch for branch in themes if branch.bar.total],
        belongs_to=[each for each in memberships if each.member_id == body.pk],
        members=[each for each in memberships if each.organization_id == body.pk],
        designations=list(_designations(body, viewer, on)),
    )


def _memberships(body, viewer, on):
    return (
        Membership.objects.visible_to(viewer)
        .for_listing(on=on, viewer=viewer)
        .filter(Q(member=body) | Q(organization=body))
        .order_by("organization__name", "role", "member__name", "key")
    )


def _designations(body, viewer, on):
    """The authorities that a body has named and, for a network, those of its contact points."""
    return (
        Designation.objects.visible_to(viewer)
        .for_listing(on=on, viewer=viewer)
        .filter(Q(body=body) | Q(network=body))
        .order_by("body__name", "kind", "office", "key")
    )
