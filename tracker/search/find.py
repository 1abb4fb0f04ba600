"""What a person finds: hits among the rows that he or she may see, and nothing of the others.

The order follows from each record alone. A rank that weighs how often a word stands in the whole
index would tell of records that the reader may not see, so there is none.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import connection, models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber

from tracker.models import (
    Assessment,
    Body,
    Document,
    Evidence,
    Provision,
    Report,
    Resolution,
    SearchEntry,
    Theme,
    User,
)
from tracker.search import postgres, sqlite
from tracker.search.text import Term, terms_of
from tracker.vocabulary import BodyKind
from tracker.vocabulary import SearchGroup as Group

NETWORK = Q(kind=BodyKind.NETWORK)
#: The rows of each group, and the condition that sets those of one noun apart.
GROUPS: dict[str, tuple[type[models.Model], Q]] = {
    Group.RESOLUTION: (Resolution, Q()),
    Group.PROVISION: (Provision, Q()),
    Group.BODY: (Body, ~NETWORK),
    Group.NETWORK: (Body, NETWORK),
    Group.THEME: (Theme, Q()),
    Group.DOCUMENT: (Document, Q()),
    Group.EVIDENCE: (Evidence, Q()),
    Group.REPORT: (Report, Q()),
    Group.ASSESSMENT: (Assessment, Q()),
}
#: Groups of which everybody sees all that belongs to a resolution adopted by the day.
DATED_BY_RESOLUTIONS = (Group.RESOLUTION, Group.PROVISION)
#: The groups in the order shown.
PLACES = tuple(GROUPS)
#: Best first: a title that begins with the words, one that holds them as they stand or as
#: beginnings, any text that does. Then the shortest record: more of it is about them.
ORDER = ("rank", "size", "place", "object_id")


@dataclass(frozen=True)
class Found:
    """One group of hits: how many there are, and the first of them."""

    group: str
    count: int
    entries: tuple[SearchEntry, ...]


def _index():
    """The index on the database at hand."""
    return postgres if connection.vendor == "postgresql" else sqlite


def match(terms: list[Term], *, title: bool = False):
    """Condition for the entries that hold all ``terms``, on the database at hand."""
    return _index().match(terms, title=title)


def rows_of(group: str, *, viewer: User, on: datetime.date):
    """The records of one group that ``viewer`` may see on that day."""
    model, condition = GROUPS[group]
    rows = model.objects.visible_to(viewer).filter(condition)
    return rows.as_of(on) if hasattr(rows, "as_of") else rows


def find(
    text: str,
    *,
    viewer: User,
    on: datetime.date,
    groups: Iterable[str] = tuple(GROUPS),
    titles: bool = False,
):
    """The entries of the records that hold all words of ``text``, best first.

    None when ``text`` has no word. Only what ``viewer`` may see on that day is asked for;
    ``titles`` leaves out what is found in other texts than titles.
    """
    terms, groups = terms_of(text), list(groups)
    if not terms:
        return SearchEntry.objects.none()
    entries = _index().holding(open_entries(viewer=viewer, on=on, groups=groups), terms)
    entries = entries.filter(match(terms, title=True)) if titles else entries
    # The words themselves are not read: sorting thousands of rows with them takes longer.
    entries = entries.only("noun", "object_id")
    return entries.annotate(place=_place(groups), rank=_rank(terms)).order_by(*ORDER)


def open_entries(*, viewer: User, on: datetime.date, groups: Iterable[str] = tuple(GROUPS)):
    """The entries of the records that ``viewer`` may see on that day, whatever their words."""
    within = Q(pk__in=[])
    for group in groups:
        rows = rows_of(group, viewer=viewer, on=on)
        if not rows.query.is_empty():
            within |= Q(_is_among(rows, group, on), noun=_noun(group))
    return SearchEntry.objects.filter(within)


def _is_among(rows, group, on):
    """Condition that the record of an entry is one of ``rows``.

    Asked for each hit by itself: a list of all that may be seen would take longer. Where every
    resolution was adopted by that day, each of them and of their paragraphs is; that is asked
    once, instead of tens of thousands of times.
    """
    among = Q(Exists(rows.order_by().filter(pk=OuterRef("object_id"))))
    if group not in DATED_BY_RESOLUTIONS:
        return among
    return ~Q(Exists(Resolution.objects.later_than(on).order_by())) | among


def _noun(group) -> str:
    return GROUPS[group][0]._meta.model_name


def group_of(entry: SearchEntry) -> str:
    """The group of an entry that was found."""
    return PLACES[entry.place]


def _place(groups):
    """The place of an entry's group; a body that is no network is among the other bodies."""
    if len(groups) == 1:
        return Value(PLACES.index(groups[0]), output_field=models.IntegerField())
    networks = Body.objects.filter(NETWORK, pk=OuterRef("object_id")).order_by()
    whens = [When(noun=_noun(group), then=Value(place)) for place, group in enumerate(PLACES)]
    place = Value(PLACES.index(Group.NETWORK))
    network = When(Exists(networks), noun="body", then=place)
    return Case(network, *whens, output_field=models.IntegerField())


def _rank(terms):
    whole = [replace(term, beginning=False) for term in terms]
    words = " ".join(term.text for term in terms)
    in_title = Case(
        When(Q(title=words) | Q(title__startswith=f"{words} "), then=Value(0)),
        When(match(whole, title=True), then=Value(1)),
        default=Value(2),
        output_field=models.IntegerField(),
    )
    # One question for each of thousands of hits that no title holds.
    return Case(
        When(match(terms, title=True), then=in_title),
        default=Value(3),
        output_field=models.IntegerField(),
    )


def overview(entries, *, first: int) -> list[Found]:
    """The groups among ``entries`` with their counts and their ``first`` hits, in one query."""
    if entries.query.is_empty():
        return []
    numbered = entries.annotate(
        number=Window(Count("pk"), partition_by=F("place")),
        nth=Window(RowNumber(), partition_by=F("place"), order_by=[F(each) for each in ORDER]),
    ).filter(nth__lte=first)
    held: dict[str, list[SearchEntry]] = {}
    for entry in numbered.order_by("place", "nth"):
        held.setdefault(group_of(entry), []).append(entry)
    return [Found(group, rows[0].number, tuple(rows)) for group, rows in held.items()]


def counts(entries) -> dict[str, int]:
    """How many of ``entries`` each group has; groups without any are left out."""
    if entries.query.is_empty():
        return {}
    counted = entries.order_by("place").values("place").annotate(number=Count("pk"))
    return {PLACES[row["place"]]: row["number"] for row in counted}
