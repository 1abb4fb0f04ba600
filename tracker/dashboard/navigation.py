"""Where the pages stand in the navigation: a few at hand, the others in groups under "More".

To add a page, add its ``Entry``; ``covers`` names the pages that lie beneath it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.dashboard.addresses import Day, address
from tracker.permissions import may
from tracker.rights import Act


@dataclass(frozen=True)
class Entry:
    """One page: the name of its address, its label, and what lies beneath it."""

    name: str
    label: str | Promise
    covers: tuple[str, ...] = ()
    #: The page is the same on any day, so its address takes none.
    undated: bool = False
    #: Shown only to those who may do one of these; to everybody where there is none.
    acts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """An entry as shown on one page; ``current`` is "page", "true" (it lies beneath) or ""."""

    name: str
    label: str
    href: str
    current: str


AT_HAND = (
    Entry("home", _("Home")),
    Entry("inbox", _("Inbox")),
    Entry("resolutions", _("Resolutions"), ("resolution",)),
    Entry("commitments", _("Commitments"), ("commitment",)),
    Entry("bodies", _("Bodies"), ("body",)),
    Entry("networks", _("Networks"), ("network",)),
)

GROUPS: tuple[tuple[str | Promise, tuple[Entry, ...]], ...] = (
    (
        _("What is asked"),
        (
            Entry("provisions", _("Paragraphs"), ("provision",)),
            Entry("crosswalk", _("Crosswalk")),
            Entry("themes", _("Themes"), ("theme",)),
            Entry("documents", _("Documents")),
        ),
    ),
    (
        _("What is known"),
        (
            Entry("matrix", _("Matrix")),
            Entry("trends", _("Trends")),
            Entry("deadlines", _("Deadlines")),
            Entry("reports", _("Reports"), ("report",)),
            Entry("assessments", _("Assessments"), ("assessment",)),
            Entry("review", _("Review"), acts=(Act.READ_DRAFT_ASSESSMENTS,)),
            Entry("evidence", _("Evidence"), ("evidence-page", "new-evidence", "edit-evidence")),
        ),
    ),
    (
        _("Who answers"),
        (
            Entry("channel", _("Channel finder")),
            Entry("gaps", _("What is not recorded")),
            Entry("designations", _("Designations"), ("designation",)),
            Entry("memberships", _("Memberships")),
            Entry("compare", _("Compare bodies")),
        ),
    ),
    (
        _("The record"),
        (
            Entry("views", _("Saved views"), ("view", "new-view"), undated=True),
            Entry("jobs", _("My jobs"), ("job",), undated=True),
            Entry("checks", _("Checks"), ("check",)),
            Entry("changes", _("Changes"), ("change", "history"), undated=True),
            Entry(
                "imports",
                _("Import tables"),
                ("import",),
                undated=True,
                acts=(Act.REPORT, Act.EDIT_REGISTER),
            ),
        ),
    ),
)


def at_hand(user, here: str, day: Day | None) -> list[Link]:
    """The links that always stand there; ``here`` is the name of the page that is shown."""
    return list(_links(AT_HAND, user, here, day))


def groups(user, here: str, day: Day | None) -> list[tuple[str, list[Link]]]:
    """The links under "More", by group."""
    return [(title, list(_links(entries, user, here, day))) for title, entries in GROUPS]


def _links(entries, user, here, day) -> Iterator[Link]:
    for entry in entries:
        if not entry.acts or any(may(user, act) for act in entry.acts):
            href = address(entry.name, day=None if entry.undated else day)
            yield Link(entry.name, str(entry.label), href, _current(entry, here))


def _current(entry, here) -> str:
    if here == entry.name:
        return "page"
    return "true" if here in entry.covers else ""
