"""Who is asking: a program with its token, or the session of a browser."""

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import authentication, exceptions

from tracker import actions

SCHEME = "Bearer"


class TokenAuthentication(authentication.BaseAuthentication):
    """``Authorization: Bearer ct_…``: acts for its owner, within the scopes of the token."""

    def authenticate(self, request):
        scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return None
        if scheme.lower() != SCHEME.lower():
            raise exceptions.AuthenticationFailed(
                _("Send “Authorization: Bearer …” with a token; /me/tokens/ makes them.")
            )
        token = actions.token_of(text.strip(), at=timezone.now())
        if token is None:
            # The same for one that never was, that ended, and that was revoked.
            raise exceptions.AuthenticationFailed(_("This token opens nothing."))
        return token.owner, token

    def authenticate_header(self, request):
        return SCHEME


class SessionAuthentication(authentication.SessionAuthentication):
    """The session of the dashboard; what it writes needs its CSRF token."""
