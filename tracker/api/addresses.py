"""The addresses of records, as ``reverse`` gives them, without asking it anew for every row."""

from collections.abc import Callable
from functools import cache, lru_cache
from urllib.parse import quote

from django.urls import get_script_prefix, reverse
from rest_framework.reverse import preserve_builtin_query_params

#: What a path may hold unquoted, as ``reverse`` has it.
SAFE = "!$&'()*+,;=/~:@"
#: Stands for the key while an address is looked up; no route has such a word.
KEY = "--key--"


def address(route: str, key: str, request) -> str:
    """The address of ``route`` (``api:body``) for this key: whole, or a path without a request."""
    return addresses(route, request)(key)


def addresses(route: str, request) -> Callable[[str], str]:
    """Gives the address of ``route`` for a key; for many keys, what they share is found once."""
    before, after = _around_key(route, get_script_prefix())
    origin, following = _of_request(request) if request else ("", "")
    start, end = f"{origin}{before}", f"{after}{following}"
    return lambda key: f"{start}{_spelled(key)}{end}"


@lru_cache(maxsize=8192)
def _spelled(key: str) -> str:
    return quote(key, safe=SAFE)


@cache
def _around_key(route: str, prefix: str) -> tuple[str, str]:
    """What stands before and after the key, where the site lies under ``prefix``."""
    before, _key, after = reverse(route, args=[KEY]).partition(KEY)
    return before, after


def _of_request(request) -> tuple[str, str]:
    """Scheme and host, and the form that links lead to as well; worked out once a request."""
    if not hasattr(request, "around_addresses"):
        origin = request.build_absolute_uri("/").removesuffix("/")
        request.around_addresses = origin, preserve_builtin_query_params("", request)
    return request.around_addresses
