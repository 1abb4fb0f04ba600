"""Consistency checks: each finds what it says, for a day and for a person, and nothing else."""

import datetime

import pytest

from tests import REFERENCE_DAY, make
from tracker.reports.checks import CHECKS, find_check, findings, rows_of
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
AHEAD = REFERENCE_DAY + 100 * DAY


@pytest.fixture
def auditor():
    return make.make_user(Role.AUDITOR)


def found(key, person, on=REFERENCE_DAY):
    return list(rows_of(find_check(key), on=on, viewer=person))


def change(key, person, row, on=REFERENCE_DAY):
    """Whether the check finds ``row``."""
    return row in found(key, person, on)


def assessed(result="fully_implemented", **fields):
    fields.setdefault("follow_up_on", AHEAD)
    return make.make_assessment(make.make_commitment(), result, **fields)


def test_implemented_without_evidence(auditor):
    key = "implemented-without-evidence"
    bare, cited, partly = assessed(), assessed("largely_implemented"), assessed("not_implemented")
    make.make_citation(assessment=cited)
    rows = found(key, auditor)
    assert bare.commitment in rows
    assert cited.commitment not in rows
    assert partly.commitment not in rows
    assert bare.commitment not in found(key, auditor, make.ADOPTED - DAY)


def test_what_somebody_may_not_see_is_not_counted_as_evidence(auditor):
    key = "implemented-without-evidence"
    cited = assessed()
    hidden = make.make_evidence(classification="restricted")
    make.make_citation(hidden, assessment=cited)
    assert cited.commitment not in found(key, auditor)
    assert cited.commitment in found(key, make.make_user())


@pytest.mark.parametrize(
    ("key", "wrong", "right"),
    [
        (
            "evidence-older-than-resolution",
            {"published_on": make.ADOPTED - DAY},
            {"published_on": make.ADOPTED},
        ),
        (
            "evidence-older-than-resolution",
            {"event_on": make.ADOPTED - DAY, "published_on": REFERENCE_DAY},
            {"event_on": make.ADOPTED, "published_on": make.ADOPTED - DAY},
        ),
        (
            "evidence-past-validity",
            {"valid_until": REFERENCE_DAY - DAY},
            {"valid_until": REFERENCE_DAY},
        ),
    ],
)
def test_evidence_that_is_old_is_named(auditor, key, wrong, right):
    old, fine, draft = assessed(), make.make_report(), make.make_report(submitted_on=None)
    make.make_citation(make.make_evidence(title="An old law", **wrong), assessment=old)
    make.make_citation(make.make_evidence(**right), report=fine)
    make.make_citation(make.make_evidence(**wrong), report=draft)
    rows = {row.pk: row for row in found(key, auditor)}
    assert rows[old.commitment.pk].noted == "An old law"
    assert fine.commitment.pk not in rows
    assert draft.commitment.pk not in rows


@pytest.mark.parametrize(
    ("position", "result", "differs"),
    [
        ("completed", "not_implemented", True),
        ("not_applicable", "fully_implemented", True),
        ("not_applicable", "not_implemented", True),
        ("under_way", "not_applicable", True),
        ("planned", "fully_implemented", True),
        ("completed", "fully_implemented", False),
        ("completed", "insufficient_information", False),
        ("not_applicable", "not_applicable", False),
        ("planned", "not_implemented", False),
        ("completed", None, False),
        (None, "not_implemented", False),
    ],
)
def test_report_and_assessment_that_differ(auditor, position, result, differs):
    commitment = make.make_commitment()
    if position:
        make.make_report(commitment, position)
    if result:
        make.make_assessment(commitment, result)
    assert change("report-and-assessment-differ", auditor, commitment) is differs


def test_assessed_without_a_follow_up_ahead(auditor):
    key = "without-follow-up"
    none, past = assessed(follow_up_on=None), assessed(follow_up_on=REFERENCE_DAY - DAY)
    ahead, begun = assessed(), assessed(follow_up_on=None)
    make.make_assessment(begun.commitment, adopted_on=None)
    newer = assessed(follow_up_on=REFERENCE_DAY - DAY)
    make.make_assessment(newer.commitment, adopted_on=REFERENCE_DAY, follow_up_on=AHEAD)
    rows = found(key, auditor)
    assert {none.commitment, past.commitment} <= set(rows)
    assert not {ahead.commitment, begun.commitment, newer.commitment} & set(rows)
    assert make.make_commitment() not in rows


def test_designations_and_dissolved_bodies(auditor):
    stale = make.make_designation()
    fresh = make.make_designation(last_confirmed_on=REFERENCE_DAY)
    rows = found("designations-not-confirmed", auditor)
    assert stale in rows
    assert fresh not in rows
    gone = make.make_commitment(body=make.make_body(dissolved_on=REFERENCE_DAY))
    ended = make.make_commitment(
        body=make.make_body(dissolved_on=REFERENCE_DAY), ends_on=REFERENCE_DAY
    )
    assert change("dissolved-but-addressed", auditor, gone)
    assert not change("dissolved-but-addressed", auditor, gone, REFERENCE_DAY - DAY)
    assert not change("dissolved-but-addressed", auditor, ended)


def test_all_checks_are_counted_in_one_query(auditor, django_assert_num_queries):
    with django_assert_num_queries(1):
        counted = findings(auditor, on=REFERENCE_DAY)
    assert [each.check for each in counted] == list(CHECKS)
    for each in counted:
        assert each.number == len(found(each.check.key, auditor)), each.check.key
