"""What changed since somebody marked everything as seen: on the rows of a list, by paragraph."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, Q, Subquery, Value
from django.db.models.functions import Coalesce

from tracker.models import (
    Body,
    BodyName,
    Change,
    Commitment,
    Designation,
    Membership,
    Provision,
    ProvisionLink,
    User,
    Visit,
)
from tracker.reports.inbox import COMMITMENT_OF, PROVISION_OF, Changed, found_by

#: Kind of row → kind of record → the records and the field that lead from them to the row.
LEADS: dict[type, dict[str, tuple[type, str]]] = {
    Commitment: COMMITMENT_OF,
    Provision: {**PROVISION_OF, "provisionlink": (ProvisionLink, "origin")},
    Body: {
        "body": (Body, "pk"),
        "bodyname": (BodyName, "body"),
        "designation": (Designation, "body"),
        "membership": (Membership, "member"),
    },
}


def changed_among(viewer: User, noun: type, ids: Iterable[int]) -> set[int]:
    """Those of the rows of ``noun`` that others changed since the mark of ``viewer``.

    As far as ``viewer`` may see the changes; one query where nothing was changed since, else two.
    """
    ids, ways = list(ids), LEADS[noun]
    if not ids or not _anything_since(viewer):
        return set()
    about = Q(pk__in=[])
    for name, (model, way) in ways.items():
        rows = model.objects.filter(**{f"{way}__in": ids}).order_by()
        about |= Q(noun=name, object_id__in=rows.values("pk"))
    changes = Change.objects.visible_to(viewer).filter(about).exclude(by=viewer.pk)
    changes = changes.filter(_unseen(viewer)).annotate(row_id=found_by(ways)).order_by()
    return set(changes.values_list("row_id", flat=True).distinct())


def _anything_since(viewer) -> bool:
    """Whether the newest change of all is after the mark; mostly that is all there is to ask."""
    newest = Change.objects.order_by("-sequence").annotate(mark=_mark(viewer))
    found = newest.values_list("sequence", "at", "mark").first()
    if found is None:
        return False
    sequence, at, mark = found
    return at > viewer.date_joined if mark is None else sequence > mark


def _mark(viewer) -> Subquery:
    return Subquery(Visit.objects.filter(by=viewer.pk).values("sequence")[:1])


def _unseen(viewer) -> Q:
    """Condition: changes after the mark; for who never set one, after the account was made."""
    visit = Visit.objects.filter(by=viewer.pk)
    return Q(sequence__gt=Coalesce(_mark(viewer), Value(0))) & (
        Q(Exists(visit)) | Q(at__gt=viewer.date_joined)
    )


@dataclass
class News:
    """What changed under one paragraph, or of records that belong to none."""

    provision: Provision | None
    groups: list[Changed] = field(default_factory=list)


def by_provision(groups: Iterable[Changed]) -> list[News]:
    """The changes by paragraph, the latest first; what belongs to none comes last."""
    found: dict[int | None, News] = {}
    for group in groups:
        provision = None
        if group.is_commitment:
            provision = group.subject.provision
        elif group.is_provision:
            provision = group.subject
        key = provision.pk if provision else None
        found.setdefault(key, News(provision)).groups.append(group)
    return sorted(found.values(), key=lambda each: each.provision is None)
