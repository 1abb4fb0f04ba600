"""Whether what is kept ready equals what follows from the register; and working it out anew."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.actions import dated, known, tallies
from tracker.models import Commitment


class Command(BaseCommand):
    help = "Compare what is kept of each commitment with a recount; --rebuild works it out anew."

    def add_arguments(self, parser):
        parser.add_argument("--rebuild", action="store_true", help="Mend what differs.")

    def handle(self, *, rebuild, **options):
        with transaction.atomic():
            keys = list(Commitment.objects.order_by().values_list("pk", flat=True))
            wrong, miscounted = known.wrong(keys), tallies.kept() != tallies.recount()
            miscounted = miscounted or dated.kept() != dated.recount()
            if rebuild:
                known.refresh(wrong)
                tallies.rebuild()
        checked = ngettext("%(n)d commitment checked", "%(n)d commitments checked", len(keys))
        differ = ngettext("%(n)d differs", "%(n)d differ", len(wrong))
        self.stdout.write(f"{checked % {'n': len(keys)}}, {differ % {'n': len(wrong)}}.")
        if wrong and not rebuild:
            first = Commitment.objects.select_related("provision", "body").get(pk=wrong[0])
            raise CommandError(
                _("The first that differs is %(key)s; mend it with: check_rollups --rebuild")
                % {"key": first.public_key}
            )
        if miscounted and not rebuild:
            raise CommandError(_("The tallies differ; mend them with: check_rollups --rebuild"))
