"""Search boxes instead of long selects; labels that are known already cost no query."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.forms import Media, Widget
from django.utils.html import format_html

#: More digits than any key has; what is longer is no key.
LONGEST_KEY = 18


class _Known:
    """Draws only the chosen options; what is no key (a forged or mistyped value) is left out."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known: dict[str, str] = {}

    @property
    def media(self):
        return super().media + Media(js=["admin/js/autocomplete.js", "tracker/admin.js"])

    def optgroups(self, name, value, attrs=None):
        chosen = [str(each) for each in value if is_key(each)]
        labels = {**self.known, **self._look_up([key for key in chosen if key not in self.known])}
        options = []
        if not self.is_required and not self.allow_multiple_selected:
            options.append(self.create_option(name, "", "", False, 0))
        for key in chosen:
            if key in labels:
                options.append(self.create_option(name, key, labels[key], True, len(options)))
        return [(None, options, 0)]

    def _look_up(self, keys):
        if not keys:
            return {}
        found = self.choices.queryset.filter(pk__in=keys)
        return {str(each.pk): self.choices.field.label_from_instance(each) for each in found}


def is_key(value) -> bool:
    """Whether ``value`` can be the key of a row."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY


class SearchSelect(_Known, AutocompleteSelect):
    """One record, found by typing."""


class SearchSelectMultiple(_Known, AutocompleteSelectMultiple):
    """Several records, found by typing."""


class Place(Widget):
    """A paragraph's number as text, indented by its depth in the tree."""

    def __init__(self, depth: int):
        super().__init__()
        self.depth = depth

    def render(self, name, value, attrs=None, renderer=None):
        return place(value, self.depth)


def place(number: str, depth: int):
    """A paragraph's number, indented by its depth in the tree."""
    return format_html('<span class="place depth-{}">{}</span>', depth, number)
