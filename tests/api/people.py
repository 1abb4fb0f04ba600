"""Clients that are signed in."""

import re

from rest_framework.test import APIClient

#: What changes the record at the address itself.
CHANGES = ("PUT", "PATCH", "DELETE")


class Careful(APIClient):
    """Reads a record before changing it, and says with ``If-Match`` which version it read.

    Give ``HTTP_IF_MATCH`` to send another one, or ``None`` to send none.
    """

    def generic(self, method, path, *args, **extra):
        if method in CHANGES and "HTTP_IF_MATCH" not in extra:
            extra["HTTP_IF_MATCH"] = self.tag(path)
        if extra.get("HTTP_IF_MATCH", "") is None:
            del extra["HTTP_IF_MATCH"]
        return super().generic(method, path, *args, **extra)

    def tag(self, path) -> str | None:
        """The ETag of the record at ``path``, None when none is shown there."""
        return self.get(path.partition("?")[0]).headers.get("ETag")

    def act(self, path, act, sent=None, **extra):
        """Take the step ``act`` of the record at ``path``, as it is now."""
        extra.setdefault("HTTP_IF_MATCH", self.tag(path))
        return self.post(f"{path}{act}/", sent or {}, **extra)


def signed_in(person) -> Careful:
    """A client with the session of that person."""
    client = Careful()
    client.force_login(person)
    return client


def said(response) -> str:
    """What a refusal says, without the id of its request, which is another one each time."""
    return re.sub(r'"request_id":"\w*"', "", response.content.decode())
