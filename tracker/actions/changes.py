"""Writing the record of changes: what a row looked like, and one Change for each write."""

import datetime
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection, models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tracker.actions.provenance import current_provenance
from tracker.models import (
    Answer,
    Change,
    Claim,
    DatedTally,
    Designation,
    Digest,
    Due,
    DueDate,
    Job,
    KeptKeys,
    Known,
    Preference,
    SavedView,
    SearchEntry,
    TableImport,
    Tally,
    Unsaved,
    User,
    Visit,
    Webhook,
    WebhookAttempt,
    WebhookTurn,
)
from tracker.models.designations import PERSONAL
from tracker.vocabulary import Verb

#: Fields whose values never enter the record; where a file lies is told by its checksum alone.
UNRECORDED = {"id", "version", "password", "last_login", "file", "digest", "last_used_at"} | {
    "salt", "old_salt"
}  # fmt: skip
#: Fields of which the record holds a stand-in alone: persons, and addresses that open something.
MASKED = {Designation: PERSONAL, Webhook: ("address",)}
#: How a stand-in for a personal value begins.
MASK = "masked:"
#: Rows that follow from others or only help at work: no Change is kept of them.
UNRECORDED_MODELS = {Answer, DatedTally, Due, DueDate, Known, SearchEntry, Tally} | {
    Claim, Digest, Job, KeptKeys, Preference, SavedView, TableImport, Unsaved, Visit,
    WebhookAttempt, WebhookTurn,
}  # fmt: skip
#: Key of the advisory lock that lets one writer at a time extend the chain (PostgreSQL).
CHAIN_LOCK = 2322


@dataclass(frozen=True)
class Write:
    """One write of one object: its state before and after (empty when there was none)."""

    obj: models.Model
    verb: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @cached_property
    def differences(self) -> dict[str, list]:
        """``{field: [before, after]}`` for the fields that differ."""
        return differences(self.before, self.after)


def snapshot(obj: models.Model) -> dict[str, Any]:
    """Return the row as plain JSON values: foreign keys by public key, many-to-many as lists."""
    state = {
        field.name: _plain(obj, field)
        for field in obj._meta.concrete_fields
        if field.name not in UNRECORDED
    }
    for field in obj._meta.many_to_many:
        if field.remote_field.through._meta.auto_created:
            state[field.name] = sorted(str(_key(item)) for item in getattr(obj, field.name).all())
    return state


def is_recorded(model: type) -> bool:
    """Whether writes of ``model`` leave a Change."""
    return not model._meta.auto_created and model not in UNRECORDED_MODELS


def _plain(obj, field):
    if field.is_relation:
        related = getattr(obj, field.name)
        return None if related is None else _key(related)
    value = getattr(obj, field.attname)
    if value and field.name in MASKED.get(type(obj), ()):
        return masked(value)
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | bool | list | dict | None) else str(value)


def masked(value: str) -> str:
    """A stand-in that differs when ``value`` does and says nothing else of it."""
    return f"{MASK}{salted_hmac('tracker.changes.masked', value).hexdigest()[:12]}"


def _key(obj):
    return getattr(obj, "public_key", None) or str(obj)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list]:
    """Return ``{field: [before, after]}`` for the fields that differ."""
    names = [*before, *(name for name in after if name not in before)]
    return {
        name: [before.get(name), after.get(name)]
        for name in names
        if before.get(name) != after.get(name)
    }


def record(
    writes: Iterable[Write],
    *,
    by: User | None,
    reason: str,
    batch: uuid.UUID | None = None,
    undoes: int | None = None,
) -> list[Change]:
    """Append one Change for each write to the chain; call it inside the write's transaction.

    ``undoes`` is the number of the change that these writes take back.
    """
    _lock_chain()
    last = Change.objects.order_by("-sequence").values_list("sequence", "hash").first()
    sequence, previous = last or (0, "")
    origin, now, changes = current_provenance(), timezone.now(), []
    for write in writes:
        sequence += 1
        change = Change(
            sequence=sequence,
            at=now,
            by=by,
            door=origin.door,
            request_id=origin.request_id,
            batch=batch,
            reason=reason,
            undoes=undoes,
            verb=write.verb,
            noun=write.obj._meta.model_name,
            object_id=write.obj.pk,
            object_key=_key(write.obj),
            differences=_json(write.differences),
            previous_hash=previous,
        )
        change.hash = previous = change.compute_hash()
        changes.append(change)
    return Change.objects.bulk_create(changes, batch_size=500)


def _json(value):
    """The value as the database will give it back, so that the hash can be computed again."""
    return json.loads(json.dumps(value))


def _lock_chain():
    # SQLite has one writer at a time already (IMMEDIATE transactions).
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


def created(obj) -> Write:
    """A Write for a row that was just inserted."""
    return Write(obj, Verb.CREATED, {}, snapshot(obj))
