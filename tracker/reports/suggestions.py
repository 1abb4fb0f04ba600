"""Short lists of keys and names, for whoever has to type one."""

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from tracker.models import Body, Region, Resolution, Theme, User
from tracker.vocabulary import BodyKind

KINDS = ("body", "network", "region", "resolution", "theme")


def suggestions(viewer: User, kinds: set[str]) -> dict[str, list[tuple[str, str]]]:
    """Keys and names of the records of each of ``kinds`` that ``viewer`` may see, in one query.

    They are of ``KINDS``.
    """
    lists = _lists(viewer)
    wanted = [_rows(kind, *lists[kind]) for kind in sorted(kinds)]
    found: dict[str, list[tuple[str, str]]] = {kind: [] for kind in kinds}
    first, *others = wanted
    for kind, _order, key, name in first.union(*others, all=True).order_by("kind_", "order_"):
        found[kind].append((key, name))
    return found


def _lists(viewer) -> dict[str, tuple[QuerySet, str, str, str]]:
    """Each kind with its rows and the columns of order, key and name."""
    bodies = Body.objects.visible_to(viewer)
    networks = bodies.filter(kind=BodyKind.NETWORK)
    return {
        "theme": (Theme.objects.visible_to(viewer), "path", "slug", "name"),
        "resolution": (Resolution.objects.visible_to(viewer), "key", "key", "short_title"),
        "region": (Region.objects.visible_to(viewer), "path", "code", "name"),
        "body": (bodies, "name", "code", "name"),
        "network": (networks, "name", "code", "name"),
    }


def _rows(kind, queryset, order, key, name):
    text = CharField()
    return (
        queryset.order_by()
        .annotate(kind_=Value(kind, text), order_=Cast(order, text), key_=F(key), name_=F(name))
        .values_list("kind_", "order_", "key_", "name_")
    )
