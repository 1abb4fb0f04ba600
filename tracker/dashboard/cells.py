"""The cells of the matrix as HTML: put together here, since a page can have seven thousand."""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from tracker.dashboard.bars import ROOM_FOR_LETTER
from tracker.dashboard.words import LABELS, LETTERS
from tracker.reports.bars import Bar
from tracker.reports.matrix import Cell
from tracker.vocabulary import NOT_ASSESSED

#: The class of a cell with one result; one that is not assessed has none, since most have none.
CLASSES = {
    "fully_implemented": "f",
    "largely_implemented": "l",
    "partially_implemented": "p",
    "not_implemented": "n",
    "insufficient_information": "i",
    "not_applicable": "x",
    NOT_ASSESSED: "",
}
#: Parts of a small bar narrower than this, in per cent, have no room for their letter.
ROOM_IN_CELL = 3 * ROOM_FOR_LETTER

#: Everything here is put together from words and addresses that were escaped before.
EMPTY = SafeString("<td>")


class Cells:
    """Draws cells in the words of one language; ``linked`` says whether each has its link.

    ``words`` spells results out for those who hear the table; without, letters stand alone
    and the legend explains them. ``brief`` leaves letters and the smaller link out of bars;
    ``assessed_query`` narrows a list to what is assessed, escaped.
    """

    def __init__(self, *, linked: bool, words: bool, brief: bool, assessed_query: str):
        self.linked, self.words, self.brief = linked, words, brief
        self.assessed_query = assessed_query
        self.labels = {key: escape(label) for key, label in LABELS["result"].items()}
        self.arrow = "←" if get_language_bidi() else "→"
        self.letters = {key: escape(letter) for key, letter in LETTERS.items()}
        self.changed, self.was = escape(_("changed")), escape(_("was"))
        self.share = escape(_("%(assessed)s of %(total)s assessed"))

    def draw(self, cell: Cell | None, href: str) -> SafeString:
        """One cell; ``href`` is the list behind it, escaped already."""
        if cell is None:
            return EMPTY
        if cell.bar.total == 1 and (cell.before is None or cell.before.total <= 1):
            return SafeString(self._single(cell, href))
        return SafeString(self._many(cell, href))

    def _single(self, cell, href):
        result = result_of(cell.bar)
        inner = self._result(result, cell)
        if self.linked:
            inner = f'<a href="{href}">{inner}</a>'
        classes = " ".join(filter(None, [CLASSES[result], "c" if cell.moved else ""]))
        name = f' class="{classes}"' if " " in classes else f" class={classes}" if classes else ""
        return f"<td{name}>{inner}"

    def _result(self, result, cell):
        before = ""
        if cell.moved:
            then = result_of(cell.before)
            before = f"<small>{self.letters[then]}{self.arrow}</small>"
            before += f"<i>{self.changed}, {self.was} {self.labels[then]}: </i>"
        if result == NOT_ASSESSED:
            return (
                f"{before}<b class=n0>{self.labels[result]}</b>" if before else self.labels[result]
            )
        word = f"<i> {self.labels[result]}</i>" if self.words else ""
        return f"{before}{self.letters[result]}{word}"

    def _many(self, cell, href):
        bar, before = cell.bar, ""
        if cell.moved:
            then = _("was %(assessed)s of %(total)s") % {
                "assessed": cell.before.assessed,
                "total": cell.before.total,
            }
            before = f"<small><b>≠ {self.changed}</b> {escape(then)}</small>"
        assessed, total = f"{bar.assessed}", f"{bar.total}"
        if self.linked:
            total = self._figure(bar.total, href)
        if self.linked and not self.brief:
            assessed = self._figure(bar.assessed, f"{href}{self.assessed_query}")
        text = f"<span>{self.share % {'assessed': assessed, 'total': total}}</span>"
        name = "m c" if cell.moved else "m"
        return f'<td class="{name}">{self._bar(bar)}{text}{before}'

    def _figure(self, number, href):
        return f'<a href="{href}" data-count={number}>{number}</a>'

    def _bar(self, bar: Bar) -> str:
        if not bar.total:
            return ""
        parts = "".join(self._parts(bar))
        words = "" if self.brief else f' role=img aria-label="{self._spoken(bar)}"'
        hidden = " aria-hidden=true" if self.brief else ""
        return f"<svg class=b{words}{hidden}>{parts}</svg>"

    def _spoken(self, bar):
        return "; ".join(f"{self.labels[s.key]} {s.count}" for s in bar.segments if s.count)

    def _parts(self, bar) -> Iterable[str]:
        start = 0.0
        for segment in bar.segments:
            if not segment.count:
                continue
            width = 100 * segment.count / bar.total
            yield (
                f'<rect x="{start:.4g}%" width="{width:.4g}%" height=12 '
                f'fill="url(#part-{segment.key})"/>'
            )
            if width >= ROOM_IN_CELL and not self.brief:
                yield f'<text x="{start + width / 2:.4g}%" y=10>{self.letters[segment.key]}</text>'
            start += width


def result_of(bar: Bar) -> str:
    """The one result that a bar of one commitment shows; not assessed when it shows none."""
    return next((key for key, number in bar.counts.items() if number), NOT_ASSESSED)
