"""One effect for one Idempotency-Key: what was answered is kept with what was written."""

import datetime
from dataclasses import dataclass

from django.apps import apps
from django.db import IntegrityError, connection, transaction

from tracker.models import Answer, User

#: How long a key stands for its request.
KEPT = datetime.timedelta(hours=24)


class UnderWay(Exception):
    """The same key is being answered by somebody else at this moment."""


@dataclass(frozen=True)
class Key:
    """A key that a person sent, with digests of the request and of the rights they had."""

    by: User
    text: str
    request: str
    rights: str


def begin(key: Key, *, at: datetime.datetime) -> Answer | None:
    """Take the key for oneself, until the transaction ends; the earlier answer when there is one.

    Call it inside the transaction that writes: then the effect and the answer stand or fall
    together, also when the process ends in between. Raises ``UnderWay``.
    """
    _lock(key)
    Answer.objects.filter(at__lt=at - KEPT).delete()
    earlier = Answer.objects.filter(by=key.by, key=key.text).first()
    if earlier is not None:
        return earlier
    try:
        with transaction.atomic():
            Answer.objects.create(
                by=key.by, key=key.text, request=key.request, rights=key.rights, at=at
            )
    except IntegrityError as error:
        raise UnderWay from error
    return None


def keep(key: Key, status: int, headers: dict, content: str, about=None) -> None:
    """Keep what was answered, JSON in ``content``; the row is there since ``begin``.

    ``about`` is the record that it shows.
    """
    Answer.objects.filter(by=key.by, key=key.text).update(
        status=status,
        headers=headers,
        content=content,
        noun=about._meta.model_name if about else "",
        object_id=about.pk if about else None,
    )


def is_open(answer: Answer) -> bool:
    """Whether the record that was shown may still be seen, or is gone like for everybody."""
    if not answer.noun:
        return True
    model = apps.get_model("tracker", answer.noun)
    there = model._base_manager.filter(pk=answer.object_id)
    return model.objects.visible_to(answer.by).filter(pk__in=there.values("pk")).exists()


def _lock(key):
    # On SQLite writers stand in a queue anyway, so the second one finds the answer.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [key.by.pk, key.text]
            )
            if not cursor.fetchone()[0]:
                raise UnderWay
