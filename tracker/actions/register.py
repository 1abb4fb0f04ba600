"""Create, change and delete the nouns of the register, one way for every door."""

import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.actions.errors import Refused
from tracker.actions.tokens import revoke_all
from tracker.actions.webhooks import stop_all
from tracker.actions.writing import erase, is_trusted, write, write_each, write_many
from tracker.models import (
    Assessment,
    Change,
    Citation,
    Delivery,
    Evidence,
    Extension,
    Report,
    User,
)
from tracker.permissions import may_edit_register, may_manage_people

#: Nouns with actions of their own; nobody writes them as a part of the register.
OWN_ACTIONS = (Report, Assessment, Evidence, Citation, Delivery, Extension)


def save(
    obj: models.Model,
    *,
    by: User | None,
    reason: str = "",
    relations: Mapping[str, Iterable] | None = None,
    batch: uuid.UUID | None = None,
) -> Change | None:
    """Create or update one row with its many-to-many ``relations`` and record the change.

    Returns the Change, or None when nothing differed. Raises ``Refused`` (no right),
    ``ValidationError`` (by field) or ``Conflict`` (``obj.version`` is no longer current).
    """
    require_editor(by, type(obj))
    with transaction.atomic():
        change = write(obj, by=by, reason=reason, relations=relations, batch=batch)
        if isinstance(obj, User) and not obj.is_active:
            revoke_all(obj, by=by, at=timezone.now(), reason=reason)
            stop_all(obj, by=by, reason=reason)
    return change


def save_each(
    objs: Sequence[models.Model],
    *,
    by: User | None,
    reason: str = "",
    batch: uuid.UUID | None = None,
) -> list[Change | Exception | None]:
    """Create or update rows of one kind, each as far as by ``save``: what came of it, or why not.

    Raises ``Refused`` (no right).
    """
    for model in {type(obj) for obj in objs}:
        require_editor(by, model)
    return write_each(objs, by=by, reason=reason, batch=batch)


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
    if not objs:
        require_editor(by, None)
        return []
    require_editor(by, type(objs[0]))
    return write_many(list(objs), by=by, reason=reason, batch=batch)


def delete(obj: models.Model, *, by: User | None, reason: str = "") -> int:
    """Delete one row and what is part of it, a Change for each; returns how many rows went.

    Raises ``Refused``, ``Conflict``, or ``Held`` with the records that still refer to it.
    """
    require_editor(by, type(obj))
    return erase(obj, by=by, reason=reason)


def require_editor(by: User | None, model: type | None) -> None:
    """Raise ``Refused`` unless ``by`` may write rows of ``model`` as a part of the register."""
    if model in OWN_ACTIONS and not is_trusted(by):
        raise Refused(_("This is written by actions of its own, not as a part of the register."))
    if not is_trusted(by) and (by is None or not _may_write(by, model)):
        raise Refused(_("Only an administrator may change the register."))


def _may_write(by, model) -> bool:
    return may_manage_people(by) if model is User else may_edit_register(by)
