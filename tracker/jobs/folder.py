"""The folder of jobs: the files they prepare, and how far those are that are under way.

How far a job is stands in a file and not in its row: an import is one transaction, in which
nobody else can write on SQLite, and of which nobody else sees anything. For the same reason a job
is cancelled by a mark beside it. Servers and workers of one installation share the folder.
"""

import contextlib
import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from tracker.models import Job

#: Seconds between two signs of life, and after how many without one somebody is taken for dead.
PULSE, DEAD_AFTER = 2, 30
#: Endings: being written, ready, how far it is, and the mark that cancels.
PART, READY, PROGRESS, STOP = "part", "file", "progress", "stop"
WORKER = "worker.pulse"


def folder() -> Path:
    """The folder, for the server alone."""
    path = Path(settings.JOBS_FOLDER)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(job: Job, ending: str) -> Path:
    """Where a file of this attempt of ``job`` lies; its key is of our making.

    Each attempt has its own files, so that one that was taken for dead spoils no other. The mark
    that cancels is for all.
    """
    attempt = "" if ending == STOP else f".{job.attempt}"
    return folder() / f"{job.key}{attempt}.{ending}"


def remove(job: Job, *endings: str) -> None:
    """Remove files of a job that may be there; all of every attempt unless some are named."""
    found = [path_of(job, ending) for ending in endings] or folder().glob(f"{job.key}.*")
    for path in found:
        path.unlink(missing_ok=True)


def sign(path: Path) -> None:
    """Give a sign of life; one that fails is followed by another."""
    with contextlib.suppress(OSError):
        path.touch(mode=0o600)


def is_fresh(path: Path, now: float | None = None) -> bool:
    """Whether there was a sign of life shortly before ``now`` (seconds since 1970)."""
    try:
        return path.stat().st_mtime > (now or time.time()) - DEAD_AFTER
    except FileNotFoundError:
        return False


def a_worker_runs() -> bool:
    """Whether any worker gave a sign of life."""
    return is_fresh(folder() / WORKER)


def is_alive(job: Job, now: float | None = None) -> bool:
    """Whether somebody is at work on a job that is under way, or has only just begun."""
    now = now or time.time()
    begun = job.started_at.timestamp() if job.started_at else now
    return begun > now - DEAD_AFTER or is_fresh(path_of(job, PROGRESS), now)


def ask_to_stop(job: Job) -> None:
    """Have whoever is at work on the job end it."""
    path_of(job, STOP).touch(mode=0o600)


def is_to_stop(job: Job) -> bool:
    """Whether somebody asked for the end of the job."""
    return path_of(job, STOP).exists()


@dataclass(frozen=True)
class Told:
    """How far a job is: stage, rows done, of how many (0: not known), when the stage began."""

    stage: str
    done: int = 0
    total: int = 0
    since: float = 0


def tell(job: Job, told: Told) -> None:
    """Say how far a job is; what cannot be said now is said a moment later."""
    path = path_of(job, PROGRESS)
    with contextlib.suppress(OSError):
        beside = path.with_suffix(".next")
        beside.touch(mode=0o600)
        beside.write_text(json.dumps(asdict(told)))
        os.replace(beside, path)


def told_of(job: Job) -> Told | None:
    """How far a job is, as it last said; None before it said anything."""
    try:
        return Told(**json.loads(path_of(job, PROGRESS).read_text()))
    except (OSError, ValueError, TypeError):
        return None
