"""Whose turn it is with one commitment, and what the next step is."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.models import Assessment, Body
from tracker.vocabulary import Step


@dataclass(frozen=True)
class Turn:
    """Where things stand, until when if a day is set, and who is next."""

    said: str
    who: str
    due_on: datetime.date | None = None


def may_be_reviewed(assessment: Assessment, *, on: datetime.date) -> bool:
    """Whether the body has commented, or had its thirty days for it."""
    due = assessment.comments_due_on
    late = assessment.step == Step.SENT_TO_BODY and due is not None and on > due
    return assessment.step == Step.COMMENTS_RECEIVED or late


def turn(assessment: Assessment | None, *, body: Body, on: datetime.date, reported=False) -> Turn:
    """The turn, from the assessment under way or, without one, the latest adopted.

    Give only an assessment that the reader may see; ``reported`` is whether the body did.
    """
    focal_point = _("Focal point of %(body)s") % {"body": body}
    assessors, reviewers = _("Assessors"), _("Reviewers")
    if assessment is None:
        if reported:
            return Turn(_("Reported by the body, not assessed."), assessors)
        return Turn(_("No information received from the body."), focal_point)
    if may_be_reviewed(assessment, on=on):
        if assessment.step == Step.COMMENTS_RECEIVED:
            return Turn(_("Comments received."), assessors)
        return Turn(_("The time for comments has passed."), assessors)
    return {
        Step.DRAFT: Turn(_("An assessment is being drafted."), assessors),
        Step.RETURNED: Turn(_("The assessment was returned."), assessors),
        Step.SENT_TO_BODY: Turn(
            _("Sent to the body for comments."), focal_point, assessment.comments_due_on
        ),
        Step.UNDER_REVIEW: Turn(_("Under review."), reviewers),
        Step.ADOPTED: Turn(_("Adopted; a follow-up is set."), assessors, assessment.follow_up_on),
        Step.WITHDRAWN: Turn(_("Withdrawn."), assessors),
    }[assessment.step]
