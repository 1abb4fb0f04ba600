"""Write the search index anew, or compare it with the records."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tracker.search import index

#: How many differences are named.
NAMED = 20


class Command(BaseCommand):
    help = (
        "Write the search index anew from every record. It follows each write by itself; this "
        "is for after a restore, or an update that changes which words are found."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="Only compare; exit 1 when anything differs."
        )

    def handle(self, *, check, **options):
        if check:
            self.compare()
        else:
            number = index.rebuild()
            self.stdout.write(_("%(number)d records are indexed.") % {"number": number})

    def compare(self):
        """Say what differs; raises ``CommandError`` when anything does."""
        found = index.differences()
        if found:
            raise CommandError("\n".join([*found[:NAMED], _("Run reindex to mend it.")]))
        self.stdout.write(_("The index is what the records say."))
