"""What ``make run`` does once everything is installed, in one process since each costs a second."""

import os
import socket

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tracker.actions.people import anybody_can_sign_in
from tracker.importers.registers import DEMONSTRATION
from tracker.jobs.beside import start_worker

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Bring the chosen register up to date, fill it if it is empty, and serve it here."
    # The server makes them.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=os.environ.get("PORT") or "8000")

    def handle(self, *, port, **options):
        if settings.PRODUCTION:
            raise CommandError(
                _("This server is for one person on one machine; in production use a WSGI server.")
            )
        refuse_taken_port(port)
        call_command("migrate", verbosity=0)
        call_command("load_register", if_empty=True)
        self.stdout.write(
            _("\nAddress:   http://%(host)s:%(port)s/   (register: %(register)s)")
            % {"host": HOST, "port": port, "register": settings.REGISTER}
        )
        first = not anybody_can_sign_in()
        call_command("first_account")
        if first and settings.REGISTER == DEMONSTRATION:
            self.stdout.write(_("\nTo try each role, sign in as one of these:"))
            call_command("demonstration_passwords")
        self.stdout.flush()
        worker = start_worker()
        try:
            call_command("runserver", f"{HOST}:{port}", use_reloader=False)
        finally:
            if worker:
                worker.terminate()
                worker.wait()


def refuse_taken_port(port: int) -> None:
    """Stop, before anything is written, when something else listens on ``port``."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                _("Port %(port)s cannot be used (%(error)s). Choose another: make run PORT=8001")
                % {"port": port, "error": error}
            ) from error
