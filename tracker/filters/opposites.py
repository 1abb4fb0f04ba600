"""What every list understands beside its own filters: all but these, and what is empty.

``not_result=not_assessed`` leaves out what ``result=not_assessed`` would show; ``empty=due`` shows
the rows without a due date, so ``not_empty=due`` those with one. Every filter of named choices or
of keys has its opposite; nothing is written by hand for one filter.
"""

import django_filters
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tracker.filters.fields import Keys, ManyChoices, NamedConditions

#: What stands before the name of a filter to turn it round.
NOT = "not_"


class Empty(NamedConditions):
    """Rows that lack one of several things: ``Empty(due=(_("Due date"), "due_on"))``.

    Each thing is a label with the field that is null without it, or with a condition.
    """

    def __init__(self, **things):
        conditions = {
            name: (label, way if isinstance(way, Q) else Q(**{f"{way}__isnull": True}))
            for name, (label, way) in things.items()
        }
        super().__init__(conditions, label=_("Lacks"))


class Not(django_filters.Filter):
    """All rows but those that the filter ``of`` of the same list shows."""

    def __init__(self, of: str, turned: django_filters.Filter):
        self.of, self.turned, self.field_class = of, turned, turned.field_class
        label = format_lazy(_("{filter}, all but"), filter=turned.label)
        label = _("Has") if isinstance(turned, Empty) else label
        super().__init__(label=label, field_name=turned.field_name, **turned.extra)

    def filter(self, queryset, value):
        """By key, since a condition turned round would lose the rows it says nothing about."""
        if not value:
            return queryset
        shown = self.parent.filters[self.of].filter(self.parent.queryset.all(), value)
        return queryset.exclude(pk__in=shown.order_by().values("pk"))


def is_opposite(name: str, names) -> bool:
    """Whether ``name`` turns round another one of ``names``."""
    return name.startswith(NOT) and name.removeprefix(NOT) in names


def opposites(filters: dict[str, django_filters.Filter]) -> dict[str, Not]:
    """The opposite of each filter that has one, by its name."""
    turned = (Keys, ManyChoices, NamedConditions)
    return {f"{NOT}{name}": Not(name, f) for name, f in filters.items() if isinstance(f, turned)}
