"""What a row of each table says: its columns, what it is a row of, and which action writes it.

The columns are called as in the exports, so that what was exported can be read again.
"""

import copy
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from tracker.exports.cells import plain
from tracker.models import Change, User
from tracker.tables.errors import Wrong

#: Column → what the row has there.
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """One column that is read: its name, how a cell is read, and the field that it sets.

    ``fixed`` is set once. Without an ``attribute`` it only says which row is meant.
    """

    name: str
    read: Callable[[Any], Any]
    attribute: str = ""
    fixed: bool = False


class TableNoun:
    """One kind of table; an instance serves one reading of one file."""

    #: As it is called at every door.
    name: str
    model: type[models.Model]
    #: The right without which nothing of it is read.
    act: str
    #: The column that says which row of the register is meant.
    key: str
    fields: tuple[Field, ...]
    #: Columns of the exports that follow from other records and are passed over.
    derived: tuple[str, ...] = ()
    #: Groups of columns, of which a file needs one.
    needs: tuple[tuple[str, ...], ...] = ()

    def __init__(self, by: User | None):
        self.by = by

    def prepare(self, rows: Iterable[Values]) -> None:
        """Find in few queries what these rows speak of."""

    def identity(self, values: Values) -> Hashable:
        """What two rows of a file must not share; None when it says nothing of the kind."""
        return values.get(self.key) or None

    def find(self, values: Values) -> models.Model | None:
        """The row of the register that is meant, None for a new one; raises ``Wrong``."""
        raise NotImplementedError

    def wanted(self, values: Values, held: models.Model | None) -> dict[str, Any]:
        """The attributes that the row sets; raises ``Wrong``, or ``Missing`` for a reference."""
        return {
            field.attribute: values[field.name]
            for field in self.fields
            if field.attribute and field.name in values
        }

    def make(self, wanted: Mapping[str, Any]) -> models.Model:
        """A new row, not written yet."""
        return self.model(**wanted)

    def write(
        self, rows: Sequence[models.Model], told: Mapping[str, Any]
    ) -> list[Change | Exception | None]:
        """Write new and changed rows by their action; of each its Change, None, or why not."""
        raise NotImplementedError

    def took(self, row: models.Model) -> None:
        """A new row was written; others may refer to it."""

    def shown(self, attribute: str, value: Any) -> Any:
        """A value of an attribute as a file has it, for the comparison that people read."""
        return plain(value)

    def column_of(self, name: str) -> str:
        """The column that sets a field which an action finds wrong; empty when there is none."""
        for field in self.fields:
            if name in (field.attribute, field.attribute.removesuffix("_id")):
                return field.name
        return ""

    def changed(self, row: models.Model, wanted: Mapping[str, Any]) -> models.Model:
        """``row`` with other values; ``row`` itself stays as it was read."""
        other = copy.copy(row)
        # What was found through the old values is found again.
        other._state = copy.copy(row._state)
        other._state.fields_cache = {
            name: found
            for name, found in row._state.fields_cache.items()
            if not {name, f"{name}_id"} & wanted.keys()
        }
        for name, value in wanted.items():
            setattr(other, name, value)
        return other

    def refuse_fixed(self, held: models.Model, wanted: Mapping[str, Any]) -> None:
        """Raise ``Wrong`` when the row would change what is set once."""
        for field in self.fields:
            set_ = field.fixed and field.attribute in wanted
            if set_ and wanted[field.attribute] != getattr(held, field.attribute):
                raise Wrong(field.name, _("This stays as it is; add a new row instead."))
