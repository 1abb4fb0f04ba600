"""Fill the database with the real register or with the demonstration."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tracker.demonstration.register import load_demonstration
from tracker.importers.registers import DEMONSTRATION, UN, is_filled, load_un, other_register

LOADERS = {DEMONSTRATION: load_demonstration, UN: load_un}


class Command(BaseCommand):
    help = "Load the register of resolution 2322 and make the commitments that follow from it."

    def add_arguments(self, parser):
        parser.add_argument("--register", choices=LOADERS, default=settings.REGISTER)
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing when a register is there."
        )

    def handle(self, *, register, if_empty, **options):
        refuse_other_register(register)
        if if_empty and is_filled():
            return self.stdout.write(_("Register:  already loaded, nothing to do"))
        written = 0
        for name, counts in LOADERS[register](by=None):
            written += counts["new"] + counts["changed"]
            self.stdout.write(
                _("%(name)-22s %(new)5d new  %(changed)5d changed  %(same)5d same")
                % {
                    "name": name,
                    "new": counts["new"],
                    "changed": counts["changed"],
                    "same": counts["same"],
                }
            )
        if not written:
            self.stdout.write(_("Nothing to do: the register is up to date."))


def refuse_other_register(register: str) -> None:
    """Stop before real and fictional States come together in one database."""
    other = other_register(register)
    if other:
        raise CommandError(
            _(
                "This database holds the register “%(other)s”; load “%(register)s” into another "
                "one, with REGISTER=%(register)s or DATABASE_URL."
            )
            % {"other": other, "register": register}
        )
