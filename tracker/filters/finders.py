"""From a public key in an address to the record, or a sentence that says how to mend it."""

from django.utils.translation import gettext as _

from tracker import symbols
from tracker.filters.fields import iso_day
from tracker.models import Body, Commitment, DueDate, Provision, Region, Resolution, Theme
from tracker.models.commitments import split_commitment_key


def find_resolution(text: str) -> Resolution:
    """The resolution with this symbol; raises ``ValueError`` when there is none."""
    return _find(Resolution, "key", symbols.resolution_key(text), _("No resolution is held as"))


def find_provision(text: str) -> Provision:
    """The provision with this key; raises ``ValueError`` when there is none."""
    key = symbols.provision_key(*_reordered(symbols.split_provision_key(text)))
    return _find(Provision, "key", key, _("No provision is held as"))


def _reordered(parts):
    resolution, component, number = parts
    return resolution, number, component


def find_due_date(text: str) -> DueDate:
    """A date that a provision sets, by the provision's key and the day.

    Raises ``ValueError`` when there is none.
    """
    key, _slash, day = text.rpartition("/")
    found = DueDate.objects.filter(deadline__provision=find_provision(key), due_on=iso_day(day))
    if not found:
        raise ValueError(_("No paragraph sets the date “%(text)s”.") % {"text": text})
    return found.select_related("deadline__provision")[0]


def find_body(text: str) -> Body:
    """The body with this code; raises ``ValueError`` when there is none."""
    return _find(Body, "code", text.upper(), _("No body has the code"))


def find_commitment(text: str) -> Commitment:
    """The commitment with this key; raises ``ValueError`` when there is none."""
    provision, body = split_commitment_key(text)
    found = Commitment.objects.filter(provision__key=provision, body__code=body).first()
    if found is None:
        raise ValueError(_("No commitment is held as “%(text)s”.") % {"text": text})
    return found


def find_theme(text: str) -> Theme:
    """The theme with this key; raises ``ValueError`` when there is none."""
    return _find(Theme, "slug", text.lower(), _("No theme has the key"))


class NoRegion:
    """Stands for bodies that lie in no region, as most organizations do: ``region=none``."""

    code = "none"

    def __str__(self):
        return _("No region")


NO_REGION = NoRegion()


def find_area(text: str) -> Region | NoRegion:
    """The region with this M49 code, or ``NO_REGION``; raises ``ValueError`` for neither."""
    return NO_REGION if text == NO_REGION.code else find_region(text)


def find_region(text: str) -> Region:
    """The region with this M49 code; raises ``ValueError`` when there is none."""
    return _find(Region, "code", text, _("No region has the M49 code"))


def find_year(text: str) -> int:
    """A year of four digits; raises ``ValueError`` for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise ValueError(_("“%(text)s” is not a year; write it like 2016.") % {"text": text})
    return int(text)


def _find(model, field, key, sentence):
    found = model.objects.filter(**{field: key}).first()
    if found is None:
        raise ValueError(f"{sentence} “{key}”.")
    return found
