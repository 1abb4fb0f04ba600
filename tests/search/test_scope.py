"""A search tells nobody of what he or she may not see: not by a hit, a number or an order."""

import datetime

import pytest

from tests.make import (
    make_assessment,
    make_body,
    make_commitment,
    make_evidence,
    make_report,
    make_user,
)
from tracker.search import find as searching
from tracker.search.hits import hits_of
from tracker.vocabulary import Classification, Role

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 1)
RESTRICTED = {"classification": Classification.RESTRICTED}


@pytest.fixture
def secrets():
    """Restricted and unfinished records about one State, each with a word of its own."""
    body = make_body("SCOPED")
    commitment = make_commitment(body=body)
    make_evidence(title="Vexillum evidence", body=body, **RESTRICTED)
    make_report(commitment, text="Vexillum report", **RESTRICTED)
    make_report(commitment, text="Vexillum unsent", submitted_on=None)
    make_assessment(commitment, rationale="Vexillum restricted", **RESTRICTED)
    make_assessment(commitment, rationale="Vexillum draft", adopted_on=None)
    return body


def counts(user, text="vexillum"):
    return searching.counts(searching.find(text, viewer=user, on=TODAY))


@pytest.mark.parametrize(
    ("role", "own", "expected"),
    [
        (Role.VIEWER, False, {}),
        (Role.FOCAL_POINT, False, {}),
        (Role.FOCAL_POINT, True, {"evidence": 1, "report": 2, "assessment": 1}),
        (Role.ASSESSOR, False, {"evidence": 1, "report": 1, "assessment": 2}),
        (Role.REVIEWER, False, {"evidence": 1, "report": 1, "assessment": 2}),
    ],
)
def test_restricted_words_are_found_only_by_those_who_may_read_them(secrets, role, own, expected):
    user = make_user(role, bodies=[secrets] if own else [])
    assert counts(user) == expected
    found = searching.overview(searching.find("vexillum", viewer=user, on=TODAY), first=5)
    assert {each.group: each.count for each in found} == expected


@pytest.mark.parametrize("beginning", ["vex", "vexi", "vexillum ev", "vexillum restricted"])
def test_a_beginning_is_no_way_to_guess_a_word(secrets, beginning):
    assert counts(make_user(), beginning) == {}


def test_what_may_not_be_seen_moves_nothing_in_an_order():
    viewer = make_user()
    for note in ("Gladius", "Gladius and more", "Words before gladius"):
        make_evidence(title=note, note=f"{note} scutum")
    asked = ("gladius", "scutum", "gladius scutum")

    def found():
        return [
            [(e.object_id, e.rank) for e in searching.find(text, viewer=viewer, on=TODAY)]
            for text in asked
        ]

    before = found()
    body = make_body("HIDING")
    for _number in range(30):
        make_evidence(title="Scutum", note="scutum scutum", body=body, **RESTRICTED)
    assert found() == before


def test_a_hit_does_not_outlive_a_right():
    viewer = make_user()
    evidence = make_evidence(title="Vexillum")
    entries = list(searching.find("vexillum", viewer=viewer, on=TODAY))
    type(evidence).objects.filter(pk=evidence.pk).update(**RESTRICTED)
    assert hits_of(entries, "vexillum", viewer=viewer) == []
    assert counts(viewer) == {}


def test_somebody_who_is_not_active_finds_nothing(secrets):
    user = make_user(Role.ADMINISTRATOR)
    user.is_active = False
    assert counts(user, "vexillum") == {}
    assert counts(user, "2322") == {}
