"""How a hit is drawn: its address, and the words marked. The only place where a hit is HTML."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join

from tracker.dashboard.addresses import Day, address
from tracker.search.hits import Hit
from tracker.search.text import Piece
from tracker.vocabulary import SearchGroup as Group

#: The page of one record of each group; documents stand in their list.
PAGES = {
    Group.RESOLUTION: "resolution",
    Group.PROVISION: "provision",
    Group.BODY: "body",
    Group.NETWORK: "body",
    Group.THEME: "theme",
    Group.EVIDENCE: "evidence-page",
    Group.REPORT: "report",
    Group.ASSESSMENT: "assessment",
}


def address_of_hit(hit: Hit, day: Day | None) -> str:
    """The page of the record."""
    if hit.group != Group.DOCUMENT:
        return address(PAGES[hit.group], hit.row.public_key, day=day)
    resolution = hit.row.resolution.key if hit.row.resolution else None
    return f"{address('documents', resolution=resolution, day=day)}#{hit.row.slug}"


def draw_marked(pieces: Iterable[Piece]) -> str:
    """Pieces of plain text as HTML; every one is escaped, the hits stand in ``mark``."""
    drawn = (
        format_html("<mark>{}</mark>", each.text) if each.hit else each.text for each in pieces
    )
    return format_html_join("", "{}", ((each,) for each in drawn))
