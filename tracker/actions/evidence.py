"""Evidence as a shared record, and where it is cited."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tracker.actions.errors import Refused
from tracker.actions.reports import new_key
from tracker.actions.writing import erase, is_trusted, require, write
from tracker.models import Assessment, Change, Citation, Evidence, Report, User
from tracker.permissions import may_add_evidence
from tracker.rights import Act
from tracker.vocabulary import DRAFTING


def save_evidence(evidence: Evidence, *, by: User, reason: str = "") -> Change | None:
    """Add a piece of evidence, or change what is said of it; its file never changes.

    Raises ``Refused``, ``ValidationError`` (by field) or ``Conflict``.
    """
    if evidence._state.adding:
        evidence.key = evidence.key or new_key("E")
        evidence.added_by = by
    else:
        _require_reached(Evidence.objects.get(pk=evidence.pk), by)
        _refuse_new_file(evidence)
    _require_reached(evidence, by)
    return write(evidence, by=by, reason=reason)


def delete_evidence(evidence: Evidence, *, by: User, reason: str = "") -> int:
    """Delete evidence that nothing cites. Raises ``Refused``, ``Conflict`` or ``Held``."""
    _require_reached(evidence, by)
    return erase(evidence, by=by, reason=reason)


def cite(
    evidence: Evidence,
    *,
    by: User,
    report: Report | None = None,
    assessment: Assessment | None = None,
    pinpoint: str = "",
    reason: str = "",
) -> Citation:
    """Cite ``evidence`` in a draft report or in an assessment that is being drafted.

    Raises ``Refused`` (also when ``by`` may not see the evidence) or ``ValidationError``.
    """
    citation = Citation(
        evidence=evidence, report=report, assessment=assessment, pinpoint=pinpoint.strip()
    )
    _require_writable(citation, by)
    if not Evidence.objects.visible_to(by).filter(pk=evidence.pk).exists():
        raise Refused(_("No such evidence is held."))
    write(citation, by=by, reason=reason)
    return citation


def uncite(citation: Citation, *, by: User, reason: str = "") -> int:
    """Take a citation out of a draft. Raises ``Refused``, ``ValidationError``, ``Conflict``."""
    _require_writable(citation, by)
    return erase(citation, by=by, reason=reason)


def _require_reached(evidence, by):
    if not is_trusted(by) and not may_add_evidence(by, evidence.body):
        raise Refused(_("You may add evidence of the bodies that you speak for."))


def _refuse_new_file(evidence):
    held = Evidence.objects.values("file", "checksum").get(pk=evidence.pk)
    if held != {"file": evidence.file.name or "", "checksum": evidence.checksum}:
        raise ValidationError(
            {"file": _("The file of a piece of evidence stays; add the new file as new evidence.")}
        )


def _require_writable(citation, by):
    """Only what is still a draft takes citations or loses them."""
    citing = citation.report or citation.assessment
    require(by, Act.REPORT if citation.report else Act.ASSESS, citing.commitment.body)
    if citation.report:
        draft = Report.objects.filter(pk=citing.pk, submitted_on=None)
    else:
        draft = Assessment.objects.filter(pk=citing.pk, step__in=DRAFTING)
    if not draft.select_for_update().exists():
        raise ValidationError(_("What it cites is settled; only a draft can be changed."))
