"""Why a file is not taken."""


class NotTaken(ValueError):
    """The file is not taken; the message says how to mend it."""
