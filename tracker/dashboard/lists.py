"""The base of all lists: one view, its page and its table part."""

from django.utils.text import capfirst

from tracker.dashboard.base import DashboardView
from tracker.dashboard.panels import make_panel
from tracker.dashboard.results import Column, Problem, Results
from tracker.exports.forms import TooMany
from tracker.filters import StrictFilterSet
from tracker.filters.strict import read_on
from tracker.handouts import handed, permanent_address
from tracker.listings import NOUNS, listing


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

    def get(self, request, **kwargs):
        results = self.results()
        if results.form and not results.problems:
            response = self.hand_out(results)
            if response is not None:
                return response
        if self.is_refresh():
            return self.answer("_table", results, {})
        panel = make_panel(results.filterset, request.GET, self.panel, viewer=self.viewer)
        return self.answer("list", results, {"panel": panel, **self.context()})

    def results(self) -> Results:
        """One page of rows, for the day that the address names."""
        request = self.request
        self.on = read_on(request.GET, self.today)
        filterset = listing(
            self.filterset, request.GET, viewer=self.viewer, today=self.today, narrow=self.narrow
        )
        return Results(filterset, request.GET, request.path, self.columns, self.viewer)

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

    def narrow(self, queryset):
        """The rows that this list is about; all of them unless a subclass says otherwise."""
        return queryset

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
            {"results": results, "count_words": self.count_words(results.total), **context},
            status=400 if results.problems else 200,
        )

    def count_words(self, number: int) -> str:
        """The count of rows with its noun."""
        raise NotImplementedError
