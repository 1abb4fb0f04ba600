"""Adding evidence, with its file, and changing what is said of it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import actions
from tracker.actions import Held, Refused
from tracker.dashboard.addresses import address
from tracker.dashboard.base import NotHeld
from tracker.dashboard.evidence import find_evidence
from tracker.dashboard.work.base import Act as Button
from tracker.dashboard.work.base import FormPage
from tracker.dashboard.work.forms import DiscardForm, WorkForm
from tracker.files import ACCEPTED
from tracker.filters.fields import DayField
from tracker.models import Assessment, Body, Evidence, Report, User
from tracker.permissions import may, may_add_evidence, may_edit_draft, may_report
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

    kept = "evidence"
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

    field_order = ("title", "pinpoint")
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
    pinpoint = text(
        gettext_lazy("Pinpoint"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Where in it: such as an article or a page."),
    )


def offered_bodies(viewer: User) -> list[tuple[str, str]]:
    """The bodies that ``viewer`` may add evidence of; the desk may leave the body out."""
    bodies = Body.objects.visible_to(viewer)
    everything = reach(viewer, Act.ADD_EVIDENCE) == Reach.ALL
    if not everything:
        bodies = bodies.spoken_for_by(viewer)
    none = [("", NO_BODY)] if everything else []
    return none + list(bodies.order_by("name", "code").values_list("code", "name"))


class EvidenceFormPage(FormPage):
    """A form of evidence; subclasses give ``form`` and ``find``."""

    template = "dashboard/evidence/form.html"
    form: type[EvidenceForm]
    unnamed = "save"
    #: What is changed; a new piece while there is none.
    row: Evidence

    def make(self, form, *data, **options):
        known = {"viewer": self.viewer} if issubclass(form, EvidenceForm) else {}
        return form(*data, **options, **known)

    def context(self, refused):
        return {"form": self.opened(self.form, refused), "row": self.row}

    def take_errors(self, form, error):
        form.same = getattr(error, "held", [])
        super().take_errors(form, error)


class NewEvidence(EvidenceFormPage):
    """``/evidence/new/``; ``?body=`` chooses a body beforehand.

    ``?report=`` or ``?assessment=`` names the draft that cites it, once it is saved.
    """

    form = NewEvidenceForm
    acts = {"save": Button(NewEvidenceForm, "save", gettext_lazy("The evidence is saved."))}

    def find(self):
        """The draft that is to cite it, if one is named; only for those who may add evidence."""
        if not may(self.viewer, Act.ADD_EVIDENCE):
            raise Refused
        self.row = Evidence()
        self.citing = find_draft(self.request.GET, viewer=self.viewer)

    def context(self, refused):
        more = {}
        if self.citing:
            noun, draft = self.citing
            more = {"citing": draft, "citing_href": address(noun, draft.key)}
        return {**super().context(refused), **more}

    def values(self, form):
        """The body that the address names, and today as the day of retrieval."""
        body = self.request.GET.get("body", "")
        if self.citing:
            body = self.citing[1].commitment.body.code
        return {"body": body, "retrieved_on": self.today}

    def save(self, form):
        """Add it, with its file; and cite it."""
        form.set_on(self.row)
        self.row.version = 1
        actions.save_evidence(
            self.row,
            by=self.viewer,
            reason=form.cleaned_data["reason"],
            upload=form.cleaned_data["file"] or None,
            again=form.cleaned_data["again"],
        )
        if self.citing is None:
            return address("evidence-page", self.row.key)
        return self.cite(form.cleaned_data["pinpoint"])

    def cite(self, pinpoint):
        """Cite it in the draft; should that be settled by now, the evidence stays all the same."""
        noun, draft = self.citing
        try:
            actions.cite(self.row, by=self.viewer, pinpoint=pinpoint, **{noun: draft})
        except ValidationError as error:
            messages.warning(self.request, " ".join(error.messages))
        return address(noun, draft.key) + "#cited"


def find_draft(data, *, viewer) -> tuple[str, Report | Assessment] | None:
    """The draft that ``data`` names, as (noun, row), None when it names none.

    Raises ``NotHeld`` for one that this person may not write.
    """
    for noun, model in (("report", Report), ("assessment", Assessment)):
        key = data.get(noun, "")
        if key:
            rows = model.objects.visible_to(viewer).select_related(
                "commitment__body", "commitment__provision__resolution"
            )
            draft = None if "\0" in key else rows.filter(key=key).first()
            if draft is None or not may_write(viewer, draft):
                raise NotHeld(_("No draft is held as “%(key)s”.") % {"key": key})
            return noun, draft
    return None


def may_write(viewer: User, draft: Report | Assessment) -> bool:
    """Whether it is still a draft, and this person writes it."""
    if isinstance(draft, Report):
        return draft.submitted_on is None and may_report(viewer, draft.commitment)
    return may_edit_draft(viewer, draft)


class EditEvidence(EvidenceFormPage):
    """``/evidence/<key>/edit/``: what is said of it; its file stays."""

    form = EvidenceForm
    acts = {
        "save": Button(EvidenceForm, "save", gettext_lazy("The evidence is saved.")),
        "delete": Button(DiscardForm, "delete", gettext_lazy("The evidence is deleted.")),
    }

    def find(self, key):
        """The piece, for those who may change it."""
        self.row = find_evidence(key, viewer=self.viewer)
        if not may_add_evidence(self.viewer, self.row.body):
            raise Refused

    def values(self, form):
        """The piece as it stands."""
        fields = {name: getattr(self.row, name) for name in EvidenceForm.fields_of}
        body = self.row.body.code if self.row.body else ""
        return {"version": self.row.version, **fields, "body": body}

    def save(self, form):
        """Change what is said of it."""
        form.set_on(self.row)
        actions.save_evidence(self.row, by=self.viewer, reason=form.cleaned_data["reason"])
        return address("evidence-page", self.row.key)

    def delete(self, form):
        """Delete it, if nothing cites it."""
        actions.delete_evidence(self.row, by=self.viewer)
        return address("evidence")

    def take(self, request, key):
        try:
            return super().take(request, key)
        except Held as error:
            return self.show(status=409, held=str(error))
