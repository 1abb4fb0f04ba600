"""The FilterSet of the crosswalk: what paragraphs do to each other across resolutions."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.filters.fields import Keys, ManyChoices, Search, Sort
from tracker.filters.finders import find_provision, find_resolution, find_theme
from tracker.filters.lists import carrying, official_order
from tracker.filters.opposites import Empty
from tracker.filters.strict import StrictFilterSet
from tracker.vocabulary import ProvisionLinkKind


def of_resolutions(queryset, found):
    """Links from or to a paragraph of one of the resolutions."""
    return queryset.filter(Q(origin__resolution__in=found) | Q(target__resolution__in=found))


def of_themes(queryset, found):
    """Links from or to a paragraph that carries one of the themes."""
    within = carrying(found).values("pk")
    return queryset.filter(Q(origin__in=within) | Q(target__in=within))


class CrosswalkFilter(StrictFilterSet):
    """``/crosswalk/``: which paragraph repeats, extends, supersedes or relates to which."""

    q = Search(label=_("Symbol or words"))
    kind = ManyChoices(label=_("Relation"), choices=ProvisionLinkKind.choices)
    resolution = Keys(label=_("Resolution"), find=find_resolution, apply=of_resolutions)
    provision = Keys(
        label=_("Provision"),
        find=find_provision,
        apply=lambda queryset, found: queryset.touching(found),
    )
    theme = Keys(label=_("Theme"), find=find_theme, apply=of_themes)
    empty = Empty(
        note=(_("What is taken up"), Q(note="")),
        source=(_("Source"), Q(source="")),
    )
    sort = Sort(
        {
            "later": (_("The later paragraph"), official_order("origin__")),
            "earlier": (_("The earlier paragraph"), official_order("target__")),
            "kind": (_("Relation"), ["kind"]),
        },
        ties=[*official_order("origin__"), *official_order("target__"), "kind", "id"],
        label=_("Order"),
    )
