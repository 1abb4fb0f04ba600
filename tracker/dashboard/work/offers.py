"""What somebody may do with one commitment today, and whose turn it is."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.dashboard.addresses import address
from tracker.models import Assessment, Commitment, Report, User
from tracker.permissions import may_assess, may_report
from tracker.reports.turns import Turn, turn
from tracker.vocabulary import CommitmentRole


@dataclass(frozen=True)
class Link:
    """One button that leads to a page of work."""

    href: str
    words: str


@dataclass(frozen=True)
class Offers:
    """The turn, the pages of work that are open to the reader, and whether a copy can be made."""

    turn: Turn
    links: list[Link]
    copies: bool


def offers(commitment: Commitment, reports, assessments, *, viewer: User, on) -> Offers | None:
    """What is offered beside the four facts; nothing where the body only supports.

    ``reports`` and ``assessments`` are the submitted and adopted ones that the page shows.
    """
    if commitment.role != CommitmentRole.ADDRESSEE:
        return None
    under_way = (
        Assessment.objects.visible_to(viewer).under_way().filter(commitment=commitment).first()
    )
    latest = under_way or (assessments[0] if assessments else None)
    reported = commitment.reported_on is not None
    reporting = may_report(viewer, commitment)
    return Offers(
        turn(latest, body=commitment.body, on=on, reported=reported),
        [
            *(_drafts(commitment, viewer)),
            *(_report(commitment) if reporting else []),
            *_assessment(commitment, under_way, viewer),
        ],
        copies=reporting and bool(reports),
    )


def _drafts(commitment, viewer):
    drafts = Report.objects.visible_to(viewer).filter(commitment=commitment, submitted_on=None)
    return [Link(address("report", each.key), _("Open the draft report")) for each in drafts]


def _report(commitment):
    return [Link(address("new-report", commitment.public_key), _("New report"))]


def _assessment(commitment, under_way, viewer):
    if under_way:
        return [Link(address("assessment", under_way.key), _("Open the assessment under way"))]
    if may_assess(viewer, commitment):
        return [Link(address("new-assessment", commitment.public_key), _("Draft an assessment"))]
    return []
