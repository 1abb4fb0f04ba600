"""The only way to write a noun: check → write → Change, in one transaction.

Every function takes ``by=`` (the person, or None for a command) and ``reason=``.
"""

from tracker.actions.commitments import expand_commitments
from tracker.actions.errors import Conflict, Held, Refused
from tracker.actions.provenance import provenance
from tracker.actions.register import check, create_many, delete, save

__all__ = [
    "Conflict",
    "Held",
    "Refused",
    "check",
    "create_many",
    "delete",
    "expand_commitments",
    "provenance",
    "save",
]
