"""The steps of an assessment, from the draft to its adoption.

draft → sent to the body → comments received, or their date passed → under review → adopted;
on the way it may be returned to its draft, or withdrawn. Who adopts is not who drafted.
"""

import datetime
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.actions.errors import Refused
from tracker.actions.reports import new_key
from tracker.actions.writing import become, lock_current, locked, require, write
from tracker.models import Assessment, Change, Claim, Commitment, User
from tracker.models.base import add_months
from tracker.permissions import may_adopt
from tracker.rights import Act
from tracker.vocabulary import (
    COMMENT_DAYS,
    DRAFTING,
    ENDED,
    FOLLOW_UP_MONTHS,
    Classification,
    CommitmentRole,
    Step,
    Verb,
)


@dataclass(frozen=True)
class Move:
    """One step: from where, to where, by what right, and how the record of changes names it."""

    sources: tuple[str, ...]
    target: str
    act: str
    verb: str
    needs_reason: bool = False


#: Name → move; the steps that an assessment can take, and no others.
MOVES = {
    "send": Move(DRAFTING, Step.SENT_TO_BODY, Act.ASSESS, Verb.SENT),
    "comment": Move(
        (Step.SENT_TO_BODY, Step.COMMENTS_RECEIVED),
        Step.COMMENTS_RECEIVED,
        Act.COMMENT,
        Verb.COMMENTED,
    ),
    "review": Move(
        (Step.SENT_TO_BODY, Step.COMMENTS_RECEIVED), Step.UNDER_REVIEW, Act.ASSESS, Verb.REVIEWED
    ),
    "return": Move((Step.UNDER_REVIEW,), Step.RETURNED, Act.ADOPT, Verb.RETURNED, True),
    "adopt": Move((Step.UNDER_REVIEW,), Step.ADOPTED, Act.ADOPT, Verb.ADOPTED),
    "withdraw": Move(
        tuple(step for step in Step if step not in ENDED),
        Step.WITHDRAWN,
        Act.ASSESS,
        Verb.WITHDRAWN,
        True,
    ),
}
NOT_NOW = gettext_lazy("An assessment that is “%(step)s” cannot become “%(target)s”.")


def draft_assessment(
    commitment: Commitment,
    *,
    by: User,
    result: str,
    basis: str,
    rationale: str = "",
    effect: str = "",
    classification: str = Classification.INTERNAL,
    reason: str = "",
) -> Assessment:
    """Begin an assessment of what one paragraph asks of one body, after the latest adopted one.

    Raises ``Refused`` or ``ValidationError`` (by field; also while another one is under way).
    """
    require(by, Act.ASSESS, commitment.body)
    if commitment.role != CommitmentRole.ADDRESSEE:
        raise ValidationError(
            _("%(body)s is named in support here, so there is nothing to assess.")
            % {"body": commitment.body}
        )
    assessment = Assessment(
        key=new_key("A"),
        commitment=commitment,
        result=result,
        basis=basis,
        rationale=rationale.strip(),
        effect=effect,
        classification=classification,
        drafted_by=by,
        follows=_latest_adopted(commitment),
    )
    write(assessment, by=by, reason=reason)
    return assessment


def save_assessment(assessment: Assessment, *, by: User, reason: str = "") -> Change | None:
    """Change the text of a draft, or of one that was returned.

    Raises ``Refused``, ``ValidationError`` or ``Conflict``.
    """
    require(by, Act.ASSESS, assessment.commitment.body)
    with transaction.atomic():
        held = lock_current(assessment)
        if held.step not in DRAFTING:
            raise ValidationError(_("Only a draft can be changed; have it returned first."))
        _refuse_steps_by_hand(assessment, held)
        assessment.rationale = assessment.rationale.strip()
        return write(assessment, by=by, reason=reason, held=held)


def send(
    assessment: Assessment,
    *,
    by: User,
    on: datetime.date,
    reason: str = "",
    batch: uuid.UUID | None = None,
) -> Change:
    """Send a draft to the body concerned; its comments are due thirty days after ``on``."""
    comments_due_on = on + datetime.timedelta(days=COMMENT_DAYS)
    dates = {"sent_on": on, "comments_due_on": comments_due_on, "comments_on": None}
    return _move("send", assessment, by, reason, lambda held: dates, batch)


def comment(
    assessment: Assessment, *, by: User, on: datetime.date, text: str, reason: str = ""
) -> Change:
    """Put the comment of the body beside what was concluded (right of reply)."""

    def said(held):
        if not text.strip():
            raise ValidationError({"body_comment": _("Say what the body comments.")})
        return {"body_comment": text, "comments_on": on}

    return _move("comment", assessment, by, reason, said)


def review(
    assessment: Assessment,
    *,
    by: User,
    on: datetime.date,
    reason: str = "",
    batch: uuid.UUID | None = None,
) -> Change:
    """Put under review what the body commented on, or what it had its thirty days for."""

    def in_time(held):
        due = held.comments_due_on
        if held.step == Step.SENT_TO_BODY and due is not None and on <= due:
            raise ValidationError(
                _("The body may comment until %(date)s; review begins after that day.")
                % {"date": due}
            )
        return {}

    return _move("review", assessment, by, reason, in_time, batch)


def return_to_draft(assessment: Assessment, *, by: User, reason: str) -> Change:
    """Give it back to those who drafted it, with the reason; the body does not see it."""
    return _move("return", assessment, by, reason)


def withdraw(assessment: Assessment, *, by: User, reason: str) -> Change:
    """End it without a conclusion; what the commitment shows stays as it was."""
    return _move("withdraw", assessment, by, reason)


def adopt(assessment: Assessment, *, by: User, on: datetime.date, reason: str = "") -> Change:
    """Adopt it: from ``on`` the commitment shows its result, and it never changes again.

    A follow-up is set twelve months on. Raises ``Refused`` when ``by`` drafted any of it.
    """

    def after_the_latest(held):
        latest = _latest_adopted(held.commitment)
        if latest and latest.adopted_on > on:
            raise ValidationError(
                _("A later assessment was adopted on %(date)s already.")
                % {"date": latest.adopted_on}
            )
        follow_up_on = add_months(on, FOLLOW_UP_MONTHS)
        return {
            "adopted_by": by,
            "adopted_on": on,
            "follow_up_on": follow_up_on,
            "follows": latest,
        }

    return _move("adopt", assessment, by, reason, after_the_latest)


def _move(name, assessment, by, reason, fields=None, batch=None) -> Change:
    """Take one step; ``fields`` maps the row as it is held to what the step sets, or refuses.

    Raises ``Refused`` (no right), ``ValidationError`` (not from this step, or without its
    reason) or ``Conflict`` (somebody else moved or changed it since it was read).
    """
    move = MOVES[name]
    with transaction.atomic():
        held = locked([assessment]).get(assessment.pk)
        require(by, move.act, held and held.commitment.body)
        # What the caller set on the object counts for nothing.
        become(assessment, held)
        _refuse_move(move, assessment, by, reason)
        set_by_step = fields(assessment) if fields else {}
        for field, value in {"step": move.target, **set_by_step}.items():
            setattr(assessment, field, value)
        told = {"by": by, "reason": reason, "batch": batch}
        change = write(assessment, verb=move.verb, held=held, **told)
        if move.target != Step.UNDER_REVIEW:
            Claim.objects.filter(assessment=assessment).delete()
    return change


def _refuse_move(move, assessment, by, reason):
    if assessment.step not in move.sources:
        raise ValidationError(
            NOT_NOW % {"step": Step(assessment.step).label, "target": Step(move.target).label}
        )
    if move.act == Act.ADOPT and not may_adopt(by, assessment):
        raise Refused(_("Who adopts or returns an assessment is not who drafted it."))
    if move.needs_reason and not reason.strip():
        raise ValidationError({"reason": _("Say why.")})


def _latest_adopted(commitment) -> Assessment | None:
    adopted = Assessment.objects.filter(commitment=commitment, step=Step.ADOPTED)
    return adopted.order_by("-adopted_on", "-pk").first()


#: What only a move sets.
BY_MOVES = (
    "key",
    "step",
    "commitment_id",
    "body_comment",
    "sent_on",
    "comments_due_on",
    "comments_on",
    "adopted_on",
    "adopted_by_id",
    "follow_up_on",
    "drafted_by_id",
    "follows_id",
)


def _refuse_steps_by_hand(assessment, held):
    if any(getattr(assessment, name) != getattr(held, name) for name in BY_MOVES):
        raise ValidationError(_("Steps, comments and dates follow from the steps taken."))
