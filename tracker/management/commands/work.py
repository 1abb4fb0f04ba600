"""The worker: does what was asked for beside the pages, one job after the other (docs/jobs.md)."""

import datetime
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterable

from django.core.management.base import BaseCommand
from django.db import Error, connection
from django.utils import timezone

from tracker.jobs.progress import pulse
from tracker.jobs.runner import expire, reap, run_next
from tracker.webhooks.send import deliver_due

log = logging.getLogger(__name__)
#: Seconds between two looks for a job, and between two rounds of duties.
LOOK, ROUND = 1, 10


class Command(BaseCommand):
    help = "Do the jobs that were asked for, and what is to be done from time to time."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--once", action="store_true", help="end when nothing waits any more, as cron has it"
        )
        parser.add_argument(
            "--beside", type=int, metavar="PID", help="end with the process that started it"
        )

    def handle(self, *, once, beside, **options):
        self.ended, self.beside = threading.Event(), beside
        if threading.current_thread() is threading.main_thread():
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_told: self.ended.set())
        with pulse():
            if once:
                do_duties(DUTIES)
                while not self.is_over() and run_next(self.is_over):
                    pass
            else:
                self.work()

    def is_over(self) -> bool:
        """Whether to end, after what is in hand was taken back."""
        return self.ended.is_set() or bool(self.beside and os.getppid() != self.beside)

    def work(self) -> None:
        """Until it is over; a database that is away comes back."""
        beside = threading.Thread(target=self.rounds, daemon=True)
        beside.start()
        while not self.is_over():
            try:
                found = run_next(self.is_over)
            except Error:
                log.exception("The database cannot be asked")
                found = False
            if not found:
                connection.close()
                self.ended.wait(LOOK)
        self.ended.set()

    def rounds(self) -> None:
        """The duties, round after round: a long job keeps nobody waiting for them."""
        while not self.ended.is_set():
            do_duties(DUTIES)
            connection.close()
            self.ended.wait(ROUND)


def do_duties(duties: Iterable[Callable[..., object]]) -> None:
    """Do each of them; one that fails keeps no other from being done."""
    for duty in duties:
        try:
            duty(at=timezone.now())
        except Exception:
            log.exception("The duty %s failed", duty.__name__)


def tell_webhooks(*, at: datetime.datetime) -> None:
    """Tell webhooks what there is to tell; nothing where they are off."""
    deliver_due()


#: What a worker does again and again besides its jobs: each is called with the moment (``at=``)
#: every ten seconds, and minds by itself how often it has something to do.
DUTIES: list[Callable[..., object]] = [reap, expire, tell_webhooks]
