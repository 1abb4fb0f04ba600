"""The base of all lists: one view, its page and its table part."""

from collections.abc import Callable

from django.http import QueryDict
from django.utils.text import capfirst

from tracker.dashboard.base import DashboardView
from tracker.dashboard.columns import Column
from tracker.dashboard.panels import make_panel
from tracker.dashboard.results import Problem, Results
from tracker.dashboard.suggesting import taken_out
from tracker.dashboard.tools import Tools, make_tools
from tracker.exports.forms import TooMany
from tracker.filters import StrictFilterSet
from tracker.filters.strict import read_on
from tracker.handouts import handed, permanent_address
from tracker.listings import NOUNS, listing
from tracker.reports.news import LEADS, changed_among


class ListView(DashboardView):
    """A list: filters in the address, chips, a count, sorting, paging.

    A refresh of the table part (htmx) gets ``_table.html``, a visit ``list.html`` around it.
    """

    #: Folder of the templates.
    family: str
    filterset: type[StrictFilterSet]
    columns: tuple[Column, ...]
    #: Filters offered in the panel, in this order; the others work in the address.
    panel: tuple[str, ...]
    #: Whether rows that changed since the last visit say so.
    tells_news = True
    #: Limits a queryset to the rows that this list is about; None where it is about all of them,
    #: which can be answered from memory.
    narrow: Callable | None = None
    #: The list of all doors that this one shows, whole or narrowed; "" where it is no such list.
    whole: str = ""

    def get(self, request, **kwargs):
        suggest = taken_out(request)
        results = self.results()
        if results.form and not results.problems:
            response = self.hand_out(results)
            if response is not None:
                return response
        if self.is_refresh():
            return self.answer("_table", results, {})
        panel = make_panel(
            results.filterset,
            results.data,
            self.panel,
            viewer=self.viewer,
            pasted_at="" if self.as_filters() else self.whole,
            suggest=suggest,
        )
        return self.answer("list", results, {"panel": panel, **self.context()})

    def results(self) -> Results:
        """One page of rows, for the day that the address names."""
        asked = self.request.GET.copy()
        chosen = asked.pop("cols", [])
        self.on = read_on(asked, self.today)
        filterset = listing(
            self.filterset, asked, viewer=self.viewer, today=self.today, narrow=self.narrow
        )
        data = written_out(filterset, chosen)
        return Results(filterset, data, self.request.path, self.columns, self.viewer)

    def hand_out(self, results: Results):
        """The list as a file; None when its form does not take so many rows."""
        filterset = results.filterset
        dated = "on" in filterset.filters
        try:
            return handed(
                results.form,
                filterset,
                stem=self.family,
                title=self.file_title(),
                address=permanent_address(self.request, filterset.on if dated else None),
                noun=NOUNS[self.filterset],
            )
        except TooMany as error:
            results.problems.append(Problem("format", str(error), results.to(format=None)))
            return None

    def file_title(self) -> str:
        """What the file is called inside; a list that is narrowed by its address says to what."""
        return capfirst(NOUNS[self.filterset]._meta.verbose_name_plural)

    def context(self) -> dict:
        """What the page shows around the table."""
        return {}

    def is_refresh(self) -> bool:
        """Whether only the table part is asked for."""
        return bool(self.request.htmx) and not self.request.htmx.history_restore_request

    def answer(self, template, results, context):
        """The page or its table part; 400 when a parameter is wrong."""
        return self.render(
            f"dashboard/{self.family}/{template}.html",
            {
                "results": results,
                "count_words": self.count_words(results.total),
                "tools": self.tools(results),
                "changed": self.changed(results),
                **context,
            },
            status=400 if results.problems else 200,
        )

    def changed(self, results) -> set[int]:
        """The rows shown that changed since the reader's mark; a past day tells no news."""
        noun = NOUNS[self.filterset]
        if not self.tells_news or noun not in LEADS or not self.day or not self.day.is_today:
            return set()
        return changed_among(self.viewer, noun, [row.pk for row in results.rows])

    def tools(self, results) -> Tools | None:
        """What stands beside the table; None where the rows are those of no whole list."""
        root = self.request.build_absolute_uri("/")[:-1]
        return make_tools(results, self.whole, self.as_filters(), viewer=self.viewer, root=root)

    def as_filters(self) -> dict[str, str]:
        """The parameters that narrow the ``whole`` list to this one."""
        return {}

    def count_words(self, number: int) -> str:
        """The count of rows with its noun."""
        raise NotImplementedError


def written_out(filterset: StrictFilterSet, chosen: list[str]) -> QueryDict:
    """What an address means: a saved view that was found gives way to all it stands for."""
    data, view = filterset.data.copy(), filterset.view
    if view:
        data.pop("view")
    columns = chosen or (view.columns if view else [])
    if columns:
        data.setlist("cols", columns)
    return data
