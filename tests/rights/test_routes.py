"""Every route × method × person × class of record, against the table of rights: no wrong cell."""

import re
from collections import Counter

import pytest
from django.utils.html import escape

from tests.rights.people import (
    ACTORS,
    ADMINISTRATOR,
    ANONYMOUS,
    AUDITOR,
    FOCAL_B,
    SUPERUSER,
    VIEWER,
)
from tests.rights.policy import POLICY
from tests.rights.routes import (
    REACHED,
    Browser,
    addresses,
    attempts,
    line_to_add,
    outcome,
)
from tests.thorough import some, thorough

pytestmark = pytest.mark.django_db
DOORS = ("site", "dashboard", "api", "admin")


def test_every_route_has_its_line_and_every_line_its_route():
    found = {address.name: address for address in addresses()}
    missing = [line_to_add(each) for name, each in found.items() if name not in POLICY]
    assert not missing, "\n" + "\n".join(missing)
    assert not set(POLICY) - set(found), "These routes of the policy are gone."


def wrong_cells(world, actor, door, **narrow) -> tuple[list[str], Counter]:
    """The requests that end otherwise than the table says, and how many ended how."""
    browser, wrong, ends = Browser(actor, world), [], Counter()
    for attempt in attempts(door, world, **narrow):
        response = browser.attempt(attempt)
        end, expected = outcome(response, attempt), attempt.expected(actor)
        ends[end] += 1
        if not {"private", "no-store"} <= set(response["Cache-Control"].split(", ")):
            wrong.append(f"{attempt}: may be kept in a cache")
        if end not in expected:
            wrong.append(f"{attempt}: {end} ({response.status_code}), not {' or '.join(expected)}")
    return wrong, ends


#: What ``make test`` and ``.ci/run`` take of the grid; the whole of it is run by hand.
CORE = some(
    (ANONYMOUS, "dashboard"),
    (ANONYMOUS, "api"),
    (ANONYMOUS, "admin"),
    (VIEWER, "site"),
    (VIEWER, "admin"),
    (FOCAL_B, "api"),
    (FOCAL_B, "dashboard"),
    (AUDITOR, "api"),
    (AUDITOR, "admin"),
    quick=6,
)
NAMED = {"ids": lambda value: getattr(value, "name", value)}


@pytest.mark.parametrize(("actor", "door"), CORE, **NAMED)
def test_reading_and_posting_reach_what_the_table_says(world, actor, door):
    wrong, _ends = wrong_cells(world, actor, door, methods=("GET", "POST"), levels=("restricted",))
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.exhaustive
@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("actor", ACTORS, **NAMED)
def test_every_method_reaches_what_the_table_says_at_every_classification(world, actor, door):
    wrong, ends = wrong_cells(world, actor, door)
    assert not wrong, "\n" + "\n".join(wrong)
    # Nobody is let in everywhere, and who is let in by a door finds something there.
    assert set(ends) - {REACHED} or door == "site"
    let_in = door == "site" or (actor.enters_admin if door == "admin" else actor.signed_in)
    assert ends[REACHED] > 20 or not let_in or door == "site"


def test_the_grid_is_not_empty(world):
    """Each record is open to somebody who asks, and each restricted one is closed to somebody."""
    for records in world.records.values():
        for record in records:
            readers = [actor for actor in ACTORS if record.seen_by(actor)]
            assert readers, record
            assert ANONYMOUS not in readers
            closed = record.classification == "restricted" or record.state == "draft"
            assert len(readers) < len(ACTORS) - 1 or not closed, record


#: What differs between two answers to the same request: the id, a token, a message kept.
CHANCE = re.compile(rb'(csrfmiddlewaretoken" value|csrfToken|X-CSRFToken)[^>]*|[0-9a-f]{32}')


def told(response, key: str) -> tuple:
    """What an answer tells, apart from the key that was asked for."""
    headers = {
        name: value
        for name, value in response.headers.items()
        if name not in ("X-Request-ID", "Content-Length", "Expires")
    }
    body = response.body.replace(key.encode(), b"KEY").replace(escape(key).encode(), b"KEY")
    return response.status_code, str(headers).replace(key, "KEY"), CHANCE.sub(b"", body)


WHOLE = pytest.mark.exhaustive


@pytest.mark.parametrize(
    ("actor", "door"),
    [
        (FOCAL_B, "api"),
        (ADMINISTRATOR, "admin"),
        pytest.param(FOCAL_B, "dashboard", marks=thorough),
        pytest.param(VIEWER, "dashboard", marks=WHOLE),
        pytest.param(VIEWER, "api", marks=WHOLE),
        pytest.param(ADMINISTRATOR, "dashboard", marks=WHOLE),
        pytest.param(ADMINISTRATOR, "api", marks=WHOLE),
        pytest.param(SUPERUSER, "admin", marks=WHOLE),
    ],
    **NAMED,
)
def test_what_is_closed_answers_like_what_is_not_there(world, actor, door):
    browser, compared = Browser(actor, world), 0
    for attempt in attempts(door, world, methods=("GET", "POST"), levels=("restricted",)):
        record = attempt.record
        if not (record and attempt.route.noun) or record.seen_by(actor):
            continue
        key, pk = str(record.key), str(getattr(record.obj, "pk", ""))
        other, nowhere = like(key), "9" * len(pk)
        there = told(browser.attempt(attempt), pk if door == "admin" else key)
        not_there = told(
            browser.attempt(attempt, key=other, pk=nowhere), nowhere if door == "admin" else other
        )
        assert there == not_there, str(attempt)
        compared += 1
    assert compared > 10


def like(key: str) -> str:
    """A key of the same form that is held nowhere."""
    if key.isdigit():
        return "9" * len(key)
    return f"{key[:-5]}zzzzz"
