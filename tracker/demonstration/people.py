"""Demonstration accounts: nobody can sign in with them, they only stand beside the records."""

from tracker import actions
from tracker.demonstration.members import REASON
from tracker.models import Body, User
from tracker.vocabulary import Role

ASSESSORS = ("demo-assessor-1", "demo-assessor-2")
REVIEWER = "demo-reviewer"
#: Focal points, each with the State they speak for.
FOCAL_POINTS = {"demo-focal-point-1": "XAA", "demo-focal-point-2": "XAB"}

ROLES = {
    **dict.fromkeys(ASSESSORS, Role.ASSESSOR),
    REVIEWER: Role.REVIEWER,
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
