"""What else a change of one row changes: dates and paths that are derived from it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tracker.actions import changes, dated, known, tallies
from tracker.actions.changes import Write, snapshot
from tracker.models import Body, Deadline, DueDate, Provision, Region, Resolution, Theme
from tracker.vocabulary import DeadlineKind, Verb


def update_dependents(made: Iterable[Write], *, by, reason: str) -> None:
    """Derive again the rows that follow from what was written, each with a Change of its own."""
    made = list(made)
    for write in made:
        if isinstance(write.obj, Deadline):
            unroll(write.obj)
    known.refresh(set().union(*map(known.touched_by, made)))
    for write in made:
        _derive_those_below(write, by=by, reason=reason)


def _derive_those_below(write, *, by, reason):
    obj, changed = write.obj, write.differences
    _count_again(obj, write, changed)
    rows = []
    if isinstance(obj, Resolution) and "adopted_on" in changed and write.verb == Verb.UPDATED:
        rows = Deadline.objects.filter(
            provision__resolution=obj, kind=DeadlineKind.ADOPTION
        ).select_related("provision__resolution")
    elif isinstance(obj, Theme | Region) and "path" in changed and write.verb == Verb.UPDATED:
        rows = type(obj).objects.filter(parent=obj).select_related("parent")
    for row in rows:
        _derive_again(row, by=by, reason=reason)


def _count_again(obj, write, changed) -> None:
    """Tallies follow the themes of a provision, where a theme stands and where a body lies."""
    if write.verb != Verb.UPDATED:
        return
    if isinstance(obj, Provision) and "themes" in changed:
        tallies.move(obj, changed["themes"][0] or [])
    elif isinstance(obj, Body) and "region" in changed:
        dated.move_body(obj, changed["region"][0])
    elif isinstance(obj, Theme) and "path" in changed:
        tallies.rebuild()


def _derive_again(row, *, by, reason):
    before = snapshot(row)
    row.derive()
    write = Write(row, Verb.UPDATED, before, snapshot(row))
    if write.differences:
        row.version += 1
        row.save(force_update=True)
        changes.record([write], by=by, reason=reason)
        update_dependents([write], by=by, reason=reason)


def unroll(deadline: Deadline) -> None:
    """Keep the dates of a deadline as it now gives them; each keeps its number.

    What was delivered or extended belongs to a number, so it moves with its date. Raises
    ``ValidationError`` when a number would go that something was recorded for.
    """
    dates = dict(enumerate(deadline.occurrences(), start=1))
    held = {each.number: each for each in deadline.due_dates.all()}
    gone = held.keys() - dates.keys()
    if gone:
        _refuse_to_lose(deadline, gone)
        deadline.due_dates.filter(number__in=gone).delete()
    DueDate.objects.bulk_create(
        DueDate(deadline=deadline, number=number, due_on=due_on)
        for number, due_on in dates.items()
        if number not in held
    )
    for number, each in held.items():
        if number in dates and each.due_on != dates[number]:
            each.due_on = dates[number]
            each.save(update_fields=["due_on"])


def _refuse_to_lose(deadline, numbers):
    for rows in (deadline.deliveries, deadline.extensions):
        row = rows.filter(number__in=numbers).first()
        if row:
            raise ValidationError(
                _(
                    "“%(deadline)s” would lose its date number %(number)d, for which a delivery "
                    "or an extension is recorded; take that back first."
                )
                % {"deadline": deadline.label, "number": row.number}
            )
