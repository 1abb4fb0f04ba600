"""FilterSets of the lists that only the admin has, as strict as all others."""

import django_filters
from django import forms
from django.apps import apps
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tracker.filters import StrictFilterSet
from tracker.filters.fields import Day, Keys, ManyChoices, NamedConditions, Sort
from tracker.filters.finders import find_body
from tracker.models import User
from tracker.vocabulary import (
    Classification,
    Door,
    EvidenceKind,
    Independence,
    RegionLevel,
    Role,
    Verb,
)


def find_user(text: str) -> User:
    """The person with this user name; raises ``ValueError`` when there is none."""
    found = User.objects.filter(username=text).first()
    if found is None:
        raise ValueError(_("Nobody has the user name “%(text)s”.") % {"text": text})
    return found


def any_of(field):
    """Rows whose ``field`` is one of the records found."""
    return lambda queryset, found: queryset.filter(**{f"{field}__in": found})


def kinds_of_record() -> list[tuple[str, str]]:
    """Every kind of record that a change may speak of."""
    models = apps.get_app_config("tracker").get_models()
    return sorted((model._meta.model_name, capfirst(model._meta.verbose_name)) for model in models)


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


class OfRecord(django_filters.Filter):
    """Changes of the record with this key and of what is part of it."""

    field_class = forms.CharField

    def filter(self, queryset, value):
        if not value:
            return queryset
        parts = Q(object_key__startswith=f"{value}/") | Q(object_key__startswith=f"{value} ")
        return queryset.filter(Q(object_key=value) | parts)


class UndatedFilterSet(StrictFilterSet):
    """A list that is the same on any day, so it takes no ``on``."""

    @classmethod
    def get_filters(cls):
        return {name: item for name, item in super().get_filters().items() if name != "on"}


class RegionFilter(UndatedFilterSet):
    """Regions."""

    q = Words("name", "code")
    level = ManyChoices(label=_("Level"), choices=[(str(k), v) for k, v in RegionLevel.choices])
    sort = Sort({"path": (_("Tree"), ["path"])}, ties=["path"], label=_("Order"))


class EvidenceFilter(UndatedFilterSet):
    """Evidence."""

    q = Words("key", "title", "note")
    body = Keys(label=_("Body"), find=find_body, apply=any_of("body"))
    kind = ManyChoices(label=_("Kind"), choices=EvidenceKind.choices)
    independence = ManyChoices(label=_("Independence"), choices=Independence.choices)
    classification = ManyChoices(label=_("Classification"), choices=Classification.choices)
    sort = Sort(
        {"published": (_("Published"), ["published_on"])},
        ties=["-published_on", "title", "key"],
        label=_("Order"),
    )


class ChangeFilter(UndatedFilterSet):
    """The record of changes."""

    q = Words("object_key", "reason", "request_id")
    record = OfRecord(label=_("Record and its parts"))
    noun = ManyChoices(label=_("Kind of record"), choices=kinds_of_record)
    verb = ManyChoices(label=_("What"), choices=Verb.choices)
    door = ManyChoices(label=_("Door"), choices=Door.choices)
    by = Keys(label=_("By"), find=find_user, apply=any_of("by"))
    after = Day(label=_("From"), field_name="at", lookup_expr="date__gte")
    before = Day(label=_("Until"), field_name="at", lookup_expr="date__lte")
    sort = Sort({"number": (_("Number"), ["sequence"])}, ties=["-sequence"], label=_("Order"))


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
