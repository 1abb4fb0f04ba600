"""The parameters of one record's address: few, and none of them ignored."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError as FormError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.serializers import CharField

from tracker.filters.fields import DayField
from tracker.reports.since import number_at

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


def take(request, name: str) -> str | None:
    """Take a parameter of the door out of the address, so that no list has to know it.

    None when it is not there; raises 400 when it is there more than once.
    """
    values = request.query_params.getlist(name)
    if len(values) > 1:
        raise ValidationError({name: [_("Give this parameter once.")]})
    if values:
        rest = request.query_params.copy()
        del rest[name]
        request._request.GET = rest
    return values[0] if values else None


def _wrong_day(text):
    try:
        DayField(required=False).clean(text)
    except FormError as error:
        return {"on": error.messages[0]}
    return {}


def read_number(text: str) -> int:
    """The number of a change that ``changed_since`` names, or the last one up to a moment."""
    if text.isascii() and text.isdigit() and len(text) < 19:
        return int(text)
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or timezone.is_naive(moment):
        told = _("Give the number of a change, or a moment like 2026-06-30T12:00:00Z.")
        raise ValidationError({"changed_since": [told]})
    return number_at(moment)


def read_reason(parameters) -> str:
    """The reason for a deletion, which has no body to hold it; raises 400 when it is none."""
    try:
        return CharField(allow_blank=True, max_length=1000).run_validation(
            parameters.get("reason", "")
        )
    except ValidationError as error:
        raise ValidationError({"reason": error.detail}) from error
