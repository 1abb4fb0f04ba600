"""Accounts of the people who use the tracker."""

import secrets

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.actions import changes
from tracker.actions.errors import Refused
from tracker.actions.writing import is_trusted
from tracker.models import Change, User
from tracker.permissions import may_manage_people
from tracker.vocabulary import Role, Verb


def create_first_account(*, username: str, reason: str = "") -> str | None:
    """Create the administrator of an empty installation; returns the password, shown only now.

    Returns None, and does nothing, when somebody can sign in already.
    """
    with transaction.atomic():
        if anybody_can_sign_in():
            return None
        password = secrets.token_urlsafe(12)
        user = User.objects.create_superuser(username, password=password, role=Role.ADMINISTRATOR)
        changes.record([changes.created(user)], by=None, reason=reason)
    return password


def anybody_can_sign_in() -> bool:
    """Whether there is any account with a password."""
    return User.objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists()


def set_password(user: User, password: str, *, by: User, reason: str = "") -> Change:
    """Give ``user`` a new password; the record says that it was set, never what it is.

    Raises ``Refused`` unless it is one's own, ``by`` may manage people, or a command writes.
    """
    if by != user and not is_trusted(by) and not (by and may_manage_people(by)):
        raise Refused(_("Only an administrator may set the password of somebody else."))
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        state = changes.snapshot(user)
        [change] = changes.record(
            [changes.Write(user, Verb.UPDATED, state, state)],
            by=by,
            reason=reason or _("Password set"),
        )
    return change
