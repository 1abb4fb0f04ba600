"""The command box: from a few letters to the places that begin with them.

Without script the search of the header does the same, with one page more.
"""

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker import symbols
from tracker.dashboard.addresses import address
from tracker.dashboard.base import DashboardView
from tracker.dashboard.found import address_of_hit
from tracker.dashboard.navigation import at_hand, groups
from tracker.dashboard.search import WordsForm
from tracker.models import Provision, Resolution, SavedView
from tracker.search.find import find
from tracker.search.hits import hits_of
from tracker.search.text import terms_of, words_of
from tracker.vocabulary import SearchGroup

#: How many places of one kind are offered.
OFFERED = 10
NAMED = (SearchGroup.RESOLUTION, SearchGroup.BODY, SearchGroup.NETWORK)


class Go(DashboardView):
    """``/search/go/?q=2322 13``: the places that the command box offers, as JSON."""

    def get(self, request):
        form = WordsForm(request.GET)
        errors = {} if form.is_valid() else form.errors
        for name in {"page", "page_size", "format"} & set(request.GET):
            errors[name] = [_("There is no such parameter here.")]
        if errors:
            return JsonResponse({"errors": errors}, status=400)
        self.on = form.cleaned_data["on"] or self.today
        words = form.cleaned_data["q"]
        places = self.places(words)
        return JsonResponse({"places": places, "status": self.status(words, places)})

    def places(self, words: str) -> list[dict]:
        """Screens, then what a symbol names or, where it is none, what has such a name."""
        if not words:
            return []
        return [*self.screens(words), *(self.of_symbol(words) or self.of_name(words))]

    def screens(self, words: str) -> list[dict]:
        """The pages of the navigation whose label holds all the words."""
        terms, links = terms_of(words), at_hand(self.viewer, "", self.day)
        for _title, more in groups(self.viewer, "", self.day):
            links += more
        return [
            self.place(link.label, _("Screen"), link.href)
            for link in links
            if terms and _holds(link.label, terms)
        ][:OFFERED]

    def of_symbol(self, words: str) -> list[dict]:
        """The resolutions and paragraphs that a symbol begins to name; two queries."""
        reference = symbols.parse_reference(words)
        if not reference:
            return []
        resolutions = Resolution.objects.visible_to(self.viewer).as_of(self.on)
        paragraphs = Provision.objects.visible_to(self.viewer).as_of(self.on).in_order()
        own, under = {"number": reference.number}, {"resolution__number": reference.number}
        if reference.year:
            own["year"] = under["resolution__year"] = reference.year
        if reference.provision:
            under["number__startswith"] = reference.provision
        found = [] if reference.provision else list(resolutions.filter(**own)[:OFFERED])
        below = paragraphs.filter(**under).select_related("resolution")[:OFFERED]
        return [
            *(self.place(r.symbol, r.short_title, self.to("resolution", r)) for r in found),
            *(self.place(_named(p), p.summary, self.to("provision", p)) for p in below),
        ]

    def of_name(self, words: str) -> list[dict]:
        """Resolutions, bodies, networks and saved views with such a name; four queries."""
        entries = find(words, viewer=self.viewer, on=self.on, groups=NAMED, titles=True)
        hits = hits_of(entries[:OFFERED], words, viewer=self.viewer)
        # A code names one body, whatever else begins with it.
        hits.sort(key=lambda hit: hit.row.public_key.casefold() != words.casefold())
        named = [self.place(hit.name, _detail(hit), address_of_hit(hit, self.day)) for hit in hits]
        return [*named, *self.saved(words)]

    def saved(self, words: str) -> list[dict]:
        """Saved views of the reader and of the team, with ``words`` in their names."""
        views = SavedView.objects.visible_to(self.viewer).filter(name__icontains=words)
        return [
            self.place(
                view.name, _("Saved view"), address(view.list_name, view=view.slug, day=self.day)
            )
            for view in views[:OFFERED]
        ]

    def to(self, name, row) -> str:
        """The page of a record, on the day shown."""
        return address(name, row.key, day=self.day)

    def place(self, label, detail, href) -> dict:
        """One place as it is offered."""
        return {"label": str(label), "detail": str(detail), "href": href}

    def status(self, words, places) -> str:
        """What is said of the places, for those who do not see them."""
        if not words:
            return ""
        if not places:
            return _("No place has this name; Enter searches all texts.")
        number = len(places)
        return ngettext("%(number)d place", "%(number)d places", number) % {"number": number}


def _holds(label, terms) -> bool:
    words = [word.text for word in words_of(label)]
    # While somebody types, one letter is a beginning, too.
    return all(any(word.startswith(term.text) for word in words) for term in terms)


def _named(provision) -> str:
    part = "" if provision.component == symbols.MAIN else f" {provision.component}"
    return f"{provision.resolution.symbol}{part} ¶{provision.number}"


def _detail(hit) -> str:
    """What kind of place it is, and by which other name it was found."""
    kind = SearchGroup(hit.group).label
    if hit.group != SearchGroup.RESOLUTION:
        kind = hit.row.get_kind_display()
    also = "".join(piece.text for piece in hit.text if any(each.hit for each in hit.text))
    return f"{kind} · {also}" if also and also not in hit.name else str(kind)
