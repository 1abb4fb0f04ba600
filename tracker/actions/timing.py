"""When a date was met, and when it was put off: dated rows, from which timing is computed."""

import datetime
import uuid

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tracker.actions.writing import erase, require, write
from tracker.models import Commitment, Deadline, Delivery, Extension, User
from tracker.rights import Act


def record_delivery(
    commitment: Commitment,
    deadline: Deadline,
    *,
    by: User,
    delivered_on: datetime.date,
    number: int = 1,
    source: str = "",
    reason: str = "",
    batch: uuid.UUID | None = None,
) -> Delivery:
    """Record that the body delivered what was due; ``number`` names the date of a series.

    Raises ``Refused`` or ``ValidationError`` (by field).
    """
    require(by, Act.SET_TIMING, commitment.body)
    delivery = Delivery(
        commitment=commitment,
        deadline=deadline,
        number=number,
        delivered_on=delivered_on,
        source=source,
    )
    write(delivery, by=by, reason=reason, batch=batch)
    return delivery


def extend(
    commitment: Commitment,
    deadline: Deadline,
    *,
    by: User,
    on: datetime.date,
    until_on: datetime.date,
    why: str,
    number: int = 1,
    source: str = "",
    batch: uuid.UUID | None = None,
) -> Extension:
    """Put off one date of one body from ``on``, with the reason; the date as set stays known.

    Raises ``Refused`` or ``ValidationError`` (by field).
    """
    require(by, Act.SET_TIMING, commitment.body)
    _require_later(deadline, number, until_on)
    extension = Extension(
        commitment=commitment,
        deadline=deadline,
        number=number,
        granted_on=on,
        until_on=until_on,
        why=why,
        source=source,
    )
    write(extension, by=by, reason=why, batch=batch)
    return extension


def take_back(row: Delivery | Extension, *, by: User, reason: str) -> int:
    """Delete a delivery or an extension that was recorded in error.

    Raises ``Refused``, ``ValidationError`` (without a reason) or ``Conflict``.
    """
    require(by, Act.SET_TIMING, row.commitment.body)
    if not reason.strip():
        raise ValidationError({"reason": _("Say what was wrong with it; it is recorded.")})
    return erase(row, by=by, reason=reason)


def _require_later(deadline, number, until_on):
    # The date as set, not an earlier extension: one that was too long can be shortened.
    set_on = deadline.due_dates.filter(number=number).values_list("due_on", flat=True).first()
    if set_on and until_on <= set_on:
        raise ValidationError(
            {"until_on": _("Give a day after %(date)s, the date as set.") % {"date": set_on}}
        )
