"""What a change did, field by field, in the words of the forms; both doors show it the same."""

import difflib
import json
import re
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tracker.models import Change
from tracker.models.designations import PERSONAL
from tracker.vocabulary import Verb

#: Texts longer than this are compared word by word.
LONG = 60
#: Changes that hand a record on: what stood before was a draft, so only the outcome is shown.
HANDED_ON = (Verb.SUBMITTED, Verb.SENT)
#: Where a file lies is nobody's business; its name and its checksum are fields of their own.
KEPT_BACK = ("file",)


@dataclass(frozen=True)
class Difference:
    """One field of one change; ``words`` is (mark, text) pairs: "=", "-" or "+"."""

    name: str
    label: str
    words: list[tuple[str, str]]


def differences(change: Change) -> list[Difference]:
    """What ``change`` did, in the words of the forms; nothing becoming empty is left out."""
    model = model_of(change.noun)
    pairs = {
        name: [in_words(model, name, each) for each in pair]
        for name, pair in open_values(change).items()
    }
    return [
        Difference(name, _label(model, name), compare(*pair))
        for name, pair in pairs.items()
        if any(pair)
    ]


def open_values(change: Change) -> dict[str, list[Any]]:
    """The values before and after, by field, without what no reader is told.

    Stand-ins for personal values become one word: equal ones would tell that two records
    name the same person.
    """
    found = {}
    for name, (before, after) in change.differences.items():
        if name in KEPT_BACK:
            continue
        if name in PERSONAL and change.noun == "designation":
            before, after = _masked(before), _masked(after)
        found[name] = [None if change.verb in HANDED_ON else before, after]
    return found


def _masked(value):
    return _("(not shown)") if value else value


def noun_name(noun: str) -> str:
    """The kind of record that a change speaks of, in words."""
    model = model_of(noun)
    return capfirst(model._meta.verbose_name) if model else noun


def model_of(noun: str):
    """The model of a kind of record, None when there is none of that name (any more)."""
    try:
        return apps.get_model("tracker", noun)
    except (LookupError, ValueError):
        return None


def _field(model, name):
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _label(model, name):
    field = _field(model, name)
    return capfirst(field.verbose_name) if field else name


def in_words(model, name: str, value) -> str:
    """One value as a reader understands it: the label of a choice, yes or no, a list."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    choices = dict(getattr(_field(model, name), "flatchoices", ()))
    return str(choices.get(value, value))


def compare(before: str, after: str) -> list[tuple[str, str]]:
    """Before and after as (mark, text): long texts word by word, short ones as a whole."""
    if len(before) > LONG and len(after) > LONG:
        return word_by_word(before, after)
    return [(mark, text) for mark, text in (("-", before), ("+", after)) if text]


def word_by_word(before: str, after: str) -> list[tuple[str, str]]:
    """Before and after as (mark, text), whatever their length."""
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    words = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            words.append(("=", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            words.append(("-", "".join(old[i1:i2])))
        if j2 > j1:
            words.append(("+", "".join(new[j1:j2])))
    return words
