"""Reading from a copy of the database: which requests do, and what they read there.

A page that is only looked at may be read from the copy that ``DATABASE_REPLICA_URL`` names. Whoever
has just written reads from the database itself for some seconds, so that nobody misses the own
write while the copy follows. So do programs, which are known by no cookie. While the copy does not
answer, or lacks a table that a newer version has, everybody reads from the database.
"""

import logging
import sys
import time
from contextvars import ContextVar

from django.core.signals import got_request_exception
from django.db import Error, connections
from django.dispatch import receiver

#: The database that this request reads from.
reading = ContextVar("reading", default="default")
#: Whether the copy could not give what this request asked.
failed = ContextVar("failed", default=False)
COOKIE = "wrote"
#: For how many seconds one who wrote reads from the database itself.
FRESH_SECONDS = 10
#: For how many seconds a copy that failed is let alone.
LEFT_ALONE_SECONDS = 10
SAFE = ("GET", "HEAD")

log = logging.getLogger(__name__)


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
        self.left_alone_until = 0.0

    def __call__(self, request):
        wrote = request.method not in SAFE
        fresh = wrote or COOKIE in request.COOKIES or "Authorization" in request.headers
        if fresh or time.monotonic() < self.left_alone_until:
            response = self._read_from("default", request)
        else:
            response = self._read_from_copy(request)
        if wrote:
            secure = request.is_secure()
            response.set_cookie(
                COOKIE, "1", FRESH_SECONDS, httponly=True, samesite="Lax", secure=secure
            )
        return response

    def _read_from(self, name, request):
        token = reading.set(name)
        try:
            return self.get_response(request)
        finally:
            reading.reset(token)

    def _read_from_copy(self, request):
        """The answer; from the database where the copy cannot give it."""
        token = failed.set(False)
        try:
            response = self._read_from("replica", request)
            if not failed.get():
                return response
        finally:
            failed.reset(token)
        log.error("The copy of the database does not answer as it should; it is left alone")
        self.left_alone_until = time.monotonic() + LEFT_ALONE_SECONDS
        connections["replica"].close()
        return self._read_from("default", request)


@receiver(got_request_exception)
def note_failure(**_told):
    """Remember that the copy could not answer: Django makes a page of every exception."""
    if reading.get() == "replica" and isinstance(sys.exc_info()[1], Error):
        failed.set(True)
