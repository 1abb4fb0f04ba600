"""Create, change and delete the nouns of the register, one way for every door."""

import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from tracker.actions import changes
from tracker.actions.cascades import update_dependents
from tracker.actions.changes import Write, snapshot
from tracker.actions.errors import Conflict, Held, Refused
from tracker.actions.provenance import current_provenance
from tracker.models import Body, Change, Provision, Region, Resolution, Theme, User
from tracker.permissions import may_edit_register
from tracker.vocabulary import Door, Verb

#: What addresses are made of; fixed once a row is there.
FROZEN: dict[type, tuple[str, ...]] = {
    Body: ("code",),
    Region: ("code",),
    Theme: ("slug",),
    Resolution: ("number", "year"),
    Provision: ("resolution", "component", "number"),
}


def check(obj: models.Model, *, exclude: Iterable[str] = ()) -> None:
    """Derive and validate ``obj`` without writing it; raises ``ValidationError`` by field."""
    if not obj._state.adding:
        _refuse_new_key(obj)
    if hasattr(obj, "derive"):
        obj.derive()
    try:
        obj.full_clean(exclude=set(exclude))
    except ValidationError as error:
        raise _told_by_field(obj, error) from error


def _told_by_field(obj, error: ValidationError) -> ValidationError:
    """The same errors under the field to mend, which a broken rule names as its code.

    What is wrong with a derived field is told only when nothing else is.
    """
    told: dict[str, list[ValidationError]] = {}
    names = {field.name for field in obj._meta.get_fields()}
    for name, errors in error.error_dict.items():
        for each in errors:
            field = each.code if name == NON_FIELD_ERRORS and each.code in names else name
            same = told.setdefault(field, [])
            if each.messages not in [other.messages for other in same]:
                same.append(each)
    derived = {field.name for field in obj._meta.concrete_fields if not field.editable}
    return ValidationError({name: told[name] for name in told if name not in derived} or told)


def save(
    obj: models.Model,
    *,
    by: User | None,
    reason: str = "",
    relations: Mapping[str, Iterable] | None = None,
) -> Change | None:
    """Create or update one row with its many-to-many ``relations`` and record the change.

    Returns the Change, or None when nothing differed. Raises ``Refused`` (no right),
    ``ValidationError`` (by field) or ``Conflict`` (``obj.version`` is no longer current).
    """
    _require_editor(by)
    try:
        with transaction.atomic():
            return _save(obj, by=by, reason=reason, relations=relations or {})
    except IntegrityError as error:
        raise ValidationError(
            _("The database refused this: another record says the same already.")
        ) from error


def _save(obj, *, by, reason, relations) -> Change | None:
    creating = obj._state.adding
    before = {} if creating else snapshot(_lock_current(obj))
    check(obj)
    if creating:
        obj.save(force_insert=True)
        _set_relations(obj, relations)
        write = changes.created(obj)
    else:
        write = Write(obj, Verb.UPDATED, before, _after(obj, relations))
        if not changes.differences(write.before, write.after):
            return None
        if hasattr(obj, "version"):
            obj.version += 1
        obj.save(force_update=True)
        _set_relations(obj, relations)
    [change] = changes.record([write], by=by, reason=reason)
    update_dependents(obj, write, by=by, reason=reason)
    return change


def _after(obj, relations):
    state = snapshot(obj)
    for name, items in relations.items():
        state[name] = sorted(str(item.public_key) for item in items)
    return state


def _set_relations(obj, relations):
    for name, items in relations.items():
        getattr(obj, name).set(items)


def _lock_current(obj):
    """The row as it stands, locked; refuses when ``obj`` was read before another's change."""
    current = type(obj)._base_manager.select_for_update(of=("self",)).get(pk=obj.pk)
    if getattr(current, "version", None) != getattr(obj, "version", None):
        raise Conflict(current)
    return current


def _refuse_new_key(obj):
    fixed = FROZEN.get(type(obj), ())
    if not fixed:
        return
    stored = type(obj)._base_manager.filter(pk=obj.pk).values(*fixed).first() or {}
    errors = {
        name: _("This is fixed, since addresses are made of it; add a new record instead.")
        for name, value in stored.items()
        if value != obj.serializable_value(name)
    }
    if errors:
        raise ValidationError(errors)


def create_many(
    objs: Sequence[models.Model],
    *,
    by: User | None,
    reason: str = "",
    batch: uuid.UUID | None = None,
) -> list[models.Model]:
    """Create many rows of one kind at once, each with its Change; the database checks them.

    Raises ``Refused`` or ``ValidationError``; then nothing is written.
    """
    _require_editor(by)
    if not objs:
        return []
    for obj in objs:
        obj.derive()
    try:
        with transaction.atomic():
            made = type(objs[0])._base_manager.bulk_create(objs, batch_size=500)
            changes.record(
                (changes.created(obj) for obj in made), by=by, reason=reason, batch=batch
            )
    except IntegrityError as error:
        raise ValidationError(
            _("The database refused these records: %(error)s") % {"error": error}
        ) from error
    return made


def delete(obj: models.Model, *, by: User | None, reason: str = "") -> int:
    """Delete one row and what is part of it, a Change for each; returns how many rows went.

    Raises ``Refused``, or ``Held`` with the records that still refer to it.
    """
    _require_editor(by)
    with transaction.atomic():
        doomed = _collect(obj)
        writes = [Write(each, Verb.DELETED, snapshot(each), {}) for each in doomed]
        changes.record(
            writes, by=by, reason=reason, batch=uuid.uuid4() if len(doomed) > 1 else None
        )
        obj.delete()
    return len(doomed)


class _EveryRow(Collector):
    """A collector that always loads the rows, so that each can be recorded."""

    def can_fast_delete(self, *args, **kwargs):
        return False


def _collect(obj) -> list[models.Model]:
    collector = _EveryRow(using=obj._state.db or "default")
    try:
        collector.collect([obj])
    except ProtectedError as error:
        raise Held(obj, error.protected_objects) from error
    except RestrictedError as error:
        raise Held(obj, error.restricted_objects) from error
    rows = [row for rows in collector.data.values() for row in rows]
    # Rows of automatic many-to-many tables belong to the snapshot of their owner.
    return [row for row in rows if not row._meta.auto_created]


def _require_editor(by):
    trusted = by is None and current_provenance().door == Door.COMMAND
    if not trusted and (by is None or not may_edit_register(by)):
        raise Refused(_("Only an administrator may change the register."))
