"""Evidence as a shared record, and where it is cited."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.actions.checking import check
from tracker.actions.errors import Held, Refused
from tracker.actions.reports import new_key
from tracker.actions.uploads import kept, require_room
from tracker.actions.writing import erase, is_trusted, require, write
from tracker.models import Assessment, Change, Citation, Evidence, Report, User
from tracker.permissions import may_add_evidence
from tracker.rights import Act
from tracker.vocabulary import DRAFTING

#: What is known of a file only once it is there.
FILE_FIELDS = ("file", "file_name", "file_type", "file_size", "checksum")


def save_evidence(
    evidence: Evidence, *, by: User, reason: str = "", upload=None, again: bool = False
) -> Change | None:
    """Add a piece of evidence, or change what is said of it; its file never changes.

    ``upload`` is a file with its name; it is checked by its content. Raises ``Refused``,
    ``ValidationError`` (by field), ``Conflict``, or ``SameFile`` unless it is to be added
    ``again``.
    """
    if evidence._state.adding:
        evidence.key = evidence.key or new_key("E")
        evidence.added_by = by
    else:
        _require_reached(Evidence.objects.get(pk=evidence.pk), by)
    _require_reached(evidence, by)
    _refuse_new_file(evidence, upload)
    if upload is None:
        with transaction.atomic():
            if evidence.file_size:
                require_room(evidence)
            return write(evidence, by=by, reason=reason)
    check(evidence, exclude=FILE_FIELDS)
    with kept(evidence, upload, by=by, again=again):
        return write(evidence, by=by, reason=reason)


def delete_evidence(evidence: Evidence, *, by: User, reason: str = "") -> int:
    """Delete evidence that nothing cites. Raises ``Refused``, ``Conflict`` or ``Held``.

    ``Held`` names the citations that ``by`` may see, and none of the others.
    """
    _require_reached(evidence, by)
    try:
        return erase(evidence, by=by, reason=reason)
    except Held as error:
        if is_trusted(by):
            raise
        seen = Citation.objects.open_to(by).filter(evidence=evidence)
        raise Held(evidence, seen, _("This is cited, so it stays.")) from error


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
    if (report is None) == (assessment is None):
        raise ValidationError(_("Name the report or the assessment that cites it."))
    citation = Citation(
        evidence=evidence, report=report, assessment=assessment, pinpoint=pinpoint.strip()
    )
    with transaction.atomic():
        _require_writable(citation, by)
        if not is_trusted(by) and not _is_seen(evidence, by):
            raise Refused(_("No such evidence is held."))
        write(citation, by=by, reason=reason)
    return citation


def uncite(citation: Citation, *, by: User, reason: str = "") -> int:
    """Take a citation out of a draft. Raises ``Refused``, ``ValidationError``, ``Conflict``."""
    with transaction.atomic():
        _require_writable(citation, by)
        return erase(citation, by=by, reason=reason)


def _is_seen(evidence, by):
    return Evidence.objects.visible_to(by).filter(pk=evidence.pk).exists()


def _require_reached(evidence, by):
    if not is_trusted(by) and not may_add_evidence(by, evidence.body):
        raise Refused(_("You may add evidence of the bodies that you speak for."))


def _refuse_new_file(evidence, upload):
    """A file comes in with its evidence, by ``upload`` alone, and stays as it came."""
    held = {"file": "", "checksum": ""}
    if not evidence._state.adding:
        held = Evidence.objects.values("file", "checksum").get(pk=evidence.pk)
        if upload is not None:
            held = None
    if held != {"file": evidence.file.name or "", "checksum": evidence.checksum}:
        raise ValidationError(
            {"file": _("The file of a piece of evidence stays; add the new file as new evidence.")}
        )


def _require_writable(citation, by):
    """Only what is still a draft takes citations or loses them; it stays one till the end."""
    citing = citation.report or citation.assessment
    require(by, Act.REPORT if citation.report else Act.ASSESS, citing.commitment.body)
    if citation.report:
        draft = Report.objects.filter(pk=citing.pk, submitted_on=None)
    else:
        draft = Assessment.objects.filter(pk=citing.pk, step__in=DRAFTING)
    if not draft.select_for_update().exists():
        raise ValidationError(_("What it cites is settled; only a draft can be changed."))
