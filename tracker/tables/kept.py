"""Applying a table that was kept: the rows and the receipt are one transaction."""

import io
import json
from dataclasses import asdict
from itertools import islice

from django.db import transaction

from tracker import actions
from tracker.models import TableImport, User
from tracker.tables.errors import Unread
from tracker.tables.plan import CHANGED, NEW, Plan, Watch, apply, examine, told_plainly
from tracker.tables.reading import read_table
from tracker.tables.refused import error_file

#: Refused rows that a receipt names, and rows of either kind that a page names of a trial.
NAMED, SHOWN = 500, 200
#: Rows of a table that somebody waits for.
LONG = 500


def stream_of(kept: TableImport) -> io.BytesIO:
    """The file as it was brought."""
    return io.BytesIO(bytes(kept.content))


def is_long(kept: TableImport) -> bool:
    """Whether it has more rows than somebody waits for: a job tries and writes it."""
    try:
        rows = read_table(stream_of(kept)).rows
        return next(islice(rows, LONG, None), None) is not None
    except Unread:
        # The trial says so, and where.
        return False


def examine_kept(kept: TableImport, *, by: User, watch: Watch | None = None) -> Plan:
    """What applying it would do. Raises what ``examine`` raises."""
    return examine(kept.noun, stream_of(kept), by=by, columns=kept.columns, watch=watch)


def told(plan: Plan) -> dict:
    """What a page tells of a trial: the numbers, and the first rows by name. Can be kept."""
    written = [each for each in plan.outcomes if each.verdict in (NEW, CHANGED)]
    said = {
        "counts": dict(plan.counts),
        "writes": plan.writes,
        "fingerprint": plan.fingerprint,
        "refused_rows": [asdict(each) for each in plan.refused[:SHOWN]],
        "refused_more": max(0, len(plan.refused) - SHOWN),
        "written_rows": [asdict(each) for each in written[:SHOWN]],
        "written_more": max(0, len(written) - SHOWN),
    }
    return json.loads(json.dumps(said, default=str))


def errors_of(kept: TableImport, *, by: User) -> str:
    """Its refused rows as a file: those left out, or those that would be.

    Raises what ``examine`` raises.
    """
    if kept.outcome or kept.trial:
        return kept.errors
    return error_file(examine_kept(kept, by=by).refused)


def apply_kept(
    kept: TableImport,
    *,
    by: User,
    reason: str,
    skip_refused: bool,
    expected: str,
    watch: Watch | None = None,
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
            watch=watch,
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
