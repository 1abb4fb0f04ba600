"""Keys and names for whoever types one into a filter.

They weigh more than the rest of a page together, and few who read a list type into its filters:
script fetches them when the filters are first used, and without script the address asks for them
with ``suggest=yes``.
"""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.safestring import SafeString

from tracker.dashboard.base import DashboardView
from tracker.filters.strict import StrictForm
from tracker.reports.suggestions import KINDS, suggestions

#: The parameter that asks for a page with its suggestions.
SUGGEST = "suggest"


def taken_out(request: HttpRequest) -> bool:
    """Whether a page is asked for with its suggestions; the parameter goes, it narrows nothing."""
    if request.GET.getlist(SUGGEST) != ["yes"]:
        return False
    request.GET = request.GET.copy()
    del request.GET[SUGGEST]
    return True


def datalists(found: dict[str, list[tuple[str, str]]]) -> SafeString:
    """The lists that text boxes refer to as ``s-body`` and so on; three thousand entries are many
    for a template."""
    return SafeString(
        "".join(
            f'<datalist id="s-{kind}">{"".join(map(_option, rows))}</datalist>'
            for kind, rows in found.items()
        )
    )


def _option(row) -> str:
    key, name = row
    return f'<option value="{escape(key)}">{escape(name)}</option>'


class KindsForm(StrictForm):
    """Which lists are wanted."""

    kind = forms.MultipleChoiceField(choices=[(kind, kind) for kind in KINDS])


class Suggestions(DashboardView):
    """``/suggestions/?kind=body&kind=theme``: the lists for a page that is shown already."""

    def get(self, request):
        form = KindsForm(request.GET)
        if not form.is_valid():
            return self.render("dashboard/refused.html", {"errors": form.errors}, status=400)
        found = suggestions(self.viewer, set(form.cleaned_data["kind"]))
        return HttpResponse(datalists(found))
