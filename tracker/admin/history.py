"""The record of changes of one object, field by field, before and after."""

import difflib
import json
import re
from dataclasses import dataclass

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tracker.models import Change

PAGE = 50
#: Texts longer than this are compared word by word.
LONG = 60


@dataclass(frozen=True)
class Difference:
    """One field of one change; ``words`` is (mark, text) pairs: "=", "-" or "+"."""

    label: str
    words: list[tuple[str, str]]


def differences(change: Change) -> list[Difference]:
    """What ``change`` did, in the words of the forms; nothing becoming empty is left out."""
    model = _model(change.noun)
    pairs = {
        name: [_in_words(model, name, each) for each in pair]
        for name, pair in change.differences.items()
    }
    return [
        Difference(_label(model, name), compare(*pair)) for name, pair in pairs.items() if any(pair)
    ]


def noun_name(noun: str) -> str:
    """The kind of record that a change speaks of, in words."""
    model = _model(noun)
    return capfirst(model._meta.verbose_name) if model else noun


def _model(noun):
    try:
        return apps.get_model("tracker", noun)
    except LookupError:
        return None


def _field(model, name):
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _label(model, name):
    field = _field(model, name)
    return capfirst(field.verbose_name) if field else name


def _in_words(model, name, value) -> str:
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
        return _word_by_word(before, after)
    return [(mark, text) for mark, text in (("-", before), ("+", after)) if text]


def _word_by_word(before, after):
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


class HistoryPage:
    """Replaces Django's history by the record of changes."""

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        changes = Change.objects.visible_to(request.user).of(obj).select_related("by")
        page = self.get_paginator(request, changes, PAGE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(record)s") % {"record": obj},
            "entries": [(change, differences(change)) for change in page],
            "page": page,
            "object": obj,
            "object_key": getattr(obj, "public_key", str(obj)),
            "opts": self.opts,
            "preserved_filters": self.get_preserved_filters(request),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/tracker/object_history.html", context)
