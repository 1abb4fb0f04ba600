"""Why an action did not happen; each door says it in its own way."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _


class Refused(PermissionDenied):
    """The person may not do this."""


class Conflict(Exception):
    """The row was changed by somebody else since it was read; nothing was written."""

    def __init__(self, current):
        self.current = current
        super().__init__(
            _("“%(record)s” was changed in the meantime; load it again and repeat your change.")
            % {"record": current}
        )


class Held(Exception):
    """The row cannot be deleted, because ``holders`` refer to it."""

    def __init__(self, obj, holders, message=""):
        self.obj = obj
        self.holders = list(holders)
        super().__init__(
            message
            or _("“%(record)s” cannot be deleted: %(count)d other records refer to it.")
            % {"record": obj, "count": len(self.holders)}
        )


class SameFile(ValidationError):
    """The same file is held already, as ``held``: which the person may see, at most five."""

    def __init__(self, held):
        self.held = list(held)
        names = ", ".join(f"“{each.title}” ({each.key})" for each in self.held)
        super().__init__(
            {
                "file": _(
                    "This file is held already as %(names)s. Use that one, or say that it is to "
                    "be added again."
                )
                % {"names": names}
            }
        )
