"""The State addressees of one paragraph by M49 region: one tile each, in alphabetical order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tracker.reports.crosswalk import AssessedThere
from tracker.reports.standings import Standing
from tracker.vocabulary import STATES


@dataclass(frozen=True)
class Tile:
    """One State, and what is assessed of it under a paragraph that this one repeats."""

    standing: Standing
    there: tuple[AssessedThere, ...] = ()


@dataclass
class Subregion:
    """A subregion of M49 with its States; its name is empty where a region has none."""

    name: str
    tiles: list[Tile] = field(default_factory=list)


@dataclass
class TileRegion:
    """A region of M49 with its subregions."""

    name: str
    subregions: list[Subregion] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many States it holds."""
        return sum(len(each.tiles) for each in self.subregions)


def tile_regions(
    standings: Iterable[Standing],
    provision: int,
    there: Mapping[tuple[int, str], list[AssessedThere]],
) -> list[TileRegion]:
    """The States among ``standings`` of ``provision``; regions and States by name.

    ``there`` comes from ``assessed_there``. States without a region stand at the end.
    """
    placed: dict[tuple[str, str], list[Tile]] = {}
    for standing in standings:
        if standing.provision == provision and standing.kind in STATES:
            region, subregion, *_rest = (*standing.places, "", "")
            tile = Tile(standing, tuple(there.get((provision, standing.code), ())))
            placed.setdefault((region, subregion), []).append(tile)
    regions: dict[str, TileRegion] = {}
    for (region, subregion), tiles in sorted(placed.items(), key=_by_name):
        held = regions.setdefault(region, TileRegion(region))
        held.subregions.append(Subregion(subregion, tiles))
    return list(regions.values())


def _by_name(placed):
    (region, subregion), _tiles = placed
    return (not region, region, subregion)
