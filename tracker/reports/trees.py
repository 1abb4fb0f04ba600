"""Bars along the two trees of the register: provisions of a resolution, and themes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count

from tracker.models import Provision, Theme
from tracker.models.commitments import CommitmentQuerySet
from tracker.reports.bars import Bar, sum_of


@dataclass
class Branch:
    """A provision or a theme with the bar of everything in it, and its depth (1 at the top)."""

    node: Provision | Theme
    depth: int
    bar: Bar
    provisions: int = 0
    children: list["Branch"] = field(default_factory=list)


def provision_branches(provisions: Iterable[Provision], bars: Mapping[int, Bar]) -> list[Branch]:
    """The provisions in the order given, each with the bar of itself and its letters.

    ``bars`` maps a provision's id to its own bar, as ``bars_by(…, "provision")`` gives it.
    """
    branches = [Branch(each, each.depth, bars.get(each.pk, Bar())) for each in provisions]
    by_id = {branch.node.pk: branch for branch in branches}
    for branch in reversed(branches):
        parent = by_id.get(branch.node.parent_id)
        if parent:
            parent.bar = parent.bar + branch.bar
            parent.children.insert(0, branch)
    return branches


def theme_branches(
    themes: Iterable[Theme],
    carried: Iterable[tuple[int, int]],
    bars: Mapping[int, Bar],
) -> list[Branch]:
    """The themes in tree order, each with the bar of the provisions that carry it or a
    theme nested in it; a provision counts once however many of them it carries.

    ``carried`` is pairs of theme id and provision id.
    """
    themes = list(themes)
    own: dict[int, set[int]] = {theme.pk: set() for theme in themes}
    for theme_id, provision_id in carried:
        own.setdefault(theme_id, set()).add(provision_id)
    branches = []
    for theme in themes:
        within = set().union(
            *(own[other.pk] for other in themes if other.path.startswith(theme.path))
        )
        bar = sum_of(bars.get(pk, Bar()) for pk in within)
        branches.append(Branch(theme, theme.path.count("/"), bar, provisions=len(within)))
    return branches


def told_branches(themes: Iterable[Theme], bars: Mapping[int, Bar]) -> list[Branch]:
    """The themes, each with its bar: as ``theme_branches``, from the tallies.

    How many provisions carry one is told where the themes come from ``for_listing``.
    """
    return [
        Branch(
            each,
            each.path.count("/"),
            bars.get(each.pk, Bar()),
            getattr(each, "provision_count", 0),
        )
        for each in themes
    ]


def bars_with_themes(
    commitments: CommitmentQuerySet,
) -> tuple[dict[int, Bar], set[tuple[int, int]]]:
    """Bars by provision, and pairs of theme id and provision id, in one query for both.

    ``commitments`` comes from ``for_counting(on=…, viewer=…)``.
    """
    bars: dict[int, Bar] = {}
    carried = set()
    rows = commitments.values_list("provision", "provision__themes", "result")
    for provision, theme, result, number in rows.annotate(n=Count("pk")):
        # The same number comes once for each theme that the provision carries.
        bars.setdefault(provision, Bar()).counts[result] = number
        if theme:
            carried.add((theme, provision))
    return bars, carried
