"""The counts of bars, of the matrix and of trends on any day, read from the tallies.

They cost the same however many commitments there are, and equal what ``for_counting`` counts.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, Sum, Value

from tracker import marks
from tracker.models import Body, DatedTally, Known, Provision, Theme, User
from tracker.models.known import ANY_THEME, NO_REGION, Subject, themes_of
from tracker.reports.bars import Bar
from tracker.rights import Act, Reach, reach
from tracker.vocabulary import RESULTS, CommitmentRole, Eyes

NUMBERS = tuple(key for key, _label in RESULTS)
DAY = datetime.timedelta(days=1)


class Turn(NamedTuple):
    """That so many commitments of a provision more, or fewer, show a result from a day on."""

    on: datetime.date
    provision: int
    region: int
    result: str
    number: int


class Tallied:
    """Counts for the eyes of ``viewer``, of everything or of what a ``subject`` narrows it to."""

    def __init__(self, viewer: User, subject: Subject | None = None):
        self.viewer, self.subject = viewer, subject or Subject()
        self.reach = reach(viewer, Act.READ_RESTRICTED)
        self.eyes = (Eyes.ALL, Eyes.WHOLE if self.reach == Reach.ALL else Eyes.OPEN)
        if not (viewer.is_authenticated and viewer.is_active):
            self.eyes = ()

    def by_theme_and_region(
        self, on: datetime.date, *, still: bool | None = None, themes: list[Theme] | None = None
    ) -> dict[tuple[int, int], dict[str, int]]:
        """Counts by the ids of a theme and of a region, with ``ANY_THEME`` and ``NO_REGION``.

        A commitment counts under each theme of its provision and those around them. Of a
        subject with a theme, only that theme. In five queries at most; what is known already is
        not asked again: ``still``, whether nothing changes after that day, and all ``themes``.
        """
        still = Known.objects.stand_still_after(on) if still is None else still
        start, found = marks.below(marks.FOREVER if still else _after(on))
        rows = self._tallies(found, theme=self.subject.theme)
        counts = dict(_summed(rows, "theme", "region"))
        turns = self._since(start, on)
        counted = self._counted_under(turns, themes)
        for turn in turns:
            for theme in counted(turn.provision):
                numbers = counts.setdefault((theme, turn.region), {})
                numbers[turn.result] = numbers.get(turn.result, 0) + turn.number
        shown = (
            (cell, {result: number for result, number in numbers.items() if number > 0})
            for cell, numbers in counts.items()
        )
        return {cell: numbers for cell, numbers in shown if numbers}

    def by_theme(self, on: datetime.date, **known) -> dict[int, Bar]:
        """The bar of each theme, and of ``ANY_THEME``; ``known`` as ``by_theme_and_region``."""
        bars = defaultdict(Bar)
        for (theme, _region), counter in self.by_theme_and_region(on, **known).items():
            bars[theme].counts.update(counter)
        return dict(bars)

    def on_days(self, days: Iterable[datetime.date]) -> dict[datetime.date, Bar]:
        """The bar of everything on each of some days, in three queries at most."""
        days = sorted(set(days))
        places = {day: marks.below(_after(day)) for day in days}
        wanted = set().union(*(found for _start, found in places.values()))
        rows = self._tallies(wanted, theme=self.subject.theme or ANY_THEME)
        at = {mark: numbers for (mark,), numbers in _summed(rows, "mark")}
        bars = {}
        rest = list(self._turns([(start, day) for day, (start, _found) in places.items()]))
        own = list(self._own_turns(days))
        for day, (start, found) in places.items():
            counts = Counter()
            for mark in found:
                counts.update(at.get(mark, {}))
            for turn in rest:
                if start <= turn.on <= day:
                    counts[turn.result] += turn.number
            for turn in own:
                if turn.on <= day:
                    counts[turn.result] += turn.number
            bars[day] = Bar(+counts)
        return bars

    def first(self) -> datetime.date | None:
        """The first day of the month in which anything first counted; None when nothing does."""
        theme = self.subject.theme or ANY_THEME
        rows = self._tallies(None, theme=theme).exclude(mark=marks.FOREVER)
        total = Sum(sum((F(key) for key in NUMBERS[1:]), start=F(NUMBERS[0])))
        rows = rows.order_by("mark").values("mark").annotate(total=total).exclude(total=0)
        mark = rows.values_list("mark", flat=True).first()
        return marks.month_of(mark - DAY) if mark else None

    def _tallies(self, found: set | None, *, theme: int | None):
        rows = DatedTally.objects.filter(eyes__in=self.eyes).order_by()
        if found is not None:
            rows = rows.filter(mark__in=found)
        if theme is not None:
            rows = rows.filter(theme=theme)
        if self.subject.regions is not None:
            rows = rows.filter(region__in=self.subject.regions)
        return rows

    def _since(self, start, on) -> list[Turn]:
        """What changed from ``start`` to ``on``, and what only some eyes see that day."""
        return [*self._turns([(start, on)]), *self._own_standing(on)]

    def _turns(self, stretches) -> Iterator[Turn]:
        """What changed in stretches of days, both ends included."""
        begun, ended = Q(), Q()
        for first, last in stretches:
            if first <= last:
                begun |= Q(shown_from__gte=first, shown_from__lte=last)
                ended |= Q(shown_until__gte=first, shown_until__lte=last)
        if not begun:
            return
        rows = self._spans().filter(eyes__in=self.eyes)
        columns = ("provision_id", "body__region", "result")
        # That they end at all is the condition of the index.
        ended &= Q(shown_until__lt=marks.FOREVER)
        both = rows.filter(begun).values_list("shown_from", *columns, Value(1))
        both = both.union(
            rows.filter(ended).values_list("shown_until", *columns, Value(-1)), all=True
        )
        for on, provision, region, result, number in both:
            yield Turn(on, provision, region or NO_REGION, result, number)

    def _own(self):
        """The spans of the bodies that the viewer speaks for, of which some eyes see less."""
        bodies = Body.objects.spoken_for_by(self.viewer).order_by().values("pk")
        return self._spans().filter(eyes__in=(Eyes.OPEN, Eyes.WHOLE), body__in=bodies)

    def _own_standing(self, on) -> Iterator[Turn]:
        """What a viewer sees of the own bodies instead of what all see of them, on one day."""
        if self.reach != Reach.OWN:
            return
        rows = self._own().filter(shown_from__lte=on, shown_until__gt=on)
        for eyes, *row in rows.values_list("eyes", "provision_id", "body__region", "result"):
            yield _turn(on, *row, eyes == Eyes.WHOLE)

    def _own_turns(self, days) -> Iterator[Turn]:
        """The same for many days, as turns."""
        if self.reach != Reach.OWN or not days:
            return
        columns = ("provision_id", "body__region", "result")
        rows = self._own().filter(shown_from__lte=max(days))
        for eyes, first, end, *row in rows.values_list(
            "eyes", "shown_from", "shown_until", *columns
        ):
            yield _turn(first, *row, eyes == Eyes.WHOLE)
            yield _turn(end, *row, eyes != Eyes.WHOLE)

    def _spans(self):
        """The spans that count something of the subject."""
        rows = Known.objects.filter(
            role=CommitmentRole.ADDRESSEE, shown_from__lt=F("shown_until")
        ).order_by()
        if self.subject.theme is not None:
            themes = Theme.objects.filter(path__startswith=self.subject.path)
            carrying = Provision.themes.through.objects.filter(
                provision=OuterRef("provision"), theme__in=themes.values("pk")
            )
            rows = rows.filter(Exists(carrying))
        if self.subject.regions is not None:
            lies = Q(body__region__in=self.subject.regions)
            if NO_REGION in self.subject.regions:
                lies |= Q(body__region=None)
            rows = rows.filter(lies)
        return rows

    def _counted_under(self, turns, themes):
        """A function from a provision's id to the themes that it counts under."""
        if self.subject.theme is not None:
            return lambda _provision: (self.subject.theme,)
        provisions = {turn.provision for turn in turns}
        if not provisions:
            return lambda _provision: (ANY_THEME,)
        paths = None if themes is None else {theme.path: theme.pk for theme in themes}
        return themes_of(provisions, paths).__getitem__


def _summed(rows, *by: str) -> Iterator[tuple[tuple, dict[str, int]]]:
    """The columns named, and the numbers of all rows that share them, where there are any."""
    sums = {f"sum_{key}": Sum(key) for key in NUMBERS}
    for row in rows.values(*by).annotate(**sums).values_list(*by, *sums):
        numbers = zip(NUMBERS, row[len(by) :], strict=True)
        yield row[: len(by)], {result: number for result, number in numbers if number}


def _turn(on, provision, region, result, more) -> Turn:
    return Turn(on, provision, region or NO_REGION, result, 1 if more else -1)


def _after(day: datetime.date) -> datetime.date:
    return day + DAY if day < marks.FOREVER else day
