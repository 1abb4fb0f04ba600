"""One body: what is asked of it by theme, what it belongs to, whom it has named."""

import datetime
from functools import cached_property

from django.db.models import Q
from django.db.models.expressions import RawSQL

from tracker.models import Body, Commitment, Designation, Membership, Tally, Theme, User
from tracker.models.known import ANY_THEME, LAST_DAYS, last_of
from tracker.reports.bars import Bar, sum_of
from tracker.reports.trees import Branch, bars_with_themes, theme_branches, told_branches
from tracker.vocabulary import CommitmentRole


class Profile:
    """The page of a body on one day, as far as ``viewer`` may see it; each part is read once."""

    def __init__(self, body: Body, *, viewer: User, on: datetime.date):
        self.body, self.viewer, self.on = body, viewer, on

    @property
    def bar(self) -> Bar:
        """Everything that is asked of the body."""
        return self._bars[0]

    @property
    def themes(self) -> list[Branch]:
        """The themes under which anything is asked of it, each with its bar."""
        return self._bars[1]

    @cached_property
    def _bars(self) -> tuple[Bar, list[Branch]]:
        themes = Theme.objects.visible_to(self.viewer).order_by("path")
        bars = bars_of(self.body, viewer=self.viewer, on=self.on)
        if bars is not None:
            whole, branches = bars.get(ANY_THEME, Bar()), told_branches(themes, bars)
        else:
            commitments = Commitment.objects.visible_to(self.viewer).filter(body=self.body)
            rows = commitments.for_counting(on=self.on, viewer=self.viewer)
            bars, carried = bars_with_themes(rows)
            whole, branches = sum_of(bars.values()), theme_branches(themes, carried, bars)
        return whole, [branch for branch in branches if branch.bar.total]

    @cached_property
    def _memberships(self) -> list[Membership]:
        return list(_memberships(self.body, self.viewer, self.on))

    @property
    def belongs_to(self) -> list[Membership]:
        """What it belongs to."""
        return [each for each in self._memberships if each.member_id == self.body.pk]

    @property
    def members(self) -> list[Membership]:
        """What belongs to it."""
        return [each for each in self._memberships if each.organization_id == self.body.pk]

    @cached_property
    def designations(self) -> list[Designation]:
        """Whom it has named."""
        return list(_designations(self.body, self.viewer, self.on))


def profile(body: Body, *, viewer: User, on: datetime.date) -> Profile:
    """What ``viewer`` may see of ``body`` on that day; themes without any are left out."""
    return Profile(body, viewer=viewer, on=on)


def bars_of(body: Body, *, viewer: User, on: datetime.date) -> dict[int, Bar] | None:
    """The bar of each theme and of ``ANY_THEME``, from the tallies; None where they cannot tell.

    They tell how things stand, so the last days on which anything changes come with them, in
    one query.
    """
    rows = Tally.objects.seen_by(viewer).filter(body=body, role=CommitmentRole.ADDRESSEE)
    days = [RawSQL(each, ()) for each in LAST_DAYS]  # noqa: S611 - nothing in them is typed
    bars: dict[int, Bar] = {}
    for theme, result, number, *last in rows.order_by().values_list(
        "theme", "result", "number", *days
    ):
        if last_of(last) > on:
            return None
        bars.setdefault(theme, Bar()).counts[result] += number
    return bars or None


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
