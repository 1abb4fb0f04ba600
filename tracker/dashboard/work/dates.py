"""The dates of a commitment: all of them, what was delivered, and what is put off and why."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import actions
from tracker.actions import Refused
from tracker.dashboard.addresses import address
from tracker.dashboard.base import DashboardView, DayForm, NotHeld
from tracker.dashboard.changes import entry
from tracker.dashboard.work.base import Act, FormPage, find_commitment
from tracker.dashboard.work.forms import WorkForm
from tracker.filters.fields import DayField
from tracker.models import Change
from tracker.permissions import may_set_timing
from tracker.reports.dates import DateRow, dates_of, with_records
from tracker.reports.histories import Record, changes_of
from tracker.vocabulary import CommitmentRole

#: How many entries of the record are shown; the history has them all.
RECENT = 20


class DateForm(WorkForm):
    """Which date it is about; ``dates`` are those that can be chosen."""

    date = forms.ChoiceField(label=gettext_lazy("Which date"))

    def __init__(self, *args, dates: list[DateRow], **kwargs):
        super().__init__(*args, **kwargs)
        self.dates = {row.key: row for row in dates}
        self.fields["date"].choices = [(row.key, in_words(row)) for row in dates]

    @property
    def row(self) -> DateRow:
        """The date chosen."""
        return self.dates[self.cleaned_data["date"]]


class DeliveryForm(DateForm):
    """When what was due was delivered, and how that is known."""

    kept = "delivery"

    delivered_on = DayField(label=gettext_lazy("Delivered on"))
    source = forms.CharField(
        label=gettext_lazy("How it is known"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Such as the symbol of the report, or the letter it came with."),
    )


class ExtensionForm(DateForm):
    """Until when a date is put off, and why."""

    kept = "extension"

    until_on = DayField(label=gettext_lazy("Put off until"))
    why = forms.CharField(
        label=gettext_lazy("Reason for the extension"), widget=forms.Textarea(attrs={"rows": 3})
    )
    source = forms.CharField(
        label=gettext_lazy("Source"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class TakeBackForm(WorkForm):
    """What was recorded in error, and what was wrong with it."""

    which = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("What was wrong with it"), required=False)


def in_words(row: DateRow) -> str:
    """A date for a list to choose from."""
    what = row.deadline.label
    if row.in_series:
        what = _("%(what)s, no. %(number)d") % {"what": what, "number": row.number}
    return _("%(what)s: due %(date)s") % {"what": what, "date": row.until_on.isoformat()}


class DatesPage(FormPage):
    """``/commitments/…/dates/``: every date of the body, on any day; with the record of each."""

    template = "dashboard/work/dates.html"
    day = DashboardView.day
    acts = {"take-back": Act(TakeBackForm, "take_back", gettext_lazy("It is taken back."))}

    def get(self, request, key):
        form = DayForm(QueryDict(request.GET.urlencode()))
        if not form.is_valid():
            return self.render("dashboard/refused.html", {"errors": form.errors}, status=400)
        self.on = form.cleaned_data["on"] or self.today
        return super().get(request, key=key)

    def find(self, key):
        self.commitment = find_commitment(key, viewer=self.viewer)
        self.dates = with_records(
            dates_of(self.commitment, on=self.on), self.commitment, on=self.on
        )
        self.may_set = self.day.is_today and may_set_timing(self.viewer, self.commitment)

    def context(self, refused):
        return {
            "commitment": self.commitment,
            "dates": self.dates,
            "may_set": self.may_set and any(row.is_open for row in self.dates),
            "may_take_back": self.may_set,
            "record": recorded(self.commitment, viewer=self.viewer),
            "take_back": refused,
        }

    def take_back(self, form):
        """Delete a delivery or an extension of this commitment that was recorded in error."""
        row = next(
            (each for each in self.held() if each.public_key == form.cleaned_data["which"]), None
        )
        if row is None:
            raise NotHeld(_("Nothing of that name is recorded here."))
        actions.take_back(row, by=self.viewer, reason=form.cleaned_data["reason"])
        return self.request.path

    def held(self):
        """What is recorded of the dates."""
        for each in self.dates:
            yield from each.extensions
            if each.delivery:
                yield each.delivery


class DatePage(FormPage):
    """One date is chosen and something recorded of it; ``?date=`` chooses it beforehand."""

    template = "dashboard/work/date_form.html"
    form: type[DateForm]
    heading: str

    def find(self, key):
        self.commitment = find_commitment(key, viewer=self.viewer)
        if not may_set_timing(self.viewer, self.commitment):
            raise Refused
        if self.commitment.role != CommitmentRole.ADDRESSEE:
            raise NotHeld(_("Nothing is due from a body that is named in support."))
        self.dates = [row for row in dates_of(self.commitment, on=self.today) if row.is_open]

    def make(self, form, *data, **options):
        return form(*data, **options, dates=self.dates)

    def values(self, form):
        return {"date": self.request.GET.get("date", "")}

    def context(self, refused):
        return {
            "commitment": self.commitment,
            "form": self.opened(self.form, refused) if self.dates else None,
            "heading": self.heading,
            "act": next(iter(self.acts)),
            "record": recorded(self.commitment, viewer=self.viewer),
        }


class DeliveryPage(DatePage):
    """``/commitments/…/deliver/``: what was due was delivered; late or not follows from the day."""

    form = DeliveryForm
    heading = gettext_lazy("Record a delivery")
    acts = {"deliver": Act(DeliveryForm, "deliver", gettext_lazy("The delivery is recorded."))}

    def deliver(self, form):
        """Record it."""
        actions.record_delivery(
            self.commitment,
            form.row.deadline,
            by=self.viewer,
            number=form.row.number,
            delivered_on=form.cleaned_data["delivered_on"],
            source=form.cleaned_data["source"],
        )
        return address("dates", self.commitment.public_key)


class ExtensionPage(DatePage):
    """``/commitments/…/extend/``: a later date for one body, with the reason."""

    form = ExtensionForm
    heading = gettext_lazy("Extend a date")
    acts = {"extend": Act(ExtensionForm, "extend", gettext_lazy("The date is extended."))}

    def extend(self, form):
        """Grant it as of today."""
        actions.extend(
            self.commitment,
            form.row.deadline,
            by=self.viewer,
            on=self.today,
            number=form.row.number,
            until_on=form.cleaned_data["until_on"],
            why=form.cleaned_data["why"],
            source=form.cleaned_data["source"],
        )
        return address("dates", self.commitment.public_key)


def recorded(commitment, *, viewer) -> list:
    """Who recorded what of its dates, when and why, the latest first."""
    record = Record("commitment", commitment.public_key, (commitment.pk,))
    changes = changes_of(record, Change.objects.visible_to(viewer))
    dated = changes.filter(noun__in=("delivery", "extension")).select_related("by")
    return [entry(change) for change in dated.order_by("-sequence")[:RECENT]]
