"""Give the demonstration accounts passwords, so that each role can be tried."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tracker.demonstration.people import set_passwords
from tracker.importers.registers import DEMONSTRATION, is_filled, other_register


class Command(BaseCommand):
    help = "Set and print one generated password for each account of the demonstration."

    def handle(self, **options):
        refuse_elsewhere()
        for account, password in set_passwords(by=None):
            bodies = ", ".join(body.name for body in account.bodies.all())
            role = account.get_role_display()
            self.stdout.write(
                f"{account.username:20} {password:14} {role}{f' ({bodies})' if bodies else ''}"
            )
        self.stdout.write(_("Shown only this once; run it again for new ones."))


def refuse_elsewhere() -> None:
    """Stop where these accounts would be a way in: in production, or beside real States."""
    if settings.PRODUCTION:
        raise CommandError(_("In production nobody signs in with a demonstration account."))
    if settings.REGISTER != DEMONSTRATION or not is_filled() or other_register(DEMONSTRATION):
        raise CommandError(_("This database does not hold the demonstration register."))
