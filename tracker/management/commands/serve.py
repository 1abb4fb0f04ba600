"""What ``make serve`` does: brings the database up to date, then hands over to the server."""

import os
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tracker.jobs.beside import start_worker

#: A worker is replaced after so many seconds, so that no leak lives long.
LIFETIME = 24 * 60 * 60


class Command(BaseCommand):
    help = "Serve this installation to many, as production does: several processes, static files."

    def add_arguments(self, parser):
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", type=int, default=os.environ.get("PORT") or "8000")

    def handle(self, *, host, port, **options):
        if not settings.PRODUCTION:
            raise CommandError(
                _("This serves production: set ENVIRONMENT=production, SECRET_KEY, ALLOWED_HOSTS.")
            )
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        arguments = command(host, port, workers=settings.WEB_WORKERS, threads=settings.WEB_THREADS)
        self.stdout.flush()
        # It sees that the server is gone, which is this process under another program.
        start_worker()
        # The server takes the place of this process, so that signals reach it.
        os.execv(sys.executable, arguments)  # noqa: S606


def command(host: str, port: int, *, workers: int, threads: int) -> list[str]:
    """How the server is started; any WSGI server can serve ``config.wsgi`` instead."""
    options = {
        "interface": "wsgi",
        "host": host,
        "port": port,
        "workers": workers,
        "blocking-threads": threads,
        "workers-lifetime": LIFETIME,
    }
    named = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    flags = ["--respawn-failed-workers", "--no-ws"]
    return [sys.executable, "-m", "granian", *named, *flags, "config.wsgi:application"]
