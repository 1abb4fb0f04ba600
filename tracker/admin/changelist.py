"""The lists: Django's page over the FilterSet that every door uses."""

from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import label_for_field
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, TO_FIELD_VAR, ChangeList
from django.core.paginator import InvalidPage
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tracker.admin.sidebar import sidebar, timeline

#: What Django itself puts into an address; no filter of ours.
DJANGOS = (IS_POPUP_VAR, TO_FIELD_VAR)
LARGEST_PAGE = 200
#: How many records outside the day shown are named under the list.
OUTSIDE = 50
#: What begins anew with another search.
RESTARTING = ("q", "page")


class RegisterChangeList(ChangeList):
    """The same parameters, rows and order as on the dashboard and in the API.

    A wrong name or value is said above the list, which is then empty.
    """

    def __init__(self, request, *args, **kwargs):
        self.data = _asked(request)
        self.problems: dict[str, list[str]] = {}
        super().__init__(request, *args, **kwargs)
        self.title = capfirst(self.opts.verbose_name_plural)
        self.query = self.data.get("q", "")
        self.filter_specs = sidebar(self)
        self.timeline = timeline(self)
        self.has_filters = True
        self.has_active_filters = bool(self.chips)
        self.clear_all_filters_qs = self.get_query_string(dict.fromkeys(self.filterset.filters))
        self.sortable_by = [self.list_display[index] for index in self._orders]
        if "q" not in self.filterset.filters:
            self.search_fields = ()

    # Rows

    def get_queryset(self, request, exclude_parameters=None):
        self.filterset = self.model_admin.get_listing(request, self.data)
        self.problems = dict(self.filterset.errors)
        if "format" in self.data:
            self.problems["format"] = [_("The admin shows pages only; leave this out.")]
        return self.root_queryset.none() if self.problems else self.filterset.qs

    def get_results(self, request):
        self.list_per_page = self._number("page_size", self.list_per_page, LARGEST_PAGE)
        self.page_num = self._number("page", 1, None)
        self.paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
        self.result_count = self.full_result_count = self.paginator.count
        self.multi_page = self.result_count > self.list_per_page
        self.show_full_result_count = self.can_show_all = False
        self.show_admin_actions = bool(self.result_count)
        self.result_list = self._rows()
        for row in self.result_list:
            row.shown_on = self.filterset.on if "on" in self.data else None

    def _number(self, name, default, largest):
        text = self.data.get(name, "") or str(default)
        if text.isascii() and text.isdigit() and 0 < int(text[:9]) <= (largest or 10**9):
            return int(text[:9])
        allowed = f"1–{largest}" if largest else _("1 or more")
        self.problems[name] = [
            _("“%(value)s” is no number here; give %(allowed)s.")
            % {"value": text, "allowed": allowed}
        ]
        return default

    def _rows(self):
        if self.problems:
            return []
        try:
            return list(self.paginator.page(self.page_num).object_list)
        except InvalidPage:
            self.problems["page"] = [
                _("There is no page %(page)d; the last one is %(last)d.")
                % {"page": self.page_num, "last": self.paginator.num_pages}
            ]
            self.page_num = 1
            return []

    @cached_property
    def outside(self):
        """Records that do not stand on the day shown, where nothing else narrows the list."""
        rows = self.root_queryset
        if self.problems or self.chips or not hasattr(rows, "as_of"):
            return []
        standing = rows.order_by().as_of(self.filterset.on).values("pk")
        return list(rows.exclude(pk__in=standing)[:OUTSIDE])

    # Addresses

    def get_query_string(self, new_params=None, remove=None):
        """This list's address with some parameters changed; the page starts anew."""
        params = {name: values for name, values in self.data.lists() if name != "page"}
        for name, value in (new_params or {}).items():
            name, value = self._in_our_words(name, value)
            params[name] = value if isinstance(value, list) else [value]
        kept = {name: values for name, values in params.items() if values not in ([], [None], [""])}
        return "?" + urlencode(sorted(kept.items()), doseq=True)

    def _in_our_words(self, name, value):
        """Django's names for page and order in the words that all doors use."""
        if name == PAGE_VAR:
            return "page", str(value)
        if name == ORDER_VAR:
            return "sort", _order(value, self._orders)
        return name, value

    @property
    def hidden_pairs(self):
        """What a search keeps of the address, as (name, value)."""
        kept = self.data.lists()
        return [(name, each) for name, values in kept for each in values if name not in RESTARTING]

    @property
    def chips(self):
        """What narrows the list, as (label, value in words, address without it)."""
        found = [
            (label, words, self.without(name, raw))
            for name, raw, label, words in self.filterset.active
        ]
        if self.data.get("on"):
            found.append((_("As of"), self.data["on"], self.get_query_string({"on": None})))
        return found

    def without(self, name, value):
        """The address without one value of a parameter."""
        left = [each for each in self.data.getlist(name) if each != value]
        return self.get_query_string({name: left})

    # Order: a column whose ``ordering`` names an order of the FilterSet

    @cached_property
    def _orders(self):
        return {
            index: self._order_of(name)
            for index, name in enumerate(self.list_display)
            if self._order_of(name)
        }

    def _order_of(self, column):
        _label, attr = label_for_field(
            column, self.model, model_admin=self.model_admin, return_attr=True
        )
        name = getattr(attr, "admin_order_field", None)
        return name if name in getattr(self.filterset.filters.get("sort"), "orders", {}) else None

    def get_ordering_field_columns(self):
        """The column that the list is sorted by, with its direction."""
        wanted = self.data.get("sort", "")
        direction = "desc" if wanted.startswith("-") else "asc"
        return {
            index: direction
            for index, name in self._orders.items()
            if name == wanted.removeprefix("-")
        }


def _asked(request):
    data = request.GET.copy()
    for name in DJANGOS:
        data.pop(name, None)
    return data


def _order(value, orders):
    """Django's ``-2.1`` (columns) as the name of our order: only the first column counts."""
    first = value.split(".")[0]
    if not first:
        return None
    minus = "-" if first.startswith("-") else ""
    return minus + orders[int(first.removeprefix("-"))]
