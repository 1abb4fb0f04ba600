"""The names of bodies in the language of who reads, where the register holds one.

They are read at most once a minute in each process and kept by the English name, so that no
row of no list asks for its own; in English nothing is read at all.
"""

import time
from collections.abc import Mapping

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from tracker.models import BodyName
from tracker.vocabulary import NameForm

#: For how many seconds the names that were read stand.
KEPT = 60

_read: dict[str, tuple[float, Mapping[str, str]]] = {}


def names_in(language: str) -> Mapping[str, str]:
    """English name → name in ``language`` ("fr", "ar" …); empty for English."""
    if language == "en":
        return {}
    at, names = _read.get(language, (0.0, None))
    if names is None or time.monotonic() - at > KEPT:
        names = _names(language)
        _read[language] = (time.monotonic(), names)
    return names


def named(text: str) -> str:
    """The name of a body in the language of this request, or as it was given."""
    return names_in((get_language() or "en")[:2]).get(text, text)


def forget_names():
    """Read them anew the next time."""
    _read.clear()


def _names(language) -> dict[str, str]:
    """The short names in use today; an English name that two bodies share names neither."""
    today = timezone.localdate()
    rows = (
        BodyName.objects.filter(
            Q(from_on=None) | Q(from_on__lte=today),
            Q(until_on=None) | Q(until_on__gte=today),
            language=language,
            form=NameForm.SHORT,
        )
        .order_by("pk")
        .values_list("body__name", "body", "text", "from_on")
    )
    found: dict[str, tuple[int, str]] = {}
    shared = set()
    # The latest first, and last what was always in use.
    for english, body, text, _from in sorted(rows, key=lambda row: str(row[3] or ""), reverse=True):
        if found.setdefault(english, (body, text))[0] != body:
            shared.add(english)
    return {english: text for english, (_b, text) in found.items() if english not in shared}
