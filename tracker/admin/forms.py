"""Forms that ask for a reason, notice a stale page and check through the actions."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField, construct_instance
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tracker import actions
from tracker.admin.widgets import Place, _Known

REASON_LENGTH = 500


class _Aside:
    """A field beside the record: filling it in does not change the record."""

    def has_changed(self, initial, data):
        return False


class ReasonField(_Aside, forms.CharField):
    """Why something is done; it enters the record of changes."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Reason"))
        kwargs.setdefault("help_text", _("One sentence for the record: why, and on what ground."))
        kwargs.setdefault("max_length", REASON_LENGTH)
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "vLargeTextField"}))
        super().__init__(**kwargs)


class VersionField(_Aside, forms.IntegerField):
    """Which version of the record the page showed."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.HiddenInput, **kwargs)


class RowForm(forms.ModelForm):
    """A record, or a row under one; its rules are those of ``actions.check``."""

    seen_version = VersionField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["seen_version"] = getattr(self.instance, "version", None)
        self._label_known_choices()

    def _label_known_choices(self):
        """Hand the records that came with the row to the search boxes that show them."""
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, _Known) and self._is_loaded(name):
                chosen = getattr(self.instance, name)
                widget.known = {str(chosen.pk): str(chosen)} if chosen else {}

    def _is_loaded(self, name):
        field = self.instance._meta.get_field(name)
        return field.many_to_one and field.is_cached(self.instance)

    def row_name(self, index) -> str:
        """What tells this row from the others: its place, counted from one."""
        return _("new") if index is None else str(index + 1)

    def clean(self):
        cleaned = super().clean()
        if self.has_changed() and self._is_stale():
            self.add_error(None, ValidationError(str(actions.Conflict(self.instance))))
        return cleaned

    def _is_stale(self):
        if self.instance._state.adding or not hasattr(self.instance, "version"):
            return False
        return self.cleaned_data.get("seen_version") != self.instance.version

    def _post_clean(self):
        if not self.instance._state.adding and not self.has_changed():
            return
        # What follows from a field cannot be told while the field is wrong.
        if self._errors:
            super()._post_clean()
            return
        self.instance = construct_instance(
            self, self.instance, self._meta.fields, self._meta.exclude
        )
        try:
            actions.check(self.instance, exclude=self._unchecked())
        except ValidationError as error:
            self._update_errors(self._by_form_field(error))
        except ObjectDoesNotExist:
            # The record above is not complete; its own form says so.
            super()._post_clean()

    def _unchecked(self):
        """Derived fields, whose sources are checked, and the link to a record not added yet."""
        derived = {field.name for field in self.instance._meta.fields if not field.editable}
        above = {
            name
            for name, field in self.fields.items()
            if isinstance(field, InlineForeignKeyField) and field.parent_instance.pk is None
        }
        return derived | above

    def _by_form_field(self, error):
        """The same errors, those of fields that are not in the form told for the whole record."""
        if not hasattr(error, "error_dict"):
            return error
        sorted_out: dict[str, list] = {}
        for name, errors in error.error_dict.items():
            key = name if name in self.fields else NON_FIELD_ERRORS
            sorted_out.setdefault(key, []).extend(errors)
        return ValidationError(sorted_out)


class RowKey(forms.ModelChoiceField):
    """The key of a row; a row that the form holds already is not asked for again."""

    row = None

    def to_python(self, value):
        held = self.row is not None and str(value) == str(self.row.pk)
        return self.row if held else super().to_python(value)


class RowFormSet(BaseInlineFormSet):
    """Rows under a record; each field says its name and its row to those who do not see both."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if not form.instance._state.adding:
            self._hand_over_row(form)
        for field in form.fields.values():
            label = f"{capfirst(field.label or '')} ({form.row_name(index)})"
            for widget in (field.widget, getattr(field.widget, "widget", field.widget)):
                if not widget.is_hidden:
                    widget.attrs["aria-label"] = label

    def _hand_over_row(self, form):
        name, rows = self._pk_field.name, self.model._default_manager.all()
        key = RowKey(rows, initial=form.instance.pk, required=False, widget=forms.HiddenInput)
        key.row = form.instance
        form.fields[name] = key


class RegisterForm(RowForm):
    """A record with the reason for what is done to it."""

    reason = ReasonField()
    #: What an action refused although the form found nothing wrong; set for one request.
    refusal = ""

    def clean(self):
        cleaned = super().clean()
        if self.refusal:
            self.add_error(None, self.refusal)
        return cleaned

    def chosen_relations(self) -> dict:
        """The many-to-many fields of the form, as ``actions.save`` takes them."""
        return {
            field.name: self.cleaned_data[field.name]
            for field in self.instance._meta.many_to_many
            if field.name in self.cleaned_data
        }


class ParagraphRowForm(RowForm):
    """A paragraph in the tree of its resolution; the number of one that is there stays."""

    class Meta:
        widgets = {
            "number": forms.TextInput(attrs={"size": 6}),
            "leading_verb": forms.TextInput(attrs={"size": 14}),
            "summary": forms.Textarea(attrs={"rows": 2, "cols": 40}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "number" in self.fields and not self.instance._state.adding:
            self.fields["number"].disabled = True
            self.fields["number"].widget = Place(self.instance.depth)

    def row_name(self, index) -> str:
        """The number of the paragraph, or that it is new."""
        return self.instance.number or _("new")


class ReasonForm(forms.Form):
    """The reason for a deletion."""

    reason = ReasonField()
