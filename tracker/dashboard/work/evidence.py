"""Adding evidence, with its file, and changing what is said of it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import actions
from tracker.actions import Conflict, Held, Refused, SameFile
from tracker.dashboard.addresses import address
from tracker.dashboard.base import DashboardView
from tracker.dashboard.evidence import find_evidence
from tracker.dashboard.work.base import Difference
from tracker.dashboard.work.forms import WorkForm
from tracker.files import ACCEPTED
from tracker.filters.fields import DayField
from tracker.models import Body, Evidence, User
from tracker.permissions import may, may_add_evidence
from tracker.rights import Act, Reach, reach
from tracker.vocabulary import Classification, EvidenceKind, Independence, Language

#: What the desk chooses for evidence that concerns everybody.
NO_BODY = gettext_lazy("No body in particular")


def text(label, *, rows=0, **options):
    """A field for words, of several lines where ``rows`` says so."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, widget=widget, **options)


def choice(label, choices, **options):
    """A field with named choices, none of them chosen beforehand unless one is ``initial``."""
    empty = [] if "initial" in options else [("", gettext_lazy("Choose …"))]
    return forms.ChoiceField(label=label, choices=[*empty, *choices], **options)


class EvidenceForm(WorkForm):
    """What is said of a piece of evidence."""

    fields_of = (
        "title",
        "body",
        "kind",
        "independence",
        "event_on",
        "published_on",
        "retrieved_on",
        "valid_until",
        "language",
        "url",
        "note",
        "source",
        "classification",
    )

    title = text(gettext_lazy("Title"), max_length=300)
    body = forms.ChoiceField(label=gettext_lazy("Body concerned"), required=False)
    kind = choice(gettext_lazy("Kind"), EvidenceKind.choices)
    independence = choice(gettext_lazy("Where it comes from"), Independence.choices)
    event_on = DayField(label=gettext_lazy("Date of the event"), required=False)
    published_on = DayField(label=gettext_lazy("Published on"), required=False)
    retrieved_on = DayField(label=gettext_lazy("Retrieved on"), required=False)
    valid_until = DayField(label=gettext_lazy("Valid until"), required=False)
    language = choice(gettext_lazy("Language"), Language.choices, required=False)
    url = text(
        gettext_lazy("Address"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Begins with https://; give it besides a file or instead of one."),
    )
    note = text(gettext_lazy("Note"), rows=3, required=False)
    source = text(
        gettext_lazy("Source"),
        rows=2,
        required=False,
        help_text=gettext_lazy("Where these facts come from: a document symbol or a citation."),
    )
    classification = choice(
        gettext_lazy("Classification"), Classification.choices, initial=Classification.INTERNAL
    )
    reason = text(gettext_lazy("Reason for this entry"), required=False, max_length=1000)

    def __init__(self, *args, viewer: User, **kwargs):
        super().__init__(*args, **kwargs)
        bodies = offered_bodies(viewer)
        self.fields["body"].choices = bodies
        self.fields["body"].required = ("", NO_BODY) not in bodies

    def clean_body(self) -> Body | None:
        """The body with the code chosen."""
        return Body.objects.filter(code=self.cleaned_data["body"]).first()


class NewEvidenceForm(EvidenceForm):
    """The same with a file, which comes in with its evidence and stays."""

    #: Pieces that hold the same file, once that was noticed.
    same: list[Evidence] = []

    # An empty file is told what is wrong with it by the action.
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=gettext_lazy("PDF, docx, xlsx, csv, txt, PNG or JPG."),
    )
    again = forms.BooleanField(
        label=gettext_lazy("Add the same file again all the same"), required=False
    )


def offered_bodies(viewer: User) -> list[tuple[str, str]]:
    """The bodies that ``viewer`` may add evidence of; the desk may leave the body out."""
    bodies = Body.objects.visible_to(viewer)
    everything = reach(viewer, Act.ADD_EVIDENCE) == Reach.ALL
    if not everything:
        bodies = bodies.spoken_for_by(viewer)
    none = [("", NO_BODY)] if everything else []
    return none + list(bodies.order_by("name", "code").values_list("code", "name"))


class EvidenceFormPage(DashboardView):
    """A form of evidence; subclasses give ``form``, ``find``, ``save`` and ``initial``."""

    http_method_names = ["get", "head", "options", "post"]
    template = "dashboard/evidence/form.html"
    form: type[EvidenceForm]
    #: What is changed; a new piece while there is none.
    row: Evidence

    def get(self, request, **key):
        self.find(**key)
        return self.show(self.form(initial=self.initial(), viewer=self.viewer))

    def post(self, request, **key):
        self.find(**key)
        if request.POST.get("act") == "delete":
            return self.delete()
        form = self.form(request.POST, request.FILES, viewer=self.viewer)
        if not form.is_valid():
            return self.show(form, status=400)
        try:
            self.save(form)
        except SameFile as error:
            form.same = error.held
            form.take_errors(error)
        except ValidationError as error:
            form.take_errors(error)
        except Conflict as error:
            return self.show_both(form, error.current)
        else:
            messages.success(request, _("The evidence is saved."))
            return HttpResponseRedirect(address("evidence-page", self.row.key))
        return self.show(form, status=400)

    def delete(self):
        """Refused here: only what is there can be deleted."""
        raise Refused

    def show(self, form, *, status=200, **more):
        """The page; with what was typed when it could not be taken."""
        context = {"form": form, "refused": form if form.is_bound else None, "row": self.row}
        return self.render(self.template, {**context, **more}, status=status)

    def show_both(self, form, current):
        """Both texts; saving again takes the version that stands now."""
        data = form.data.copy()
        data["version"] = current.version
        again = self.form(data, viewer=self.viewer)
        again.is_valid()
        return self.show(again, status=409, conflict=differences(again, current))


class NewEvidence(EvidenceFormPage):
    """``/evidence/new/``; ``?body=`` chooses a body beforehand."""

    form = NewEvidenceForm

    def find(self):
        """Nothing to find; only for those who may add evidence at all."""
        if not may(self.viewer, Act.ADD_EVIDENCE):
            raise Refused
        self.row = Evidence()

    def initial(self):
        """The body that the address names, and today as the day of retrieval."""
        return {"body": self.request.GET.get("body", ""), "retrieved_on": self.today}

    def save(self, form):
        """Add it, with its file."""
        form.set_on(self.row)
        self.row.version = 1
        actions.save_evidence(
            self.row,
            by=self.viewer,
            reason=form.cleaned_data["reason"],
            upload=form.cleaned_data["file"] or None,
            again=form.cleaned_data["again"],
        )


class EditEvidence(EvidenceFormPage):
    """``/evidence/<key>/edit/``: what is said of it; its file stays."""

    form = EvidenceForm

    def find(self, key):
        """The piece, for those who may change it."""
        self.row = find_evidence(key, viewer=self.viewer)
        if not may_add_evidence(self.viewer, self.row.body):
            raise Refused

    def initial(self):
        """The piece as it stands."""
        return {"version": self.row.version, **standing(self.row)}

    def save(self, form):
        """Change what is said of it."""
        form.set_on(self.row)
        actions.save_evidence(self.row, by=self.viewer, reason=form.cleaned_data["reason"])

    def delete(self):
        """Delete it, if nothing cites it."""
        try:
            actions.delete_evidence(self.row, by=self.viewer)
        except Held as error:
            form = self.form(initial=self.initial(), viewer=self.viewer)
            return self.show(form, status=409, held=str(error))
        messages.success(self.request, _("The evidence is deleted."))
        return HttpResponseRedirect(address("evidence"))


def standing(row: Evidence) -> dict:
    """The fields of the form as they stand."""
    fields = {name: getattr(row, name) for name in EvidenceForm.fields_of}
    return {**fields, "body": row.body.code if row.body else ""}


def differences(form: EvidenceForm, current: Evidence) -> list[Difference]:
    """Field by field what stands now and what was typed, where they differ."""
    found = []
    for name, value in standing(current).items():
        theirs, yours = ("" if value is None else str(value)), form.data.get(name, "")
        if theirs != yours:
            words = {key: str(label) for key, label in getattr(form.fields[name], "choices", ())}
            label = form.fields[name].label
            found.append(Difference(label, words.get(theirs, theirs), words.get(yours, yours)))
    return found
