"""By which door, and under which request, the writes of this thread or task come in."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from tracker.vocabulary import Door


@dataclass(frozen=True)
class Provenance:
    """Where a write comes from; a plain script or command has no request."""

    door: str = Door.COMMAND
    request_id: str = ""


_current = ContextVar("provenance", default=Provenance())  # noqa: B039 (frozen, safe to share)


@contextmanager
def provenance(*, door: str, request_id: str = ""):
    """Say, for the block inside, by which door writes come in."""
    token = _current.set(Provenance(door, request_id))
    try:
        yield
    finally:
        _current.reset(token)


def current_provenance() -> Provenance:
    """Return what the surrounding ``provenance`` block says."""
    return _current.get()
