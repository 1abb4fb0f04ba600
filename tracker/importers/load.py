"""Brings the register to the state that fixture rows describe, through the actions."""

import json
import uuid
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _

from tracker import actions
from tracker.importers.shelf import Shelf, key_of
from tracker.models import User


def load_file(path: Path, *, by: User | None, reason: str = "") -> Counter:
    """Load one fixture file; see ``load_rows``."""
    return load_rows(json.loads(path.read_text(encoding="utf-8")), by=by, reason=reason)


def load_rows(rows: Iterable[dict], *, by: User | None, reason: str = "") -> Counter:
    """Add what is new and update what differs, compared by natural key; never delete.

    ``rows`` have the form of Django's fixtures with natural keys, what is referred to first.
    Returns how many were ``new``, ``changed`` and ``same``; a second load writes nothing.
    Raises ``ValueError`` when a row refers to something that is not there.
    """
    loader = _Loader(by=by, reason=reason)
    with transaction.atomic():
        for row in rows:
            loader.take(apps.get_model(row["model"]), row["fields"])
        loader.flush()
    return loader.counts


class _Loader:
    """Gathers new rows of one kind and writes them together, as soon as another needs them."""

    def __init__(self, *, by, reason):
        self.by, self.reason = by, reason
        self.batch = uuid.uuid4()
        self.shelf = Shelf()
        self.waiting: list[models.Model] = []
        self.counts = Counter(new=0, changed=0, same=0)

    def take(self, model, fields):
        """Compare one row with the register; write it, or keep it for the next batch."""
        if self.waiting and type(self.waiting[0]) is not model:
            self.flush()
        values, relations = self.read(model, fields)
        if any(isinstance(value, models.Model) and not value.pk for value in values.values()):
            self.flush()
        wanted = model(**values)
        there = self.shelf.get(model, key_of(wanted))
        if there is None:
            self.add(wanted, relations)
        elif differs(there, values, relations):
            self.update(there, values, relations)
        else:
            self.counts["same"] += 1

    def read(self, model, fields):
        """Return the values of one row, and its many-to-many relations, as objects."""
        values, relations = {}, {}
        for name, value in fields.items():
            field = model._meta.get_field(name)
            if field.many_to_many:
                relations[name] = [self.find(model, field, key) for key in value]
            elif field.is_relation:
                values[name] = None if value is None else self.find(model, field, value)
            else:
                values[name] = field.to_python(value)
        return values, relations

    def find(self, model, field, key):
        """Return the row that ``field`` refers to."""
        found = self.shelf.get(field.related_model, tuple(key))
        if found is None:
            raise ValueError(
                _("%(noun)s: “%(field)s” refers to %(key)s, which is not in the register.")
                % {"noun": model._meta.verbose_name, "field": field.name, "key": "/".join(key)}
            )
        return found

    def add(self, obj, relations):
        """Keep a new row for the next batch; one with relations is written by itself."""
        self.counts["new"] += 1
        self.shelf.put(obj)
        if relations:
            actions.save(obj, by=self.by, reason=self.reason, relations=relations)
        else:
            self.waiting.append(obj)

    def update(self, obj, values, relations):
        """Write a row that differs, and read its kind anew: others may follow from it."""
        self.flush()
        for name, value in values.items():
            setattr(obj, name, value)
        change = actions.save(obj, by=self.by, reason=self.reason, relations=relations)
        self.shelf.forget(type(obj))
        self.counts["changed" if change else "same"] += 1

    def flush(self):
        """Write the rows that wait."""
        actions.create_many(self.waiting, by=self.by, reason=self.reason, batch=self.batch)
        self.waiting = []


def differs(obj: models.Model, values: dict, relations: dict) -> bool:
    """Whether the stored row says something else than the values of a fixture."""
    for name, value in values.items():
        stored = obj._meta.get_field(name).value_from_object(obj)
        if stored != (value.pk if isinstance(value, models.Model) else value):
            return True
    return any(
        {item.pk for item in getattr(obj, name).all()} != {item.pk for item in items}
        for name, items in relations.items()
    )
