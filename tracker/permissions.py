"""Who may do what, as plain yes or no: the table of ``tracker.rights`` asked for one record."""

import hashlib
import json
from collections.abc import Iterable

from tracker.models import Assessment, Body, Change, Commitment, Designation, SavedView, User
from tracker.rights import READING, Act, Reach, reach
from tracker.vocabulary import DRAFTING, Verb, Visibility


def may(user: User, act: str, body: Body | None = None) -> bool:
    """Whether ``user`` may do ``act`` at all or, given a ``body``, with its records."""
    if body is not None:
        return body.pk in reached(user, act, [body])
    return reach(user, act) != Reach.NONE


def reached(user: User, act: str, bodies: Iterable[Body]) -> set[int]:
    """The ids of those of ``bodies`` with whose records ``user`` may do ``act``, in one query."""
    keys, how_far = {body.pk for body in bodies}, reach(user, act)
    if how_far == Reach.OWN:
        own = Body.objects.spoken_for_by(user).filter(pk__in=keys)
        return set(own.order_by().values_list("pk", flat=True))
    return set() if how_far == Reach.NONE else keys


def may_read_register(user) -> bool:
    """Whether ``user`` may read the register at all: anybody signed in."""
    return may(user, Act.READ_REGISTER)


def may_edit_register(user) -> bool:
    """Whether ``user`` may change resolutions, provisions, bodies and what hangs on them."""
    return may(user, Act.EDIT_REGISTER)


def may_enter_admin(user) -> bool:
    """Whether the admin opens for ``user``: staff who edit, and auditors, who only read."""
    return user.is_staff and may(user, Act.ENTER_ADMIN)


def may_manage_people(user) -> bool:
    """Whether ``user`` may add people and give them roles."""
    return may(user, Act.MANAGE_PEOPLE)


def may_report(user: User, commitment: Commitment) -> bool:
    """Whether ``user`` may say what the body did."""
    return may(user, Act.REPORT, commitment.body)


def may_add_evidence(user: User, body: Body | None) -> bool:
    """Whether ``user`` may add evidence concerning ``body``; without one only the desk may."""
    if body is None:
        return reach(user, Act.ADD_EVIDENCE) == Reach.ALL
    return may(user, Act.ADD_EVIDENCE, body)


def may_assess(user: User, commitment: Commitment) -> bool:
    """Whether ``user`` may draft, send, put under review and withdraw assessments."""
    return may(user, Act.ASSESS, commitment.body)


def may_comment(user: User, commitment: Commitment) -> bool:
    """Whether ``user`` may comment for the body concerned (right of reply)."""
    return may(user, Act.COMMENT, commitment.body)


def may_adopt(user: User, assessment: Assessment) -> bool:
    """Whether ``user`` may adopt or return: a reviewer who did not draft it (four eyes)."""
    return may(user, Act.ADOPT) and not _drafted(user, assessment)


def _drafted(user, assessment) -> bool:
    """Whether ``user`` wrote any of it, also when somebody else began it."""
    wrote = Change.objects.of(assessment).filter(by=user, verb__in=(Verb.CREATED, Verb.UPDATED))
    return assessment.drafted_by_id == user.pk or wrote.exists()


def may_edit_draft(user: User, assessment: Assessment) -> bool:
    """Whether ``user`` may change the text: the desk, while it is a draft or was returned."""
    return assessment.step in DRAFTING and may_assess(user, assessment.commitment)


def may_set_timing(user: User, commitment: Commitment) -> bool:
    """Whether ``user`` may record deliveries and extend dates."""
    return may(user, Act.SET_TIMING, commitment.body)


def may_confirm(user: User, designation: Designation) -> bool:
    """Whether ``user`` may say that a designation is still correct."""
    return may(user, Act.CONFIRM_DESIGNATION, designation.body)


def may_reveal(user: User, designation: Designation) -> bool:
    """Whether ``user`` may see the person behind an office, with a reason and a trace."""
    return may(user, Act.REVEAL_CONTACT, designation.body)


def how_one_reads(user: User) -> str:
    """A digest of the rights to read, and of the bodies one speaks for: another one, other rows."""
    rights = [str(reach(user, act)) for act in sorted(READING)]
    bodies = sorted(user.bodies.values_list("pk", flat=True))
    return hashlib.sha256(json.dumps([rights, bodies]).encode()).hexdigest()


def may_change_view(user: User, view: SavedView) -> bool:
    """Whether ``user`` may change or delete a saved view: the owner, and who keeps the register.

    An administrator keeps what the team shares in order, and sees no private view at all.
    """
    shared = view.visibility == Visibility.TEAM and may_edit_register(user)
    return may_read_register(user) and (view.owner_id == user.pk or shared)
