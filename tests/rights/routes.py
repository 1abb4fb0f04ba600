"""The map of addresses, and what each request on it should meet by the table of rights."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from tests.rights.people import ANONYMOUS, Actor
from tests.rights.policy import ANYBODY, OPEN, POLICY, Needs, Route
from tests.rights.records import Record

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
READING = ("GET", "HEAD", "OPTIONS")
#: How a request can end.
LOGIN, MISSING, REFUSED, NOT_SERVED, FAULT, REACHED = (
    "sent to sign in", "not found", "refused", "method not served", "fault of ours", "reached",
)  # fmt: skip
PART = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One entry of the map: its name (or its pattern, where it has none) and its pattern."""

    name: str
    pattern: str

    @property
    def door(self) -> str:
        """The family that it belongs to."""
        first = re.split("[:/]", self.name)[0]
        return first if first in ("admin", "api", "dashboard") else "site"


def addresses() -> list[Address]:
    """Every entry of the map, whichever door it belongs to."""
    return list(_walk(get_resolver()))


def _walk(resolver, spaces=(), path="") -> Iterator[Address]:
    for each in resolver.url_patterns:
        pattern = path + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = (*spaces, each.namespace) if each.namespace else spaces
            yield from _walk(each, inner, pattern)
        else:
            yield Address(":".join((*spaces, each.name)) if each.name else pattern, pattern)


def line_to_add(address: Address) -> str:
    """What the author of a new route has to write into the policy."""
    route = 'Route("the kind of record")' if "key>" in address.pattern else "Route()"
    return (
        f"“{address.pattern}” has no line in tests/rights/policy.py. If everybody signed in may "
        f'read it, add:\n    "{address.name}": {route},\nand name the right that it takes to '
        "write there, if any: post=Needs(Act.…)."
    )


@dataclass(frozen=True)
class Attempt:
    """One request: an address with a record, a method, and what the method needs."""

    address: Address
    route: Route
    method: str
    record: Record | None
    need: Needs | None

    def path(self, key="", pk="") -> str:
        """Where it goes; with another ``key`` and ``pk``, to a record that is not there."""
        if self.route.path:
            return self.route.path
        values = dict(self.route.values)
        if self.record and self.route.noun:
            row_id = getattr(self.record.obj, "pk", "")
            values |= {"key": key or self.record.key, "sequence": key or self.record.key}
            values |= {"object_id": pk or row_id, "pk": pk or row_id, **self.record.more}
            values |= self.route.values
        return "/" + PART.sub(lambda part: str(values[part[1]]), self.address.pattern)

    def expected(self, actor: Actor) -> tuple[str, ...]:
        """How it may end for ``actor``."""
        return {"admin": self._in_admin, "api": self._in_api}.get(
            self.address.door, self._on_pages
        )(actor)

    def _on_pages(self, actor):
        if self.need and self.need.act == OPEN:
            return (REACHED,)
        if self.need is None and ANYBODY in (self.route.get, self.route.post):
            return (NOT_SERVED,)
        if not actor.signed_in:
            return (LOGIN,)
        if self.need is None:
            return (NOT_SERVED,)
        if self.method == "OPTIONS":
            return (REACHED,)
        # A page finds its record before it asks what may be done with it.
        if self._is_missing(actor):
            return (MISSING,)
        return (REACHED,) if self._is_allowed(actor) else (REFUSED,)

    def _in_api(self, actor):
        if not actor.signed_in:
            return (LOGIN,)
        if self.route.empty and self.method == "OPTIONS":
            # What an address takes is told without looking whether anything is there.
            return (MISSING, REACHED)
        if self.route.empty:
            others = (REFUSED, NOT_SERVED) if self.need is None else (REFUSED,)
            if self.method in READING:
                return (MISSING,) if self.need else (NOT_SERVED,)
            return (MISSING, *others)
        if self.need is None:
            return (NOT_SERVED, REFUSED)
        if self.method == "OPTIONS":
            return (REACHED,)
        # The door asks for the right as such before it looks anything up.
        if not all(actor.has(act) for act in (*self.need.acts, self._act()) if act):
            if self.need.acts and all(actor.has(act) for act in self.need.acts):
                return (REFUSED,) if not self._is_missing(actor) else (MISSING,)
            return (REFUSED,)
        if self._is_missing(actor):
            return (MISSING,)
        return (REACHED,) if self._is_allowed(actor) else (REFUSED,)

    def _in_admin(self, actor):
        if self.need and self.need.act == OPEN:
            return (REACHED,)
        if self.need is None and ANYBODY in (self.route.get, self.route.post):
            # From signing out, Django leads who never came in to its first page.
            led_on = self.route.get is None and not actor.enters_admin
            return (REACHED,) if led_on else (NOT_SERVED,)
        if not actor.enters_admin:
            return (LOGIN,)
        if self.need is None:
            return (NOT_SERVED,)
        if not self._is_allowed(actor):
            return (REFUSED,)
        return (MISSING,) if self._is_missing(actor) else (REACHED,)

    def _act(self):
        return self.need.act or (self.record.act if self.record else "")

    def _is_missing(self, actor) -> bool:
        if self.route.empty:
            return True
        if self.need.blind:
            return False
        return bool(self.route.noun and self.record and not self.record.seen_by(actor))

    def _is_allowed(self, actor) -> bool:
        act, body = self._act(), self.record.body if self.record else ""
        return (
            bool(act) and all(actor.has(each) for each in self.need.acts) and actor.has(act, body)
        )

    def __str__(self):
        record = f" ({self.record})" if self.record else ""
        return f"{self.method} {self.path()}{record}"


def attempts(door: str, world, *, methods=METHODS, levels=None, every=False) -> Iterator[Attempt]:
    """Every request of a door: each route, method, record and need; ``every``: of both bodies."""
    for address in addresses():
        if address.door != door or address.name not in POLICY:
            continue
        route = POLICY[address.name]
        for method in methods:
            for need in _needs(address, route, method):
                for record in _records(route, method, world, levels, every):
                    yield Attempt(address, route, method, record, need)


def _needs(address, route, method) -> list[Needs | None]:
    found = route.needs(method)
    # Pages of the admin that are no classes of their own know reading and posting only.
    if address.door == "admin" and method not in ("GET", "HEAD", "POST"):
        as_reading = found != [ANYBODY] if method == "OPTIONS" else not route.strict
        found = route.needs("GET") if as_reading else found
    return found or [None]


def _records(route, method, world, levels, every) -> list[Record | None]:
    noun = route.noun or ("" if method in READING else route.about)
    if not noun:
        return [None]
    found = world.records[noun] if every else world.of(noun)
    if levels:
        found = [each for each in found if each.classification in ("", *levels)]
    # What has no class of its own is one like the other.
    return found if every or found[0].classification or noun == "change" else found[:1]


class Browser:
    """A client in which ``actor`` is signed in; what it writes is taken back, unless ``keep``."""

    keep = False

    def __init__(self, actor: Actor, world):
        self.actor, self.client = actor, Client(raise_request_exception=False)
        if actor is not ANONYMOUS:
            self.client.force_login(world.users[actor.name])
        self.cookies = self.client.cookies.output(header="", sep=";")

    def send(self, method, path, data=None, *, as_json=False, headers=None):
        """The answer; nothing of it stays, neither in the database nor in the browser."""
        point = transaction.savepoint()
        try:
            if method in READING:
                return self._read(getattr(self.client, method.lower())(path, headers=headers))
            sent = {"content_type": "application/json"} if as_json or method != "POST" else {}
            act = getattr(self.client, method.lower())
            return self._read(act(path, data or {}, headers=headers, **sent))
        finally:
            end = transaction.savepoint_commit if self.keep else transaction.savepoint_rollback
            end(point)
            self.client.cookies.clear()
            self.client.cookies.load(self.cookies)

    def _read(self, response):
        # Read to its end, a file closes itself; closed once more, it would close the connection.
        streaming = response.streaming
        response.body = b"".join(response.streaming_content) if streaming else response.content
        return response

    def attempt(self, attempt: Attempt, **keys):
        """Make the request of an attempt."""
        sent = (
            attempt.need.sent(attempt.record) if attempt.need and attempt.method == "POST" else {}
        )
        as_json = attempt.address.door == "api"
        return self.send(attempt.method, attempt.path(**keys), sent, as_json=as_json)


def outcome(response, attempt: Attempt) -> str:
    """How a request ended."""
    status, target = response.status_code, response.headers.get("Location", "")
    if status >= 500:
        return FAULT
    if status == 401 or target.startswith(("/login/?", "/admin/login/")):
        return LOGIN
    # The admin leads from what is not there to its first page.
    if status == 404 or (target == "/admin/" and attempt.route.noun):
        return MISSING
    if status in (403, attempt.need.refusal if attempt.need else 403):
        return REFUSED
    return NOT_SERVED if status == 405 else REACHED
