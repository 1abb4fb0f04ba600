"""Why a table, or one row of it, is not taken."""

from dataclasses import dataclass


class Unread(ValueError):
    """The whole file is not taken; the message says why, where, and how to mend it."""


class Wrong(Exception):
    """One row is not taken: ``column`` is the one to mend, empty when it is none alone."""

    def __init__(self, column: str, why: str):
        self.column, self.why = column, why
        super().__init__(why)


class Missing(Wrong):
    """The row refers to something that is not held; another row of the file may bring it."""


@dataclass(frozen=True)
class Bad:
    """What stands in place of a cell that cannot be read, with the reason."""

    why: str
