"""Saved views: kept, shared, changed and deleted; and sets of keys too long for an address.

They are working rows: no Change is kept of them, only a version, so that nobody overwrites what
somebody else has changed in a shared view.
"""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tracker.actions.errors import Refused
from tracker.actions.writing import lock_current, require
from tracker.models import KeptKeys, SavedView, User
from tracker.permissions import may_change_view
from tracker.rights import Act

#: How many views one person keeps.
MOST_VIEWS = 200
#: What a slug ends in, so that it tells nobody which other names are taken, and is not guessed.
TAIL, LETTERS = 6, "abcdefghjkmnpqrstuvwxyz23456789"


def save_view(view: SavedView, *, by: User) -> SavedView:
    """Keep a new view of ``by``, or change one; whoever asks has seen that its query is valid.

    Raises ``Refused``, ``ValidationError`` by field, or ``Conflict`` (``view.version`` is no
    longer current).
    """
    require(by, Act.READ_REGISTER)
    with transaction.atomic():
        if view.pk:
            _require_change(lock_current(view), by)
            view.version += 1
        else:
            view.owner = by
            _refuse_too_many(by)
            view.slug = _slug(view.name)
        view.full_clean()
        view.save()
    return view


def delete_view(view: SavedView, *, by: User) -> None:
    """Forget a view; raises ``Refused``, or ``Conflict`` when somebody changed it meanwhile."""
    with transaction.atomic():
        _require_change(lock_current(view), by)
        view.delete()


def _require_change(view, by):
    """Refuse unless ``by`` may change the view as it stands, whatever was sent of it."""
    if not may_change_view(by, view):
        raise Refused(_("Only its owner may change this view; save your own under another name."))


def _refuse_too_many(by):
    if by.views.count() >= MOST_VIEWS:
        message = _("You keep %(most)d views already; delete one that you no longer need.")
        raise ValidationError({"name": message % {"most": MOST_VIEWS}})


def _slug(name: str) -> str:
    words = slugify(name)[:40].strip("-_").replace("_", "-") or "view"
    return f"{words}-{get_random_string(TAIL, LETTERS)}"


def keep_keys(keys: list[str], *, by: User) -> KeptKeys:
    """Keep a set of keys under a slug that follows from them, so that the same is kept once."""
    require(by, Act.READ_REGISTER)
    slug = hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16]
    kept, _made = KeptKeys.objects.get_or_create(
        slug=slug, defaults={"keys": list(keys), "at": timezone.now()}
    )
    return kept
