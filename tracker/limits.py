"""How often somebody may ask: counted in the cache, the same for every door.

A limit counts in windows of fixed length; counting is one atomic step of the cache, so that
requests that come together are counted one by one. The numbers are ``RATE_LIMITS`` of the settings.
"""

import hashlib
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache


@dataclass(frozen=True)
class Left:
    """What is left of a limit: ``limit`` requests a window, ``reset`` seconds until the next."""

    limit: int
    used: int
    reset: int

    @property
    def remaining(self) -> int:
        """How many more requests are answered in this window."""
        return max(0, self.limit - self.used)

    @property
    def is_exceeded(self) -> bool:
        """Whether this request is one too many."""
        return self.used > self.limit


def count(name: str, who: str) -> Left | None:
    """Count one request of ``who`` against the limit of that name; None where there is no limit."""
    limit = settings.RATE_LIMITS.get(name)
    if limit is None:
        return None
    number, seconds = limit
    now = time.time()
    window = int(now // seconds)
    hidden = hashlib.sha256(who.encode()).hexdigest()[:32]
    key = f"limit.{name}.{hidden}.{window}"
    cache.add(key, 0, timeout=seconds + 1)
    try:
        used = cache.incr(key)
    except ValueError:
        # The window ended between the two steps.
        used = 1
    return Left(number, used, max(1, int((window + 1) * seconds - now)))


def address_of(request) -> str:
    """Where a request comes from; behind a proxy what the proxy itself has added."""
    if settings.BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR", "")
