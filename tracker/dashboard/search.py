"""From a symbol to its page, from words to the records that hold them, marked."""

from dataclasses import dataclass

from django import forms
from django.http import HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from tracker import symbols
from tracker.dashboard.addresses import address, changed
from tracker.dashboard.base import DashboardView
from tracker.dashboard.limited import Limited
from tracker.filters.fields import DayField
from tracker.filters.strict import StrictForm
from tracker.models import Provision, Resolution
from tracker.search.find import find, overview
from tracker.search.hits import Hit, hits_of
from tracker.vocabulary import SearchGroup

#: Hits of a group on the page of all groups, and on a page of its own.
SHOWN, ROWS, MOST_ROWS = 5, 20, 200
LONGEST = 200


class WordsForm(StrictForm):
    """The words, and the day."""

    q = forms.CharField(required=False, max_length=LONGEST, strip=True)
    on = DayField(required=False)


class SearchForm(WordsForm):
    """Also which group of hits, and which page of it."""

    noun = forms.ChoiceField(required=False, choices=SearchGroup.choices)
    page = forms.IntegerField(required=False, min_value=1, max_value=10**6)
    page_size = forms.IntegerField(required=False, min_value=1, max_value=MOST_ROWS)

    def clean(self):
        cleaned = super().clean()
        if "format" in self.data:
            self.errors["format"] = self.error_class([_("This list has one format only: a page.")])
        for name in ("page", "page_size"):
            if cleaned.get(name) and not cleaned.get("noun"):
                self.add_error(name, _("Pages are those of one kind; give its “noun”, too."))
        return cleaned


@dataclass(frozen=True)
class Section:
    """One group of hits: how many there are, the first of them, and where they all are."""

    name: str
    label: str
    count: int
    hits: list[Hit]
    href: str


@dataclass(frozen=True)
class HitPage:
    """One page of the hits of one group."""

    total: int
    number: int
    size: int
    hits: list[Hit]
    path: str
    data: QueryDict

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The place of the first hit shown, counted from one."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The place of the last hit shown."""
        return self.first + len(self.hits) - 1

    @property
    def previous_href(self) -> str:
        """The page before this one, empty on the first."""
        if self.number < 2:
            return ""
        page = None if self.number == 2 else self.number - 1
        return changed(self.path, self.data, page=page)

    @property
    def next_href(self) -> str:
        """The page after this one, empty on the last."""
        there = self.number < self.pages
        return changed(self.path, self.data, page=self.number + 1) if there else ""


class Search(Limited, DashboardView):
    """``/search/?q=2322 13e`` goes to the page, ``/search/?q=extradition`` lists what is found."""

    limit = "search"
    limited_methods = ("GET",)

    def get(self, request):
        form = SearchForm(request.GET)
        if not form.is_valid():
            return self.refuse(form.errors)
        asked = form.cleaned_data
        self.on, words = asked["on"] or self.today, asked["q"]
        target = "" if asked["noun"] else self.target(words)
        if target:
            return HttpResponseRedirect(target)
        if asked["noun"]:
            return self.one_group(form)
        found = self.sections(words) if words else []
        return self.render("dashboard/search/all.html", {"words": words, "found": found})

    def refuse(self, errors):
        """The page that says which parameter to mend."""
        return self.render("dashboard/refused.html", {"errors": errors}, status=400)

    def target(self, words: str) -> str:
        """The page that a symbol names, if it names exactly one."""
        reference = symbols.parse_reference(words)
        if not reference:
            return ""
        name, noun = ("provision", Provision) if reference.provision else ("resolution", Resolution)
        rows = noun.objects.visible_to(self.viewer).as_of(self.on).search(words)
        keys = list(rows.values_list("key", flat=True)[:2])
        return address(name, keys[0], day=self.day) if len(keys) == 1 else ""

    def sections(self, words: str) -> list[Section]:
        """The groups that hold the words, each with its first hits."""
        groups = overview(find(words, viewer=self.viewer, on=self.on), first=SHOWN)
        entries = [entry for each in groups for entry in each.entries]
        hits = hits_of(entries, words, viewer=self.viewer)
        return [
            Section(
                each.group,
                SearchGroup(each.group).label,
                each.count,
                [hit for hit in hits if hit.group == each.group],
                address("search", q=words, noun=each.group, day=self.day),
            )
            for each in groups
        ]

    def one_group(self, form):
        """The hits of one group, page by page."""
        asked = form.cleaned_data
        words, number, size = asked["q"], asked["page"] or 1, asked["page_size"] or ROWS
        entries = find(words, viewer=self.viewer, on=self.on, groups=[asked["noun"]])
        total = entries.count()
        start = (number - 1) * size
        if start and start >= total:
            form.add_error("page", _("There is no such page."))
            return self.refuse(form.errors)
        hits = hits_of(entries[start : start + size], words, viewer=self.viewer)
        return self.render(
            "dashboard/search/group.html",
            {
                "words": words,
                "label": SearchGroup(asked["noun"]).label,
                "results": HitPage(total, number, size, hits, self.request.path, self.request.GET),
                "all_href": address("search", q=words, day=self.day),
            },
        )
