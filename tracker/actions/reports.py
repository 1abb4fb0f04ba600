"""A body's own word: drafted, submitted, and then left as it was said.

A report never changes the assessment (S/RES/2322 asks; the body answers; others conclude).
"""

import datetime
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.actions.writing import erase, require, write
from tracker.models import Change, Commitment, Report, User
from tracker.rights import Act
from tracker.vocabulary import Classification, Verb


def draft_report(
    commitment: Commitment,
    *,
    by: User,
    position: str,
    text: str = "",
    classification: str = Classification.INTERNAL,
    reason: str = "",
) -> Report:
    """Begin a report on what the body did; nobody else sees it until it is submitted.

    Raises ``Refused`` or ``ValidationError`` (by field).
    """
    require(by, Act.REPORT, commitment.body)
    report = Report(
        key=new_key("R"),
        commitment=commitment,
        position=position,
        text=text,
        classification=classification,
        author=by,
    )
    write(report, by=by, reason=reason)
    return report


def save_report(report: Report, *, by: User, reason: str = "") -> Change | None:
    """Change a draft. Raises ``Refused``, ``ValidationError`` or ``Conflict``."""
    require(by, Act.REPORT, report.commitment.body)
    _require_draft(report)
    return write(report, by=by, reason=reason)


def submit_report(report: Report, *, by: User, on: datetime.date, reason: str = "") -> Change:
    """Submit a draft as the word of the body, dated ``on``; from then on it stays as it is.

    Raises ``Refused``, ``ValidationError`` or ``Conflict``.
    """
    require(by, Act.REPORT, report.commitment.body)
    _require_draft(report)
    if not report.text.strip():
        raise ValidationError({"text": _("Say in a few words what was done, or what is planned.")})
    report.submitted_on = on
    return write(report, by=by, reason=reason, verb=Verb.SUBMITTED)


def discard_report(report: Report, *, by: User, reason: str = "") -> int:
    """Delete a draft with its citations. Raises ``Refused``, ``ValidationError``, ``Conflict``."""
    require(by, Act.REPORT, report.commitment.body)
    _require_draft(report)
    return erase(report, by=by, reason=reason)


def copy_last_report(commitment: Commitment, *, by: User, reason: str = "") -> Report:
    """Begin a report with what the last submitted one says and cites.

    Raises ``Refused``, or ``ValidationError`` when there is none to copy.
    """
    require(by, Act.REPORT, commitment.body)
    last = Report.objects.filter(commitment=commitment, submitted_on__isnull=False).first()
    if last is None:
        raise ValidationError(_("There is no earlier report to copy; begin a new one."))
    with transaction.atomic():
        report = draft_report(
            commitment,
            by=by,
            position=last.position,
            text=last.text,
            classification=last.classification,
            reason=reason,
        )
        for citation in last.citations.order_by("pk"):
            citation.pk, citation.key, citation.report, citation.version = None, "", report, 1
            citation._state.adding = True
            write(citation, by=by, reason=reason)
    return report


def new_key(kind: str) -> str:
    """A key that says only what kind of record it names, so that nothing follows from it."""
    alphabet = "23456789abcdefghjkmnpqrstuvwxyz"
    return f"{kind}-" + "".join(secrets.choice(alphabet) for _place in range(10))


def _require_draft(report):
    # What the database holds counts, not what the caller set.
    held = Report.objects.filter(pk=report.pk).values_list("submitted_on", flat=True).first()
    if held is not None:
        raise ValidationError(
            _("This report was submitted on %(date)s and stays as it is; add a new one.")
            % {"date": held}
        )
