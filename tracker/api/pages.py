"""Pages of a list: a number beyond the last, or a size beyond the cap, is an error."""

from collections.abc import Callable, Sequence
from functools import partial

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from tracker.api import cursors
from tracker.filters import StrictFilterSet


class Listed:
    """Rows for a paginator, whose number and pages are told without reading all of them."""

    def __init__(self, count: Callable[[], int], page: Callable[[int, int], Sequence]):
        self.number, self.page = count, page

    def count(self) -> int:
        """How many there are; a paginator asks a method."""
        return self.number()

    def __getitem__(self, part: slice) -> Sequence:
        return self.page(part.start, part.stop)


class Pages(PageNumberPagination):
    """``page`` and ``page_size``; the envelope also names the day that is shown."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def paginate_queryset(self, queryset, request, view=None):
        """The rows of the page asked for; raises 400 naming the parameter to mend."""
        self.request, self.on = request, view.on
        self.cursor = getattr(view, "taken", {}).get("cursor")
        if self.cursor is not None:
            return self._rows_after(queryset, view)
        size = whole_number(request, "page_size", self.page_size, most=self.max_page_size)
        if isinstance(queryset, StrictFilterSet):
            queryset = Listed(queryset.count, partial(view.page_of, queryset))
        paginator = Paginator(queryset, size)
        number = whole_number(request, "page", 1)
        if number > paginator.num_pages:
            raise ValidationError({"page": [_beyond(number, paginator.num_pages)]})
        self.page = paginator.page(number)
        self.display_page_controls = paginator.num_pages > 1
        return list(self.page)

    def _rows_after(self, queryset, view):
        """The rows after the cursor; an empty one begins with the first row, and counts them all.

        The next address names the day, so that all pages show the same one.
        """
        if "page" in self.request.query_params:
            told = _("Give a cursor or a page, not both.")
            raise ValidationError({"cursor": [told]})
        size = whole_number(self.request, "page_size", self.page_size, most=self.max_page_size)
        listed = queryset
        queryset = listed.qs if isinstance(listed, StrictFilterSet) else listed
        order = cursors.Order(queryset)
        dated = "on" in getattr(getattr(view, "filterset", None), "base_filters", ())
        about = cursors.question(self.request.path, self._asked(dated), order)
        try:
            place = cursors.read(self.cursor, about) if self.cursor else None
            rows, end = cursors.page_after(order, place, size)
        except cursors.WrongCursor as error:
            told = _(
                "This cursor belongs to another list, other filters or another day; begin with an "
                "empty one, and follow “next”."
            )
            raise ValidationError({"cursor": [told]}) from error
        self.count = listed.count() if place is None else None
        self.next = self._address_of(cursors.written(end, about), dated) if end else None
        self.display_page_controls = False
        return rows

    def _asked(self, dated):
        """The parameters that the rows depend on."""
        asked = [
            (name, values)
            for name, values in self.request.query_params.lists()
            if name not in ("page_size", "format", "on")
        ]
        return [*asked, ("on", [self.on.isoformat()])] if dated else asked

    def _address_of(self, cursor, dated):
        address = replace_query_param(self.request.build_absolute_uri(), "cursor", cursor)
        return replace_query_param(address, "on", self.on.isoformat()) if dated else address

    def get_paginated_response(self, data):
        if self.cursor is not None:
            return Response(
                {
                    "count": self.count,
                    "on": self.on,
                    "next": self.next,
                    "previous": None,
                    "results": data,
                }
            )
        return Response(
            {
                "count": self.page.paginator.count,
                "on": self.on,
                "next": self.get_next_link(),
                "previous": self.get_previous_link(),
                "results": data,
            }
        )

    def get_schema_operation_parameters(self, view):
        page, size = super().get_schema_operation_parameters(view)
        page["schema"] |= {"minimum": 1, "default": 1}
        size["schema"] |= {"minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        cursor = {
            "name": "cursor",
            "in": "query",
            "description": str(
                _("Read on from here: empty to begin, then as “next” has it. Instead of page.")
            ),
            "schema": {"type": "string"},
        }
        return [page, size, cursor]

    def get_paginated_response_schema(self, schema):
        described = super().get_paginated_response_schema(schema)
        described["properties"]["on"] = {
            "type": "string",
            "format": "date",
            "description": _("The day as of which the rows are shown."),
        }
        described["properties"]["count"] = {
            "type": "integer",
            "nullable": True,
            "description": _("How many rows there are; null after the first page of a cursor."),
        }
        described["required"] = ["count", "on", "next", "previous", "results"]
        return described


def whole_number(request, name: str, default: int, *, most: int | None = None) -> int:
    """Read a whole number from 1 on; raises 400 naming the parameter and what it may be."""
    text = request.query_params.get(name, "").strip() or str(default)
    # Nine digits, so that no reader of numbers is asked for more than it can hold.
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    repeated = len(request.query_params.getlist(name)) > 1
    if repeated or number < 1 or (most and number > most):
        allowed = _("from 1 to %(most)d") % {"most": most} if most else _("from 1 on")
        message = _("Give one whole number, %(allowed)s.") % {"allowed": allowed}
        raise ValidationError({name: [message]})
    return number


def _beyond(number, last):
    return _("There is no page %(number)d; the last page is %(last)d.") % {
        "number": number,
        "last": last,
    }
