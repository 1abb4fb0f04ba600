"""The question of the channel finder: two States, a purpose, urgent or not; read strictly."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.filters.fields import DayField
from tracker.filters.finders import find_body
from tracker.filters.strict import StrictForm
from tracker.models import Body
from tracker.vocabulary import DesignationFunction


class StateField(forms.CharField):
    """The code of a State; gives the State, or says how to mend it."""

    def __init__(self, **kwargs):
        super().__init__(max_length=40, strip=True, **kwargs)

    def clean(self, value) -> Body | None:
        code = super().clean(value)
        if not code:
            return None
        try:
            found = find_body(code)
        except ValueError as error:
            raise ValidationError(_("%(error)s Choose a State.") % {"error": error}) from error
        if not found.is_state:
            raise ValidationError(_("%(body)s is no State; choose a State.") % {"body": found})
        return found


class OneChoiceField(forms.ChoiceField):
    """One named choice; a value that is none of them is refused with the list."""

    def validate(self, value):
        allowed = [str(key) for key, _label in self.choices]
        if value and value not in allowed:
            told = {"value": value, "allowed": ", ".join(allowed)}
            raise ValidationError(_("“%(value)s” is not one of: %(allowed)s.") % told)
        super().validate(value)


class ChannelForm(StrictForm):
    """``from``, ``to``, ``purpose``, ``urgent``, ``on``; the States are those of the day."""

    purpose = OneChoiceField(
        label=gettext_lazy("Purpose"),
        choices=DesignationFunction.choices,
        error_messages={"required": gettext_lazy("Choose what the request is for.")},
    )
    urgent = OneChoiceField(
        label=gettext_lazy("Urgent"),
        choices=[("yes", gettext_lazy("Urgent")), ("no", gettext_lazy("Not urgent"))],
        required=False,
    )
    on = DayField(required=False)

    def __init__(self, data, *, today):
        super().__init__(data)
        self.today = today
        # "from" is a word of Python, so it cannot be declared above.
        states = {
            "from": StateField(
                label=gettext_lazy("Requesting State"),
                error_messages={"required": gettext_lazy("Choose the requesting State.")},
            ),
            "to": StateField(
                label=gettext_lazy("Requested State"),
                error_messages={"required": gettext_lazy("Choose the requested State.")},
            ),
        }
        self.fields = {**states, **self.fields}

    def to_choose(self, chosen=()) -> list[str]:
        """The labels of what neither the address speaks of yet nor stands in ``chosen``."""
        return [
            str(field.label)
            for name, field in self.fields.items()
            if field.required and name not in self.data and name not in chosen
        ]

    @property
    def wrong(self) -> dict[str, list[str]]:
        """What is wrong with what the address does speak of, by parameter."""
        return {name: told for name, told in self.errors.items() if name in self.data}

    def clean(self):
        cleaned = super().clean()
        on = cleaned.get("on") or self.today
        pair = {name: cleaned[name] for name in ("from", "to") if cleaned.get(name)}
        for name, state in pair.items():
            if state.is_dissolved(on) or (state.founded_on and state.founded_on > on):
                told = {"state": state, "on": on.isoformat()}
                self.add_error(name, _("%(state)s did not exist on %(on)s.") % told)
        if len(pair) == 2 and pair["from"] == pair["to"]:
            told = _("This is the requesting State too; choose two different States.")
            self.add_error("to", told)
        return cleaned
