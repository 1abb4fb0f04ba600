"""What changed: the list, the history of one record, and one change that may be taken back."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker import actions
from tracker.actions.undo import may_undo, why_not
from tracker.dashboard.addresses import address
from tracker.dashboard.base import DashboardView, NotHeld
from tracker.dashboard.columns import Column
from tracker.dashboard.lists import ListView
from tracker.filters import ChangeFilter
from tracker.models import Change
from tracker.reports.differences import differences, noun_name
from tracker.reports.histories import changes_of, find_record
from tracker.vocabulary import Verb

#: Kinds of record whose page goes by another name than theirs.
PAGES = {"evidence": "evidence-page"}


@dataclass(frozen=True)
class Entry:
    """One change with what it did, and where its record is shown."""

    change: Change
    noun: str
    differences: list
    record_href: str = ""


def entry(change: Change) -> Entry:
    """The change ready to show; costs no query."""
    href = "" if change.verb == Verb.DELETED else page_of(change.noun, change.object_key)
    return Entry(change, noun_name(change.noun), differences(change), href)


def page_of(noun: str, key: str) -> str:
    """The page of a record, empty for kinds that have none."""
    try:
        return address(PAGES.get(noun, noun), key)
    except NoReverseMatch:
        return ""


class ChangeList(ListView):
    """``/changes/``."""

    whole = family = "changes"
    filterset = ChangeFilter
    columns = (
        Column("number", gettext_lazy("Number"), sort="number", names_row=True),
        Column("record", gettext_lazy("Record"), sort="record"),
        Column("what", gettext_lazy("What")),
        Column("who", gettext_lazy("By")),
        Column("why", gettext_lazy("Reason")),
    )
    panel = (
        "q",
        "noun",
        "record",
        "verb",
        "by",
        "door",
        "undone",
        "batch",
        "at_after",
        "at_before",
    )

    def count_words(self, number):
        return ngettext("%(n)s change", "%(n)s changes", number)

    def results(self):
        results = super().results()
        results.rows = [entry(change) for change in results.rows]
        return results

    def render(self, template, context, *, status=200):
        # The record is the same on any day, so the page offers none.
        return super().render(template, {**context, "day": None}, status=status)


class History(ChangeList):
    """``/history/provision/S/RES/2322(2016)/13(e)/``: one record, with what is part of it."""

    panel = tuple(name for name in ChangeList.panel if name != "record")
    whole = ""

    def get(self, request, noun, key):
        self.record = find_record(
            noun, key, changes=Change.objects.visible_to(self.viewer), viewer=self.viewer
        )
        if self.record is None:
            raise NotHeld(_("No history is held of “%(key)s”.") % {"key": key})
        return super().get(request)

    def answer(self, template, results, context):
        return super().answer("history" if template == "list" else template, results, context)

    def narrow(self, queryset):
        return changes_of(self.record, queryset)

    def context(self):
        noun, key = self.record.noun, self.record.key
        return {"record": self.record, "noun": noun_name(noun), "record_href": page_of(noun, key)}


class UndoForm(forms.Form):
    """Why a change is taken back, and whether with all others of its bulk change."""

    reason = forms.CharField(max_length=1000, strip=True, required=False)
    whole = forms.BooleanField(required=False)


class ChangePage(DashboardView):
    """``/changes/1234/``: what it did, field by field; POST takes it back."""

    http_method_names = ["get", "head", "options", "post"]

    def get(self, request, sequence):
        return self.show(self.find(sequence))

    def find(self, sequence) -> Change:
        """The change with that number, if it is open to this person."""
        shown = Change.objects.visible_to(self.viewer).select_related("by")
        # More digits than a number in the database has are no number of a change.
        found = shown.filter(sequence=sequence).first() if sequence < 2**63 else None
        if found is None:
            raise NotHeld(_("No change is recorded under number %(n)d.") % {"n": sequence})
        return found

    def show(self, change, *, problems=(), typed="", status=200):
        """The page, with what stood in the way of taking it back."""
        rows = Change.objects.visible_to(self.viewer)
        may = may_undo(self.viewer, change)
        context = {
            "day": None,
            "entry": entry(change),
            "together": rows.filter(batch=change.batch).count() if change.batch else 0,
            "taken_back_by": rows.filter(undoes=change.sequence).first(),
            "may_undo": may,
            "why_not": why_not(change) if may else "",
            "problems": problems,
            "typed": typed,
        }
        return self.render("dashboard/changes/detail.html", context, status=status)

    def post(self, request, sequence):
        change = self.find(sequence)
        form = UndoForm(request.POST)
        typed = request.POST.get("reason", "")
        if not form.is_valid():
            return self.show(change, problems=_messages(form.errors), typed=typed, status=400)
        try:
            done = self.undo(change, **form.cleaned_data)
        except ValidationError as error:
            return self.show(change, problems=error.messages, typed=typed, status=400)
        except (actions.Held, actions.Conflict) as error:
            return self.show(change, problems=[str(error)], typed=typed, status=409)
        messages.success(request, self.said(done))
        return HttpResponseRedirect(address("change", done[0].sequence))

    def undo(self, change, *, reason, whole) -> list[Change]:
        """Take back the change, or its whole bulk change."""
        if whole and change.batch:
            return actions.undo_batch(change.batch, by=self.viewer, reason=reason)
        return [actions.undo(change, by=self.viewer, reason=reason)]

    def said(self, done) -> str:
        """What happened, in a sentence."""
        sentence = ngettext(
            "The change was taken back.", "All %(n)d changes were taken back.", len(done)
        )
        return sentence % {"n": len(done)}


def _messages(errors) -> list[str]:
    return [message for each in errors.values() for message in each]
