"""A page that acts: GET shows its forms, POST does one act and leads on, nothing typed is lost."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from tracker.actions import Conflict
from tracker.dashboard.base import DashboardView, NotHeld
from tracker.dashboard.work.forms import WorkForm
from tracker.models import Commitment
from tracker.models.commitments import split_commitment_key


@dataclass(frozen=True)
class Act:
    """One button: the form it sends, the method that acts, and what is said afterwards."""

    form: type[WorkForm]
    method: str
    done: str


@dataclass(frozen=True)
class Difference:
    """One field of which two people wrote different things."""

    label: str
    theirs: str
    yours: str


class FormPage(DashboardView):
    """Subclasses give ``template``, ``acts``, ``find`` and ``context``.

    ``find`` sets ``self.row`` to what is worked on, or raises ``NotHeld``. A method of ``acts``
    takes the valid form, writes through the actions and returns the address to go to.
    """

    http_method_names = ["get", "head", "options", "post"]
    template: str
    #: The name of the pressed button → what it does.
    acts: dict[str, Act] = {}

    def get(self, request, key):
        self.find(key)
        return self.show()

    def post(self, request, key):
        self.find(key)
        name = request.POST.get("act", "")
        if name not in self.acts:
            errors = {"act": [_("This page has no such button.")]}
            return self.render("dashboard/refused.html", {"errors": errors}, status=400)
        act = self.acts[name]
        form = act.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=400)
        try:
            target = getattr(self, act.method)(form)
        except ValidationError as error:
            form.take_errors(error)
            self.find(key)
            return self.show(form, status=400)
        except Conflict:
            return self.show_both(form, key)
        messages.success(request, act.done)
        return HttpResponseRedirect(target)

    def show(self, form: WorkForm | None = None, *, status=200, **more):
        """The page; ``form`` is the one that could not be taken, with what was typed."""
        return self.render(
            self.template, {"refused": form, **self.context(form), **more}, status=status
        )

    def show_both(self, form, key):
        """The page as it stands now, with both texts; saving again takes the current version."""
        self.find(key)
        data = form.data.copy()
        data["version"] = self.row.version
        again = type(form)(data)
        again.is_valid()
        return self.show(again, status=409, conflict=self.differences(again))

    def differences(self, form) -> list[Difference]:
        """Field by field what stands now and what was typed, where they differ."""
        pairs = {
            name: (str(getattr(self.row, name)), str(form.data.get(name, "")))
            for name in form.fields_of
        }
        return [
            Difference(form.fields[name].label, *(_words(form.fields[name], text) for text in both))
            for name, both in pairs.items()
            if both[0] != both[1]
        ]


def _words(field, value: str) -> str:
    """A value as a reader knows it: the label of a choice, or the text itself."""
    return str(dict(getattr(field, "choices", ())).get(value, value))


def find_commitment(key: str, *, viewer) -> Commitment:
    """The commitment at ``key``; raises ``NotHeld`` also for one that is not open to ``viewer``."""
    try:
        provision, code = split_commitment_key(key)
    except ValueError as error:
        raise NotHeld(str(error)) from error
    found = (
        Commitment.objects.visible_to(viewer)
        .filter(provision__key=provision, body__code=code)
        .select_related("provision__resolution", "provision__parent", "body")
        .first()
    )
    if found is None:
        raise NotHeld(_("No commitment is held as “%(key)s” on that day.") % {"key": key})
    return found
