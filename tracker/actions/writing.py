"""How one row is written, whatever the right it takes: check → write → Change.

The actions ask for the right first, each its own; nothing else calls these functions.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.actions import changes, known
from tracker.actions.cascades import update_dependents
from tracker.actions.changes import Write, snapshot
from tracker.actions.checking import check, check_all
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
    ProvisionLink,
    ResolutionLink,
    User,
)
from tracker.permissions import may, reached
from tracker.rights import Act
from tracker.search import index
from tracker.vocabulary import Door, Verb

#: Rows that are shown and replaced as a part of another, and the field that leads to it.
PARTS: dict[type, str] = {
    Addressee: "provision",
    BodyName: "body",
    Deadline: "provision",
    DesignationCompetence: "designation",
    ProvisionLink: "origin",
    ResolutionLink: "origin",
}

NOT_ALLOWED = gettext_lazy("Your role does not allow this.")
#: Rows that one statement inserts.
AT_ONCE = 500


def is_trusted(by: User | None) -> bool:
    """Whether a command writes: nobody signed in, and no door to sign in at."""
    return by is None and current_provenance().door == Door.COMMAND


def within(by: User | None, act: str, bodies: Iterable[Body]) -> set[int]:
    """The ids of those of ``bodies`` with whose records ``by`` may do ``act``; a command, all."""
    bodies = list(bodies)
    if is_trusted(by):
        return {body.pk for body in bodies}
    return set() if by is None else reached(by, act, bodies)


def require(by: User | None, act: str, body: Body | None = None) -> None:
    """Raise ``Refused`` unless a command writes, or ``by`` may do ``act`` (with ``body``)."""
    if not is_trusted(by) and (by is None or not may(by, act, body)):
        raise Refused(NOT_ALLOWED)


def write(
    obj: models.Model,
    *,
    by: User | None,
    reason: str = "",
    verb: str | None = None,
    relations: Mapping[str, Iterable] | None = None,
    batch: uuid.UUID | None = None,
    undoes: int | None = None,
    held: models.Model | None = None,
) -> Change | None:
    """Create or update one row with its many-to-many ``relations``, and record one Change.

    ``verb`` names the change when it is more than created or updated; ``held`` is the row as it
    stands, where it is ``locked`` already and ``obj`` became as it is. Returns the Change, or
    None when nothing differed. Raises ``ValidationError`` (by field) or ``Conflict``
    (``obj.version`` is no longer current).
    """
    told = {"by": by, "reason": reason, "batch": batch, "undoes": undoes}
    try:
        [change] = _write_all([obj], verb, relations or {}, told, {obj.pk: held} if held else None)
    except IntegrityError as error:
        check(obj)
        raise ValidationError(
            _("The database refused this: another record says the same already.")
        ) from error
    return change


def write_each(
    objs: Sequence[models.Model],
    *,
    by: User | None,
    reason: str = "",
    batch: uuid.UUID | None = None,
) -> list[Change | ValidationError | Conflict | None]:
    """Write rows of one kind, each as far as alone: its Change, None, or why it is refused.

    All are written at once; where one is refused, the two halves are, and so on.
    """
    told = {"by": by, "reason": reason, "batch": batch}
    if len(objs) == 1:
        try:
            return [write(objs[0], **told)]
        except (ValidationError, Conflict) as error:
            return [error]
    if objs and _lie_under_each_other(type(objs[0])):
        return [told_of for obj in objs for told_of in write_each([obj], **told)]
    try:
        return _write_all(objs, None, {}, told | {"undoes": None})
    except (ValidationError, Conflict, IntegrityError):
        half = len(objs) // 2
        return [*write_each(objs[:half], **told), *write_each(objs[half:], **told)]


def _lie_under_each_other(model) -> bool:
    """Whether the rules of a row ask what other rows of its kind say: then each waits its turn."""
    return any(field.related_model is model for field in model._meta.concrete_fields)


def _write_all(objs, verb, relations, told, held=None) -> list[Change | None]:
    """Write all ``objs``, of one kind, or none; ``relations`` are those of each."""
    if not objs:
        return []
    if len(objs) > 1:
        models.prefetch_related_objects(objs, *_references(objs[0]))
    before = [(obj.pk, obj._state.adding, getattr(obj, "version", None)) for obj in objs]
    try:
        with transaction.atomic():
            _lock_owners(objs)
            made = _insert_and_update(objs, verb, relations, held)
            found = iter(_follow_up([each for each in made if each], told))
            return [next(found) if each else None for each in made]
    except Exception:
        # They are again as they were read.
        for obj, (pk, obj._state.adding, version) in zip(objs, before, strict=True):
            obj.pk = pk
            if version is not None:
                obj.version = version
        raise


def _references(obj) -> list[str]:
    return [field.name for field in obj._meta.concrete_fields if field.is_relation]


def _insert_and_update(objs, verb, relations, held) -> list[Write | None]:
    """A Write for each of ``objs``, None for one that does not differ."""
    new = [obj for obj in objs if obj._state.adding]
    old = [obj for obj in objs if not obj._state.adding]
    held = lock_all_current(old) if held is None else held
    check_all(objs, held)
    _insert(new)
    made = {id(obj): _update(obj, held[obj.pk], verb, relations) for obj in old}
    for obj in new:
        _set_relations(obj, relations)
        made[id(obj)] = Write(obj, verb or Verb.CREATED, {}, snapshot(obj))
    return [made[id(obj)] for obj in objs]


def _insert(objs) -> None:
    if len(objs) == 1:
        # People have more to do when they are saved.
        objs[0].save(force_insert=True)
    elif objs:
        type(objs[0])._base_manager.bulk_create(objs, batch_size=AT_ONCE)


def _update(obj, current, verb, relations) -> Write | None:
    made = Write(obj, verb or Verb.UPDATED, snapshot(current), _after(obj, relations))
    if not made.differences:
        return None
    if hasattr(obj, "version"):
        obj.version += 1
    obj.save(force_update=True)
    _set_relations(obj, relations)
    return made


def _follow_up(made: list[Write], told: Mapping[str, Any]) -> list[Change]:
    """Record what was written, and bring up to date what follows from it."""
    objs = [each.obj for each in made]
    _count_owners(objs)
    recorded = changes.record(made, **told)
    update_dependents(made, by=told["by"], reason=told["reason"])
    index.follow(each.obj for each in made if index.says(each.obj, each.differences))
    return recorded


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
    return lock_all_current([obj])[obj.pk]


def lock_all_current(objs: list[models.Model]) -> dict[int, models.Model]:
    """The rows of one kind as they stand, locked, by id; ``Conflict`` as ``lock_current``."""
    held = locked(objs)
    for obj in objs:
        _refuse_stale(obj, held.get(obj.pk))
    return held


def locked(objs: list[models.Model]) -> dict[int, models.Model]:
    """The rows of one kind as they stand, by id, locked until the transaction ends."""
    if not objs:
        return {}
    rows = type(objs[0])._base_manager.select_for_update(of=("self",)).order_by("pk")
    held = {row.pk: row for row in rows.filter(pk__in=[obj.pk for obj in objs])}
    for obj in objs:
        if obj.pk in held:
            _share_related(obj, held[obj.pk])
    return held


def become(obj: models.Model, held: models.Model | None) -> None:
    """Let ``obj`` be as the row is held, whatever its caller set; ``Conflict`` when it is stale."""
    _refuse_stale(obj, held)
    for field in obj._meta.concrete_fields:
        setattr(obj, field.attname, getattr(held, field.attname))
    _share_related(held, obj)


def _refuse_stale(obj, current):
    if current is None or getattr(current, "version", None) != getattr(obj, "version", None):
        raise Conflict(current or obj)


def _share_related(obj, other) -> None:
    """What ``obj`` has read of the records that both refer to is not read again for ``other``."""
    for field in obj._meta.concrete_fields:
        same = field.is_relation and getattr(obj, field.attname) == getattr(other, field.attname)
        if same and field.is_cached(obj):
            field.set_cached_value(other, field.get_cached_value(obj))


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
            made = type(objs[0])._base_manager.bulk_create(objs, batch_size=AT_ONCE)
            told = {"by": by, "reason": reason, "batch": batch}
            _follow_up([changes.created(obj) for obj in made], told)
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
        _lock_owners([obj])
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


def _lock_owners(objs) -> None:
    """Lock what ``objs`` are parts of: always before these, so that nobody waits in a circle."""
    owners = [owner for owner in map(_owner_of, objs) if owner is not None]
    keys = {owner.pk for owner in owners} - {None}
    if keys:
        rows = type(owners[0])._base_manager.select_for_update(of=("self",)).order_by("pk")
        list(rows.filter(pk__in=keys).values_list("pk", flat=True))


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
