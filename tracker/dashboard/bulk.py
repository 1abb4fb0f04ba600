"""One act on many rows of a list: choose, see the effect, say why, do it, see what was done."""

import uuid
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.actions import bulk
from tracker.dashboard.addresses import address, changed
from tracker.dashboard.base import DashboardView, NotHeld
from tracker.filters import AssessmentFilter, CommitmentFilter, DesignationFilter, StrictFilterSet
from tracker.filters.fields import DayField
from tracker.listings import NOUNS, listing
from tracker.models import Change, Commitment, User
from tracker.models.commitments import split_commitment_key
from tracker.permissions import may

#: Where the last result is kept until it was read.
SESSION = "bulk_result"


def acts_for(noun: type, viewer: User) -> dict[str, str]:
    """The acts that ``viewer`` may do on many rows of ``noun``, with their labels."""
    found = {name: act for name, act in bulk.ACTS.items() if act.noun is noun}
    return {name: act.label for name, act in found.items() if may(viewer, act.act)}


@dataclass(frozen=True)
class Bar:
    """What stands under a list whose rows can be chosen."""

    acts: dict[str, str]
    action: str
    #: How many rows "all that match" are; none when that is too many for one act.
    all_matching: int
    most: int = bulk.MOST


class Selectable:
    """A list whose rows can be chosen for one act, by those who may; only as it stands today."""

    #: Name of the page that the choice is sent to.
    bulk_page: str

    def answer(self, template, results, context):
        return super().answer(template, results, {**context, "bulk": self.bar(results)})

    def bar(self, results) -> Bar | None:
        """The bar under the list, None where nothing can be done."""
        acts = acts_for(NOUNS[self.filterset], self.viewer)
        if not acts or not results.rows or not self.day.is_today:
            return None
        matching = results.total if results.total <= bulk.MOST else 0
        action = changed(address(self.bulk_page), results.data, page=None, page_size=None)
        return Bar(acts, action, matching)


class BulkForm(forms.Form):
    """Why, and the day that some acts ask for."""

    delivered_on = DayField(label=gettext_lazy("Delivered on"))
    until_on = DayField(label=gettext_lazy("Extended until"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands with every change."),
    )

    def __init__(self, act: bulk.BulkAct, data=None):
        super().__init__(data, label_suffix="")
        for name in set(self.fields) - {"reason", *act.details}:
            del self.fields[name]

    @property
    def details(self) -> dict:
        """What the act asks for beside the reason."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class BulkPage(DashboardView):
    """``/commitments/bulk/`` and its like: a choice is posted here, and confirmed here.

    Posting ``step=preview`` shows the effect, ``step=apply`` does it, in one transaction.
    """

    http_method_names = ["get", "head", "options", "post"]
    filterset: type[StrictFilterSet]
    #: Name of the list that the rows come from.
    back: str

    def get(self, request):
        return HttpResponseRedirect(self.list_href)

    @property
    def list_href(self) -> str:
        """The list as it was when the rows were chosen."""
        return changed(address(self.back), self.request.GET)

    def post(self, request):
        name = request.POST.get("act", "")
        if name not in acts_for(NOUNS[self.filterset], self.viewer):
            return self.refuse({"act": [_("This list has no such act for you.")]})
        chosen = self.choose()
        if not chosen.is_valid():
            return self.refuse(chosen.errors)
        rows = list(chosen.qs[: bulk.MOST + 1])
        if not rows:
            messages.warning(request, _("Choose one row or more, then the act."))
            return HttpResponseRedirect(self.list_href)
        step = request.POST.get("step", "")
        form = BulkForm(bulk.ACTS[name], request.POST if step else None)
        if step and form.is_valid():
            return self.work(name, rows, form, step)
        return self.show(name, rows, form, status=400 if step else 200)

    def refuse(self, errors):
        """The request cannot be read."""
        return self.render("dashboard/refused.html", {"errors": errors}, status=400)

    def choose(self) -> StrictFilterSet:
        """The chosen rows: all that match the query of the list, or those ticked."""
        if self.request.POST.get("all"):
            data, narrow = self.request.GET.copy(), None
            data.pop("cols", None)
        else:
            data, narrow = QueryDict(), self.ticked
        return listing(self.filterset, data, viewer=self.viewer, today=self.today, narrow=narrow)

    def ticked(self, queryset):
        """The rows whose keys were sent; keys of nothing are passed over."""
        keys = self.request.POST.getlist("row")[: bulk.MOST + 1]
        if NOUNS[self.filterset] is not Commitment:
            return queryset.filter(key__in=keys)
        wanted = Q(pk__in=[])
        for provision, code in filter(None, map(_pair, keys)):
            wanted |= Q(provision__key=provision, body__code=code)
        return queryset.filter(wanted)

    def work(self, name, rows, form, step):
        """Show the effect, or do it when what was shown still holds."""
        common = {
            "by": self.viewer,
            "on": self.today,
            "reason": form.cleaned_data["reason"],
            "details": form.details,
        }
        try:
            if step != "apply":
                return self.show(name, rows, form, bulk.preview(name, rows, **common))
            expected = self.request.POST.getlist("expected")
            done = bulk.apply(name, rows, expected=expected, **common)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.show(name, rows, form, status=400)
        except bulk.Differs as error:
            form.add_error(None, str(error))
            return self.show(name, rows, form, error.effect, status=409)
        self.keep(name, done)
        return HttpResponseRedirect(address("bulk-result", str(done.batch)))

    def keep(self, name, done):
        """Keep what was done and what was refused until it was read."""
        self.request.session[SESSION] = {
            "batch": str(done.batch),
            "act": name,
            "list": self.list_href,
            "changed": len(done.changed),
            "refused": [[str(row), why] for row, why in done.refused],
        }

    def show(self, name, rows, form, effect=None, *, status=200):
        """The form with the rows chosen, and with the effect once it is known."""
        context = {
            "act": name,
            "label": bulk.ACTS[name].label,
            "rows": rows,
            "form": form,
            "effect": effect,
            "all": self.request.POST.get("all", ""),
            "list_href": self.list_href,
            "action": self.request.get_full_path(),
        }
        return self.render("dashboard/bulk/page.html", context, status=status)


def _pair(key):
    try:
        return split_commitment_key(key)
    except ValueError:
        return None


class CommitmentBulk(BulkPage):
    """``/commitments/bulk/``."""

    filterset, back = CommitmentFilter, "commitments"


class AssessmentBulk(BulkPage):
    """``/assessments/bulk/``."""

    filterset, back = AssessmentFilter, "assessments"


class DesignationBulk(BulkPage):
    """``/designations/bulk/``."""

    filterset, back = DesignationFilter, "designations"


class BulkResult(DashboardView):
    """``/bulk/<batch>/``: what was done, and what was refused and why."""

    def get(self, request, batch: uuid.UUID):
        kept = request.session.get(SESSION, {})
        mine = kept if kept.get("batch") == str(batch) else {}
        changes = Change.objects.visible_to(self.viewer).filter(batch=batch, by=self.viewer)
        number = changes.count()
        if not mine and not number:
            raise NotHeld(_("No bulk change of yours is held here."))
        context = {
            "number": number,
            "batch": str(batch),
            "refused": mine.get("refused", []),
            "label": bulk.ACTS[mine["act"]].label if mine else _("Bulk change"),
            "list_href": mine.get("list", ""),
        }
        return self.render("dashboard/bulk/result.html", context)
