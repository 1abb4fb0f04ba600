"""Whose a typed text is, once their session has ended: the form says it, signed."""

from django.core.signing import BadSignature, Signer

from tracker.models import User

SIGNER = Signer(salt="tracker.dashboard.author")


def signed(user: User) -> str:
    """What a form carries to say that ``user`` types into it."""
    return SIGNER.sign(str(user.pk))


def is_by(user: User, author: str) -> bool:
    """Whether a form that carried ``author`` was typed into by ``user``, and by nobody else."""
    try:
        return SIGNER.unsign(author) == str(user.pk)
    except BadSignature:
        return False
