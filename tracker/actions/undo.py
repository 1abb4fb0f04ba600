"""Taking back a change, or all changes of one bulk act, where nothing later depends on it.

What was created goes, what was changed has its old values again, what was deleted comes back
under its own keys. A step (submitted, sent, adopted …) is no change to take back: other steps
follow it. The record keeps both: the new Change says which number it takes back.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.exceptions import (
    FieldDoesNotExist,
    MultipleObjectsReturned,
    ObjectDoesNotExist,
    ValidationError,
)
from django.db import models, transaction
from django.utils.translation import gettext as _

from tracker.actions.changes import MASK
from tracker.actions.errors import Held, Refused
from tracker.actions.register import require_editor
from tracker.actions.writing import (
    collect_for,
    erase,
    is_trusted,
    require,
    seen_among,
    write,
)
from tracker.models import (
    Assessment,
    Change,
    Citation,
    Delivery,
    Evidence,
    Extension,
    Report,
    User,
)
from tracker.permissions import may_add_evidence
from tracker.rights import Act, Reach, reach
from tracker.vocabulary import DRAFTING, Verb

#: What can be taken back; the other verbs are steps.
TAKEN_BACK = (Verb.CREATED, Verb.UPDATED, Verb.DELETED)
#: How many changes of one bulk act are taken back at once, while somebody waits for the page.
LARGEST_BATCH = 500


def undo(change: Change, *, by: User | None, reason: str, batch: uuid.UUID | None = None) -> Change:
    """Take back one change; returns the Change that does so. Undoing that one repeats it.

    Raises ``Refused``, ``Held`` (others refer to what was created), or ``ValidationError``
    with what stands in the way.
    """
    _require_seen([change], by)
    _require_reason(reason)
    with transaction.atomic():
        return _undo(change, by=by, reason=reason, batch=batch)


def undo_batch(
    batch: uuid.UUID, *, by: User | None, reason: str, watch: Callable | None = None
) -> list[Change]:
    """Take back every change of one bulk act, the latest first: all of them, or none.

    ``watch`` is told how many are taken back and of how many; then nobody waits for the page.
    Raises what ``undo`` raises, and ``ValidationError`` when there is nothing or too much.
    """
    most = None if is_trusted(by) or watch else LARGEST_BATCH
    doomed = Change.objects.filter(batch=batch).order_by("-sequence")
    doomed = list(doomed[: most and most + 1])
    if not doomed:
        raise ValidationError(_("No bulk change is recorded under this id."))
    _require_seen(doomed, by)
    _require_reason(reason)
    if most is not None and len(doomed) > most:
        raise ValidationError(
            _("This bulk change is too large to take back at once (more than %(most)d records).")
            % {"most": most}
        )
    again, done = uuid.uuid4(), []
    with transaction.atomic():
        for each in doomed:
            done.append(_undo(each, by=by, reason=reason, batch=again))
            if watch:
                watch(len(done), len(doomed))
    return done


def why_not(change: Change) -> str:
    """Why a change cannot be taken back whoever asks, as a sentence; empty when it can."""
    if change.verb not in TAKEN_BACK:
        return _("This is a step, not an edit; what follows a step is another step.")
    if change.noun == "user":
        return _("Accounts are changed on their own page.")
    if change.noun == "webhook":
        return _("Webhooks are changed by their owner, on their own page.")
    if not change.differences:
        return _("The record does not hold what it replaced.")
    if not _is_latest(change):
        return _("The record was changed again since; take back the later change first.")
    if any(_is_masked(before) for before, _after in change.differences.values()):
        return _("It replaced a person's name or address, which the record does not keep.")
    return ""


def _require_seen(changes: list[Change], by):
    """Somebody who may not see a change is told nothing of whether it can be taken back."""
    if is_trusted(by):
        return
    keys = [each.pk for each in changes]
    if by is None or Change.objects.visible_to(by).filter(pk__in=keys).count() != len(keys):
        raise Refused(_("Your role does not allow this."))


def _require_reason(reason):
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})


def _undo(change, *, by, reason, batch) -> Change:
    told = {"by": by, "reason": reason, "batch": batch, "undoes": change.sequence}
    model = _model(change)
    obj = None
    if model is not None and change.verb != Verb.DELETED:
        obj = model._base_manager.select_for_update(of=("self",)).filter(pk=change.object_id)
        obj = obj.first()
        if obj is None:
            raise ValidationError(_("The record is not there any more."))
        require_writer(obj, by)
    if model is None or why_not(change):
        raise ValidationError(why_not(change) or _("This kind of record is not kept any more."))
    if change.verb == Verb.CREATED:
        return _remove(obj, told)
    if change.verb == Verb.UPDATED:
        return _set_back(obj, change, told)
    return _bring_back(model, change, told)


def _model(change):
    try:
        return apps.get_model("tracker", change.noun)
    except LookupError:
        return None


def _is_latest(change) -> bool:
    """Whether nothing changed the object since, apart from what was itself taken back."""
    standing: list[int] = []
    rows = Change.objects.filter(noun=change.noun, object_id=change.object_id)
    last = change.sequence
    for sequence, undoes in (
        rows.exclude(verb=Verb.REVEALED).order_by("sequence").values_list("sequence", "undoes")
    ):
        last = sequence
        if standing and undoes == standing[-1]:
            standing.pop()
        else:
            standing.append(sequence)
    return change.sequence == last or standing[-1:] == [change.sequence]


def _is_masked(value) -> bool:
    return isinstance(value, str) and value.startswith(MASK)


def _remove(obj, told) -> Change:
    """Delete what was created, unless something else was written under it since."""
    others = [row for row in collect_for(obj, told["by"]) if row != obj]
    if others:
        raise Held(obj, others if is_trusted(told["by"]) else seen_among(others, told["by"]))
    erase(obj, **told)
    return Change.objects.get(undoes=told["undoes"], batch=told["batch"], verb=Verb.DELETED)


def _set_back(obj, change, told) -> Change:
    values, relations = _read(type(obj), change.differences)
    for name, value in values.items():
        setattr(obj, name, value)
    require_writer(obj, told["by"])
    written = write(obj, relations=relations, **told)
    if written is None:
        raise ValidationError(_("This follows from other records; change those instead."))
    return written


def _bring_back(model, change, told) -> Change:
    """Insert what was deleted under its old id, so that its history goes on."""
    values, relations = _read(model, change.differences)
    obj = model(pk=change.object_id, **values)
    if hasattr(obj, "version"):
        # Higher than any version before, so that nobody's old copy passes for the current one.
        obj.version = Change.objects.filter(noun=change.noun, object_id=obj.pk).count() + 1
    if isinstance(obj, Evidence) and obj.file and not obj.file.storage.exists(obj.file.name):
        raise ValidationError(_("Its file was removed with it and cannot be restored."))
    require_writer(obj, told["by"])
    return write(obj, relations=relations, **told)


def _read(model, differences) -> tuple[dict[str, Any], dict[str, list]]:
    """The values before a change, as the fields and many-to-many relations of ``model``."""
    values, relations = {}, {}
    for name, (before, _after) in differences.items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue  # The field is not kept any more; its value stays in the record.
        if field.many_to_many:
            relations[name] = [_find(field, key) for key in before or []]
        elif field.is_relation:
            values[name] = None if before is None else _find(field, before)
        else:
            values[name] = field.to_python(before)
    return values, relations


def _find(field, key):
    rows = field.related_model._default_manager
    find = getattr(rows, "get_by_public_key", rows.get_by_natural_key)
    try:
        return find(key)
    except (ObjectDoesNotExist, MultipleObjectsReturned, ValueError) as error:
        raise ValidationError(
            _("“%(field)s” was %(key)s, which is not in the register any more.")
            % {"field": field.verbose_name, "key": key}
        ) from error


def require_writer(obj: models.Model, by: User | None) -> None:
    """Raise what the act that writes ``obj`` raises for somebody who may not write it now."""
    if isinstance(obj, Citation):
        require_writer(obj.report or obj.assessment, by)
    elif isinstance(obj, Report | Assessment):
        require(by, Act.REPORT if isinstance(obj, Report) else Act.ASSESS, obj.commitment.body)
        _require_draft(obj)
    elif isinstance(obj, Evidence):
        if not is_trusted(by) and not may_add_evidence(by, obj.body):
            raise Refused(_("You may add evidence of the bodies that you speak for."))
    elif isinstance(obj, Delivery | Extension):
        require(by, Act.SET_TIMING, obj.commitment.body)
    else:
        require_editor(by, type(obj))


def _require_draft(obj):
    """What is submitted or sent stays as it is, whether in the register or about to come back."""
    held = type(obj).objects.select_for_update(of=("self",)).filter(pk=obj.pk).first()
    for each in filter(None, (held, obj)):
        draft = each.submitted_on is None if isinstance(each, Report) else each.step in DRAFTING
        if not draft:
            raise ValidationError(_("Only a draft can be changed."))


#: The act that writes a kind of record; the others belong to the register.
WRITTEN_UNDER = {
    "assessment": (Act.ASSESS,),
    "citation": (Act.REPORT, Act.ASSESS),
    "delivery": (Act.SET_TIMING,),
    "evidence": (Act.ADD_EVIDENCE,),
    "extension": (Act.SET_TIMING,),
    "report": (Act.REPORT,),
    "user": (Act.MANAGE_PEOPLE,),
}


def may_undo(by: User, change: Change) -> bool:
    """Whether the role of ``by`` writes such records at all; ``undo`` asks for the one record."""
    if reach(by, Act.UNDO) == Reach.NONE:
        return False
    acts = WRITTEN_UNDER.get(change.noun, (Act.EDIT_REGISTER,))
    return any(reach(by, act) != Reach.NONE for act in acts)
