"""The person behind an office: typed in here, and never shown again on a page of the admin."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.admin.forms import RegisterForm
from tracker.models import Designation
from tracker.models.designations import PERSONAL

HELD, NONE_HELD = _("Held, masked; leave empty to keep."), _("None held.")
#: The box and the tick of each field, side by side.
PAIRS = tuple((f"new_{name}", f"remove_{name}") for name in PERSONAL)


def inputs_for(name: str) -> tuple[forms.Field, forms.Field]:
    """A box to write a field of the person, and a tick to remove it."""
    field = Designation._meta.get_field(name)
    box = field.formfield(required=False)
    box.widget.attrs["autocomplete"] = "off"
    label = _("Remove: %(field)s") % {"field": field.verbose_name}
    return box, forms.BooleanField(required=False, label=label)


class DesignationForm(RegisterForm):
    """A designation whose person can be written or removed, but not read."""

    new_person_name, remove_person_name = inputs_for("person_name")
    new_person_phone, remove_person_phone = inputs_for("person_phone")
    new_person_mail, remove_person_mail = inputs_for("person_mail")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (new, _remove) in zip(PERSONAL, PAIRS, strict=True):
            if new in self.fields:
                self.fields[new].help_text = HELD if getattr(self.instance, name) else NONE_HELD

    def clean(self):
        cleaned = super().clean()
        for name, (new, remove) in zip(PERSONAL, PAIRS, strict=True):
            if cleaned.get(new) and cleaned.get(remove):
                self.add_error(new, ValidationError(_("Write a new one or remove it, not both.")))
            elif cleaned.get(new) or cleaned.get(remove):
                setattr(self.instance, name, cleaned[new])
        return cleaned
