"""The tests mirror ``tracker/``: tests/models, tests/api, … ; tests/journeys drives a browser.

Every test with a database finds the demonstration register in it.
"""

import datetime

#: The day on which the demonstration is looked at.
REFERENCE_DAY = datetime.date(2026, 11, 1)


def load_demonstration() -> None:
    """Fill the database with the demonstration; for tests that have emptied it, too."""
    from tracker.demonstration import register

    for _part in register.load_demonstration(by=None):
        pass


def load_real_states() -> None:
    """Add the real register, some 5,500 commitments."""
    from tracker.importers import registers

    for _part in registers.load_un(by=None):
        pass
