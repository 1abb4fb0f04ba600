"""Reading from a copy of the database: which requests do, and what they read there.

A page that is only looked at may be read from the copy that ``DATABASE_REPLICA_URL`` names. Whoever
has just written reads from the database itself for some seconds, so that nobody misses the own
write while the copy follows. So do programs, which are known by no cookie.
"""

from contextvars import ContextVar

#: The database that this request reads from.
reading = ContextVar("reading", default="default")
COOKIE = "wrote"
#: For how many seconds one who wrote reads from the database itself.
FRESH_SECONDS = 10
SAFE = ("GET", "HEAD")


class Router:
    """Reads go where the request reads from; writes, and what follows in that request, do not."""

    def db_for_read(self, model, **hints) -> str:
        """The copy, where the request may read it."""
        return reading.get()

    def db_for_write(self, model, **hints) -> str:
        """Never the copy; what is written by looking is also read back."""
        reading.set("default")
        return "default"

    def allow_relation(self, one, other, **hints) -> bool:
        """A row is the same row in both."""
        return True

    def allow_migrate(self, db, app_label, **hints) -> bool:
        """The copy gets its tables from the database."""
        return db == "default"


class ReplicaMiddleware:
    """Lets requests that only look read from the copy, except right after one's own write."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        wrote = request.method not in SAFE
        fresh = wrote or COOKIE in request.COOKIES or "Authorization" in request.headers
        token = reading.set("default" if fresh else "replica")
        try:
            response = self.get_response(request)
        finally:
            reading.reset(token)
        if wrote:
            secure = request.is_secure()
            response.set_cookie(
                COOKIE, "1", FRESH_SECONDS, httponly=True, samesite="Lax", secure=secure
            )
        return response
