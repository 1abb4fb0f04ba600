"""What every file says about itself: day, classification, address, and what it is not."""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.vocabulary import Classification

CAVEAT = gettext_lazy(
    "This record supports dialogue. It is no legal finding, and “not assessed” says nothing about "
    "implementation. Summaries are in our own words; the official texts are those of the United "
    "Nations."
)
NAMES = gettext_lazy(
    "Names of States are those used by the United Nations; their use implies no opinion on the "
    "legal status of any country, territory or area."
)
SOURCE = gettext_lazy("Commitment tracker")


def day_words(value: datetime.date | None) -> str:
    """A date as the UN writes it, 12 December 2016; empty without one."""
    return date_format(value, "j F Y") if value else ""


@dataclass(frozen=True)
class About:
    """The day shown, the highest classification inside, and where the same is found again."""

    on: datetime.date
    classification: str
    #: The whole address, with its day.
    address: str

    @property
    def level(self) -> str:
        """The classification as it stands on a page: INTERNAL."""
        return str(Classification(self.classification).label).upper()

    @property
    def as_of(self) -> str:
        """The day in words."""
        return _("As of %(day)s") % {"day": day_words(self.on)}

    @property
    def source(self) -> str:
        """Who says it, and where it stands."""
        return _("Source: %(name)s, %(address)s") % {"name": SOURCE, "address": self.address}

    def file_name(self, stem: str, ending: str) -> str:
        """The name of a file: what, day, level."""
        return f"{stem}.{self.on.isoformat()}.{self.classification}.{ending}"
