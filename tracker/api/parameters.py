"""The parameters of one record's address: few, and none of them ignored."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError as FormError
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.serializers import CharField

from tracker.filters.fields import DayField

#: Understood everywhere: which of the formats to answer in.
FORMAT = "format"


def refuse_unknown(parameters, known: Iterable[str] = ()) -> None:
    """Raise 400 for parameters that are not ``known``, for repeated ones, and for no day."""
    known = {FORMAT, *known}
    errors = {}
    for name in parameters:
        if name not in known:
            errors[name] = _("There is no such parameter here; there is: %(known)s.") % {
                "known": ", ".join(sorted(known))
            }
        elif len(parameters.getlist(name)) > 1:
            errors[name] = _("Give this parameter once.")
    if "on" in known and "on" not in errors:
        errors.update(_wrong_day(parameters.get("on", "")))
    if errors:
        raise ValidationError({name: [message] for name, message in errors.items()})


def _wrong_day(text):
    try:
        DayField(required=False).clean(text)
    except FormError as error:
        return {"on": error.messages[0]}
    return {}


def read_reason(parameters) -> str:
    """The reason for a deletion, which has no body to hold it; raises 400 when it is none."""
    try:
        return CharField(allow_blank=True, max_length=1000).run_validation(
            parameters.get("reason", "")
        )
    except ValidationError as error:
        raise ValidationError({"reason": error.detail}) from error
