"""The crosswalk: what paragraphs repeat or supersede, and what was assessed where.

A result that stands under a repeated paragraph is shown where it is repeated, with the name of
where it was assessed. It is never counted there: bars and lists count own assessments only.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from tracker.models import Commitment, Provision, ProvisionLink, User
from tracker.reports.bars import Bar
from tracker.reports.standings import Standing
from tracker.vocabulary import NOT_ASSESSED, ProvisionLinkKind


@dataclass(frozen=True)
class Relation:
    """One link as seen from one of its ends; ``backwards`` when the other end made it."""

    link: ProvisionLink
    here: Provision
    there: Provision
    backwards: bool
    #: How the paragraph there stands, where this one repeats it.
    bar: Bar | None = None


@dataclass(frozen=True)
class AssessedThere:
    """What was concluded of the same body under the paragraph that this one repeats."""

    provision: Provision
    code: str
    result: str
    on: datetime.date

    @property
    def commitment_key(self) -> str:
        """The commitment that was assessed."""
        return f"{self.provision.key}/{self.code}"


def links_of(provision: Provision, *, viewer: User, on: datetime.date) -> list[ProvisionLink]:
    """The links of a paragraph and of its letters on that day, those of one kind together."""
    links = ProvisionLink.objects.visible_to(viewer).for_listing(on=on, viewer=viewer)
    return list(
        links.touching([provision]).order_by(
            "kind", "origin__resolution__year", "origin__path", "target__path", "pk"
        )
    )


def repeated(links: Iterable[ProvisionLink], provisions: set[int]) -> dict[int, list[Provision]]:
    """What each of ``provisions`` repeats, by its id; those that repeat nothing are left out."""
    found: dict[int, list[Provision]] = {}
    for link in links:
        if link.kind == ProvisionLinkKind.REPEATS and link.origin_id in provisions:
            found.setdefault(link.origin_id, []).append(link.target)
    return found


def relations(
    links: Iterable[ProvisionLink], provisions: set[int], bars: dict[int, Bar]
) -> list[Relation]:
    """The links as seen from ``provisions``, what they do first, then what is done to them."""
    out = [
        Relation(link, link.origin, link.target, False, _bar_there(link, bars))
        for link in links
        if link.origin_id in provisions
    ]
    back = [
        Relation(link, link.target, link.origin, True)
        for link in links
        if link.origin_id not in provisions
    ]
    return out + back


def _bar_there(link, bars):
    return bars.get(link.target_id) if link.kind == ProvisionLinkKind.REPEATS else None


def assessed_there(
    repeats: dict[int, list[Provision]], standings: Iterable[Standing]
) -> dict[tuple[int, str], list[AssessedThere]]:
    """What is assessed under the repeated paragraphs, by repeating provision and body's code.

    ``repeats`` comes from ``repeated``; ``standings`` holds those of the repeated paragraphs.
    """
    known = {(each.provision, each.code): each for each in standings}
    codes = sorted({code for _provision, code in known})
    found: dict[tuple[int, str], list[AssessedThere]] = {}
    for origin, targets in repeats.items():
        for target in targets:
            for code in codes:
                standing = known.get((target.pk, code))
                if standing and standing.result != NOT_ASSESSED:
                    there = AssessedThere(target, code, standing.result, standing.assessed_on)
                    found.setdefault((origin, code), []).append(there)
    return found


def related(
    commitment: Commitment, *, viewer: User, on: datetime.date
) -> tuple[list[Relation], list[AssessedThere]]:
    """The related paragraphs of a commitment, and what is assessed of its body under those that
    it repeats; in one query.
    """
    same = Commitment.objects.visible_to(viewer).for_counting(on=on, viewer=viewer)
    same = same.filter(provision=OuterRef("target"), body=commitment.body_id)
    links = list(
        ProvisionLink.objects.visible_to(viewer)
        .for_listing(on=on, viewer=viewer)
        .touching([commitment.provision])
        .annotate(
            result_there=Subquery(same.values("result")[:1]),
            assessed_there_on=Subquery(same.values("assessed_on")[:1]),
        )
        .order_by("kind", "origin__resolution__year", "origin__path", "target__path", "pk")
    )
    here = {commitment.provision_id}
    shared = [
        AssessedThere(link.target, commitment.body.code, link.result_there, link.assessed_there_on)
        for link in links
        if link.kind == ProvisionLinkKind.REPEATS
        and link.origin_id in here
        and link.assessed_there_on
    ]
    return relations(links, here, {}), shared
