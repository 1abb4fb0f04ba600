"""From a public key in an address to the record, or a sentence that says how to mend it."""

from collections.abc import Callable, Iterable

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import symbols
from tracker.filters.fields import iso_day
from tracker.models import Body, Commitment, DueDate, Provision, Region, Resolution, Theme
from tracker.models.commitments import split_commitment_key


class Finder:
    """Records of one model by their key: one by calling it, many in one query.

    ``read`` brings a key into its one spelling; ``guess`` finds what people write instead, as
    text → key. Both raise or return nothing for what is none.
    """

    def __init__(self, model: type, field: str, read: Callable, missing, guess: Callable):
        self.model, self.field, self.read = model, field, read
        self.missing, self.guess = missing, guess

    def __call__(self, text: str):
        [found] = self.many([text])
        return found

    def many(self, texts: Iterable[str]) -> list:
        """The records in the order of their keys; ``ValueError`` when one is not there."""
        keys = [self.read(text) for text in texts]
        rows = self.model.objects.filter(**{f"{self.field}__in": set(keys)})
        found = {getattr(row, self.field): row for row in rows}
        for key in keys:
            if key not in found:
                raise ValueError(f"{self.missing} “{key}”.")
        return [found[key] for key in keys]


def _guess_resolutions(texts: Iterable[str]) -> dict[str, str]:
    read = {text: symbols.parse_reference(text) for text in texts}
    numbers = {text: each for text, each in read.items() if each and not each.provision}
    rows = Resolution.objects.filter(number__in={each.number for each in numbers.values()})
    held = {number: (key, year) for key, number, year in rows.values_list("key", "number", "year")}
    return {
        text: held[each.number][0]
        for text, each in numbers.items()
        if each.number in held and each.year in (None, held[each.number][1])
    }


def _guess_provisions(texts: Iterable[str]) -> dict[str, str]:
    read = {text: symbols.parse_reference(text) for text in texts}
    named = {text: each for text, each in read.items() if each and each.provision}
    rows = Provision.objects.filter(
        component=symbols.MAIN, resolution__number__in={each.number for each in named.values()}
    )
    columns = ("key", "number", "resolution__number", "resolution__year")
    held = {(of, number): (key, year) for key, number, of, year in rows.values_list(*columns)}
    found = {}
    for text, each in named.items():
        key, year = held.get((each.number, each.provision), ("", None))
        if key and each.year in (None, year):
            found[text] = key
    return found | _exactly(Provision, _provision_key, texts)


def _guess_bodies(texts: Iterable[str]) -> dict[str, str]:
    texts = list(texts)
    rows = Body.objects.filter(Q(code__in=[t.upper() for t in texts]) | Q(name__in=texts))
    named = {}
    for code, name in rows.values_list("code", "name"):
        named |= {name: code, code: code}
    found = {text: named.get(text.upper()) or named.get(text) for text in texts}
    return {text: code for text, code in found.items() if code}


def _guess_by(model: type, *fields: str) -> Callable:
    """Finds rows of ``model`` by their key, the first of ``fields``, or by one of the others."""

    def guess(texts):
        wanted = Q()
        for field in fields:
            wanted |= Q(**{f"{field}__in": list(texts)})
        found = {}
        for key, *others in model.objects.filter(wanted).values_list(*fields):
            found |= dict.fromkeys([*others, key], key)
        return {text: found[text] for text in texts if text in found}

    return guess


def _exactly(model, read, texts):
    """What is written as a key already."""
    keys = {}
    for text in texts:
        try:
            keys[text] = read(text)
        except ValueError:
            continue
    rows = model.objects.filter(key__in=set(keys.values()))
    held = set(rows.values_list("key", flat=True))
    return {text: key for text, key in keys.items() if key in held}


def _provision_key(text: str) -> str:
    resolution, component, number = symbols.split_provision_key(text)
    return symbols.provision_key(resolution, number, component)


find_resolution = Finder(
    Resolution,
    "key",
    symbols.resolution_key,
    gettext_lazy("No resolution is held as"),
    _guess_resolutions,
)
find_provision = Finder(
    Provision, "key", _provision_key, gettext_lazy("No provision is held as"), _guess_provisions
)
find_body = Finder(Body, "code", str.upper, gettext_lazy("No body has the code"), _guess_bodies)
find_theme = Finder(
    Theme, "slug", str.lower, gettext_lazy("No theme has the key"), _guess_by(Theme, "slug", "name")
)
find_region = Finder(
    Region,
    "code",
    str,
    gettext_lazy("No region has the M49 code"),
    _guess_by(Region, "code", "name"),
)


def find_due_date(text: str) -> DueDate:
    """A date that a provision sets, by the provision's key and the day.

    Raises ``ValueError`` when there is none.
    """
    key, _slash, day = text.rpartition("/")
    found = DueDate.objects.filter(deadline__provision=find_provision(key), due_on=iso_day(day))
    if not found:
        raise ValueError(_("No paragraph sets the date “%(text)s”.") % {"text": text})
    return found.select_related("deadline__provision")[0]


def find_commitment(text: str) -> Commitment:
    """The commitment with this key; raises ``ValueError`` when there is none."""
    provision, body = split_commitment_key(text)
    found = Commitment.objects.filter(provision__key=provision, body__code=body).first()
    if found is None:
        raise ValueError(_("No commitment is held as “%(text)s”.") % {"text": text})
    return found


class NoRegion:
    """Stands for bodies that lie in no region, as most organizations do: ``region=none``."""

    code = "none"

    def __str__(self):
        return _("No region")


NO_REGION = NoRegion()


class AreaFinder(Finder):
    """Regions by their M49 code, and ``none`` for ``NO_REGION``."""

    def many(self, texts):
        texts = list(texts)
        regions = iter(super().many([text for text in texts if text != NO_REGION.code]))
        return [NO_REGION if text == NO_REGION.code else next(regions) for text in texts]


find_area = AreaFinder(
    Region,
    "code",
    str,
    gettext_lazy("No region has the M49 code"),
    _guess_by(Region, "code", "name"),
)


def find_year(text: str) -> int:
    """A year of four digits; raises ``ValueError`` for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise ValueError(_("“%(text)s” is not a year; write it like 2016.") % {"text": text})
    return int(text)
