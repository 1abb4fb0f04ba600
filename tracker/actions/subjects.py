"""Which themes a provision is counted under: its own, those above them, and any."""

from collections import defaultdict

from tracker.models import Provision, Theme
from tracker.models.known import ANY_THEME


def themes_of(provisions: set[int] | None) -> dict[int, set[int]]:
    """The themes that each provision counts under; of all of them when ``provisions`` is None."""
    above = _all_above()
    links = Provision.themes.through.objects.order_by()
    if provisions is not None:
        links = links.filter(provision__in=provisions)
    found = defaultdict(lambda: {ANY_THEME})
    for provision, theme in links.values_list("provision_id", "theme_id"):
        found[provision] = found[provision] | above[theme]
    return found


def with_those_above(slugs) -> set[int]:
    """The themes of these keys, those above them, and any."""
    above = _all_above()
    themes = Theme.objects.filter(slug__in=list(slugs)).order_by().values_list("pk", flat=True)
    return {ANY_THEME}.union(*(above[pk] for pk in themes))


def _all_above() -> dict[int, set[int]]:
    """Each theme with itself and the themes that it lies within."""
    paths = dict(Theme.objects.order_by().values_list("path", "pk"))
    return {
        pk: {at for path, at in paths.items() if whole.startswith(path)}
        for whole, pk in paths.items()
    }
