"""What people type: each form says which fields an act takes; the actions check and write."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from tracker.models import Assessment, Report
from tracker.vocabulary import CRITERIA, Classification, Position, Result


class PageField(BoundField):
    """A field whose input names its error and its help, for those who hear the page."""

    @property
    def in_page(self):
        """The input, under the id that the summary of errors leads to."""
        told = [f"e-{self.name}"] if self.errors else []
        told += [f"h-{self.name}"] if self.help_text else []
        attrs = {"id": f"f-{self.name}"}
        if told:
            attrs["aria-describedby"] = " ".join(told)
        return self.as_widget(attrs=attrs)


class WorkForm(forms.Form):
    """A form that knows the version it was opened at."""

    bound_field_class = PageField
    #: Which fields of the row are typed here.
    fields_of: tuple[str, ...] = ()
    #: The name under which its text is kept while it is typed; empty where nothing is kept.
    kept = ""
    #: When the text that this window knows of was kept, as a browser sends it back.
    kept_at = ""
    #: When the text shown was typed, if it is not saved.
    typed_on = None

    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def take_errors(self, error: ValidationError) -> None:
        """Put each message of an action under its field; what has no field here, on top."""
        if hasattr(error, "error_dict"):
            told = error.error_dict
        else:
            told = {NON_FIELD_ERRORS: error.error_list}
        for name, errors in told.items():
            self.add_error(name if name in self.fields else None, errors)

    @property
    def typed(self) -> dict:
        """The values for the row, by field."""
        return {name: self.cleaned_data[name] for name in self.fields_of}

    def set_on(self, row) -> None:
        """Put what was typed, and the version it was typed at, on ``row``."""
        for name, value in self.typed.items():
            setattr(row, name, value)
        self.set_version(row)

    def set_version(self, row) -> None:
        """Take ``row`` as it was read when the form was opened."""
        row.version = self.cleaned_data["version"] or 0


class ReportForm(WorkForm):
    """A body's own word."""

    kept = "report"
    fields_of = ("position", "text", "classification")

    position = forms.ChoiceField(label=_("Position"), choices=Position)
    text = forms.CharField(
        label=_("In your own words"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    classification = forms.ChoiceField(
        label=_("Classification"), choices=Classification, initial=Classification.INTERNAL
    )


class AssessmentForm(WorkForm):
    """What is concluded, on which basis, and why."""

    kept = "assessment"
    fields_of = ("result", "effect", "basis", "rationale", "classification")

    result = forms.ChoiceField(label=_("Result"), choices=Result, widget=forms.RadioSelect)
    effect = forms.ChoiceField(
        label=_("Effect in practice"),
        required=False,
        choices=[("", _("Not looked at")), *Assessment._meta.get_field("effect").choices],
    )
    basis = forms.ChoiceField(label=_("Basis"), choices=Assessment._meta.get_field("basis").choices)
    rationale = forms.CharField(
        label=_("Rationale"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    classification = forms.ChoiceField(
        label=_("Classification"), choices=Classification, initial=Classification.INTERNAL
    )

    @property
    def criteria(self) -> list[dict]:
        """Each result with what it takes, for the place where the choice is made."""
        chosen = self["result"].value()
        return [
            {"key": key, "label": label, "words": CRITERIA.get(key, ""), "checked": key == chosen}
            for key, label in Result.choices
        ]


class CommentForm(WorkForm):
    """The comment of the body (right of reply)."""

    kept = "comment"
    fields_of = ("body_comment",)

    body_comment = forms.CharField(
        label=_("Comment of the body"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


class ReasonForm(WorkForm):
    """A step, with its reason where it needs one."""

    kept = "reason"

    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class DiscardForm(WorkForm):
    """A draft that goes; only its version is sent."""


class CiteForm(WorkForm):
    """Which evidence, and where in it."""

    evidence = forms.CharField(label=_("Evidence"))
    pinpoint = forms.CharField(
        label=_("Pinpoint"),
        required=False,
        max_length=120,
        help_text=_("Such as an article or a page."),
    )


class UnciteForm(WorkForm):
    """Which citation goes."""

    citation = forms.CharField(widget=forms.HiddenInput)


def initial(row: Report | Assessment, form: type[WorkForm]) -> dict:
    """What ``form`` shows of ``row`` before anything is typed."""
    return {"version": row.version, **{name: getattr(row, name) for name in form.fields_of}}
