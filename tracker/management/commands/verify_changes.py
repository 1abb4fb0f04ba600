"""Check that nobody edited, removed, inserted or reordered a change."""

from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tracker.reports.chain import verify


def noted(text: str) -> tuple[int, str]:
    """A number and its hash, as this command shows them: ``120:ab12…``."""
    number, _colon, digest = text.partition(":")
    if not (number.isascii() and number.isdigit() and len(digest) == 64):
        raise ArgumentTypeError(_("Write it as it was shown: number:hash."))
    return int(number), digest.lower()


class Command(BaseCommand):
    help = (
        "Read the record of changes from the first to the last and name the first broken link "
        "(exit 1). That the newest rows are missing can only be seen with --expect."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--expect",
            type=noted,
            metavar="NUMBER:HASH",
            help="A last change as an earlier run showed it; it must still be there.",
        )

    def handle(self, *, expect, **options):
        found = verify(expect)
        if found.broken:
            raise CommandError(
                _("%(broken)s  (%(rows)d changes before it are whole)")
                % {"broken": found.broken, "rows": found.rows}
            )
        self.stdout.write(_("%(rows)d changes, every link holds.") % {"rows": found.rows})
        if found.rows:
            self.stdout.write(_("Last:  %(last)s") % {"last": f"{found.sequence}:{found.hash}"})
