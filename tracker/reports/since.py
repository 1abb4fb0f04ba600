"""What has changed in a list since a number of the record of changes, and what is gone from it.

Deleted and no longer open to the reader look the same. What the reader could not see then is
not told, not even by its key.
"""

import datetime
from dataclasses import dataclass, field

from django.db.models import Max, Q

from tracker.models import (
    Addressee,
    Assessment,
    Body,
    BodyName,
    Change,
    Citation,
    Commitment,
    Deadline,
    Delivery,
    Designation,
    DesignationCompetence,
    Document,
    Evidence,
    Extension,
    Membership,
    Provision,
    ProvisionLink,
    Report,
    Resolution,
    ResolutionLink,
    Theme,
)
from tracker.models.changes import OPEN_NOUNS
from tracker.models.commitments import split_commitment_key
from tracker.rights import Act, Reach, reach
from tracker.vocabulary import Classification, Step, Verb

#: Rows of which a record also consists: (model, the field that leads to the record).
PARTS: dict[type, tuple[tuple[type, str], ...]] = {
    Resolution: ((ResolutionLink, "origin"),),
    Provision: ((Addressee, "provision"), (Deadline, "provision"), (ProvisionLink, "origin")),
    Theme: (),
    Document: (),
    Body: ((BodyName, "body"),),
    Membership: (),
    Designation: ((DesignationCompetence, "designation"),),
    Evidence: (),
    Report: ((Citation, "report"),),
    Assessment: ((Citation, "assessment"),),
    Commitment: (
        (Report, "commitment"),
        (Assessment, "commitment"),
        (Delivery, "commitment"),
        (Extension, "commitment"),
    ),
}
#: How the public key of a record is looked up.
KEYS = {Body: "code", Theme: "slug", Document: "slug"}
#: So many changes at a time; who was away for longer reads the list anew.
MOST = 20_000


class TooLong(ValueError):
    """Too much has changed to be told one by one."""


@dataclass
class Then:
    """A record as it stood before the changes that are told: what differs, field by field."""

    key: str = ""
    made_since: bool = False
    fields: dict = field(default_factory=dict)


def latest() -> int:
    """The number of the last change, 0 when there is none."""
    return Change.objects.aggregate(last=Max("sequence"))["last"] or 0


def number_at(moment: datetime.datetime) -> int:
    """The number of the last change up to that moment."""
    return Change.objects.filter(at__lte=moment).aggregate(last=Max("sequence"))["last"] or 0


def changed(model: type, number: int) -> Q:
    """Condition for the rows of ``model`` of which anything was written since then."""
    later = Change.objects.filter(sequence__gt=number)
    found = Q(pk__in=_of(later, model))
    for part, owner in PARTS[model]:
        rows = part._base_manager.filter(pk__in=_of(later, part))
        found |= Q(pk__in=rows.values(f"{owner}_id"))
        found |= _named_by_deleted(later, model, part, owner)
    return found


def _of(changes, model):
    return changes.filter(noun=model._meta.model_name).order_by().values("object_id")


def _named_by_deleted(later, model, part, owner) -> Q:
    """Condition for the records whose parts were deleted: the change alone names them."""
    deleted = later.filter(noun=part._meta.model_name, verb=Verb.DELETED).order_by()
    keys = {told.get(owner, [None])[0] for told in deleted.values_list("differences", flat=True)}
    keys -= {None}
    if model is not Commitment:
        return Q(**{f"{KEYS.get(model, 'key')}__in": keys})
    found = Q(pk__in=[])
    for provision, code in map(split_commitment_key, keys):
        found |= Q(provision__key=provision, body__code=code)
    return found


def gone(model: type, number: int, shown, *, viewer) -> list[str]:
    """Keys of the records that stood in the list before and are not ``shown`` any more.

    Raises ``TooLong``.
    """
    noun = model._meta.model_name
    later = Change.objects.filter(noun=noun, sequence__gt=number)
    later = later.exclude(object_id__in=shown.order_by().values("pk")).order_by("sequence")
    rows = list(later.values_list("object_id", "object_key", "verb", "differences")[: MOST + 1])
    if len(rows) > MOST:
        raise TooLong
    before = _before(rows)
    there = model._base_manager.filter(pk__in=before)
    seen = set(model.objects.visible_to(viewer).filter(pk__in=before).values_list("pk", flat=True))
    now = {row.pk: row for row in there}
    told = [
        then.key
        for pk, then in before.items()
        if not then.made_since and (pk in seen or _was_open(model, then, now.get(pk), viewer))
    ]
    return sorted(told)


def _before(rows) -> dict[int, Then]:
    """How each record stood before the first of its changes."""
    found: dict[int, Then] = {}
    for pk, key, verb, differences in rows:
        if pk not in found:
            found[pk] = Then(made_since=verb == Verb.CREATED)
        found[pk].key = key
        for name, (was, _became) in differences.items():
            found[pk].fields.setdefault(name, was)
    return found


def _was_open(model, then: Then, now, viewer) -> bool:
    """Whether the reader could see the record as it stood then, by the rights of today."""
    if model._meta.model_name in OPEN_NOUNS:
        return True

    def stood(name):
        return then.fields[name] if name in then.fields else getattr(now, name, None)

    act = None
    if model is Report and not stood("submitted_on"):
        act = Act.READ_DRAFT_REPORTS
    elif model is Assessment and stood("step") != Step.ADOPTED:
        act = Act.READ_DRAFT_ASSESSMENTS
    elif stood("classification") == Classification.RESTRICTED:
        act = Act.READ_RESTRICTED
    return act is None or _reaches(viewer, act, then, now)


def _reaches(viewer, act, then, now) -> bool:
    reached = reach(viewer, act)
    if reached != Reach.OWN:
        return reached == Reach.ALL
    if "commitment" in then.fields:
        code = split_commitment_key(then.fields["commitment"])[1]
    elif "body" in then.fields:
        code = then.fields["body"]
    else:
        about = getattr(now, "commitment", None) or now
        code = about.body.code if about and about.body else None
    return Body.objects.spoken_for_by(viewer).filter(code=code).exists()
