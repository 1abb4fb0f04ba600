"""Every text of two bodies is a unique word: nobody is sent one that is not theirs to read.

All that is sent is looked through: pages and their parts, JSON and its pages, error pages,
headers, files; mail and log besides.
"""

import io
import zipfile

import pytest
from django.core import mail

from tests.exports.reading import texts
from tests.rights.people import (
    ACTORS,
    ADMINISTRATOR,
    ANONYMOUS,
    AUDITOR,
    FOCAL_B,
    VIEWER,
)
from tests.rights.routes import Browser, attempts
from tests.thorough import some, thorough
from tracker.exports.forms import FORMS as FORMS_OF_LISTS

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
            # What somebody typed into the address is no news.
            news = world.canaries.found(sent) - world.canaries.found(path.encode())
            words |= news
            for where in world.canaries.foreign(b" ".join(news), actor):
                found.append(f"{where}: {method} {path} {headers}")
    return found + outside(world, caplog), words


def outside(world, caplog) -> list[str]:
    """What mail and log tell; an address that was asked for may stand in the log."""
    lines = [each.getMessage() for each in caplog.records]
    logged = "\n".join(line for line in lines if not line.rpartition(": ")[2].startswith("/"))
    told = world.canaries.foreign(logged.encode(), ANONYMOUS)
    return [f"{where}: log" for where in told] + [f"mail: {each.subject}" for each in mail.outbox]


NAMED = {"ids": lambda value: getattr(value, "name", value)}
CORE = some((FOCAL_B, "api"), (FOCAL_B, "dashboard"), (ADMINISTRATOR, "admin"))


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
    """The sweep is not empty: the auditor reads every word that is anybody's to read.

    The names and addresses of people stand in the admin, before who manages them.
    """
    seen = set()
    doors = ((AUDITOR, "dashboard"), (AUDITOR, "api"), (AUDITOR, "admin"), (ADMINISTRATOR, "admin"))
    for actor, door in doors:
        _found, words = foreign(actor, door, world, caplog, methods=("GET",), every=True)
        seen |= words
    missed = world.canaries.readable(AUDITOR) - seen
    # The account of each person, and what somebody is typing, have pages that are not walked.
    assert {world.canaries.words[word][0] for word in missed} <= {"mail address", "unsaved text"}


def unpacked(response) -> bytes:
    """What a file says: the parts of a package, the text of a PDF, the bytes of anything else."""
    body = response.body
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            return b"\n".join(package.read(name) for name in package.namelist())
    return "\n".join(texts(body)).encode() if body.startswith(b"%PDF") else body


def files(actor, world, forms) -> tuple[list[str], set]:
    """Foreign words in the files of every list, in each of ``forms``, and every word found."""
    browser, found, words = Browser(actor, world), [], set()
    lists = [each for each in attempts("dashboard", world, methods=("GET",)) if not each.record]
    for path in [each.path() for each in lists]:
        for form in forms:
            # Only what is about the two bodies, so that no file is too long for its form.
            for query in (f"?format={form}", f"?format={form}&body=ZZ-A&body=ZZ-B"):
                sent = unpacked(browser.send("GET", path + query))
                words |= world.canaries.found(sent)
                for where in world.canaries.foreign(sent, actor):
                    found.append(f"{where}: {path}{query}")
    return found, words


@pytest.mark.parametrize(
    ("actor", "forms"),
    [
        pytest.param(FOCAL_B, ("csv",), marks=thorough),
        pytest.param(FOCAL_B, tuple(FORMS_OF_LISTS), marks=pytest.mark.exhaustive),
        pytest.param(VIEWER, tuple(FORMS_OF_LISTS), marks=pytest.mark.exhaustive),
        pytest.param(ADMINISTRATOR, tuple(FORMS_OF_LISTS), marks=pytest.mark.exhaustive),
    ],
)
def test_no_file_of_a_list_holds_what_is_not_theirs_to_read(world, actor, forms):
    found, words = files(actor, world, forms)
    assert not found, f"{len(found)} foreign words\n" + "\n".join(found[:60])
    assert len(words) > 20
