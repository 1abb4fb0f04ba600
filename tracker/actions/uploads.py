"""The file of a piece of evidence: checked, within the quota, and there only with its row."""

from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from tracker.actions.errors import SameFile
from tracker.actions.together import is_part, remember
from tracker.files import NotTaken, inspect_file
from tracker.models import Body, Evidence, User


@contextmanager
def kept(evidence: Evidence, upload, *, by: User | None, again: bool):
    """Keep ``upload`` as the file of ``evidence`` while the block writes the row.

    Both stay or neither does: the block is the outermost transaction, or ``together`` is, and
    when that does not end well the file is removed. Raises ``ValidationError`` under ``file``,
    or ``SameFile``.
    """
    describe(evidence, upload)
    if not again:
        refuse_same(evidence, by)
    try:
        with transaction.atomic(durable=not is_part()):
            require_room(evidence)
            evidence.file.save(evidence.file_name, File(upload), save=False)
            remember(evidence.file)
            yield
    except BaseException:
        if evidence.file:
            evidence.file.storage.delete(evidence.file.name)
            evidence.file = ""
        raise


def describe(evidence: Evidence, upload) -> None:
    """Set what is known of the file; raises ``ValidationError`` for one that is not taken."""
    try:
        found = inspect_file(upload, upload.name or "", largest=settings.EVIDENCE_LARGEST)
    except NotTaken as error:
        raise ValidationError({"file": str(error)}) from error
    evidence.file_name, evidence.file_type = found.name, found.media_type
    evidence.file_size, evidence.checksum = found.size, found.checksum


def refuse_same(evidence: Evidence, by: User | None) -> None:
    """Raise ``SameFile`` when ``by`` may see evidence that holds this file already."""
    if by is None:
        return
    held = list(Evidence.objects.visible_to(by).with_file(evidence.checksum)[:5])
    if held:
        raise SameFile(held)


def require_room(evidence: Evidence) -> None:
    """Raise ``ValidationError`` when the files of the body would exceed its quota.

    Call it inside the transaction; whoever adds a file of the same body waits until its end.
    """
    if evidence.body_id:
        Body.objects.select_for_update(of=("self",)).filter(pk=evidence.body_id).first()
    others = Evidence.objects.filter(body=evidence.body_id).exclude(pk=evidence.pk)
    used = others.aggregate(total=Sum("file_size"))["total"] or 0
    if used + evidence.file_size > settings.EVIDENCE_QUOTA:
        raise ValidationError(
            {
                "file": _(
                    "The files of this body take %(used)d of %(most)d MB; this one does not fit. "
                    "Give its address instead, or make it smaller."
                )
                % {"used": used // 1024**2, "most": settings.EVIDENCE_QUOTA // 1024**2}
            }
        )
