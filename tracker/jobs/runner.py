"""What a worker does: takes the job that waited longest, runs it, says how it ended.

A loop of our own and no queue from a library: what is needed beyond one (progress that is seen
during a transaction, cancelling, kill -9 told from waiting, one effect for each import) would have
had to be built around it, and ``claim_job`` is four lines.
"""

import datetime
import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tracker import actions
from tracker.actions.jobs import FILE_KEPT, MOST_FILES
from tracker.exports.forms import TooMany
from tracker.jobs.exports import prepare
from tracker.jobs.folder import (
    PART,
    PROGRESS,
    READY,
    STOP,
    WORKER,
    folder,
    is_alive,
    path_of,
    remove,
)
from tracker.jobs.progress import Cancelled, Progress, Stopped, pulse
from tracker.jobs.tables import run_table
from tracker.models import Job, Token, User
from tracker.permissions import how_one_reads, may_read_register
from tracker.reports.since import latest
from tracker.tables.errors import Unread
from tracker.tables.plan import NotWritten
from tracker.vocabulary import JobKind, JobStage, JobState

log = logging.getLogger(__name__)
#: Why a job cannot be done, each with a sentence for its owner.
REFUSALS = (
    PermissionDenied,
    ValidationError,
    TooMany,
    Unread,
    NotWritten,
    actions.Held,
    actions.Conflict,
)
#: How often a step that others keep from the database is tried, a second apart.
PATIENCE = 60


def run_next(stopping: Callable[[], bool] = bool) -> bool:
    """Run the job that has waited longest; False when there is none."""
    job = actions.claim_job(at=timezone.now())
    if job is None:
        return False
    log.info("Job %s (%s) begins", job.key, job.kind)
    with pulse(job):
        run(job, stopping)
    return True


def run(job: Job, stopping: Callable[[], bool]) -> None:
    """Do what was asked with the rights that its owner has now, and say how it ended."""
    progress = Progress(job, stopping)
    how = actions.provenance(door=job.door, request_id=job.key)
    with how, translation.override(job.language or None):
        try:
            progress(JobStage.STARTING)
            ended = _done(job, progress)
        except Stopped:
            remove(job, PART, PROGRESS)
            _patiently(lambda: actions.put_back_job(job))
            return
        except Cancelled:
            ended = {"state": JobState.CANCELLED}
        except REFUSALS as error:
            ended = {"state": JobState.REFUSED, "message": _sentence(error)}
        except Exception as error:
            log.exception("Job %s failed", job.key)
            ended = {"state": JobState.REFUSED, "message": _unforeseen(error)}
    _end(job, ended)


def _end(job, ended) -> None:
    """Say it; what is no longer in our hands leaves no file."""
    log.info("Job %s: %s", job.key, ended["state"])
    said = _patiently(lambda: actions.end_job(job, at=timezone.now(), **ended))
    left = [PART, PROGRESS, STOP]
    if not said or ended.get("file_size") is None:
        left.append(READY)
    remove(job, *left)


def _done(job, progress) -> dict:
    owner = owner_now(job)
    if job.kind == JobKind.EXPORT:
        # Before anything is read: what is closed from now on is not handed out.
        under = {"rights": how_one_reads(owner), "sequence": latest()}
        made = prepare(job, owner, progress, today=timezone.localdate())
        kept = _keep(job, made, progress)
        receipt = {"rows": made.about.rows, "classification": made.about.classification}
        return {"state": JobState.DONE, "receipt": receipt, **kept, **under}
    came = run_table(job, owner, progress)
    ended = {"state": JobState.REFUSED if came.refusal else JobState.DONE}
    ended |= {"message": came.refusal, "receipt": came.receipt}
    if came.errors:
        # What was written stands, whether or not its refused rows can be kept as a file.
        try:
            ended |= {**_keep(job, came), "rights": how_one_reads(owner), "sequence": latest()}
        except OSError:
            log.exception("The error file of job %s cannot be kept", job.key)
    return ended


def owner_now(job: Job) -> User:
    """The owner as of now, within the token that the job was asked with; raises ``Refused``."""
    owner = User.objects.get(pk=job.owner_id)
    if job.token_id:
        if not Token.objects.usable(timezone.now()).filter(pk=job.token_id).exists():
            raise actions.Refused(_("The token with which this was asked opens nothing any more."))
        owner.scopes = frozenset(job.token.scopes)
    if not may_read_register(owner):
        raise actions.Refused(_("Your role does not allow this."))
    return owner


def _keep(job, made, progress=None) -> dict:
    """Write the file as a whole or not at all; what is to be noted of it."""
    part, digest, size = path_of(job, PART), hashlib.sha256(), 0
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for piece in made.pieces:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
            file.flush()
            os.fsync(file.fileno())
        if progress:
            progress(JobStage.CLOSING)
            progress.heed()
        os.replace(part, path_of(job, READY))
    finally:
        part.unlink(missing_ok=True)
    return {
        "file_name": made.name,
        "file_type": made.media_type,
        "file_size": size,
        "checksum": digest.hexdigest(),
        "expires_at": timezone.now() + FILE_KEPT,
    }


def _sentence(error) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def _unforeseen(error) -> str:
    """What the owner is told: why a disk did not write; of all else, that the log has it."""
    while error is not None:
        if isinstance(error, OSError):
            why = _(
                "The file could not be written (%(why)s). Nothing of it is kept; ask again later."
            )
            return why % {"why": error.strerror or error}
        error = error.__cause__ or error.__context__
    return _("Something went wrong that nobody foresaw; the log of the server tells what.")


def _patiently(step: Callable[[], bool]) -> bool:
    """Take a step that others may keep from the database for a while."""
    for left in reversed(range(PATIENCE)):
        try:
            return step()
        except OperationalError:
            if not left:
                raise
            connection.close()
            time.sleep(1)


def reap(*, at: datetime.datetime) -> None:
    """Say of jobs whose worker is gone that they were interrupted; they left nothing."""
    for job in Job.objects.filter(state=JobState.RUNNING):
        if not is_alive(job, at.timestamp()) and actions.end_job(job, JobState.INTERRUPTED, at=at):
            log.warning("Job %s was interrupted", job.key)
            remove(job)


def expire(*, at: datetime.datetime) -> None:
    """Remove files that were kept long enough, those beyond what one person keeps, and strays."""
    for job in _too_old(at):
        remove(job)
        actions.forget_file(job)
    actions.forget_jobs(before=at)
    # First what lies there: the files of a job that is asked for from now on are not among them.
    found = [path for path in folder().iterdir() if path.name != WORKER]
    known = set(Job.objects.values_list("key", flat=True))
    for path in found:
        if path.name.partition(".")[0] not in known:
            path.unlink(missing_ok=True)


def _too_old(at) -> Iterable[Job]:
    kept: dict[int, int] = {}
    for job in Job.objects.with_file().order_by("-finished_at"):
        kept[job.owner_id] = kept.get(job.owner_id, 0) + 1
        if not job.has_file(at) or kept[job.owner_id] > MOST_FILES:
            yield job
