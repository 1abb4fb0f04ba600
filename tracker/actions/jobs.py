"""Jobs: asked for, claimed by one worker, ended once, cancelled, asked for again, forgotten.

Every step is one conditional UPDATE, so that of two that take it only one does, on either
database. They are working rows: no Change is kept of them, only of what they write.
"""

import datetime
import secrets
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.actions.errors import Refused
from tracker.actions.provenance import current_provenance
from tracker.actions.writing import require
from tracker.models import Job, TableImport, Token, User
from tracker.rights import Act
from tracker.vocabulary import JobState

#: How many jobs of one person are under way or wait, and how many files of one are kept.
MOST_OPEN, MOST_FILES = 5, 20
#: How long a file is kept, and how long the line that tells of a job.
FILE_KEPT, JOB_KEPT = datetime.timedelta(days=7), datetime.timedelta(days=90)


def ask_job(
    kind: str,
    asked: str,
    *,
    by: User,
    at: datetime.datetime,
    told: Mapping[str, Any] | None = None,
    table: TableImport | None = None,
    token: Token | None = None,
) -> Job:
    """Have something done beside the pages; ``ValidationError`` when too much waits already."""
    require(by, Act.READ_REGISTER)
    if Job.objects.open().filter(owner=by).count() >= MOST_OPEN:
        raise ValidationError(
            _("%(most)d jobs of yours wait or are under way; cancel one, or wait for it to end.")
            % {"most": MOST_OPEN}
        )
    return Job.objects.create(
        # Not to be guessed, though nobody else is shown anything under it.
        key=secrets.token_hex(16),
        owner=by,
        token=token,
        door=current_provenance().door,
        language=get_language() or "",
        kind=kind,
        asked=asked,
        told=dict(told or {}),
        table=table,
        asked_at=at,
    )


def claim_job(*, at: datetime.datetime) -> Job | None:
    """Take the job that has waited longest; None when there is none, or others were faster."""
    waiting = Job.objects.filter(state=JobState.WAITING).order_by("asked_at", "pk")
    for pk in waiting.values_list("pk", flat=True)[:10]:
        if _step(
            Job(pk=pk),
            JobState.WAITING,
            state=JobState.RUNNING,
            attempt=F("attempt") + 1,
            started_at=at,
            finished_at=None,
            message="",
        ):
            return Job.objects.select_related("owner", "table", "token__owner").get(pk=pk)
    return None


def end_job(job: Job, state: str, *, at: datetime.datetime, **fields) -> bool:
    """Say how this attempt ended; False when the job is no longer in the hands of who says so."""
    return _step(job, JobState.RUNNING, state=state, finished_at=at, **fields)


def put_back_job(job: Job) -> bool:
    """Have a job that was stopped in good order, and left nothing, wait for its turn again."""
    return _step(job, JobState.RUNNING, state=JobState.WAITING, started_at=None)


def cancel_waiting(job: Job, *, by: User, at: datetime.datetime) -> bool:
    """Cancel a job that nobody has begun; False when somebody has."""
    _require_own(job, by)
    return _step(job, JobState.WAITING, state=JobState.CANCELLED, finished_at=at)


def ask_job_again(job: Job, *, by: User, at: datetime.datetime) -> bool:
    """Have a job done once more that was interrupted, cancelled or refused, or whose file is gone.

    False when it is under way. ``ValidationError`` when too much waits already.
    """
    _require_own(job, by)
    if Job.objects.open().filter(owner=by).count() >= MOST_OPEN:
        raise ValidationError(_("Too many jobs of yours wait already."))
    fresh = {"state": JobState.WAITING, "asked_at": at, "started_at": None, "finished_at": None}
    gone = {"file_size": None, "expires_at": None, "message": "", "receipt": {}}
    return _step(job, job.state, **fresh, **gone) if not job.is_open else False


def forget_file(job: Job) -> None:
    """Note that the file is not kept any more."""
    Job.objects.filter(pk=job.pk).update(file_size=None)


def forget_jobs(*, before: datetime.datetime) -> None:
    """Forget the jobs that ended long ago."""
    old = Job.objects.filter(asked_at__lt=before - JOB_KEPT)
    old.exclude(state__in=(JobState.WAITING, JobState.RUNNING)).delete()


def _step(job, state, /, **fields) -> bool:
    """From ``state`` on; of an attempt that is under way, only if it is the one in hand."""
    held = Job.objects.filter(pk=job.pk, state=state)
    if state == JobState.RUNNING:
        held = held.filter(attempt=job.attempt)
    return held.update(**fields) == 1


def _require_own(job, by):
    if job.owner_id != by.pk:
        raise Refused(_("No job of yours is held under this key."))
