"""Commitments are not typed in: they follow from whom a provision addresses."""

import uuid

from django.db import transaction
from django.db.models import QuerySet

from tracker.actions.register import create_many
from tracker.models import Body, Commitment, Provision, User
from tracker.vocabulary import FAMILIES, AddresseeKind, CommitmentRole


def expand_commitments(
    provisions: QuerySet[Provision],
    *,
    by: User | None,
    reason: str = "",
    bodies: QuerySet[Body] | None = None,
) -> list[Commitment]:
    """Make the commitments that follow from the addressees of trackable ``provisions``.

    Idempotent: pairs already there stay as they are, so a State added later is brought in by
    calling this again. ``bodies`` limits the pairs to some bodies. Returns what was made.
    Raises ``Refused``.
    """
    provisions = list(
        provisions.trackable()
        .filter(resolution__adopted_on__isnull=False)
        .select_related("resolution")
        .prefetch_related("addressees__body")
    )
    bodies = list((Body.objects.all() if bodies is None else bodies).order_by("name", "code"))
    there = set(
        Commitment.objects.filter(provision__in=provisions).values_list("provision_id", "body_id")
    )
    wanted = [
        Commitment(provision=provision, body=body, role=role, starts_on=_start(provision, body))
        for provision in provisions
        for body, role in addressed_bodies(provision, bodies)
        if (provision.pk, body.pk) not in there
    ]
    with transaction.atomic():
        return create_many(wanted, by=by, reason=reason, batch=uuid.uuid4())


def addressed_bodies(provision: Provision, bodies: list[Body]) -> list[tuple[Body, str]]:
    """Return which of ``bodies`` the provision names, each once with its role.

    A body that is addressed and named in support too is an addressee. A body dissolved
    before the adoption is not addressed.
    """
    roles: dict[Body, str] = {}
    addressees = sorted(
        provision.addressees.all(), key=lambda a: a.role != CommitmentRole.ADDRESSEE
    )
    for addressee in addressees:
        for body in bodies:
            if _names(addressee, body) and not body.is_dissolved(provision.resolution.adopted_on):
                roles.setdefault(body, addressee.role)
    return list(roles.items())


def _names(addressee, body) -> bool:
    if addressee.kind == AddresseeKind.BODY:
        return addressee.body_id == body.pk
    return body.kind in FAMILIES[addressee.kind]


def _start(provision, body):
    adopted = provision.resolution.adopted_on
    return max(adopted, body.founded_on) if body.founded_on else adopted
