"""How one row is written, whatever the right it takes: check → write → Change.

The actions ask for the right first, each its own; nothing else calls these functions.
"""

import uuid
from collections.abc import Iterable, Mapping

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from tracker.actions import changes, known
from tracker.actions.cascades import unroll, update_dependents
from tracker.actions.changes import Write, snapshot
from tracker.actions.errors import Conflict, Held, Refused
from tracker.actions.provenance import current_provenance
from tracker.models import (
    Addressee,
    Body,
    BodyName,
    Change,
    Commitment,
    Deadline,
    DesignationCompetence,
    Provision,
    ProvisionLink,
    Region,
    Resolution,
    ResolutionLink,
    Theme,
    User,
)
from tracker.permissions import may
from tracker.rights import Act
from tracker.search import index
from tracker.vocabulary import Door, Verb

#: What addresses are made of; fixed once a row is there.
FROZEN: dict[type, tuple[str, ...]] = {
    Body: ("code",),
    Region: ("code",),
    Theme: ("slug",),
    Resolution: ("number", "year"),
    Provision: ("resolution", "component", "number"),
}
#: Rows that are shown and replaced as a part of another, and the field that leads to it.
PARTS: dict[type, str] = {
    Addressee: "provision",
    BodyName: "body",
    Deadline: "provision",
    DesignationCompetence: "designation",
    ProvisionLink: "origin",
    ResolutionLink: "origin",
}


def is_trusted(by: User | None) -> bool:
    """Whether a command writes: nobody signed in, and no door to sign in at."""
    return by is None and current_provenance().door == Door.COMMAND


def require(by: User | None, act: str, body: Body | None = None) -> None:
    """Raise ``Refused`` unless a command writes, or ``by`` may do ``act`` (with ``body``)."""
    if not is_trusted(by) and (by is None or not may(by, act, body)):
        raise Refused(_("Your role does not allow this."))


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


def write(
    obj: models.Model,
    *,
    by: User | None,
    reason: str = "",
    verb: str | None = None,
    relations: Mapping[str, Iterable] | None = None,
    batch: uuid.UUID | None = None,
    undoes: int | None = None,
) -> Change | None:
    """Create or update one row with its many-to-many ``relations``, and record one Change.

    ``verb`` names the change when it is more than created or updated. Returns the Change, or
    None when nothing differed. Raises ``ValidationError`` (by field) or ``Conflict``
    (``obj.version`` is no longer current).
    """
    try:
        with transaction.atomic():
            _lock_owner(obj)
            made = _write(obj, verb, relations or {})
            if made is None:
                return None
            _count_owners([obj])
            [change] = changes.record([made], by=by, reason=reason, batch=batch, undoes=undoes)
            update_dependents(obj, made, by=by, reason=reason)
            index.follow([obj])
    except IntegrityError as error:
        raise ValidationError(
            _("The database refused this: another record says the same already.")
        ) from error
    return change


def _write(obj, verb, relations) -> Write | None:
    if obj._state.adding:
        check(obj)
        obj.save(force_insert=True)
        _set_relations(obj, relations)
        return Write(obj, verb or Verb.CREATED, {}, snapshot(obj))
    before = snapshot(lock_current(obj))
    check(obj)
    made = Write(obj, verb or Verb.UPDATED, before, _after(obj, relations))
    if not changes.differences(made.before, made.after):
        return None
    if hasattr(obj, "version"):
        obj.version += 1
    obj.save(force_update=True)
    _set_relations(obj, relations)
    return made


def _after(obj, relations):
    state = snapshot(obj)
    for name, items in relations.items():
        state[name] = sorted(str(item.public_key) for item in items)
    return state


def _set_relations(obj, relations):
    for name, items in relations.items():
        getattr(obj, name).set(items)


def lock_current(obj):
    """The row as it stands, locked; ``Conflict`` when ``obj`` was read before another's change.

    A row that somebody deleted in the meantime is a ``Conflict`` too.
    """
    current = type(obj)._base_manager.select_for_update(of=("self",)).filter(pk=obj.pk).first()
    if current is None or getattr(current, "version", None) != getattr(obj, "version", None):
        raise Conflict(current or obj)
    return current


def write_many(
    objs: list[models.Model],
    *,
    by: User | None,
    reason: str = "",
    batch: uuid.UUID | None = None,
) -> list[models.Model]:
    """Create many rows of one kind at once, each with its Change; the database checks them.

    Raises ``ValidationError``; then nothing is written.
    """
    if not objs:
        return []
    for obj in objs:
        obj.derive()
    try:
        with transaction.atomic():
            made = type(objs[0])._base_manager.bulk_create(objs, batch_size=500)
            _count_owners(made)
            changes.record(
                (changes.created(obj) for obj in made), by=by, reason=reason, batch=batch
            )
            if isinstance(made[0], Deadline):
                for deadline in made:
                    unroll(deadline)
            else:
                known.refresh(set().union(*map(known.touched, made)))
            index.follow(made)
    except IntegrityError as error:
        raise ValidationError(
            _("The database refused these records: %(error)s") % {"error": error}
        ) from error
    return made


def erase(
    obj: models.Model,
    *,
    by: User | None,
    reason: str = "",
    batch: uuid.UUID | None = None,
    undoes: int | None = None,
) -> int:
    """Delete one row and what is part of it, a Change for each; returns how many rows went.

    Raises ``Conflict``, or ``Held`` with the records that still refer to it.
    """
    with transaction.atomic():
        _lock_owner(obj)
        lock_current(obj)
        doomed = collect_for(obj, by)
        writes = [Write(each, Verb.DELETED, snapshot(each), {}) for each in doomed]
        if len(doomed) > 1 and batch is None:
            batch = uuid.uuid4()
        changes.record(writes, by=by, reason=reason, batch=batch, undoes=undoes)
        index.forget(doomed)
        affected = set().union(*map(known.touched, doomed))
        known.forget(each.pk for each in doomed if isinstance(each, Commitment))
        obj.delete()
        _count_owners([obj])
        index.follow([obj])
        known.refresh(affected)
    return len(doomed)


def _owner_of(obj) -> models.Model | None:
    field = PARTS.get(type(obj))
    return getattr(obj, field) if field else None


def _lock_owner(obj) -> None:
    """Lock what ``obj`` is a part of: always before its parts, so that nobody waits in a circle."""
    owner = _owner_of(obj)
    if owner is not None and owner.pk is not None:
        rows = type(owner)._base_manager.select_for_update(of=("self",)).filter(pk=owner.pk)
        rows.values_list("pk", flat=True).first()


def _count_owners(parts: list[models.Model]) -> None:
    """Give what ``parts`` belong to a new version: who read it before has not seen them.

    The Changes are those of the parts; nothing else differs in the owner.
    """
    owners = {id(owner): owner for owner in map(_owner_of, parts) if owner is not None}
    for model in {type(owner) for owner in owners.values()}:
        keys = {owner.pk for owner in owners.values() if type(owner) is model}
        model._base_manager.filter(pk__in=keys).update(version=F("version") + 1)
    # What is at hand moves on with it; what was stale already stays stale.
    for owner in owners.values():
        owner.version += 1


class _EveryRow(Collector):
    """A collector that always loads the rows, so that each can be recorded."""

    def can_fast_delete(self, *args, **kwargs):
        return False


def collect_for(obj, by: User | None) -> list[models.Model]:
    """As ``collect``; ``Held`` names the holders that ``by`` may see, and none of the others."""
    try:
        return collect(obj)
    except Held as error:
        if is_trusted(by):
            raise
        seen = seen_among(error.holders, by)
        none = _("“%(record)s” is referred to, so it stays.") % {"record": obj}
        raise Held(obj, seen, "" if seen else none) from error


def seen_among(rows: Iterable[models.Model], by: User) -> list[models.Model]:
    """Those of ``rows`` that ``by`` may see, in their order."""
    rows, seen = list(rows), set()
    for model in {type(row) for row in rows}:
        keys = [row.pk for row in rows if type(row) is model]
        if model is User:
            open_ = model.objects.all() if may(by, Act.READ_PEOPLE) else model.objects.none()
        else:
            open_ = model._default_manager.visible_to(by)
        seen |= {(model, pk) for pk in open_.filter(pk__in=keys).values_list("pk", flat=True)}
    return [row for row in rows if (type(row), row.pk) in seen]


def collect(obj) -> list[models.Model]:
    """The rows that go with ``obj``, parts first; raises ``Held`` when others refer to them."""
    collector = _EveryRow(using=obj._state.db or "default")
    try:
        collector.collect([obj])
    except ProtectedError as error:
        raise Held(obj, error.protected_objects) from error
    except RestrictedError as error:
        raise Held(obj, error.restricted_objects) from error
    rows = [row for rows in collector.data.values() for row in rows]
    owners = _other_owners(rows)
    if owners:
        raise Held(obj, owners)
    # Rows of automatic many-to-many tables belong to the snapshot of their owner, and derived
    # and working rows are in no record.
    return [row for row in reversed(rows) if changes.is_recorded(type(row))]


def _other_owners(rows) -> list[models.Model]:
    """Records that name one of ``rows`` in a many-to-many field: they would change unrecorded."""
    doomed, found = set(rows), {}
    for row in rows:
        owner = type(row)._meta.auto_created
        if owner:
            field = next(each for each in row._meta.fields if each.related_model is owner)
            found[owner, getattr(row, field.attname)] = getattr(row, field.name)
    return [owner for owner in found.values() if owner not in doomed]
