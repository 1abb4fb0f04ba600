"""The nine who ask, and what the table of rights gives each: read here without the code's help."""

from dataclasses import dataclass

from tests import make
from tracker.rights import RIGHTS, Act, Reach
from tracker.vocabulary import Role


@dataclass(frozen=True)
class Actor:
    """Somebody who asks; ``speaks_for`` is "a", "b" or nobody."""

    name: str
    role: str = ""
    speaks_for: str = ""
    superuser: bool = False

    @property
    def signed_in(self) -> bool:
        return bool(self.role)

    @property
    def enters_admin(self) -> bool:
        return self.has(Act.ENTER_ADMIN)

    def reach(self, act: str) -> str:
        """How far the table lets this person go."""
        held = RIGHTS.get(act, {})
        if not self.signed_in:
            return Reach.NONE
        if self.superuser and Role.ADMINISTRATOR in held:
            return held[Role.ADMINISTRATOR]
        return held.get(self.role, Reach.NONE)

    def has(self, act: str, body: str = "") -> bool:
        """Whether ``act`` is allowed at all or, given a ``body``, with its records."""
        reach = self.reach(act)
        if reach == Reach.OWN and body:
            return body == self.speaks_for
        return reach != Reach.NONE

    def user(self, bodies: dict):
        """The account of this person; None for a visitor."""
        if not self.signed_in:
            return None
        own = [bodies[self.speaks_for]] if self.speaks_for else []
        more = {"is_superuser": True, "is_staff": True} if self.superuser else {}
        return make.make_user(self.role, bodies=own, username=f"asks-{self.name}", **more)


ANONYMOUS = Actor("anonymous")
VIEWER = Actor("viewer", Role.VIEWER)
FOCAL_A = Actor("focal-a", Role.FOCAL_POINT, "a")
FOCAL_B = Actor("focal-b", Role.FOCAL_POINT, "b")
ASSESSOR = Actor("assessor", Role.ASSESSOR)
REVIEWER = Actor("reviewer", Role.REVIEWER)
AUDITOR = Actor("auditor", Role.AUDITOR)
ADMINISTRATOR = Actor("administrator", Role.ADMINISTRATOR)
#: Not one of the eight: shows that a right which opens nothing else opens something.
SUPERUSER = Actor("superuser", Role.VIEWER, superuser=True)

ACTORS = (
    ANONYMOUS,
    VIEWER,
    FOCAL_A,
    FOCAL_B,
    ASSESSOR,
    REVIEWER,
    AUDITOR,
    ADMINISTRATOR,
    SUPERUSER,
)
