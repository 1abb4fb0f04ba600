"""Applying a table that was kept: the rows and the receipt are one transaction."""

import io

from django.db import transaction

from tracker import actions
from tracker.models import TableImport, User
from tracker.tables.plan import Plan, apply, examine, told_plainly
from tracker.tables.refused import error_file

#: Refused rows that a receipt names.
NAMED = 500


def stream_of(kept: TableImport) -> io.BytesIO:
    """The file as it was brought."""
    return io.BytesIO(bytes(kept.content))


def examine_kept(kept: TableImport, *, by: User) -> Plan:
    """What applying it would do. Raises what ``examine`` raises."""
    return examine(kept.noun, stream_of(kept), by=by, columns=kept.columns)


def errors_of(kept: TableImport, *, by: User) -> str:
    """Its refused rows as a file: those left out, or those that would be.

    Raises what ``examine`` raises.
    """
    return kept.errors if kept.outcome else error_file(examine_kept(kept, by=by).refused)


def apply_kept(
    kept: TableImport, *, by: User, reason: str, skip_refused: bool, expected: str
) -> TableImport:
    """Apply it once: whoever asks a second time is given the receipt of the first.

    Raises what ``apply`` raises; then nothing is written, and the table waits as before.
    """
    with told_plainly(), transaction.atomic():
        held = TableImport.objects.select_for_update(of=("self",)).get(pk=kept.pk)
        if held.outcome:
            return held
        plan = apply(
            held.noun,
            stream_of(held),
            by=by,
            reason=reason,
            columns=held.columns,
            skip_refused=skip_refused,
            expected=expected,
        )
        outcome = {"counts": dict(plan.counts), "refused": _named(plan), "reason": reason}
        errors = error_file(plan.refused) if plan.refused else ""
        actions.note_applied(held, by=by, batch=plan.batch, outcome=outcome, errors=errors)
    return held


def _named(plan) -> list:
    rows = [
        [each.line, each.key, column, why] for each in plan.refused for column, why in each.problems
    ]
    return rows[:NAMED]
