"""When a date was met, and when it was put off: dated rows, from which timing is computed."""

import datetime

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
    write(delivery, by=by, reason=reason)
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
) -> Extension:
    """Put off one date of one body from ``on``, with the reason; the date as set stays known.

    Raises ``Refused`` or ``ValidationError`` (by field).
    """
    require(by, Act.SET_TIMING, commitment.body)
    extension = Extension(
        commitment=commitment,
        deadline=deadline,
        number=number,
        granted_on=on,
        until_on=until_on,
        why=why,
        source=source,
    )
    write(extension, by=by, reason=why)
    return extension


def take_back(row: Delivery | Extension, *, by: User, reason: str) -> int:
    """Delete a delivery or an extension that was recorded in error.

    Raises ``Refused`` or ``Conflict``.
    """
    require(by, Act.SET_TIMING, row.commitment.body)
    return erase(row, by=by, reason=reason)
