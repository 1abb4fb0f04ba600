"""A body's own word: drafted, submitted, and then left as it was said.

A report never changes the assessment (S/RES/2322 asks; the body answers; others conclude).
"""

import datetime
import secrets
import uuid
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.actions.errors import Conflict, Refused
from tracker.actions.writing import NOT_ALLOWED, erase, require, within, write, write_each
from tracker.models import Change, Commitment, Evidence, Report, User
from tracker.rights import Act
from tracker.vocabulary import Classification, Verb

#: What stays as it was when a report was begun.
FIXED = ("key", "commitment_id", "author_id")


def draft_report(
    commitment: Commitment,
    *,
    by: User,
    position: str,
    text: str = "",
    classification: str = Classification.INTERNAL,
    reason: str = "",
    batch: uuid.UUID | None = None,
) -> Report:
    """Begin a report on what the body did; nobody else sees it until it is submitted.

    Raises ``Refused`` or ``ValidationError`` (by field).
    """
    report = Report(
        commitment=commitment, position=position, text=text, classification=classification
    )
    _raise_first(save_reports([report], by=by, reason=reason, batch=batch))
    return report


def save_report(
    report: Report, *, by: User, reason: str = "", batch: uuid.UUID | None = None
) -> Change | None:
    """Change a draft. Raises ``Refused``, ``ValidationError`` or ``Conflict``."""
    return _raise_first(save_reports([report], by=by, reason=reason, batch=batch))


def save_reports(
    reports: Sequence[Report], *, by: User | None, reason: str = "", batch: uuid.UUID | None = None
) -> list[Change | Exception | None]:
    """Begin or change drafts, each as far as alone: its Change, None, or why it is refused.

    Whose a new one is, and its key, follow from who begins it.
    """
    refused = _refusals(reports, by)
    for report in reports:
        if report._state.adding:
            report.key, report.author = new_key("R"), by
        if report.submitted_on is not None and id(report) not in refused:
            told = _("A report is submitted by its own step, not by setting a date.")
            refused[id(report)] = ValidationError(told)
    taken = [report for report in reports if id(report) not in refused]
    written = iter(write_each(taken, by=by, reason=reason, batch=batch))
    return [refused.get(id(report)) or next(written) for report in reports]


def _raise_first(told):
    if isinstance(told[0], Exception):
        raise told[0]
    return told[0]


def submit_report(report: Report, *, by: User, on: datetime.date, reason: str = "") -> Change:
    """Submit a draft as the word of the body, dated ``on``; from then on it stays as it is.

    Raises ``Refused``, ``ValidationError`` or ``Conflict``.
    """
    _require_own_draft(report, by)
    if not report.text.strip():
        raise ValidationError({"text": _("Say in a few words what was done, or what is planned.")})
    report.submitted_on = on
    return write(report, by=by, reason=reason, verb=Verb.SUBMITTED)


def discard_report(report: Report, *, by: User, reason: str = "") -> int:
    """Delete a draft with its citations. Raises ``Refused``, ``ValidationError``, ``Conflict``."""
    _require_own_draft(report, by)
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
        seen = Evidence.objects.visible_to(by)
        for citation in last.citations.filter(evidence__in=seen).order_by("pk"):
            citation.pk, citation.key, citation.report, citation.version = None, "", report, 1
            citation._state.adding = True
            write(citation, by=by, reason=reason)
    return report


def new_key(kind: str) -> str:
    """A key that says only what kind of record it names, so that nothing follows from it."""
    alphabet = "23456789abcdefghjkmnpqrstuvwxyz"
    return f"{kind}-" + "".join(secrets.choice(alphabet) for _place in range(10))


def _require_own_draft(report, by):
    for refusal in _refusals([report], by).values():
        raise refusal


def _refusals(reports, by) -> dict[int, Exception]:
    """Why ``by`` may not begin or change these, by the ``id`` of the object.

    What the database holds of one that is there counts, not what the caller set.
    """
    new = {id(report): report for report in reports if report._state.adding}
    rows = Report.objects.select_related("commitment__body")
    old = rows.in_bulk([report.pk for report in reports if id(report) not in new])
    held = {id(report): new.get(id(report), old.get(report.pk)) for report in reports}
    own = within(by, Act.REPORT, [row.commitment.body for row in held.values() if row])
    found = {}
    for report in reports:
        row = held[id(report)]
        if row is None:
            found[id(report)] = Conflict(report)
        elif row.commitment.body.pk not in own:
            found[id(report)] = Refused(NOT_ALLOWED)
        elif row is not report and (why := _refusal(report, row)):
            found[id(report)] = why
    return found


def _refusal(report, held) -> ValidationError | None:
    if held.submitted_on is not None:
        return ValidationError(
            _("This report was submitted on %(date)s and stays as it is; add a new one.")
            % {"date": held.submitted_on}
        )
    if any(getattr(report, name) != getattr(held, name) for name in FIXED):
        return ValidationError(_("Whose report it is, on what, and its key stay as they are."))
    return None
