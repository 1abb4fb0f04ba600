"""Demonstration accounts: nobody can sign in with them until somebody asks for passwords."""

import secrets

from django.db import transaction

from tracker import actions
from tracker.actions.people import set_password
from tracker.demonstration.members import REASON
from tracker.models import Body, User
from tracker.vocabulary import Role

TRYING = "To try the demonstration"
ASSESSORS = ("demo-assessor-1", "demo-assessor-2")
#: Two, since who drafted any part of an assessment does not adopt it.
REVIEWERS = ("demo-reviewer", "demo-reviewer-2")
#: Focal points, each with the State they speak for.
FOCAL_POINTS = {
    "demo-focal-point-1": "XAA",
    "demo-focal-point-2": "XAB",
    "demo-focal-point-3": "XAC",
}

ROLES = {
    **dict.fromkeys(ASSESSORS, Role.ASSESSOR),
    **dict.fromkeys(REVIEWERS, Role.REVIEWER),
    **dict.fromkeys(FOCAL_POINTS, Role.FOCAL_POINT),
    "demo-viewer": Role.VIEWER,
    "demo-auditor": Role.AUDITOR,
}


def add_missing(*, by: User | None) -> int:
    """Create the demonstration accounts that are not there; returns how many."""
    there = set(User.objects.filter(username__in=ROLES).values_list("username", flat=True))
    missing = [username for username in ROLES if username not in there]
    for username in missing:
        _add(username, by)
    return len(missing)


def set_passwords(*, by: User | None) -> list[tuple[User, str]]:
    """Give every demonstration account a new password; returns them, shown only now."""
    accounts = User.objects.filter(username__in=ROLES).prefetch_related("bodies")
    made = [(account, secrets.token_urlsafe(9)) for account in accounts.order_by("username")]
    with transaction.atomic():
        for account, password in made:
            set_password(account, password, by=by, reason=TRYING)
    return made


def _add(username, by):
    user = User(
        username=username,
        first_name="Demonstration",
        last_name=username.removeprefix("demo-").replace("-", " "),
        role=ROLES[username],
    )
    user.set_unusable_password()
    bodies = Body.objects.filter(code=FOCAL_POINTS.get(username))
    actions.save(user, by=by, reason=REASON, relations={"bodies": bodies})
