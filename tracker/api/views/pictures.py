"""The matrix and the trends over REST: the same parameters as on their pages, plain rows back."""

from functools import cache, lru_cache
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.reverse import reverse

from tracker import kept
from tracker.api.formats import FILES, File, RefusesInJson
from tracker.api.pages import whole_number
from tracker.api.serializers.pictures import MatrixSerializer, TrendsSerializer
from tracker.api.views.door import DoorView
from tracker.exports.forms import FORMS, TooMany
from tracker.filters.pictures import MatrixFilter, PictureFilter, TrendsFilter
from tracker.handouts import permanent_address, pictured
from tracker.listings import counting, on_any_day, on_day
from tracker.reports.axes import Head
from tracker.reports.bars import Bar
from tracker.reports.matrix import Cell, Matrix, Question, matrix, read_question, told
from tracker.reports.trends import USUAL_STEP, history_of, points
from tracker.rights import READING, Reach, reach
from tracker.vocabulary import CommitmentRole

#: How addresses spell what stands in keys.
READABLE = "/()"
#: Parameters of pictures that are kept: these are small, and follow from the register, the day and
#: what somebody may read, not from a person or from what no Change tells of (a saved view).
KEPT = {"on", "against", "theme", "region", "from", "to", "step", "format"}
_pictures = kept.Keeper(most=48)


class PictureView(RefusesInJson, DoorView):
    """A picture of the commitments that the parameters narrow, on the day that ``on`` names."""

    filterset: type[PictureFilter]
    http_method_names = ["get", "head", "options"]
    pagination_class = None
    #: Parameters of all lists that this picture takes none of.
    refused = ("page", "page_size")

    def get(self, request):
        # Written as ``serializer_class`` describes it: a serializer would copy every cell.
        key = self.key()
        return Response(_pictures.now().get(key, self.picture) if key else self.picture())

    def key(self) -> tuple | None:
        """What the picture follows from besides the register; None where it is not kept."""
        reaches = tuple(reach(self.request.user, act) for act in sorted(READING))
        if Reach.OWN in reaches or set(self.request.query_params) - KEPT:
            return None
        address = self.request.build_absolute_uri()
        return type(self), address, get_language(), reaches, self.on, timezone.localdate()

    def picture(self) -> dict:
        """What is shown."""
        raise NotImplementedError

    @cached_property
    def found(self) -> PictureFilter:
        """The FilterSet over what is counted; raises 400 naming every parameter that is wrong."""
        data: QueryDict = self.request.query_params
        found = counting(self.filterset, data, viewer=self.request.user, today=timezone.localdate())
        wrong = {name: [_no_such(name)] for name in self.refused if name in data}
        if not found.is_valid() or wrong:
            raise ValidationError({**found.errors, **wrong})
        return found

    def list_of(self, **query) -> str:
        """The address of the commitments behind a number; ``query`` replaces filters."""
        around = self.around_lists(tuple(query))
        return around + "&".join([f"{name}={spelled(value)}" for name, value in query.items()])

    @cached_property
    def around_lists(self):
        """Gives what stands before the ``query`` in an address, by the names that it replaces."""
        address = reverse("api:commitments", request=self.request)
        wanted = {"role": CommitmentRole.ADDRESSEE, **self.found.subjects}

        @cache
        def around(names):
            kept = {name: value for name, value in wanted.items() if name not in names}
            return f"{address}?{urlencode(kept, doseq=True, safe=READABLE)}&"

        return around


@lru_cache(maxsize=4096)
def spelled(value: str) -> str:
    """A key as addresses spell it; the same few stand in many cells."""
    return quote_plus(value, safe=READABLE)


def _no_such(name):
    return _("A picture has no “%(name)s”; it is one page.") % {"name": name}


def counts_of(bar: Bar) -> dict:
    """A bar as it is shown."""
    return {"total": bar.total, "assessed": bar.assessed, "results": bar.as_dict}


class MatrixView(PictureView):
    """The register as one table: themes, resolutions or provisions by regions or bodies."""

    filterset = MatrixFilter
    serializer_class = MatrixSerializer
    refused = ("page_size",)

    def get_view_name(self):
        return _("Matrix")

    def get(self, request):
        if not isinstance(request.accepted_renderer, File):
            return super().get(request)
        if "page" in request.query_params:
            raise ValidationError({"page": [_("A file holds all rows; leave this out.")]})
        address = permanent_address(request._request, self.on)
        try:
            return pictured(FORMS[request.accepted_renderer.format], self.found, address=address)
        except TooMany as error:
            raise ValidationError({"format": [str(error)]}) from error

    def get_renderers(self):
        """Also the files that the matrix can be had as."""
        return [*super().get_renderers(), *(each() for each in FILES if each.format in FORMS)]

    def picture(self):
        against = self.found.chosen("against")
        page = whole_number(self.request, "page", 1)
        question = read_question(self.found.form.cleaned_data, page)
        before = on_day(self.found, against) if against else None
        found = matrix(
            self.found.qs, question, before=before, told=told(self.found, self.on, against)
        )
        if page > found.pages:
            raise ValidationError({"page": [_("There is no page %(number)d.") % {"number": page}]})
        return {**self.about(question, found), "on": self.on, "against": against}

    def about(self, question: Question, found: Matrix) -> dict:
        """The table itself."""
        whole = found.whole
        return {
            "rows_by": question.rows,
            "columns_by": question.columns,
            "count": found.total,
            "pages": found.pages,
            "page": question.page,
            "whole": counts_of(whole.bar),
            "before": None if whole.before is None else counts_of(whole.before),
            "columns": [head_of(column) for column in found.columns],
            "rows": [self.row(row, found) for row in found.rows],
        }

    def row(self, row: Head, found: Matrix) -> dict:
        """One row with the cells that count anything."""
        cells = [(column, found.cell(row, column)) for column in found.columns]
        return {
            **head_of(row),
            "cells": [self.cell(row, column, cell) for column, cell in cells if cell],
        }

    def cell(self, row: Head, column: Head, cell: Cell) -> dict:
        """One cell with the list behind it."""
        query = {row.kind: row.key, column.kind: column.key, "on": self.on.isoformat()}
        return {
            **counts_of(cell.bar),
            "column_kind": column.kind,
            "column": column.key,
            "moved": cell.moved,
            "before": None if cell.before is None else counts_of(cell.before),
            "list": self.list_of(**query),
        }


def head_of(head: Head) -> dict:
    """A row or a column as it is shown."""
    names = ("kind", "key", "depth", "openable", "open")
    return {**{name: getattr(head, name) for name in names}, "name": head.name or _("No region")}


class TrendsView(PictureView):
    """How much was assessed, and with which results, from day to day."""

    filterset = TrendsFilter
    serializer_class = TrendsSerializer

    def get_view_name(self):
        return _("Trends")

    def picture(self):
        chosen = self.found.chosen
        last, step = chosen("to", self.on), chosen("step", USUAL_STEP)
        past = history_of(self.found, on_any_day(self.found), until=last)
        try:
            shown = points(past, first=chosen("from"), last=last, step=step)
        except ValueError as error:
            raise ValidationError({"step": [str(error)]}) from error
        rows = [
            {
                **counts_of(point.bar),
                "on": point.on,
                "list": self.list_of(on=point.on.isoformat()),
            }
            for point in shown
        ]
        return {"on": self.on, "step": step, "points": rows}
