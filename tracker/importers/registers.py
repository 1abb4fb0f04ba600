"""The fixture files of the register, and filling a database with the real one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tracker import actions
from tracker.importers.load import load_file
from tracker.models import Body, Provision, Resolution, User
from tracker.vocabulary import STATES

UN = "un"
DEMONSTRATION = "demonstration"

#: The files of both registers, what is referred to first.
SHARED = (
    "regions",
    "themes",
    "bodies",
    "memberships",
    "resolutions",
    "resolution_links",
    "documents",
    "provisions",
    "addressees",
    "deadlines",
    "provision_links",
    "evidence",
)
STATES_OF_THE_UN = ("states", "un_memberships")

#: The name of each part of a register, and what loading it changed.
Parts = Iterator[tuple[str, Counter]]


def is_filled() -> bool:
    """Whether the database holds a register."""
    return Resolution.objects.exists()


def other_register(register: str) -> str:
    """Return which other register the database holds; empty when it fits ``register``."""
    if register == UN and Body.objects.filter(is_fictional=True).exists():
        return DEMONSTRATION
    real_states = Body.objects.filter(kind__in=STATES, is_fictional=False)
    return UN if register == DEMONSTRATION and real_states.exists() else ""


def load_un(*, by: User | None) -> Parts:
    """Load the real register and expand its commitments: everything is written, or nothing.

    Rows that somebody edited are set back to what the files say; other rows stay.
    """
    with transaction.atomic():
        yield from load_files((*SHARED, *STATES_OF_THE_UN), by=by)
        yield expand(by=by)


def load_files(names: Iterable[str], *, by: User | None) -> Parts:
    """Load fixture files by name, one after the other."""
    for name in names:
        yield name, load_file(fixture(name), by=by, reason=_("Loaded from %s.json") % name)


def expand(*, by: User | None) -> tuple[str, Counter]:
    """Make the commitments that follow from the addressees of all provisions."""
    made = actions.expand_commitments(
        Provision.objects.all(), by=by, reason=_("Follows from the addressees")
    )
    return "commitments", Counter(new=len(made))


def fixture(name: str) -> Path:
    """Return the path of a fixture file."""
    return settings.FIXTURE_DIRS[0] / f"{name}.json"
