"""Tiles made ready to draw: where each leads, and what it is called without sight or colour."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.dashboard.addresses import Day, address
from tracker.dashboard.words import LABELS, LETTERS
from tracker.exports.about import day_words
from tracker.reports.names import named
from tracker.reports.tiles import Tile, TileRegion


@dataclass(frozen=True)
class DrawnTile:
    """One tile: code, letter and state as seen, and the name that says all of it in words."""

    code: str
    state: str
    letter: str
    name: str
    href: str
    shared: bool


@dataclass(frozen=True)
class DrawnSubregion:
    """A row of tiles under its name."""

    name: str
    tiles: list[DrawnTile]


@dataclass(frozen=True)
class DrawnRegion:
    """A region with its rows of tiles."""

    name: str
    total: int
    subregions: list[DrawnSubregion]


def draw_tiles(regions: list[TileRegion], day: Day) -> list[DrawnRegion]:
    """The tiles of each region ready to draw."""
    return [
        DrawnRegion(
            region.name or _("Region not given"),
            region.total,
            [
                DrawnSubregion(each.name, [_draw(tile, day) for tile in each.tiles])
                for each in region.subregions
            ],
        )
        for region in regions
    ]


def _draw(tile: Tile, day: Day) -> DrawnTile:
    standing = tile.standing
    return DrawnTile(
        code=standing.code,
        state=standing.result,
        letter=str(LETTERS[standing.result]),
        name=_name(tile),
        href=address("commitment", standing.key, day=day),
        shared=bool(tile.there),
    )


def _name(tile: Tile) -> str:
    """“Ambrel: fully implemented, 10 June 2026 (XAA)”, and what was assessed elsewhere."""
    standing = tile.standing
    said = _("%(name)s: %(result)s (%(code)s)") % {
        "name": named(standing.name),
        "result": _dated(standing.result, standing.assessed_on),
        "code": standing.code,
    }
    elsewhere = [
        _("assessed under %(provision)s: %(result)s")
        % {"provision": each.provision, "result": _dated(each.result, each.on)}
        for each in tile.there
    ]
    return "; ".join([said, *elsewhere])


def _dated(result, on) -> str:
    words = str(LABELS["result"][result]).lower()
    if on is None:
        return words
    return _("%(result)s, %(date)s") % {"result": words, "date": day_words(on)}
