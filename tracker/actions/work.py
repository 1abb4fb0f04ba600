"""What helps at work and is no fact of the register: claims, unsaved text, visits."""

import datetime
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.actions.errors import Refused
from tracker.actions.writing import require
from tracker.models import (
    Assessment,
    Change,
    Claim,
    Digest,
    Preference,
    Unsaved,
    User,
    Visit,
)
from tracker.permissions import may_adopt
from tracker.rights import Act
from tracker.vocabulary import Step

#: How much unsaved text is kept of one form, in characters.
LONGEST_UNSAVED = 200_000


def claim(assessment: Assessment, *, by: User) -> Claim:
    """Take an assessment from the review queue, so that nobody reviews it twice.

    Raises ``Refused`` (also to who drafted it), or ``ValidationError`` when somebody else has
    taken it.
    """
    require(by, Act.ADOPT, assessment.commitment.body)
    assessment.refresh_from_db()
    if assessment.step != Step.UNDER_REVIEW:
        raise ValidationError(_("Only what is under review can be claimed."))
    if not may_adopt(by, assessment):
        raise Refused(_("Who adopts or returns an assessment is not who drafted it."))
    try:
        with transaction.atomic():
            taken, _made = Claim.objects.get_or_create(
                assessment=assessment, defaults={"by": by, "at": timezone.now()}
            )
    except IntegrityError:
        taken = Claim.objects.get(assessment=assessment)
    if taken.by_id != by.pk:
        raise ValidationError(_("%(person)s has claimed this already.") % {"person": taken.by})
    return taken


def release(assessment: Assessment, *, by: User) -> None:
    """Put it back into the queue; any reviewer may, so that nothing waits for who is away."""
    require(by, Act.ADOPT, assessment.commitment.body)
    Claim.objects.filter(assessment=assessment).delete()


def keep_unsaved(form: str, fields: Mapping[str, str], *, by: User) -> Unsaved:
    """Keep what ``by`` typed into the form at this address until it is saved or dropped.

    Raises ``ValidationError`` when it is longer than ``LONGEST_UNSAVED``.
    """
    if sum(len(str(value)) for value in fields.values()) > LONGEST_UNSAVED:
        raise ValidationError(_("This is too long to be kept; save it as a draft."))
    # PostgreSQL keeps no null character.
    typed = {name: value.replace("\0", "") for name, value in fields.items()}
    kept, _made = Unsaved.objects.update_or_create(
        by=by, form=form[:300], defaults={"fields": typed, "at": timezone.now()}
    )
    return kept


def drop_unsaved(form: str, *, by: User) -> None:
    """Forget what was kept of a form: it was saved, or is not wanted."""
    Unsaved.objects.filter(by=by, form=form[:300]).delete()


def mark_seen(*, by: User) -> Visit:
    """Mark every change so far as seen."""
    last = Change.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    visit, _made = Visit.objects.update_or_create(
        by=by, defaults={"sequence": last, "at": timezone.now()}
    )
    return visit


def save_preference(preference: Preference, *, by: User) -> None:
    """Keep what ``by`` has chosen for mail; nobody chooses it for somebody else.

    Raises ``Refused``, or ``ValidationError`` when there is no address to send mail to.
    """
    if preference.by_id != by.pk:
        raise Refused(_("Everybody chooses the own mail."))
    if preference.digest and not by.email:
        message = _("Your account has no mail address; an administrator can add it.")
        raise ValidationError({"digest": message})
    preference.full_clean(validate_unique=False)
    chosen = {"digest": preference.digest, "language": preference.language}
    Preference.objects.update_or_create(by=by, defaults=chosen)


def note_digest(to: User, *, week: datetime.date, numbers: Mapping[str, int]) -> bool:
    """Note that ``to`` is sent the digest of this week; whether nobody had noted it before."""
    _noted, made = Digest.objects.get_or_create(
        by=to, week=week, defaults={"at": timezone.now(), "numbers": dict(numbers)}
    )
    return made
