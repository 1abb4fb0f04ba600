"""Tokens of programs: issued, revoked, and which one it is that somebody comes in with."""

import datetime
import secrets
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from tracker.actions.errors import Refused
from tracker.actions.writing import write
from tracker.models import Token, User
from tracker.models.tokens import digest_of
from tracker.permissions import may_read_register
from tracker.vocabulary import Scope

#: How every token begins, so that one that was lost is known for what it is.
BRAND = "ct"
#: Days: until when a token may be open, and when nothing is said.
LONGEST, USUAL = 366, 90
#: How many open tokens one person may have.
MOST = 20
#: A use is noted at most this often.
NOTED_EVERY = datetime.timedelta(minutes=1)


def issue_token(
    name: str,
    scopes: Iterable[str],
    *,
    by: User,
    at: datetime.datetime,
    days: int | None = None,
    reason: str = "",
) -> tuple[Token, str]:
    """Make a token of ``by``, open for ``days``; returns it with the text that is shown once.

    Raises ``Refused``, or ``ValidationError`` by field.
    """
    if not may_read_register(by) or by.scopes is not None:
        raise Refused(_("Tokens are made by somebody who is signed in, not by a program."))
    _refuse_wrong(scopes, days, by, at)
    key, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    token = Token(
        key=key,
        digest=digest_of(secret),
        owner=by,
        name=name.strip(),
        scopes=[scope for scope in Scope.values if scope in scopes],
        created_at=at,
        expires_at=at + datetime.timedelta(days=days or USUAL),
    )
    write(token, by=by, reason=reason)
    return token, f"{BRAND}_{key}_{secret}"


def _refuse_wrong(scopes, days, by, at):
    unknown = [scope for scope in scopes if scope not in Scope.values]
    if unknown or not scopes:
        told = _("Name one or more of: %(scopes)s.") % {"scopes": ", ".join(Scope.values)}
        raise ValidationError({"scopes": told})
    if days is not None and not 1 <= days <= LONGEST:
        raise ValidationError({"days": _("Give from 1 to %(most)d days.") % {"most": LONGEST}})
    if Token.objects.usable(at).filter(owner=by).count() >= MOST:
        told = _("You have %(most)d open tokens; revoke one first.") % {"most": MOST}
        raise ValidationError({"name": told})


def revoke_token(token: Token, *, by: User | None, at: datetime.datetime, reason: str = "") -> None:
    """End a token at once; again does nothing. Raises ``Refused`` when it is somebody else's."""
    if by is not None and token.owner_id != by.pk:
        raise Refused(_("This is the token of somebody else."))
    if token.revoked_at is None:
        token.revoked_at = at
        write(token, by=by, reason=reason)


def revoke_all(owner: User, *, by: User | None, at: datetime.datetime, reason: str = "") -> None:
    """End every token of somebody who may not sign in any more."""
    for token in Token.objects.filter(owner=owner, revoked_at__isnull=True):
        token.revoked_at = at
        write(token, by=by, reason=reason)


def token_of(text: str, *, at: datetime.datetime) -> Token | None:
    """The open token with this text, None for any other; its use is noted.

    The ``owner`` of what is returned carries the scopes, which narrow every right.
    """
    brand, _mark, rest = text.partition("_")
    key, _mark, secret = rest.partition("_")
    if brand != BRAND or not secret or "\x00" in key or len(key) > 12:
        return None
    token = Token.objects.usable(at).filter(key=key).first()
    if token is None or not constant_time_compare(token.digest, digest_of(secret)):
        return None
    _note_use(token, at)
    token.owner.scopes = frozenset(token.scopes)
    return token


def _note_use(token, at):
    """Say when it was last used; in one statement, so that two at once do no harm."""
    before = at - NOTED_EVERY
    if token.last_used_at is None or token.last_used_at < before:
        old = Q(last_used_at__isnull=True) | Q(last_used_at__lt=before)
        Token.objects.filter(old, pk=token.pk).update(last_used_at=at)
