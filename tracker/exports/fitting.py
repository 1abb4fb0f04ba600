"""The fullest brief that fits on its pages."""

from collections.abc import Callable

from tracker.exports.about import About
from tracker.exports.brief import PAGES, SIZES, Writer
from tracker.exports.typeset import Printed, printed
from tracker.reports.brief import Brief


def fitted(brief: Brief, about: About, address: Callable[..., str], *, language: str) -> Printed:
    """``brief`` as PDF on at most two pages; what is left out is counted and linked there."""
    for size in SIZES:
        made = printed(Writer(brief, address, size).paper(about), language=language)
        if made.pages <= PAGES:
            break
    return made
