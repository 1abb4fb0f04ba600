"""Give an empty installation the account of its first administrator."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from tracker.actions.people import create_first_account

USERNAME = "admin"


class Command(BaseCommand):
    help = "Create the account of the first administrator, unless somebody has one already."

    def handle(self, **options):
        password = create_first_account(username=USERNAME, reason=_("First account"))
        if password:
            self.stdout.write(_("Name:      %s") % USERNAME)
            self.stdout.write(_("Password:  %s   (shown only this once)") % password)
        else:
            self.stdout.write(
                _("Password forgotten?  REGISTER=%(register)s %(python)s changepassword %(name)s")
                % {
                    "register": settings.REGISTER,
                    "python": ".venv/bin/python manage.py",
                    "name": USERNAME,
                }
            )
