"""The yearly round on designated offices, and looking at the person behind one."""

import datetime
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.actions import changes
from tracker.actions.changes import Write
from tracker.actions.writing import become, locked, require, write
from tracker.models import Change, Designation, User
from tracker.models.designations import PERSONAL
from tracker.rights import Act
from tracker.vocabulary import Verb


def confirm_designation(
    designation: Designation,
    *,
    by: User,
    on: datetime.date,
    reason: str = "",
    batch: uuid.UUID | None = None,
) -> Change | None:
    """Say that the designation is still correct on that day; None when that was said already.

    Raises ``Refused``, ``ValidationError`` or ``Conflict``.
    """
    require(by, Act.CONFIRM_DESIGNATION, designation.body)
    with transaction.atomic():
        held = locked([designation]).get(designation.pk)
        # Confirming changes the day and nothing else, whatever the caller set.
        become(designation, held)
        if designation.last_confirmed_on and designation.last_confirmed_on > on:
            raise ValidationError(_("It was confirmed on a later day already."))
        designation.last_confirmed_on = on
        told = {"by": by, "reason": reason, "batch": batch}
        return write(designation, verb=Verb.CONFIRMED, held=held, **told)


def reveal_contact(designation: Designation, *, by: User, reason: str) -> dict[str, str]:
    """Return name, telephone and mail of the person, and log who looked and why.

    Raises ``Refused``, or ``ValidationError`` without a reason.
    """
    require(by, Act.REVEAL_CONTACT, designation.body)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why you need the person; it is recorded.")})
    with transaction.atomic():
        state = changes.snapshot(designation)
        looked = Write(designation, Verb.REVEALED, state, state)
        changes.record([looked], by=by, reason=reason)
    return {name: getattr(designation, name) for name in PERSONAL}
