"""FilterSets of the lists that only the admin has, as strict as all others."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.filters.fields import Keys, ManyChoices, NamedConditions, Sort
from tracker.filters.finders import find_body
from tracker.filters.strict import UndatedFilterSet
from tracker.vocabulary import (
    RegionLevel,
    Role,
)


def any_of(field):
    """Rows whose ``field`` is one of the records found."""
    return lambda queryset, found: queryset.filter(**{f"{field}__in": found})


class Words(django_filters.Filter):
    """Rows of which one of ``fields`` holds the text."""

    field_class = forms.CharField

    def __init__(self, *fields, **kwargs):
        self.fields = fields
        super().__init__(label=_("Words"), max_length=200, strip=True, **kwargs)

    def filter(self, queryset, value):
        wanted = Q()
        for field in self.fields if value else ():
            wanted |= Q(**{f"{field}__icontains": value})
        return queryset.filter(wanted)


class RegionFilter(UndatedFilterSet):
    """Regions."""

    q = Words("name", "code")
    level = ManyChoices(label=_("Level"), choices=[(str(k), v) for k, v in RegionLevel.choices])
    sort = Sort({"path": (_("Tree"), ["path"])}, ties=["path"], label=_("Order"))


class PersonFilter(UndatedFilterSet):
    """People."""

    q = Words("username", "first_name", "last_name", "email")
    role = ManyChoices(label=_("Role"), choices=Role.choices)
    body = Keys(label=_("Body"), find=find_body, apply=any_of("bodies"))
    active = NamedConditions(
        {"yes": (_("Yes"), Q(is_active=True)), "no": (_("No"), Q(is_active=False))},
        label=_("Active"),
    )
    sort = Sort({"name": (_("User name"), ["username"])}, ties=["username"], label=_("Order"))
