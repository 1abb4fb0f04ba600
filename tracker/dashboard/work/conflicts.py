"""Two people changed the same: both texts side by side, and what of them goes into the form."""

from dataclasses import dataclass

from django.forms import Textarea
from django.http import QueryDict

from tracker.dashboard.work.forms import WorkForm
from tracker.dashboard.work.typed import as_typed
from tracker.reports.differences import word_by_word

#: What can be put into the form; "both" only of texts.
CHOICES = ("theirs", "mine", "both")


@dataclass(frozen=True)
class Difference:
    """One field of which two people wrote different things."""

    name: str
    label: str
    theirs: str
    mine: str
    #: (mark, text): "−" stands in theirs only, "+" in mine only, "=" in both.
    words: list[tuple[str, str]]
    #: As it was typed, to be carried along whatever is chosen.
    typed: str
    is_text: bool


def differences(form: WorkForm, standing: dict) -> list[Difference]:
    """Field by field what stands now and what was typed, where they differ."""
    return [
        _difference(form, name, *pair)
        for name in form.fields_of
        if (pair := (as_typed(standing[name]), mine_of(form.data, name)))[0] != pair[1]
    ]


def mine_of(data: QueryDict, name: str) -> str:
    """What this person typed, also after something else was put into the form."""
    return as_typed(data.get(f"mine-{name}", data.get(name, "")))


def _difference(form, name, theirs, mine):
    field = form.fields[name]
    shown = [_in_words(field, text) for text in (theirs, mine)]
    is_text = isinstance(field.widget, Textarea)
    return Difference(name, field.label, *shown, word_by_word(*shown), mine, is_text)


def _in_words(field, value: str) -> str:
    """A value as a reader knows it: the label of a choice, or the text itself."""
    return str(dict(getattr(field, "choices", ())).get(value, value))


def choose(data: QueryDict, chosen: str, standing: dict) -> QueryDict:
    """``data`` with one field as chosen: ``text:theirs``, ``text:mine`` or ``text:both``."""
    name, _sep, which = chosen.partition(":")
    if name not in standing or which not in CHOICES:
        return data
    theirs, mine = as_typed(standing[name]), mine_of(data, name)
    data[f"mine-{name}"] = mine
    data[name] = {"theirs": theirs, "mine": mine, "both": f"{theirs}\n\n{mine}"}[which]
    return data
