"""From entries of the index to hits that can be shown: the record, its name, the words marked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models

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
from tracker.search.find import GROUPS, group_of
from tracker.search.text import Piece, Term, marked, snippet, terms_of

#: How much of a text is shown where none of it was looked for.
OPENING = 180


@dataclass(frozen=True)
class Hit:
    """One record that was found; ``title`` and ``text`` are pieces of plain text."""

    group: str
    row: models.Model
    title: list[Piece]
    text: list[Piece]

    @property
    def name(self) -> str:
        """The title without marks."""
        return "".join(piece.text for piece in self.title)


@dataclass(frozen=True)
class Shown:
    """How a hit of one noun is named, which texts are shown of it, and what these need."""

    title: Callable[[models.Model], str]
    texts: Callable[[models.Model], list[str]]
    select: tuple[str, ...] = ()
    #: The way to texts of which there are several; they come with the rows, as ``several``.
    several: str = ""


def _paragraph(provision: Provision) -> str:
    part = "" if provision.component == "main" else f" {provision.component}"
    return f"{provision.resolution.symbol}{part} ¶{provision.number}"


def _commitment(row: Report | Assessment) -> str:
    return f"{_paragraph(row.commitment.provision)} — {row.commitment.body.name}"


_OF_COMMITMENT = ("commitment__provision__resolution", "commitment__body")
SHOWN: dict[type, Shown] = {
    Resolution: Shown(
        lambda each: " — ".join(filter(None, (each.symbol, each.short_title))),
        lambda each: [each.agenda_item, each.note],
    ),
    Provision: Shown(
        _paragraph, lambda each: [each.summary, each.leading_verb], select=("resolution",)
    ),
    Body: Shown(
        lambda each: each.name,
        lambda each: [*each.several, each.code, each.description],
        several="names__text",
    ),
    Theme: Shown(lambda each: each.name, lambda each: [each.description]),
    Document: Shown(lambda each: each.title, lambda each: [each.symbol], select=("resolution",)),
    Evidence: Shown(
        lambda each: each.title,
        lambda each: [each.note, each.source, each.file_name, each.key],
    ),
    Report: Shown(_commitment, lambda each: [each.text, each.key], select=_OF_COMMITMENT),
    Assessment: Shown(_commitment, lambda each: [each.rationale, each.key], select=_OF_COMMITMENT),
}


def hits_of(entries: Iterable[SearchEntry], text: str, *, viewer: User) -> list[Hit]:
    """The hits behind ``entries``, in their order; one query for each noun among them.

    The records are read as ``viewer`` sees them once more: no hit outlives a right.
    """
    entries, terms = list(entries), terms_of(text)
    held = _rows(entries, viewer)
    found = []
    for entry in entries:
        group = group_of(entry)
        model = GROUPS[group][0]
        row = held.get((model, entry.object_id))
        if row is not None:
            found.append(_hit(group, row, SHOWN[model], terms))
    return found


def _rows(entries, viewer):
    wanted: dict[type, list[int]] = {}
    for entry in entries:
        wanted.setdefault(GROUPS[group_of(entry)][0], []).append(entry.object_id)
    held = {}
    for model, keys in wanted.items():
        rows = model.objects.visible_to(viewer).filter(pk__in=keys).order_by("pk")
        for row in _with_several(rows.select_related(*SHOWN[model].select), SHOWN[model].several):
            held[model, row.pk] = row
    return held


def _with_several(rows, path):
    """``rows``, each once, with the texts at ``path``: joined, so as to take no query more."""
    if not path:
        return rows
    held = {}
    for row in rows.annotate(one=models.F(path)).order_by("pk", path):
        first = held.setdefault(row.pk, row)
        first.several = [*getattr(first, "several", []), *([row.one] if row.one else [])]
    return held.values()


def _hit(group, row, shown: Shown, terms: list[Term]) -> Hit:
    texts = [each for each in shown.texts(row) if each]
    found = max((snippet(each, terms) for each in texts), key=_marks, default=[])
    opening = texts[0] if texts and not isinstance(row, Body) else ""
    return Hit(group, row, marked(shown.title(row), terms), found or _opening(opening))


def _marks(pieces: list[Piece]) -> int:
    return sum(piece.hit for piece in pieces)


def _opening(text: str) -> list[Piece]:
    if len(text) > OPENING:
        text = text[:OPENING].rpartition(" ")[0] + " …"
    return [Piece(text, False)] if text else []
