"""The history of one record with the rows that are part of it; takes changes already scoped."""

from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.db.models import Q

from tracker.models.changes import CLASSIFIED_NOUNS, OPEN_NOUNS, ChangeQuerySet
from tracker.vocabulary import Verb

#: Kind of record → the kinds that are part of it, each with the field that leads to it.
PARTS = {
    "resolution": {"resolutionlink": "origin"},
    "provision": {"addressee": "provision", "deadline": "provision", "provisionlink": "origin"},
    "body": {"bodyname": "body"},
    "designation": {"designationcompetence": "designation"},
    "report": {"citation": "report"},
    "assessment": {"citation": "assessment"},
    "commitment": {
        "report": "commitment",
        "assessment": "commitment",
        "citation": "commitment",
        "delivery": "commitment",
        "extension": "commitment",
    },
}
#: Kinds that only their changes vouch for: their rows have no scope of their own.
UNSCOPED = ("citation", "designationcompetence", "user")


@dataclass(frozen=True)
class Record:
    """One record by its kind and key; ``ids`` are those that had this key, most often one."""

    noun: str
    key: str
    ids: tuple[int, ...]


def find_record(noun: str, key: str, *, changes: ChangeQuerySet, viewer) -> Record | None:
    """The record of that kind and key, if ``viewer`` sees it or any of its changes."""
    if noun not in (*OPEN_NOUNS, *CLASSIFIED_NOUNS) or "\x00" in key:
        return None
    ids = set(changes.filter(noun=noun, object_key=key).values_list("object_id", flat=True))
    if not ids and noun not in UNSCOPED:
        rows = apps.get_model("tracker", noun).objects.visible_to(viewer)
        try:
            ids = {rows.get_by_public_key(key).pk}
        except (ObjectDoesNotExist, MultipleObjectsReturned, TypeError):
            ids = set()
    return Record(noun, key, tuple(sorted(ids))) if ids else None


def changes_of(record: Record, changes: ChangeQuerySet) -> ChangeQuerySet:
    """The ``changes`` of ``record`` and of what is, or was, part of it."""
    wanted = Q(noun=record.noun, object_id__in=record.ids)
    for part, field in PARTS.get(record.noun, {}).items():
        rows = apps.get_model("tracker", part)._base_manager.filter(**{f"{field}__in": record.ids})
        wanted |= Q(noun=part, object_id__in=rows.order_by().values("pk"))
        wanted |= Q(noun=part, verb=Verb.DELETED, **{f"differences__{field}__0": record.key})
    return changes.filter(wanted)
