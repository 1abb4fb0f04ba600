"""Tables that are tried, written and taken back by a job."""

import datetime
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tracker import actions
from tracker.models import Job, TableImport, User
from tracker.tables.errors import Unread
from tracker.tables.kept import apply_kept, examine_kept, told
from tracker.tables.plan import NotApplied, Plan, told_plainly
from tracker.tables.refused import MEDIA_TYPE, error_file, file_name
from tracker.vocabulary import JobKind, JobStage


@dataclass(frozen=True)
class Came:
    """What came of a table: its receipt, and its refused rows as a file, where there are any."""

    receipt: dict
    errors: str = ""
    name: str = ""
    #: Why it was not written, where it was not.
    refusal: str = ""
    media_type: str = field(default=MEDIA_TYPE, init=False)

    @property
    def pieces(self) -> Iterator[bytes]:
        """The file of refused rows."""
        yield self.errors.encode()


def ask_table(kind: str, table: TableImport, *, by: User, at: datetime.datetime, **told) -> Job:
    """Have a table tried, written or taken back. ``ValidationError`` when too much waits."""
    token = told.pop("token", None)
    asked = f"/imports/{table.pk}/"
    return actions.ask_job(kind, asked, by=by, at=at, told=told, table=table, token=token)


def run_table(job: Job, owner: User, progress: Callable) -> Came:
    """Do it, as one transaction. Raises what trying, writing and taking back raise."""
    table = TableImport.objects.filter(pk=job.table_id, by=owner).first()
    if table is None:
        raise Unread(_("The table was dropped in the meantime."))
    return RUN[job.kind](job, table, owner, progress)


def _try(job, table, owner, progress) -> Came:
    plan = examine_kept(table, by=owner, watch=progress)
    came = _came(plan, table)
    with told_plainly():
        if job.told.get("forget"):
            actions.drop_table(table, by=owner)
        else:
            actions.note_trial(table, told(plan), by=owner, errors=came.errors)
    return came


def _write(job, table, owner, progress) -> Came:
    said = {name: job.told[name] for name in ("reason", "skip_refused", "expected")}
    try:
        done = apply_kept(table, by=owner, watch=progress, **said)
    except NotApplied as error:
        return _came(error.plan, table, refusal=str(error))
    receipt = {"counts": done.outcome["counts"], "batch": str(done.batch)}
    return Came(receipt, done.errors, file_name(table.name))


def _take_back(job, table, owner, progress) -> Came:
    batch = uuid.UUID(job.told["batch"])

    def watch(done, total):
        progress(JobStage.WRITING, done, total)

    with told_plainly():
        done = actions.undo_batch(batch, by=owner, reason=job.told["reason"], watch=watch)
    return Came({"taken_back": len(done), "batch": str(done[0].batch)})


def _came(plan: Plan, table, refusal="") -> Came:
    receipt = {"counts": dict(plan.counts), "fingerprint": plan.fingerprint}
    errors = error_file(plan.refused) if plan.refused else ""
    return Came(receipt, errors, file_name(table.name), refusal)


RUN = {JobKind.TRIAL: _try, JobKind.IMPORT: _write, JobKind.UNDO: _take_back}
