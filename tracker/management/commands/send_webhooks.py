"""Tell webhooks what has changed: once, or every few seconds until it is ended."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tracker.webhooks.send import deliver_due


class Command(BaseCommand):
    help = "Send what webhooks are to be told; with --every, go on until the process is ended."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=float, default=0, help="Seconds between two rounds.")

    def handle(self, *, every, **options):
        if not settings.WEBHOOKS:
            raise CommandError("Webhooks are off. Switch them on in the environment: WEBHOOKS=on")
        if every < 0:
            raise CommandError("--every takes a number of seconds.")
        self.stdout.write(f"{deliver_all()} sent.")
        while every:
            time.sleep(every)
            if sent := deliver_all():
                self.stdout.write(f"{sent} sent.")


def deliver_all() -> int:
    """Send rounds until there is nothing left that is due; returns how many messages were sent."""
    total = 0
    while sent := deliver_due():
        total += sent
    return total
