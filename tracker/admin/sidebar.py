"""The filters beside a list, made from the fields of its FilterSet."""

from django.utils.translation import gettext_lazy as _

from tracker.filters.fields import DayField, ManyChoicesField
from tracker.filters.opposites import is_opposite

#: Drawn elsewhere: the search box, the column heads. Opposites work in the address and as chips.
ELSEWHERE = ("q", "sort", "view")
#: Longer lists of values are folded until one of them is chosen.
SHORT = 7


def sidebar(changelist) -> list:
    """One block for each filter: links where the values are few, else a box to type in."""
    blocks = []
    fields = changelist.filterset.form.fields
    for name, field in fields.items():
        elsewhere = (*ELSEWHERE, changelist.model_admin.timeline)
        if name in elsewhere or is_opposite(name, fields):
            continue
        blocks.append(_block(changelist, name, field))
    return blocks


def timeline(changelist) -> list[dict]:
    """The values of the filter that stands above the list (years), as links."""
    name = changelist.model_admin.timeline
    if not name:
        return []
    return list(Links(name, "", changelist.model_admin.sidebar[name]()).choices(changelist))


def _block(changelist, name, field):
    options = changelist.model_admin.sidebar.get(name)
    if options:
        return Links(name, field.label, options())
    if isinstance(field, ManyChoicesField):
        return Links(name, field.label, field.choices)
    return Box(name, field.label, "date" if isinstance(field, DayField) else "text")


class Links:
    """Values to switch on and off; several of one filter mean "any of them"."""

    template = "admin/tracker/includes/filter_links.html"

    def __init__(self, name, title, options):
        self.name, self.title, self.options = name, title, list(options)
        self.open = len(self.options) <= SHORT

    def choices(self, changelist):
        """Each value with the address that switches it; first the one that drops the filter."""
        chosen = changelist.data.getlist(self.name)
        self.open = self.open or bool(chosen)
        yield {
            "selected": not chosen,
            "query_string": changelist.get_query_string({self.name: None}),
            "display": _("All"),
        }
        for key, label in self.options:
            selected = str(key) in chosen
            values = [each for each in chosen if each != str(key)]
            yield {
                "selected": selected,
                "query_string": changelist.get_query_string(
                    {self.name: values if selected else [*values, str(key)]}
                ),
                "display": label,
            }


class Box:
    """A value to type, for keys and days."""

    template = "admin/tracker/includes/filter_box.html"

    def __init__(self, name, title, kind):
        self.name, self.title, self.kind = name, title, kind
        self.value, self.hidden = "", []

    def choices(self, changelist):
        """Nothing to choose from; keeps the value and the rest of the address for the form."""
        self.value = changelist.data.get(self.name, "")
        self.hidden = [
            (name, value)
            for name, values in changelist.data.lists()
            for value in values
            if name not in (self.name, "page")
        ]
        return []
