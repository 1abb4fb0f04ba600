"""Which columns of a list are shown, and in what order: ``cols`` in the address, or the usual."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Column:
    """A column of a table; ``sort`` names its order in the FilterSet, if it has one."""

    name: str
    label: str
    sort: str = ""
    numeric: bool = False
    #: The order that a list has when none is asked for.
    default: bool = False
    #: It names the row, so it is always shown.
    names_row: bool = False
    #: Shown only when it is asked for.
    extra: bool = False


def choose(columns: Sequence[Column], wanted: Sequence[str]) -> tuple[Column, ...]:
    """The columns named, in that order; the usual ones when none is.

    What names the rows stands first where it is left out. Raises ``ValueError`` with a sentence.
    """
    names = list(dict.fromkeys(name for name in wanted if name))
    if not names:
        return tuple(each for each in columns if not each.extra)
    known = {each.name: each for each in columns}
    for name in names:
        if name not in known:
            raise ValueError(
                _("This list has no column “%(name)s”; it has: %(known)s.")
                % {"name": name, "known": ", ".join(known)}
            )
    shown = [known[name] for name in names]
    naming = [each for each in columns if each.names_row and each not in shown]
    return (*naming, *shown)


@dataclass(frozen=True)
class Chooser:
    """The form that chooses columns: one box a place, each with every column."""

    columns: Sequence[Column]
    shown: Sequence[Column]

    @property
    def places(self) -> list[str]:
        """What each box holds; empty ones leave a place out."""
        shown = [each.name for each in self.shown]
        return shown + [""] * (len(self.columns) - len(shown))
