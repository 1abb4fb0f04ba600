"""The rows of lists of commitments as HTML: put together here, since fifty rows of eleven cells
take a template ten times as long.

Everything from the register passes through ``escape`` here, or through a template.
"""

import datetime
import html
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tracker.dashboard.addresses import Day, addresses
from tracker.dashboard.columns import Column
from tracker.dashboard.states import fact, mark, when
from tracker.dashboard.words import LABELS
from tracker.exports.about import day_words
from tracker.models import Commitment
from tracker.reports.names import names_in
from tracker.vocabulary import CommitmentRole

#: What other pages show, too.
FORCE, CHANGED = "dashboard/_force.html", "dashboard/_changed.html"
THERE = "dashboard/crosswalk/_there.html"
NIL = '<span class="nil">–</span>'


def escape(text: object) -> str:
    """``text`` as text, never as markup; as the one of Django, which takes four times as long."""
    return html.escape(str(text))


class Once(dict):
    """What was drawn for each key; a row that says the same as one before takes that."""

    def __init__(self, draw):
        self.draw = draw

    def __missing__(self, key):
        self[key] = drawn = self.draw(key)
        return drawn


class Rows:
    """Draws the rows of one page: its columns, in its language, with links to its day.

    ``changed`` are the rows that say so, by id; ``selectable`` rows can be ticked.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        day: Day | None,
        *,
        changed: AbstractSet[int] = frozenset(),
        selectable: bool = False,
    ):
        self.cells = [self._cell(column) for column in columns]
        self.changed, self.selectable, self.day = changed, selectable, day
        self.language = (get_language() or "en")[:2]
        self.names = names_in(self.language)
        self.to_commitment = addresses("commitment", day)
        self.to_body = addresses("body", day)
        self.english = Once(self._english)
        self.when, self.date = Once(when), Once(self._date)
        self.facts = Once(lambda asked: fact(*asked))
        self.effects, self.forces = Once(self._effect), {}

    def draw(self, rows: Iterable[Commitment]) -> SafeString:
        """The rows, one below the other."""
        return SafeString("\n".join(map(self._row, rows)))

    def _row(self, row):
        cells = (f"{start}{cell(row)}{end}" for start, cell, end in self.cells)
        return f"<tr>{''.join(cells)}</tr>"

    def _cell(self, column):
        # Narrow screens have no head above the cells: each has its label.
        label, draw = escape(column.label), getattr(self, column.name)
        if column.names_row:
            return f'<th scope="row" data-label="{label}">', draw, "</th>"
        dated = ' class="date"' if column.name == "follow_up" else ""
        return f'<td data-label="{label}"{dated}>', draw, "</td>"

    # The cells, each by the name of its column.

    def provision(self, row):
        """The paragraph, and what it asks."""
        link = self._link(row, f'<bdi class="symbol">{escape(_symbol(row))}</bdi>')
        tick = f"{self._tick(row)} " if self.selectable else ""
        news = f" {self.news}" if row.pk in self.changed else ""
        gist = f'<span class="gist">{self.english[row.provision.summary]}</span>'
        return f"{tick}{link}{news}{gist}{self._noted(row)}"

    def body(self, row):
        """Who has to act."""
        href = escape(self.to_body(row.body.code))
        return f'<a href="{href}">{self.english[row.body.name]}</a>{self._role(row)}'

    def reported(self, row):
        """What the body says."""
        return self._fact("position", row.position, row.reported_on)

    def evidence(self, row):
        """How many records there are."""
        number = row.evidence_count
        if not number:
            return self._fact("evidence", "none", None)
        told = ngettext("%(n)s record", "%(n)s records", number) % {"n": localize(number)}
        return f"{mark('some')} {escape(told)}"

    def assessment(self, row):
        """What was concluded."""
        drawn = self._fact("result", row.result, row.assessed_on)
        return drawn + self.effects[row.effect] if row.effect else drawn

    def timing(self, row):
        """How it stands to its next date."""
        return self._fact("timing", row.timing, row.due_on)

    def force(self, row):
        """With which force it is asked."""
        # It follows from these two alone.
        asked = row.provision.force, row.provision.softened
        if asked not in self.forces:
            self.forces[asked] = render_to_string(FORCE, {"provision": row.provision})
        return self.forces[asked]

    def role(self, row):
        """Whether it is addressed or named in support."""
        return escape(row.get_role_display())

    def kind(self, row):
        """What kind of body it is."""
        return escape(row.body.get_kind_display())

    def region(self, row):
        """Where the body is."""
        region = row.body.region
        return self.english[region.name] if region else "–"

    def follow_up(self, row):
        """When it is looked at again."""
        return self.date[row.follow_up_on] if row.follow_up_on else NIL

    # What cells are made of.

    def _link(self, row, words):
        return f'<a href="{escape(self.to_commitment(row.public_key))}">{words}</a>'

    def _fact(self, vocabulary, key, on):
        drawn = self.facts[vocabulary, key]
        return f"{drawn} {self.when[on]}" if on else drawn

    def _tick(self, row):
        named = {"symbol": row.provision.resolution.symbol, "number": row.provision.number}
        named = _("%(symbol)s ¶%(number)s, %(body)s") % {**named, "body": row.body.name}
        return (
            f'<label class="tick"><input type="checkbox" form="bulk" name="row" '
            f'value="{escape(row.public_key)}"><span class="out-of-sight">'
            f"{escape(_('Choose %(name)s') % {'name': named})}</span></label>"
        )

    def _role(self, row):
        if row.role != CommitmentRole.SUPPORTING:
            return ""
        return f' <small class="tag">{escape(row.get_role_display())}</small>'

    def _noted(self, row):
        noted = getattr(row, "noted", "")
        if not noted:
            return ""
        return f'<small class="muted">{escape(_("Evidence:"))} <bdi>{escape(noted)}</bdi></small>'

    def _english(self, text):
        # As the filter of that name has it, for one language.
        if not text or self.language == "en":
            return escape(text)
        name = self.names.get(text)
        return f"<bdi>{escape(name)}</bdi>" if name else f'<bdi lang="en">{escape(text)}</bdi>'

    def _date(self, on: datetime.date):
        return escape(day_words(on))

    def _effect(self, key):
        words = LABELS["effect"].get(key, key)
        return f' <small class="muted">{escape(_("Effect:"))} {escape(words)}</small>'

    @cached_property
    def news(self) -> str:
        """What stands on a row that changed."""
        return render_to_string(CHANGED)


def _symbol(row):
    return f"{row.provision.resolution.symbol} ¶{row.provision.number}"


class RowsOfParagraph(Rows):
    """Under one paragraph: the body names the row, or which of its letters it is about."""

    def __init__(self, columns, day, **options):
        super().__init__(columns, day, **options)
        self.lettered = any(column.name == "provision" for column in columns)

    def provision(self, row):
        """Which letter it is."""
        return self._link(row, f'<bdi class="symbol">¶{escape(row.provision.number)}</bdi>')

    def body(self, row):
        """Who has to act."""
        if self.lettered:
            return super().body(row)
        return self._link(row, self.english[row.body.name]) + self._role(row)

    def assessment(self, row):
        """What was concluded, here and where the paragraph stood first."""
        drawn, there = super().assessment(row), row.assessed_there
        if there:
            drawn += render_to_string(THERE, {"found": there, "day": self.day})
        return drawn


class RowsOfBody(Rows):
    """On the page of one body."""

    def provision(self, row):
        """The paragraph, what it asks, and whether the body is named in support."""
        link = self._link(row, f'<bdi class="symbol">{escape(_symbol(row))}</bdi>')
        gist = f'<span class="gist">{self.english[row.provision.summary]}</span>'
        return f"{link}{self._role(row)}{gist}"
