"""A job as every door tells it: how far it is, how long it may take, whether its file is open."""

import contextlib
import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db import OperationalError
from django.db.models import Q
from django.utils.translation import gettext as _

from tracker import actions
from tracker.jobs.exports import read
from tracker.jobs.folder import (
    READY,
    STOP,
    a_worker_runs,
    ask_to_stop,
    is_alive,
    is_to_stop,
    path_of,
    remove,
    told_of,
)
from tracker.models import Change, Job, User
from tracker.permissions import how_one_reads
from tracker.rights import Act, Reach, reach
from tracker.vocabulary import Classification, JobKind, JobStage, JobState, ListName, Verb

#: Seconds after which somebody is told how long it may still take.
ESTIMATED_AFTER = 5


@dataclass(frozen=True)
class Shown:
    """One job at one moment, to its owner."""

    job: Job
    at: datetime.datetime

    @cached_property
    def state(self) -> str:
        """As its row says, or interrupted when nobody is at work on it any more."""
        running = self.job.state == JobState.RUNNING
        if running and not is_alive(self.job, self.at.timestamp()):
            return JobState.INTERRUPTED
        return self.job.state

    @property
    def state_words(self) -> str:
        """The state, or the stage of what is under way, in words."""
        if self.is_ending:
            return _("Being cancelled")
        return JobStage(self.stage).label if self.stage else JobState(self.state).label

    @property
    def title(self) -> str:
        """What it is about: the file of a table, or a list and its form."""
        if not self.is_export:
            return self.job.table.name if self.job.table else ""
        name, data = read(self.job.asked)
        label = ListName(name).label if name in ListName.values else _("The whole register")
        return f"{label} ({data.get('format', 'zip').upper()})"

    @cached_property
    def told(self):
        """How far it is, as it last said."""
        return told_of(self.job) if self.state == JobState.RUNNING else None

    @property
    def stage(self) -> str:
        """What it is doing at the moment; empty when it is not under way."""
        return self.told.stage if self.told else ""

    @property
    def done(self) -> int:
        """Rows that are done."""
        return self.told.done if self.told else 0

    @property
    def total(self) -> int:
        """Of how many; 0 where that is not known."""
        return self.told.total if self.told else 0

    @property
    def seconds_left(self) -> int | None:
        """How long the stage may still take; None before anything can be said of it."""
        if not self.told or not self.told.done or not self.told.total:
            return None
        spent = self.at.timestamp() - self.told.since
        if spent < ESTIMATED_AFTER:
            return None
        return max(1, round(spent / self.done * (self.total - self.done)))

    @property
    def is_open(self) -> bool:
        """Whether there is still something to wait for."""
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @cached_property
    def is_ending(self) -> bool:
        """Whether it was asked to end, and has not yet."""
        return self.is_open and is_to_stop(self.job)

    @cached_property
    def lacks_worker(self) -> bool:
        """Whether nobody is there who would do it."""
        return self.state == JobState.WAITING and not a_worker_runs()

    @property
    def is_export(self) -> bool:
        """Whether a file is all that it makes."""
        return self.job.kind == JobKind.EXPORT

    @property
    def may_be_asked_again(self) -> bool:
        """Whether doing it once more gives something that is not there."""
        if self.state in (JobState.INTERRUPTED, JobState.CANCELLED, JobState.REFUSED):
            return True
        return self.is_export and self.state == JobState.DONE and self.why_no_file != ""

    @cached_property
    def why_no_file(self) -> str:
        """Why its file is not handed out, as a sentence; empty when it is."""
        if not self.job.has_file(self.at) or not path_of(self.job, READY).exists():
            return _("The file is not kept any more.")
        if is_closed(self.job):
            return _(
                "What you may read has changed since this file was made, so it is not handed out "
                "any more."
            )
        return ""


def is_closed(job: Job) -> bool:
    """Whether the owner might not read all of the file any more that was made then.

    Rights are compared; of records, any that was closed since to people who read no restricted
    ones counts: which rows a file holds is not kept.
    """
    owner = User.objects.get(pk=job.owner_id)
    if how_one_reads(owner) != job.rights:
        return True
    if reach(owner, Act.READ_RESTRICTED) == Reach.ALL:
        return False
    closed = Q(differences__classification__1=Classification.RESTRICTED) | Q(verb=Verb.WITHDRAWN)
    later = Change.objects.filter(sequence__gt=job.sequence).exclude(verb=Verb.CREATED)
    return later.filter(closed).exists()


def cancel(job: Job, *, by: User, at: datetime.datetime) -> None:
    """Have a job end and leave nothing; of one that has ended, nothing changes."""
    if not job.is_open:
        return
    # The mark first: on SQLite the row cannot be written to while an import is under way.
    ask_to_stop(job)
    with contextlib.suppress(OperationalError):
        if job.state == JobState.WAITING and actions.cancel_waiting(job, by=by, at=at):
            remove(job, STOP)


def again(job: Job, *, by: User, at: datetime.datetime) -> bool:
    """Have it done once more; False when it is under way. Raises what ``ask_job_again`` raises."""
    if Shown(job, at).state == JobState.INTERRUPTED:
        actions.end_job(job, JobState.INTERRUPTED, at=at)
        job.refresh_from_db()
    if job.is_open:
        return False
    remove(job)
    return actions.ask_job_again(job, by=by, at=at)
