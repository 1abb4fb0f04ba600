"""What every file says about itself: day, classification, address, and what it is not."""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

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
    """A date as the UN writes it, 12 December 2016 or 1er juillet 2016; empty without one."""
    if not value:
        return ""
    words = date_format(value, "j F Y")
    first_in_french = value.day == 1 and get_language() == "fr"
    return words.replace("1", "1er", 1) if first_in_french else words


@dataclass(frozen=True)
class About:
    """The day shown, the highest classification inside, and where the same is found again.

    A list also says which rows it holds, as a sentence, and how many.
    """

    on: datetime.date
    classification: str
    #: The whole address, with its day.
    address: str
    title: str = ""
    filters: str = ""
    rows: int | None = None

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

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Everything a file says about itself, as name and value in words."""
        return [
            (_("What"), self.title),
            (_("Rows shown"), self.filters),
            (_("As of"), day_words(self.on)),
            (_("Number of rows"), str(self.rows)),
            (_("Classification"), _("%(level)s (the highest inside)") % {"level": self.level}),
            (_("Permanent address"), self.address),
            (_("Source"), str(SOURCE)),
            (_("Note"), str(CAVEAT)),
            (_("Names"), str(NAMES)),
        ]

    @property
    def facts(self) -> dict:
        """The same for programs."""
        return {
            "title": self.title,
            "filter": self.filters,
            "as_of": self.on.isoformat(),
            "rows": self.rows,
            "classification": self.classification,
            "address": self.address,
            "source": str(SOURCE),
            "note": str(CAVEAT),
            "names": str(NAMES),
        }

    def file_name(self, stem: str, ending: str) -> str:
        """The name of a file: what, day, level."""
        return f"{stem}.{self.on.isoformat()}.{self.classification}.{ending}"


def labelled(label, words) -> str:
    """A label and what it says, with the colon that the language has between them."""
    return _("%(label)s: %(words)s") % {"label": label, "words": words}


def sentence(active) -> str:
    """What a list is narrowed to, as a sentence; ``active`` is that of its FilterSet."""
    wanted: dict[str, list[str]] = {}
    for _name, _value, label, words in active:
        wanted.setdefault(str(label), []).append(str(words))
    if not wanted:
        return _("All rows, not filtered.")
    either = _(" or ")
    parts = [labelled(label, either.join(words)) for label, words in wanted.items()]
    return _("Rows with %(conditions)s.") % {"conditions": "; ".join(parts)}
