"""A list of symbols or codes pasted into a filter: read, what is wrong named, the rest kept."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import actions
from tracker.dashboard.addresses import address, changed
from tracker.dashboard.base import DashboardView, NotHeld
from tracker.dashboard.work.forms import WorkForm
from tracker.filters.fields import KEPT, Keys
from tracker.filters.finders import Finder
from tracker.filters.opposites import NOT
from tracker.filters.pasting import LONGEST, MOST, Pasted, read_pasted
from tracker.listings import LISTS

#: As long as an address may be before its keys are kept under a short name.
LONGEST_ADDRESS = 1800


class PasteForm(WorkForm):
    """The text, as it was copied from somewhere."""

    text = forms.CharField(
        label=gettext_lazy("Symbols, codes or names"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "dir": "auto"}),
        help_text=gettext_lazy(
            "On lines of their own, or with commas, semicolons, tabs or spaces between."
        ),
    )


class PastePage(DashboardView):
    """``/paste/commitments/provision/?…``: fill one filter of a list, and go back to it."""

    http_method_names = ["get", "head", "options", "post"]

    def get(self, request, page, name):
        return self.show(page, name, PasteForm(label_suffix=""))

    def post(self, request, page, name):
        finder = self.finder(page, name)
        form = PasteForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self.show(page, name, form, status=400)
        pasted = read_pasted(form.cleaned_data["text"], finder)
        if len(pasted.keys) > MOST:
            form.add_error("text", _("Paste %(most)d at most.") % {"most": MOST})
            return self.show(page, name, form, status=400)
        if pasted.wrong or not pasted.keys:
            again = PasteForm(initial=form.cleaned_data, label_suffix="")
            return self.show(page, name, again, pasted)
        messages.success(request, _("%(n)d understood.") % {"n": len(pasted.keys)})
        return HttpResponseRedirect(self.list_href(page, name, pasted.keys))

    def finder(self, page, name) -> Finder:
        """How the filter reads keys; there is no such page where it takes none."""
        filterset = LISTS.get(page)
        item = filterset.base_filters.get(name.removeprefix(NOT)) if filterset else None
        finder = item.extra["find"] if isinstance(item, Keys) else None
        if name not in (filterset.base_filters if filterset else ()) or not isinstance(
            finder, Finder
        ):
            raise NotHeld(_("This list has no filter that takes a list of keys."))
        return finder

    def list_href(self, page, name, keys) -> str:
        """The list with the keys in its filter; a long set stands there under a short name."""
        rest = self.request.GET.copy()
        rest.setlist(name, keys)
        rest.pop("page", None)
        found = changed(address(page), rest)
        if len(found) > LONGEST_ADDRESS:
            kept = actions.keep_keys(keys, by=self.viewer)
            rest.setlist(name, [f"{KEPT}{kept.slug}"])
            found = changed(address(page), rest)
        return found

    def show(self, page, name, form, pasted: Pasted | None = None, *, status=200):
        """The page: the box to paste into and, once read, what was not understood."""
        self.finder(page, name)
        understood = bool(pasted and pasted.keys)
        context = {
            "form": form,
            "refused": form if form.is_bound else None,
            "pasted": pasted,
            "label": LISTS[page].base_filters[name].label,
            "page": page,
            "back": changed(address(page), self.request.GET),
            "go_on": self.list_href(page, name, pasted.keys) if understood else "",
        }
        return self.render("dashboard/views/paste.html", context, status=status)

    @property
    def day(self):
        """None: keys are the same on any day."""
        return None
