"""What every test of a step asks: who may take it, and what it leaves in the record."""

from contextlib import contextmanager

from tests import make
from tracker import actions
from tracker.models import Change
from tracker.rights import RIGHTS, Reach
from tracker.vocabulary import Door, Role

REASON = "Because of the test"


def who_may(step) -> dict:
    """(role, of the own body) → whether ``step(commitment, person)`` was taken or refused.

    A step that is refused leaves nothing in the record.
    """
    done = {}
    for role in Role:
        for own in (True, False):
            commitment = make.make_commitment()
            bodies = [commitment.body if own else make.make_body()]
            done[role.value, own] = _taken(step, commitment, make.make_user(role, bodies=bodies))
    return done


def _taken(step, commitment, person):
    before = Change.objects.count()
    try:
        step(commitment, person)
    except actions.Refused:
        assert Change.objects.count() == before
        return False
    return True


def by_table(act) -> dict:
    """The same as the table of rights has it."""
    return {
        (role.value, own): RIGHTS[act].get(role, Reach.NONE) in (Reach.ALL, own and Reach.OWN)
        for role in Role
        for own in (True, False)
    }


def in_words(every=(), own=()) -> dict:
    """The same spelled out: roles that reach every body, and roles that reach their own."""
    return {
        (role.value, its): role in every or (its and role in own)
        for role in Role
        for its in (True, False)
    }


@contextmanager
def recorded(verb, *, by, reason=REASON, number=1):
    """Within, ``number`` changes are recorded, the first for an object by that verb.

    Yields a list that holds them afterwards, the earliest first.
    """
    last = Change.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    made: list[Change] = []
    with actions.provenance(door=Door.API, request_id="request-1"):
        yield made
    made.extend(Change.objects.filter(sequence__gt=last).order_by("sequence"))
    assert len(made) == number
    assert made[0].verb == verb
    for change in made:
        assert (change.by, change.reason) == (by, reason)
        assert (change.door, change.request_id) == ("api", "request-1")
    objects = {(change.noun, change.object_id) for change in made}
    assert len(objects) == number


def untouched(obj):
    """Whether the row stands as it is in memory, and nothing was recorded of it."""
    held = type(obj).objects.get(pk=obj.pk)
    return held.version == obj.version and not Change.objects.of(obj).exists()
