"""Send the weekly digest to those who have asked for it; run it once a week, or once a day."""

import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tracker import actions
from tracker.filters.fields import iso_day
from tracker.models import Preference, User
from tracker.permissions import may_read_register
from tracker.reports.digest import Line, digest


class Command(BaseCommand):
    help = (
        "Send the weekly digest: numbers and links, no text of any record. A second run in the "
        "same week sends nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--on", default="", help="The day it tells of; today when left out.")

    def handle(self, *, on, **options):
        day = self.read_day(on)
        if not settings.SITE_ADDRESS:
            raise CommandError(
                "SITE_ADDRESS is not set, so mail could hold no links. Set it to where this "
                "installation is found: SITE_ADDRESS=https://tracker.example.org"
            )
        if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
            raise CommandError(
                "EMAIL_URL is not set, so mail goes nowhere. Set it to the server that sends it: "
                "EMAIL_URL=smtps://user:password@mail.example.org:465"
            )
        sent = failed = 0
        for person in readers():
            try:
                sent += send(person, on=day)
            except OSError as error:
                failed += 1
                self.stderr.write(f"{person.username}: {error}")
        self.stdout.write(f"{sent} sent for the week of {monday(day)}.")
        if failed:
            raise CommandError(f"{failed} could not be sent; run it again for those.")

    def read_day(self, text) -> datetime.date:
        """The day that was given, or today."""
        day = iso_day(text) if text else timezone.localdate()
        if day is None:
            raise CommandError(f"“{text}” is not a day; write it like 2026-06-30.")
        return day


def monday(day: datetime.date) -> datetime.date:
    """The first day of the week."""
    return day - datetime.timedelta(days=day.weekday())


def readers() -> list[User]:
    """Who has asked for the digest, may sign in, and has an address."""
    asked = Preference.objects.filter(digest=True, by__is_active=True).exclude(by__email="")
    found = asked.select_related("by").order_by("by__username")
    people = []
    for preference in found:
        person = preference.by
        person.mail_language = preference.language or settings.LANGUAGE_CODE
        if may_read_register(person):
            people.append(person)
    return people


def send(person: User, *, on: datetime.date) -> int:
    """Send one digest, noted in the same transaction; 0 when there is nothing to tell or it went.

    Mail that cannot be sent is not noted, so that the next run tries again.
    """
    with translation.override(person.mail_language):
        lines = digest(person, on=on)
        if not lines:
            return 0
        numbers = {line.key: line.number for line in lines}
        with transaction.atomic():
            if not actions.note_digest(person, week=monday(on), numbers=numbers):
                return 0
            message(person, lines, on).send()
    return 1


def message(person: User, lines: list[Line], on: datetime.date) -> EmailMessage:
    """The mail, in the language that is active."""
    context = {
        "on": on,
        "lines": [(line, where(line)) for line in lines],
        "inbox": settings.SITE_ADDRESS + reverse("dashboard:inbox"),
        "settings": settings.SITE_ADDRESS + reverse("dashboard:me"),
    }
    subject = _("Commitment tracker: your week")
    text = render_to_string("mail/digest.txt", context)
    return EmailMessage(subject, text, to=[person.email])


def where(line: Line) -> str:
    """The address of the list behind a number."""
    query = urlencode(line.query, doseq=True)
    path = reverse(f"dashboard:{line.page}")
    return settings.SITE_ADDRESS + path + (f"?{query}" if query else "")
