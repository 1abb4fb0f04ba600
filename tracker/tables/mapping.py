"""Which column of a file is which column of ours: guessed by name and label, or chosen."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.exports.sheets import SHEETS
from tracker.tables.errors import Unread
from tracker.tables.nouns import Field, TableNoun


@dataclass(frozen=True)
class Mapped:
    """The columns that are read, by their place in the file, and the names of the others."""

    fields: dict[int, Field]
    #: They follow from other records, so they are never read.
    derived: tuple[str, ...]
    #: Nobody knows them.
    unknown: tuple[str, ...]


def mapped(
    kind: type[TableNoun], header: list[str], chosen: Mapping[str, str] | None = None
) -> Mapped:
    """What each column of the file is; ``chosen`` says it by name, "" for one to pass over.

    Raises ``Unread`` for a choice that there is not, and when what a row is cannot be told.
    """
    chosen = dict(chosen or {})
    _refuse_choices(kind, header, chosen)
    taken = _places(header, {**guessed(kind, header), **chosen})
    own = {field.name: field for field in kind.fields}
    fields = {place: own[name] for place, name in taken.items() if name in own}
    _refuse_lack(kind, {field.name for field in fields.values()})
    others = [(name, taken.get(place)) for place, name in enumerate(header) if place not in fields]
    return Mapped(
        fields,
        derived=tuple(name for name, ours in others if ours),
        unknown=tuple(name for name, ours in others if name and not ours),
    )


def guessed(kind: type[TableNoun], header: list[str]) -> dict[str, str]:
    """Name in the file → our column, where the name or the label of one is the same."""
    ours = [field.name for field in kind.fields] + list(kind.derived)
    names = {_plain(name): name for name in ours}
    labels: dict[str, str] = {}
    for column in SHEETS[kind.model].columns:
        labels.setdefault(_plain(str(column.label)), column.name)
    found = {}
    for name in filter(None, header):
        same = names.get(_plain(name)) or labels.get(_plain(name))
        if same and same not in found.values():
            found[name] = same
    return found


def _plain(name: str) -> str:
    return "_".join(name.casefold().replace("-", " ").replace("_", " ").split())


def _refuse_choices(kind, header, chosen) -> None:
    columns = {field.name for field in kind.fields}
    for name, column in chosen.items():
        if name not in header:
            raise Unread(_("The file has no column “%(name)s”.") % {"name": name})
        if column and column not in columns:
            raise Unread(
                _("“%(name)s” is no column to read; there are: %(names)s.")
                % {"name": column, "names": ", ".join(field.name for field in kind.fields)}
            )


def _places(header, meant) -> dict[int, str]:
    """The place of each column in the file → our column."""
    found: dict[int, str] = {}
    for place, name in enumerate(header):
        column = meant.get(name)
        if column and column in found.values():
            raise Unread(
                _("Two columns of the file are taken for “%(name)s”; choose one.")
                % {"name": column}
            )
        if column:
            found[place] = column
    return found


def _refuse_lack(kind, names) -> None:
    if not any(set(group) <= names for group in kind.needs):
        raise Unread(
            _("The file needs the columns %(names)s; say which of its own they are.")
            % {"names": _(" or ").join(" + ".join(group) for group in kind.needs)}
        )
