"""Every route × method × person × class of record, against the table of rights: no wrong cell."""

from collections import Counter

import pytest

from tests.rights.people import ACTORS
from tests.rights.policy import POLICY
from tests.rights.routes import (
    MISSING,
    REACHED,
    Browser,
    addresses,
    attempts,
    line_to_add,
    outcome,
)

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
        if end not in expected:
            wrong.append(f"{attempt}: {end} ({response.status_code}), not {' or '.join(expected)}")
    return wrong, ends


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name)
def test_reading_and_posting_reach_what_the_table_says(world, actor, door):
    wrong, ends = wrong_cells(
        world, actor, door, methods=("GET", "POST"), levels=("restricted",)
    )
    assert not wrong, "\n" + "\n".join(wrong)
    assert ends[REACHED] or not actor.signed_in or (door == "admin" and not actor.enters_admin)


@pytest.mark.exhaustive
@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name)
def test_every_method_reaches_what_the_table_says_at_every_classification(world, actor, door):
    wrong, _ends = wrong_cells(world, actor, door)
    assert not wrong, "\n" + "\n".join(wrong)
