"""Several writes as one: all of them or none, files too; a trial leaves nothing at all."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

#: The files that were stored in the block around, None where there is none.
_stored: ContextVar[list | None] = ContextVar("stored", default=None)


@contextmanager
def together(*, trial: bool = False):
    """One transaction for everything that the block writes; a ``trial`` is taken back at its end.

    What the block answers is what would be: read it inside.
    """
    files: list = []
    around = _stored.get()
    token = _stored.set(files)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(trial)
    except BaseException:
        _remove(files)
        raise
    finally:
        _stored.reset(token)
    if trial:
        _remove(files)
    elif around is not None:
        around += files


def is_part() -> bool:
    """Whether what is written now is a part of something larger."""
    return _stored.get() is not None


def remember(file) -> None:
    """Have ``file`` removed when the whole does not come to be."""
    files = _stored.get()
    if files is not None:
        files.append((file.storage, file.name))


def _remove(files):
    for storage, name in files:
        storage.delete(name)
