"""A page that acts: GET shows its forms, POST does one act and leads on, nothing typed is lost."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from tracker import actions
from tracker.actions import Conflict, Refused
from tracker.dashboard.base import DashboardView, NotHeld
from tracker.dashboard.work.conflicts import choose, differences
from tracker.dashboard.work.forms import WorkForm, initial
from tracker.dashboard.work.typed import PLAIN, KeepsTyped, labelled
from tracker.models import Commitment
from tracker.models.commitments import split_commitment_key


@dataclass(frozen=True)
class Act:
    """One button: the form it sends, the method that acts, and what is said afterwards."""

    form: type[WorkForm]
    method: str
    done: str


class FormPage(KeepsTyped, DashboardView):
    """Subclasses give ``template``, ``acts``, ``find`` and ``context``.

    ``find`` sets ``self.row`` to what is worked on, or raises ``NotHeld``. A method of ``acts``
    takes the valid form, writes through the actions and returns the address to go to.
    """

    http_method_names = ["get", "head", "options", "post"]
    template: str
    #: The name of the pressed button → what it does.
    acts: dict[str, Act] = {}
    #: The act of a form that was sent without a button.
    unnamed = ""
    #: Whether the form came with an old token: then it is shown again, and nothing is written.
    stale = False

    @property
    def day(self):
        """None: what is worked on has no other day than today."""
        return None

    def get(self, request, **key):
        self.find(**key)
        return self.show()

    def post(self, request, **key):
        try:
            return self.take(request, key)
        except (NotHeld, Refused) as error:
            return self.show_gone(error)

    def take(self, request, key):
        """Do what was pressed."""
        self.find(**key)
        if request.POST.get("act") in ("keep", "drop") or "choose" in request.POST:
            return self.answer_typing(key)
        name = request.POST.get("act", self.unnamed)
        if name not in self.acts:
            return self.refuse_button()
        act = self.acts[name]
        form = self.bound(act.form)
        if self.stale:
            return self.show_stale(form)
        if not form.is_valid():
            return self.show_refused(form)
        try:
            target = getattr(self, act.method)(form)
        except ValidationError as error:
            self.take_errors(form, error)
            self.find(**key)
            return self.show_refused(form)
        except Conflict:
            return self.show_both(form, key)
        self.drop_saved(form)
        messages.success(request, act.done)
        return HttpResponseRedirect(target)

    def answer_typing(self, key):
        """What is no act: text to keep, text to discard, or a choice between two texts."""
        form = self.kept_forms().get(self.request.POST.get("form", ""))
        if self.request.POST.get("act") == "keep":
            if self.stale:
                return HttpResponse(_("Press the button; the text is shown again."), PLAIN, 403)
            return self.keep(form)
        if form is None or ("choose" in self.request.POST and not self.values(form)):
            return self.refuse_button()
        if "choose" in self.request.POST:
            return self.show_both(self.bound(form), key, status=200)
        if not self.stale:
            actions.drop_unsaved(self.place_of(form), by=self.viewer)
            messages.success(self.request, _("What was typed and not saved is discarded."))
        return HttpResponseRedirect(self.request.path)

    def refuse_button(self):
        """400: no such button here."""
        errors = {"act": [_("This page has no such button.")]}
        return self.render("dashboard/refused.html", {"errors": errors}, status=400)

    def kept_forms(self):
        """The forms of the acts."""
        return {act.form.kept: act.form for act in self.acts.values() if act.form.kept}

    def make(self, form: type[WorkForm], *data, **options) -> WorkForm:
        """A form of this page; a subclass adds what it needs to know."""
        return form(*data, **options)

    def bound(self, form: type[WorkForm]) -> WorkForm:
        """The form with what was sent."""
        made = self.make(form, self.request.POST, self.request.FILES)
        made.kept_at = self.request.POST.get("kept_at", "")
        return made

    def opened(self, form: type[WorkForm], refused: WorkForm | None = None) -> WorkForm:
        """The refused form if it is this one; else as the row stands, or as it was being typed."""
        return refused if type(refused) is form else self.fill(form, self.values(form))

    def values(self, form: type[WorkForm]) -> dict:
        """What the row says, by the fields of ``form``; nothing for a new one."""
        return initial(self.row, form) if getattr(self, "row", None) else {}

    def take_errors(self, form, error):
        """Put the errors of an action under their fields."""
        form.take_errors(error)

    def show(self, form: WorkForm | None = None, *, status=200, **more):
        """The page; ``form`` is the one that could not be taken, with what was typed."""
        context = {"refused": form, "stranded": self.stranded(), **self.context(form), **more}
        return self.render(self.template, context, status=status)

    def show_refused(self, form):
        """The page with what stands in the way, and what was typed."""
        self.keep_refused(form)
        return self.show(form, status=400)

    def show_gone(self, error):
        """The refusal with what was typed, so that it can be copied from there."""
        form = self.kept_forms().get(self.request.POST.get("form", ""))
        texts = labelled(form, self.request.POST) if form else []
        if not texts or self.request.POST.get("act") in ("keep", "drop"):
            raise error
        status = 404 if isinstance(error, NotHeld) else 403
        return self.render("dashboard/work/gone.html", {"texts": texts}, status=status)

    def show_stale(self, form):
        """The page with a new token and what was typed; nothing was written."""
        form.is_valid()
        return self.show(form, status=403, stale=True)

    def show_both(self, form, key, *, status=409):
        """The page as it stands now, with both texts; saving again takes the current version."""
        self.find(**key)
        standing = self.values(type(form))
        data = choose(form.data.copy(), self.request.POST.get("choose", ""), standing)
        data.setdefault("mine-version", data.get("version", ""))
        data["version"] = self.row.version
        again = self.make(type(form), data)
        again.kept_at = form.kept_at
        again.is_valid()
        self.keep_refused(again)
        return self.show(again, status=status, conflict=differences(again, standing))


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
