"""Every text of two bodies is a unique word: nobody is sent one that is not theirs to read.

All that is sent is looked through: pages and their parts, JSON and its pages, error pages,
headers, files; mail and log besides.
"""

import pytest
from django.core import mail

from tests.rights.people import (
    ACTORS,
    ADMINISTRATOR,
    ANONYMOUS,
    AUDITOR,
    FOCAL_B,
)
from tests.rights.routes import Browser, attempts

pytestmark = pytest.mark.django_db
#: What a list is asked for, besides its first page.
LONG = "?page_size=200"
QUERIES = (LONG, "?body=ZZ-A&page_size=200", "?body=ZZ-B&page_size=200", "?nonsense=1")
PART, FRAME = {"HX-Request": "true"}, {"Accept": "text/html"}
#: In which forms a door answers besides the usual one.
FORMS = {"dashboard": (PART,), "api": (FRAME,), "admin": (), "site": ()}


def addresses(door, world, **narrow):
    """(method, path, forms) of every address of a door: with each record, each list as queried."""
    queries = narrow.pop("queries", QUERIES)
    for attempt in attempts(door, world, **narrow):
        yield attempt.method, attempt.path()
        if not attempt.route.noun and attempt.method == "GET":
            yield from (("GET", attempt.path().partition("?")[0] + query) for query in queries)


def foreign(actor, door, world, caplog, *, forms=(), **narrow) -> tuple[list[str], set]:
    """What stands where although ``actor`` may not read it, and every word found."""
    browser, found, words = Browser(actor, world), [], set()
    for method, path in addresses(door, world, **narrow):
        for headers in ({}, *forms):
            response = browser.send(method, path, headers=headers)
            sent = str(response.headers).encode() + response.body
            words |= world.canaries.found(sent)
            # What somebody typed into the address is no news.
            typed = world.canaries.foreign(path.encode(), actor)
            for where in world.canaries.foreign(sent, actor) - typed:
                found.append(f"{where}: {method} {path} {headers}")
    return found + outside(world, caplog), words


def outside(world, caplog) -> list[str]:
    """What mail and log tell; an address that was asked for may stand in the log."""
    lines = [each.getMessage() for each in caplog.records]
    logged = "\n".join(line for line in lines if not line.rpartition(": ")[2].startswith("/"))
    told = world.canaries.foreign(logged.encode(), ANONYMOUS)
    return [f"{where}: log" for where in told] + [f"mail: {each.subject}" for each in mail.outbox]


NAMED = {"ids": lambda value: getattr(value, "name", value)}
CORE = [(FOCAL_B, "dashboard"), (FOCAL_B, "api"), (ADMINISTRATOR, "admin")]


@pytest.mark.parametrize(("actor", "door"), CORE, **NAMED)
def test_nobody_is_sent_what_is_not_theirs_to_read(world, actor, door, caplog):
    narrow = {"methods": ("GET",), "levels": ("restricted",), "queries": (LONG,)}
    found, words = foreign(actor, door, world, caplog, **narrow)
    assert not found, f"{len(found)} foreign words\n" + "\n".join(found[:60])
    assert words


@pytest.mark.exhaustive
@pytest.mark.parametrize("door", FORMS)
@pytest.mark.parametrize("actor", ACTORS, **NAMED)
def test_nobody_is_sent_what_is_not_theirs_to_read_in_any_form(world, actor, door, caplog):
    narrow = {"methods": ("GET", "OPTIONS", "POST", "DELETE"), "every": True}
    found, words = foreign(actor, door, world, caplog, forms=FORMS[door], **narrow)
    assert not found, f"{len(found)} foreign words\n" + "\n".join(found[:60])
    let_in = actor.enters_admin if door == "admin" else actor.signed_in and door != "site"
    assert bool(words) == let_in


@pytest.mark.exhaustive
def test_every_word_is_found_by_somebody_who_may_read_it(world, caplog):
    """The sweep is not empty: the auditor reads every word that is anybody's to read."""
    seen = set()
    for door in ("dashboard", "api", "admin"):
        _found, words = foreign(AUDITOR, door, world, caplog, methods=("GET",), every=True)
        seen |= words
    missed = world.canaries.readable(AUDITOR) - seen
    assert not [world.canaries.words[word][0] for word in missed]
