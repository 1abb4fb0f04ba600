"""From a symbol to its page, from words to the lists that hold them."""

from dataclasses import dataclass

from django import forms
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from tracker import symbols
from tracker.dashboard.addresses import address
from tracker.dashboard.base import DashboardView
from tracker.filters.fields import DayField
from tracker.filters.strict import StrictForm
from tracker.models import Body, Provision, Resolution, Theme

SHOWN = 8
LONGEST = 200


class SearchForm(StrictForm):
    """The words, and the day."""

    q = forms.CharField(required=False, max_length=LONGEST, strip=True)
    on = DayField(required=False)


@dataclass(frozen=True)
class Found:
    """What one list holds of the words: the first rows, how many there are, where they all are."""

    name: str
    label: str
    rows: list
    count: int
    href: str


class Search(DashboardView):
    """``/search/?q=2322 13e`` goes to the page, ``/search/?q=extradition`` lists what is found."""

    def get(self, request):
        form = SearchForm(request.GET)
        if not form.is_valid():
            return self.render("dashboard/refused.html", {"errors": form.errors}, status=400)
        self.on = form.cleaned_data["on"] or self.today
        words = form.cleaned_data["q"]
        target = self.target(words)
        if target:
            return HttpResponseRedirect(target)
        found = self.find(words) if words else []
        return self.render(
            "dashboard/search.html",
            {"words": words, "found": found, "nothing": not any(group.count for group in found)},
        )

    def target(self, words: str) -> str:
        """The page that a symbol names, if it names exactly one."""
        reference = symbols.parse_reference(words)
        if not reference:
            return ""
        name, noun = ("provision", Provision) if reference.provision else ("resolution", Resolution)
        rows = noun.objects.visible_to(self.viewer).as_of(self.on).search(words)
        keys = list(rows.values_list("key", flat=True)[:2])
        return address(name, keys[0], day=self.day) if len(keys) == 1 else ""

    def find(self, words: str) -> list[Found]:
        """The lists that hold the words, each with its first rows."""
        resolutions = Resolution.objects.visible_to(self.viewer).as_of(self.on)
        provisions = Provision.objects.visible_to(self.viewer).as_of(self.on).in_order()
        lists = [
            ("theme", _("Themes"), Theme.objects.visible_to(self.viewer)),
            ("resolution", _("Resolutions"), resolutions),
            ("provision", _("Paragraphs"), provisions.select_related("resolution")),
            ("body", _("Bodies"), Body.objects.visible_to(self.viewer).as_of(self.on)),
        ]
        return [self.first_rows(name, label, rows.search(words)) for name, label, rows in lists]

    def first_rows(self, name, label, rows) -> Found:
        """The first rows of one list, with the number and the address of all."""
        count = rows.count()
        plural = {"theme": "", "body": "bodies"}.get(name, f"{name}s")
        href = address(plural, day=self.day, q=self.request.GET["q"].strip()) if plural else ""
        return Found(name, label, list(rows[:SHOWN]) if count else [], count, href)
