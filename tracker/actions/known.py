"""Keeps what is known of each commitment in step with the register, in the same transaction.

The actions call ``refresh`` for what a write touched; nothing else writes these rows.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, models, transaction
from django.db.models import Q

from tracker.known import (
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


def refresh(commitments: Iterable[int]) -> int:
    """Work out anew what is known of these commitments; returns how many rows were written."""
    keys = sorted(commitments)
    return sum(_refresh(keys[start : start + AT_ONCE]) for start in range(0, len(keys), AT_ONCE))


def fill_gaps(sender, **kwargs) -> None:
    """Work out what is known of commitments that came before it was kept; after ``migrate``."""
    if Known._meta.db_table in connection.introspection.table_names():
        refresh(Commitment.objects.filter(known=None).order_by().values_list("pk", flat=True))


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
    field.name for field in Known._meta.concrete_fields if field.name not in ("id", "commitment")
]


def _refresh(keys: list[int]) -> int:
    """Write the rows that are not kept yet, and take away those that no longer hold."""
    wanted, kept = _wanted(keys), _kept(keys)
    gone = [row for key in keys for said, row in kept[key].items() if said not in wanted[key]]
    new = [
        Known(commitment_id=key, **dict(zip(FIELDS, said, strict=True)))
        for key in keys
        for said in sorted(wanted[key] - kept[key].keys(), key=_by_day)
    ]
    if gone or new:
        with transaction.atomic():
            Known.objects.filter(pk__in=gone).delete()
            Known.objects.bulk_create(new, batch_size=AT_ONCE)
    return len(gone) + len(new)


def _by_day(said: tuple):
    return said[:3]


def _wanted(keys) -> dict[int, set[tuple]]:
    """What follows from the register for each commitment; nothing for one that is gone."""
    found = defaultdict(set)
    for key, history in histories(keys).items():
        for span in spans(history):
            days = (span.eyes, span.from_on, span.until_on)
            found[key].add((*days, *vars(span.facts).values()))
    return found


def _kept(keys) -> dict[int, dict[tuple, int]]:
    """The rows that are kept of each commitment: what they say → id."""
    found = defaultdict(dict)
    rows = Known.objects.filter(commitment__in=keys).order_by()
    for key, pk, *said in rows.values_list("commitment", "pk", *FIELDS):
        found[key][tuple(said)] = pk
    return found


def histories(keys) -> dict[int, History]:
    """All that ever happened to each of these commitments, in seven queries."""
    about = {"commitment__in": keys}
    found = _with_dates(keys)
    for row in Report.objects.filter(submitted_on__isnull=False, **about):
        said = Said(row.submitted_on, row.pk, row.position, row.classification != RESTRICTED)
        found[row.commitment_id].said.append(said)
    for row in Assessment.objects.filter(step=Step.ADOPTED, **about):
        found[row.commitment_id].concluded.append(_concluded(row))
    for row in _citations(about):
        found[row.pop("commitment")].cited.append(Cited(**row))
    for row in Delivery.objects.filter(**about):
        delivered = Delivered(row.deadline_id, row.number, row.delivered_on)
        found[row.commitment_id].delivered.append(delivered)
    for row in Extension.objects.filter(**about):
        extended = Extended(row.granted_on, row.pk, row.deadline_id, row.number, row.until_on)
        found[row.commitment_id].extended.append(extended)
    return found


def _with_dates(keys) -> dict[int, History]:
    """A history for each commitment, with the dates that its provision sets and nothing else."""
    commitments = Commitment.objects.filter(pk__in=keys).order_by()
    bound = list(commitments.values_list("pk", "provision", "role"))
    dates = defaultdict(list)
    provisions = {provision for _key, provision, _role in bound}
    due = DueDate.objects.filter(deadline__provision__in=provisions).order_by()
    for provision, *date in due.values_list("deadline__provision", "deadline", "number", "due_on"):
        dates[provision].append(Due(*date))
    return {
        key: History(dates=dates[provision], owes=role == CommitmentRole.ADDRESSEE)
        for key, provision, role in bound
    }


def _concluded(row: Assessment) -> Concluded:
    return Concluded(
        row.adopted_on,
        row.pk,
        row.result,
        row.effect,
        row.follow_up_on,
        row.classification != RESTRICTED,
    )


def _citations(about) -> Iterable[dict]:
    """Citations by what was submitted or adopted, with the day of that."""
    rows = Citation.objects.filter(
        Q(report__submitted_on__isnull=False) | Q(assessment__step=Step.ADOPTED), **about
    )
    shown = ("commitment", "evidence", "evidence__classification")
    for *row, reported, adopted in rows.order_by().values_list(
        *shown, "report__submitted_on", "assessment__adopted_on"
    ):
        commitment, evidence, classification = row
        yield {
            "commitment": commitment,
            "evidence": evidence,
            "on": reported or adopted,
            "open": classification != RESTRICTED,
        }
