"""One network: its members by region and by year, and what it shares them with."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from tracker.models import Body, Designation, Membership, Region, User
from tracker.vocabulary import ORGANIZATIONS, BodyKind, MembershipRole, RegionLevel

#: The kinds of body that others belong to.
KINDS = (BodyKind.NETWORK, *ORGANIZATIONS)


@dataclass(frozen=True)
class InRegion:
    """The memberships of the bodies of one region; without a region, those of all others."""

    region: Region | None
    memberships: list[Membership]


@dataclass(frozen=True)
class Year:
    """How many memberships stood on the last day of a year, or on the day shown, by role."""

    on: datetime.date
    by_role: dict[str, int]

    @property
    def total(self) -> int:
        """In all roles together."""
        return sum(self.by_role.values())


@dataclass(frozen=True)
class Overlap:
    """Another network, and how many of its memberships are held by members of this one."""

    network: Body
    number: int


@dataclass(frozen=True)
class NetworkPicture:
    """The page of a network as plain data."""

    memberships: list[Membership]
    regions: list[InRegion]
    roles: list[str]
    years: list[Year]
    #: How many memberships have no recorded beginning; they count in every year.
    undated: int
    overlaps: list[Overlap]
    contact_points: int


def network_picture(network: Body, *, viewer: User, on: datetime.date) -> NetworkPicture:
    """What ``viewer`` may see of the network on that day; four queries."""
    ever = list(_ever(network, viewer, on))
    now = [each for each in ever if _stands(each, on)]
    years = _years(ever, on)
    found = {role for year in years for role, number in year.by_role.items() if number}
    return NetworkPicture(
        memberships=now,
        regions=_regions(now),
        roles=[role for role in MembershipRole.values if role in found],
        years=years,
        undated=sum(each.from_on is None for each in ever),
        overlaps=_overlaps(network, viewer, on),
        contact_points=Designation.objects.visible_to(viewer)
        .as_of(on)
        .filter(network=network)
        .count(),
    )


def _ever(network, viewer, on):
    """Every membership that had begun by that day, also those that have ended."""
    begun = Q(from_on=None) | Q(from_on__lte=on)
    rows = Membership.objects.visible_to(viewer).filter(begun, organization=network)
    return rows.select_related("member__region").order_by("member__name", "role", "key")


def _stands(membership, on) -> bool:
    begun = membership.from_on is None or membership.from_on <= on
    return begun and (membership.until_on is None or membership.until_on >= on)


def _regions(memberships) -> list[InRegion]:
    """By the large regions of M49, by name; what lies in none comes last."""
    groups: dict[str, list[Membership]] = {}
    for each in memberships:
        path = each.member.region.path.split("/") if each.member.region else []
        code = path[RegionLevel.REGION] if len(path) > RegionLevel.REGION else ""
        groups.setdefault(code, []).append(each)
    named = Region.objects.filter(code__in=[code for code in groups if code]).order_by("name")
    found = [InRegion(region, groups[region.code]) for region in named]
    return found + ([InRegion(None, groups[""])] if "" in groups else [])


def _years(ever, on) -> list[Year]:
    """From the year of the first recorded beginning to the day shown; none when none is dated."""
    first = min((each.from_on.year for each in ever if each.from_on), default=None)
    if first is None:
        return []
    ends = [datetime.date(year, 12, 31) for year in range(first, on.year)] + [on]
    return [Year(end, Counter(each.role for each in ever if _stands(each, end))) for end in ends]


def _overlaps(network, viewer, on) -> list[Overlap]:
    """The networks that share members with this one, by name."""
    memberships = Membership.objects.visible_to(viewer).as_of(on)
    members = memberships.filter(organization=network).order_by().values("member")
    shared = Q(memberships__in=memberships.filter(member__in=members).order_by().values("pk"))
    others = (
        Body.objects.visible_to(viewer)
        .existing(on)
        .filter(kind__in=KINDS)
        .exclude(pk=network.pk)
        .annotate(shared=Count("memberships", filter=shared, distinct=True))
        .filter(shared__gt=0)
    )
    return [Overlap(each, each.shared) for each in others.order_by("name", "code")]
