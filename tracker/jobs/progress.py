"""What a job sees of the world while it runs: it says how far it is, and hears when to end."""

import threading
import time
from collections.abc import Callable
from contextlib import contextmanager

from tracker.jobs.folder import (
    PROGRESS,
    PULSE,
    WORKER,
    Told,
    folder,
    is_to_stop,
    path_of,
    sign,
    tell,
)
from tracker.models import Job

#: Seconds between two words about how far a job is.
EVERY = 0.5


class Cancelled(Exception):
    """The owner wants it no more; everything is taken back."""


class Stopped(Exception):
    """The worker ends in good order; everything is taken back and done again by another."""


class Progress:
    """Called with stage, rows done and total, between rows; ends the job by raising."""

    def __init__(self, job: Job, stopping: Callable[[], bool]):
        self.job, self.stopping = job, stopping
        self.stage, self.since, self.last = "", 0.0, 0.0

    def __call__(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Say it, not more often than anybody would notice; raises ``Cancelled``, ``Stopped``."""
        now = time.monotonic()
        if stage == self.stage and now < self.last + EVERY:
            return
        if stage != self.stage:
            self.stage, self.since = stage, time.time()
        self.last = now
        self.heed()
        tell(self.job, Told(stage, done, total, self.since))

    def heed(self) -> None:
        """Raise when it is to end."""
        if is_to_stop(self.job):
            raise Cancelled
        if self.stopping():
            raise Stopped


@contextmanager
def pulse(job: Job | None = None):
    """Signs of life of the worker, or of its work on ``job``, as long as the block runs.

    From a thread of its own, since one step of a job may take longer than silence is borne.
    """
    path, ended = path_of(job, PROGRESS) if job else folder() / WORKER, threading.Event()

    def beat():
        while not ended.wait(PULSE):
            sign(path)

    sign(path)
    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
