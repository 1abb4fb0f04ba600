"""Which words of which record are found: the index follows every write, in its transaction.

Contacts of offices and names of persons are not indexed. The index holds words alone; what is
shown of a hit is read from the record, by who may see it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext as _

from tracker.models import (
    Assessment,
    Body,
    BodyName,
    Document,
    Evidence,
    Provision,
    Report,
    Resolution,
    SearchEntry,
    Theme,
)
from tracker.search.text import words_of

#: The words of one record take no more than this (bytes); no text that people write comes near.
LARGEST = 400_000
BATCH = 500


@dataclass(frozen=True)
class Indexed:
    """What is found of one kind of record: its title counts for more than its other texts.

    Both are fields; the texts of ``names`` belong to the title.
    """

    title: tuple[str, ...]
    others: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


INDEXED: dict[type, Indexed] = {
    Resolution: Indexed(("key", "short_title"), ("agenda_item", "note")),
    Provision: Indexed(("key",), ("leading_verb", "summary")),
    Theme: Indexed(("name",), ("description",)),
    Body: Indexed(("name", "code"), ("description",), names=("names",)),
    Document: Indexed(("title", "symbol")),
    Evidence: Indexed(("title", "key"), ("note", "source", "file_name")),
    Report: Indexed(("key",), ("text",)),
    Assessment: Indexed(("key",), ("rationale",)),
}
#: Rows that are indexed as a part of another.
PARTS: dict[type, str] = {BodyName: "body"}


def entry_of(row: models.Model) -> SearchEntry:
    """What the index holds of ``row`` as it stands."""
    kind = INDEXED[type(row)]
    names = [each.text for parts in kind.names for each in getattr(row, parts).all()]
    title = joined([*(getattr(row, name) for name in kind.title), *names])
    others = joined(getattr(row, name) for name in kind.others)
    return SearchEntry(
        noun=row._meta.model_name,
        object_id=row.pk,
        title=title,
        others=others,
        size=title.count(" ") + others.count(" ") + 2,
    )


def joined(texts: Iterable[str]) -> str:
    """The words of some texts, each once, with a space between them."""
    words: dict[str, None] = {}
    left = LARGEST
    for text in texts:
        for word in words_of(text):
            if word.text and word.text not in words:
                left -= len(word.text.encode()) + 1
                if left < 0:
                    return " ".join(words)
                words[word.text] = None
    return " ".join(words)


def says(row: models.Model, changed: Collection[str]) -> bool:
    """Whether other words may be found of ``row`` once these fields of it changed."""
    kind = INDEXED.get(type(row))
    return type(row) in PARTS or (
        kind is not None and not {*kind.title, *kind.others}.isdisjoint(changed)
    )


def follow(rows: Iterable[models.Model]) -> None:
    """Index what ``rows`` say now; a part is indexed with what it belongs to."""
    wanted: dict[type, dict[int, models.Model]] = defaultdict(dict)
    for row in rows:
        row = getattr(row, PARTS[type(row)]) if type(row) in PARTS else row
        if type(row) in INDEXED and row.pk is not None:
            wanted[type(row)][row.pk] = row
    for model, held in wanted.items():
        _fresh(model, list(held.values()))
        put(map(entry_of, held.values()))


def _fresh(model, rows):
    """Read the parts of ``rows`` again: those at hand may be older than the write."""
    for name in INDEXED[model].names:
        for row in rows:
            getattr(row, "_prefetched_objects_cache", {}).pop(name, None)
        models.prefetch_related_objects(rows, name)


def forget(rows: Iterable[models.Model]) -> None:
    """Drop what the index holds of ``rows``, which are about to go."""
    doomed = defaultdict(list)
    for row in rows:
        if type(row) in INDEXED:
            doomed[row._meta.model_name].append(row.pk)
    for noun, keys in doomed.items():
        SearchEntry.objects.filter(noun=noun, object_id__in=keys).delete()


def put(entries: Iterable[SearchEntry]) -> None:
    """Write entries, each in the place of the one that stands for the same record."""
    SearchEntry.objects.bulk_create(
        entries,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["noun", "object_id"],
        update_fields=["title", "others", "size"],
    )


def wanted_entries():
    """What the index should hold, read anew from every record."""
    for model, kind in INDEXED.items():
        rows = model._base_manager.order_by("pk").prefetch_related(*kind.names)
        yield from map(entry_of, rows.iterator(chunk_size=BATCH))


def rebuild() -> int:
    """Write the index anew from every record; returns how many entries it has."""
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        put(wanted_entries())
        return SearchEntry.objects.count()


def fill_if_empty() -> None:
    """Index what was there before the index was; nothing when it holds anything."""
    if not SearchEntry.objects.exists() and any(model._base_manager.exists() for model in INDEXED):
        rebuild()


def differences() -> list[str]:
    """Where the index is not what the records say, one sentence each; empty when it is."""
    held = {_key(each): each for each in SearchEntry.objects.iterator()}
    found = []
    for wanted in wanted_entries():
        there = held.pop(_key(wanted), None)
        if there is None:
            found.append(_("%(entry)s is not indexed.") % {"entry": wanted})
        elif _words(there) != _words(wanted):
            found.append(_("%(entry)s is indexed with other words.") % {"entry": wanted})
    gone = _("%(entry)s is indexed, but not there.")
    return found + [gone % {"entry": each} for each in held.values()]


def _key(entry):
    return entry.noun, entry.object_id


def _words(entry):
    return entry.title, entry.others, entry.size
