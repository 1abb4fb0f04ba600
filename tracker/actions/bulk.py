"""One act on many rows: what it would change is shown first, then done under one batch.

Each row takes the same action as alone, so rights, rules and the record of changes are the
same; a row that is refused stays as it was and is named with the reason.
"""

import datetime
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.actions.assessments import review, send
from tracker.actions.designations import confirm_designation
from tracker.actions.errors import Conflict, Refused
from tracker.actions.timing import extend, record_delivery
from tracker.models import Assessment, Change, Commitment, Designation, User
from tracker.rights import Act

#: How many rows one act takes.
MOST = 500


@dataclass(frozen=True)
class BulkAct:
    """An act that many rows of one kind can take, and the right it needs.

    ``run(row, on=, by=, reason=, batch=, **details)`` does it to one row.
    """

    noun: type[models.Model]
    act: str
    label: str
    run: Callable
    #: Names of what is asked for beside the reason.
    details: tuple[str, ...] = ()


@dataclass
class Effect:
    """Which rows an act changed, or would change, and which it refused, each with the reason."""

    batch: uuid.UUID
    changed: list[models.Model] = field(default_factory=list)
    refused: list[tuple[models.Model, str]] = field(default_factory=list)


class Differs(Exception):
    """What the act would do is no longer what was shown; nothing was written."""

    def __init__(self, effect: Effect):
        self.effect = effect
        super().__init__(
            _("The rows were changed in the meantime; look at the effect again, then confirm.")
        )


def _deliver(row, *, on, by, reason, batch, delivered_on) -> models.Model:
    if delivered_on > on:
        raise ValidationError({"delivered_on": _("Give a day that is not in the future.")})
    due = _earliest_open(row, on)
    return record_delivery(
        row,
        due.deadline,
        by=by,
        number=due.number,
        delivered_on=delivered_on,
        reason=reason,
        batch=batch,
    )


def _extend(row, *, on, by, reason, batch, until_on) -> models.Model:
    due = _earliest_open(row, on)
    return extend(
        row, due.deadline, by=by, number=due.number, on=on, until_on=until_on, why=reason,
        batch=batch,
    )  # fmt: skip


def _earliest_open(commitment, on):
    due = commitment.open_dates(on).first()
    if due is None:
        raise ValidationError(_("No date is open."))
    return due


def _confirm(row, *, on, by, reason, batch) -> Change:
    change = confirm_designation(row, by=by, on=on, reason=reason, batch=batch)
    if change is None:
        raise ValidationError(_("It was confirmed on that day already."))
    return change


#: Name → act; the acts that a list offers for the rows chosen in it.
ACTS = {
    "send": BulkAct(Assessment, Act.ASSESS, gettext_lazy("Send drafts to the bodies"), send),
    "review": BulkAct(Assessment, Act.ASSESS, gettext_lazy("Put under review"), review),
    "confirm": BulkAct(
        Designation, Act.CONFIRM_DESIGNATION, gettext_lazy("Confirm as still correct"), _confirm
    ),
    "deliver": BulkAct(
        Commitment,
        Act.SET_TIMING,
        gettext_lazy("Record a delivery for the earliest open date"),
        _deliver,
        ("delivered_on",),
    ),
    "extend": BulkAct(
        Commitment,
        Act.SET_TIMING,
        gettext_lazy("Extend the earliest open date"),
        _extend,
        ("until_on",),
    ),
}


def preview(
    name: str,
    rows: Iterable[models.Model],
    *,
    by: User,
    on: datetime.date,
    reason: str,
    details: Mapping[str, Any] | None = None,
) -> Effect:
    """Say what ``apply`` would do; writes nothing. Raises ``ValidationError`` without a reason."""
    with transaction.atomic():
        effect = _run(name, rows, by, on, reason, details or {})
        transaction.set_rollback(True)
    return effect


def apply(
    name: str,
    rows: Iterable[models.Model],
    *,
    by: User,
    on: datetime.date,
    reason: str,
    details: Mapping[str, Any] | None = None,
    expected: Iterable[str] | None = None,
) -> Effect:
    """Do it to every row that can take it, in one transaction, all changes under one batch.

    ``expected`` names the keys of the rows that were shown as changing: when others would
    change, ``Differs`` is raised and nothing is written. ``ValidationError`` without a reason.
    """
    with transaction.atomic():
        effect = _run(name, rows, by, on, reason, details or {})
        if expected is not None and set(expected) != {row.public_key for row in effect.changed}:
            raise Differs(effect)
    return effect


def _run(name, rows, by, on, reason, details) -> Effect:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why; it stands with every change.")})
    rows = list(rows)
    if len(rows) > MOST:
        message = _("One act takes %(most)d rows at most; these are %(number)d.")
        raise ValidationError(message % {"most": MOST, "number": len(rows)})
    effect = Effect(uuid.uuid4())
    for row in rows:
        refusal = _refusal(ACTS[name], row, effect.batch, by, on, reason, details)
        if refusal:
            effect.refused.append((row, refusal))
        else:
            effect.changed.append(row)
    return effect


def _refusal(act, row, batch, by, on, reason, details) -> str:
    """Do it to one row; returns why not, empty when it was done."""
    try:
        with transaction.atomic():
            act.run(row, on=on, by=by, reason=reason, batch=batch, **details)
    except ValidationError as error:
        return " ".join(error.messages)
    except (Refused, Conflict) as error:
        return str(error)
    return ""
