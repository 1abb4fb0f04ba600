"""Whether a row may be written: by its own rules, and by what the database says of it."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from tracker.models import Body, Provision, Region, Resolution, Theme

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
    _derive(obj)
    try:
        obj.full_clean(exclude=set(exclude))
    except ValidationError as error:
        raise _told_by_field(obj, error) from error


def check_all(objs: Sequence[models.Model], held: Mapping[int, models.Model]) -> None:
    """Derive and validate ``objs``, of one kind, but for what the database refuses by itself.

    ``held`` are the rows as they stand, by id. To ask before each write whether the database
    would take it costs a statement for each of its rules; it is asked once it has refused.
    """
    for obj in objs:
        _derive(obj)
    found = _found(objs, held)
    for obj in objs:
        _check_alone(obj, held.get(obj.pk), found)


def _derive(obj):
    if hasattr(obj, "derive"):
        obj.derive()


def _check_alone(obj, current, found):
    try:
        fixed = FROZEN.get(type(obj), ()) if current else ()
        if any(_differs(obj, current, name) for name in fixed):
            raise ValidationError("")
        obj.clean_fields(exclude=_there(obj, current, found))
        obj.clean()
    except ValidationError:
        # Says all that is wrong, by field.
        check(obj)


def _differs(obj, current, name):
    return obj.serializable_value(name) != current.serializable_value(name)


def _there(obj, current, found) -> set[str]:
    """The references of ``obj`` that lead to a row: as before, or ``found``."""
    return {
        field.name
        for field, keys in found.items()
        if getattr(obj, field.attname) in keys or (current and _is_kept(obj, current, field))
    }


def _is_kept(obj, current, field) -> bool:
    value = getattr(obj, field.attname)
    return value is not None and value == getattr(current, field.attname)


def _found(objs, held) -> dict[models.ForeignKey, set]:
    """Reference → what ``objs`` newly refer to by it and is there: one query for all of them."""
    found = {}
    for field in objs[0]._meta.concrete_fields:
        if field.many_to_one or field.one_to_one:
            found[field] = _those_there(field, objs, held)
    return found


def _those_there(field, objs, held) -> set:
    wanted = set()
    for obj in objs:
        current = held.get(obj.pk)
        if current is None or not _is_kept(obj, current, field):
            wanted.add(getattr(obj, field.attname))
    wanted -= {None}
    name = field.remote_field.field_name
    rows = field.related_model._base_manager.order_by().filter(**{f"{name}__in": wanted})
    return set(rows.values_list(name, flat=True)) if wanted else set()


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
