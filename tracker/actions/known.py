"""Keeps what is known of each commitment in step with the register, in the same transaction.

The actions call ``refresh`` for what a write touched; nothing else writes these rows.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from tracker.actions import dated, tallies
from tracker.actions.changes import Write
from tracker.known import (
    FOREVER,
    Cited,
    Concluded,
    Delivered,
    Due,
    Extended,
    History,
    Said,
    spans,
)
from tracker.models import (
    Assessment,
    Citation,
    Commitment,
    DatedTally,
    Deadline,
    Delivery,
    DueDate,
    Evidence,
    Extension,
    Known,
    Report,
)
from tracker.vocabulary import Classification, CommitmentRole, Step

#: How many commitments are worked out at once.
AT_ONCE = 500
RESTRICTED = Classification.RESTRICTED
#: What has a day once it is known: the field with that day.
DATED = {Report: "submitted_on", Assessment: "adopted_on"}


def touched(obj: models.Model) -> set[int]:
    """The commitments of which something else is known once ``obj`` is written or gone, by id."""
    if isinstance(obj, Commitment):
        return {obj.pk}
    if isinstance(obj, Report | Assessment | Citation | Delivery | Extension):
        return {obj.commitment_id}
    if isinstance(obj, Evidence):
        cited = Citation.objects.filter(evidence=obj.pk)
        return set(cited.order_by().values_list("commitment_id", flat=True))
    if isinstance(obj, Deadline):
        bound = Commitment.objects.filter(provision=obj.provision_id)
        return set(bound.order_by().values_list("pk", flat=True))
    return set()


def touched_by(write: Write) -> set[int]:
    """The commitments of which something else is known after ``write``, by id.

    Nothing is known by a draft, so nothing follows from one that was a draft before, too.
    """
    dated = DATED.get(type(write.obj))
    if dated and not write.before.get(dated) and not write.after.get(dated):
        return set()
    return touched(write.obj)


def forget(commitments: Iterable[int]) -> None:
    """Take away all that is kept of commitments that are about to go."""
    rows = Known.objects.filter(commitment__in=commitments)
    tallies.count(gone=list(rows.values(*FIELDS)), new=())
    rows.delete()


def refresh(commitments: Iterable[int]) -> int:
    """Work out anew what is known of these commitments; returns how many rows were written."""
    keys = sorted(commitments)
    return sum(_refresh(keys[start : start + AT_ONCE]) for start in range(0, len(keys), AT_ONCE))


def fill_gaps(sender, **kwargs) -> None:
    """Work out what is known of commitments that came before it was kept; after ``migrate``."""
    if DatedTally._meta.db_table in connection.introspection.table_names():
        dated_before = DatedTally.objects.exists()
        refresh(Commitment.objects.filter(known=None).order_by().values_list("pk", flat=True))
        if not dated_before and Known.objects.exists():
            dated.rebuild()


def wrong(commitments: Iterable[int]) -> list[int]:
    """Those of the commitments whose kept facts differ from what follows from the register."""
    keys, found = sorted(commitments), []
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        wanted, kept = _wanted(some), _kept(some)
        found += [key for key in some if wanted[key] != kept[key].keys()]
    return found


#: What a kept row says, in order.
FIELDS = [
    field.attname for field in Known._meta.concrete_fields if field.name not in ("id", "commitment")
]


def _refresh(keys: list[int]) -> int:
    """Write the rows that are not kept yet, and take away those that no longer hold."""
    wanted, kept = _wanted(keys), _kept(keys)
    gone = {row: said for key in keys for said, row in kept[key].items() if said not in wanted[key]}
    new = [
        Known(commitment_id=key, **dict(zip(FIELDS, said, strict=True)))
        for key in keys
        for said in sorted(wanted[key] - kept[key].keys(), key=_by_day)
    ]
    if gone or new:
        with transaction.atomic(savepoint=False):
            Known.objects.filter(pk__in=gone).delete()
            Known.objects.bulk_create(new, batch_size=AT_ONCE)
            lost = (dict(zip(FIELDS, said, strict=True)) for said in gone.values())
            tallies.count(gone=lost, new=map(vars, new))
    return len(gone) + len(new)


def _by_day(said: tuple):
    return said[3:6]


def _wanted(keys) -> dict[int, set[tuple]]:
    """What follows from the register for each commitment; nothing for one that is gone."""
    found = defaultdict(set)
    for key, (bound, starts, ends, history) in histories(keys).items():
        for span in spans(history):
            current = span.until_on == FOREVER and ends is None
            shown = (max(span.from_on, starts), min(span.until_on, ends or FOREVER))
            days = (span.eyes, span.from_on, span.until_on, *shown, current)
            found[key].add((*bound, *days, *vars(span.facts).values()))
    return found


def _kept(keys) -> dict[int, dict[tuple, int]]:
    """The rows that are kept of each commitment: what they say → id."""
    found = defaultdict(dict)
    rows = Known.objects.filter(commitment__in=keys).order_by()
    for key, pk, *said in rows.values_list("commitment", "pk", *FIELDS):
        found[key][tuple(said)] = pk
    return found


def histories(keys) -> dict[int, tuple]:
    """Each of these commitments with all that ever happened to it, in seven queries.

    A commitment is its provision, body and role, and the days on which it begins and ends.
    """
    about = {"commitment__in": keys}
    commitments = Commitment.objects.filter(pk__in=keys).order_by()
    rows = commitments.values_list("pk", "provision", "body", "role", "starts_on", "ends_on")
    bound = {key: (ids, starts, ends) for key, *ids, starts, ends in rows}
    found = _with_dates({key: ids for key, (ids, *_days) in bound.items()})
    reports = Report.objects.filter(submitted_on__isnull=False, **about)
    for key, *said, level in _columns(reports, Said, "classification"):
        found[key].said.append(Said(*said, level != RESTRICTED))
    assessments = Assessment.objects.filter(step=Step.ADOPTED, **about)
    for key, *concluded, level in _columns(assessments, Concluded, "classification"):
        found[key].concluded.append(Concluded(*concluded, level != RESTRICTED))
    for row in _citations(about):
        found[row.pop("commitment")].cited.append(Cited(**row))
    for key, *delivered in _columns(Delivery.objects.filter(**about), Delivered):
        found[key].delivered.append(Delivered(*delivered))
    for key, *extended in _columns(Extension.objects.filter(**about), Extended):
        found[key].extended.append(Extended(*extended))
    return {key: (*told, found[key]) for key, told in bound.items()}


def _with_dates(bound: dict[int, list]) -> dict[int, History]:
    """A history for each commitment, with the dates that its provision sets and nothing else."""
    dates = defaultdict(list)
    provisions = {provision for provision, _body, _role in bound.values()}
    due = DueDate.objects.filter(deadline__provision__in=provisions).order_by()
    for provision, *date in due.values_list("deadline__provision", "deadline", "number", "due_on"):
        dates[provision].append(Due(*date))
    return {
        key: History(dates=dates[provision], owes=role == CommitmentRole.ADDRESSEE)
        for key, (provision, _body, role) in bound.items()
    }


#: What happened → the columns that tell it, in its order.
COLUMNS = {
    Said: ("submitted_on", "pk", "position"),
    Concluded: ("adopted_on", "pk", "result", "effect", "follow_up_on"),
    Delivered: ("deadline_id", "number", "delivered_on"),
    Extended: ("granted_on", "pk", "deadline_id", "number", "until_on"),
}


def _columns(rows, kind, *more: str) -> Iterable[tuple]:
    """The commitment of each of ``rows``, and the columns that tell what happened."""
    return rows.order_by().values_list("commitment_id", *COLUMNS[kind], *more)


def _citations(about) -> Iterable[dict]:
    """Citations by what was submitted or adopted, with the day of that."""
    rows = Citation.objects.filter(
        Q(report__submitted_on__isnull=False) | Q(assessment__step=Step.ADOPTED), **about
    )
    facts = {
        "on": Coalesce("report__submitted_on", "assessment__adopted_on"),
        "citing": Coalesce("report__classification", "assessment__classification"),
    }
    shown = ("commitment", "evidence", "evidence__classification", *facts)
    for row in rows.order_by().annotate(**facts).values(*shown):
        # Who may not see what cites it is not told that it is cited.
        levels = {row.pop("evidence__classification"), row.pop("citing")}
        yield {**row, "open": RESTRICTED not in levels}
