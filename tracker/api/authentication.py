"""Who is asking: the session of a browser, or the name and password of a script."""

from rest_framework import authentication


class SessionAuthentication(authentication.SessionAuthentication):
    """The session of the dashboard; a visitor without one gets 401, not 403."""

    def authenticate_header(self, request):
        # Not "Basic": a browser would open a password box of its own.
        return "Session"
