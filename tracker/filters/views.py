"""The FilterSet of saved views themselves."""

from django.utils.translation import gettext_lazy as _

from tracker.filters.fields import ManyChoices, Search, Sort
from tracker.filters.strict import UndatedFilterSet
from tracker.vocabulary import ListName, Visibility


class ViewFilter(UndatedFilterSet):
    """``/api/v1/views/``."""

    q = Search(label=_("Words"))
    list = ManyChoices(label=_("List"), field_name="list_name", choices=ListName.choices)
    visibility = ManyChoices(label=_("Who finds it"), choices=Visibility.choices)
    owner = ManyChoices(
        label=_("Owner"),
        choices=[("me", _("Me")), ("others", _("Somebody else"))],
        method="filter_owner",
    )
    sort = Sort(
        {"name": (_("Name"), ["name"]), "list": (_("List"), ["list_name", "name"])},
        ties=["name", "slug"],
        label=_("Order"),
    )

    @classmethod
    def get_filters(cls):
        """A view of views is not kept."""
        return {name: item for name, item in super().get_filters().items() if name != "view"}

    def filter_owner(self, queryset, name, value):
        """The reader's own views, or those of others."""
        if len(set(value)) != 1:
            return queryset
        if value[0] == "me":
            return queryset.filter(owner=self.viewer.pk)
        return queryset.exclude(owner=self.viewer.pk)
