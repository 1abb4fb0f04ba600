"""What a model refuses, told by the field to mend in the names of the API."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.exceptions import ValidationError as ModelError
from rest_framework.settings import api_settings

NON_FIELD = api_settings.NON_FIELD_ERRORS_KEY


def by_field(error: ModelError, *, names: dict[str, str]) -> dict[str, list[str]]:
    """The messages of a model by the names of the API: ``names`` maps field to name.

    What a person cannot set (a derived key) is only told when nothing else is.
    """
    told, derived = {}, []
    for field, messages in _messages(error):
        if field in names or field == NON_FIELD_ERRORS:
            told.setdefault(names.get(field, NON_FIELD), []).extend(messages)
        else:
            derived.extend(messages)
    return told or {NON_FIELD: derived}


def _messages(error):
    if hasattr(error, "error_dict"):
        return error.message_dict.items()
    return [(NON_FIELD_ERRORS, error.messages)]
