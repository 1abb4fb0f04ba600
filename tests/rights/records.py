"""A classified record in a test, and who sees it by the table of rights."""

from dataclasses import dataclass, field
from typing import Any

from tests.rights.people import Actor
from tracker.rights import Act

#: Kind and state of what is not published → the acts any of which opens it.
UNPUBLISHED = {
    ("report", "draft"): (Act.READ_DRAFT_REPORTS,),
    ("assessment", "draft"): (Act.READ_DRAFT_ASSESSMENTS,),
    ("assessment", "sent"): (Act.READ_SENT_ASSESSMENTS, Act.READ_DRAFT_ASSESSMENTS),
    ("assessment", "reviewed"): (Act.READ_SENT_ASSESSMENTS, Act.READ_DRAFT_ASSESSMENTS),
}


@dataclass
class Record:
    """A row of body "a" or "b" (or of none), with what a route needs to lead to it.

    ``act`` is the right that writes it, where the route itself does not say; ``history``
    whether it is a change, so that the right to read the history is needed besides.
    """

    noun: str
    obj: Any
    key: str
    body: str = ""
    classification: str = ""
    state: str = ""
    act: str = ""
    history: bool = False
    more: dict = field(default_factory=dict)

    def seen_by(self, actor: Actor) -> bool:
        """Whether the table opens this record to ``actor``."""
        if not actor.signed_in:
            return False
        if self.history and not actor.has(Act.READ_HISTORY, self.body):
            return False
        return opened(actor, self.noun, self.state, self.classification, self.body)

    def __str__(self):
        return " ".join(filter(None, (self.noun, self.classification, self.state, self.body)))


def opened(actor, noun, state, classification, body) -> bool:
    """Whether such a record is open to ``actor``; what has no class is open to all."""
    if (noun, state) in UNPUBLISHED:
        return any(actor.has(act, body) for act in UNPUBLISHED[noun, state])
    if classification == "restricted":
        return actor.has(Act.READ_RESTRICTED, body)
    return actor.has(Act.READ_PUBLISHED)
