"""What lists, counts and bars show for a day equals a recount of what was adopted by then."""

import datetime
from collections import Counter

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.thorough import examples
from tracker.filters import CommitmentFilter
from tracker.listings import listing
from tracker.models import Commitment
from tracker.reports.bars import Bar, bars_by
from tracker.vocabulary import NOT_ASSESSED, NOT_REPORTED, RESULTS, Position, Result, Role

pytestmark = pytest.mark.django_db

#: Few days, so that histories meet the day asked for and each other.
days = st.dates(datetime.date(2017, 12, 28), datetime.date(2018, 1, 4))
assessments = st.lists(st.tuples(days, st.sampled_from(Result.values), st.booleans()), max_size=4)
reports = st.lists(st.tuples(days, st.sampled_from(Position.values)), max_size=3)
histories = st.lists(st.tuples(assessments, reports), min_size=1, max_size=4)


def write(provision, history):
    """Store a history: for each commitment its assessments (adopted or withdrawn), reports."""
    for assessed, reported in history:
        commitment = make.make_commitment(provision)
        for day, result, adopted in assessed:
            step = "adopted" if adopted else "withdrawn"
            make.make_assessment(commitment, result, adopted_on=day if adopted else None, step=step)
        for day, position in reported:
            make.make_report(commitment, position, submitted_on=day)


def latest(dated, on, default):
    """The value with the latest day up to ``on``; of two on one day the one written last."""
    known = [(day, n, value) for n, (day, value) in enumerate(dated) if day <= on]
    return max(known)[2] if known else default


def recount(history, on):
    results = Counter(
        latest([(day, r) for day, r, adopted in assessed if adopted], on, NOT_ASSESSED)
        for assessed, _reported in history
    )
    positions = Counter(latest(reported, on, NOT_REPORTED) for _assessed, reported in history)
    return results, positions


def listed(provision, on, viewer, **query):
    data = QueryDict(mutable=True)
    data.update({"provision": provision.key, "on": on.isoformat(), **query})
    filterset = listing(CommitmentFilter, data, viewer=viewer, today=datetime.date(2026, 1, 1))
    assert filterset.is_valid(), filterset.errors
    return filterset.qs


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=histories, on=days)
def test_lists_and_bars_of_any_day_equal_a_recount(history, on):
    provision, viewer = make.make_provision(), make.make_user(Role.ASSESSOR)
    write(provision, history)
    results, positions = recount(history, on)

    rows = listed(provision, on, viewer)
    assert Counter(row.result for row in rows) == results
    assert Counter(row.position for row in rows) == positions
    for key, _label in RESULTS:
        assert listed(provision, on, viewer, result=key).count() == results[key]

    counted = Commitment.objects.visible_to(viewer).for_counting(on=on, viewer=viewer)
    bar = bars_by(counted, "provision").get(provision.pk, Bar())
    assert bar.counts == results
    assert bar.not_assessed == results[NOT_ASSESSED]
    assert bar.total == len(history)


@settings(
    max_examples=examples(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=histories, on=days)
def test_not_assessed_never_enters_not_implemented(history, on):
    """Hiding every assessment moves no commitment into "not implemented"."""
    hidden = [([], reported) for _assessed, reported in history]
    provision, viewer = make.make_provision(), make.make_user()
    write(provision, hidden)
    assert listed(provision, on, viewer, result="not_implemented").count() == 0
    assert listed(provision, on, viewer, result="not_assessed").count() == len(history)


def test_a_commitment_is_not_there_before_it_starts_nor_from_the_day_it_ends():
    provision, viewer = make.make_provision(), make.make_user()
    make.make_commitment(
        provision, starts_on=datetime.date(2017, 1, 1), ends_on=datetime.date(2018, 1, 1)
    )
    shown = {
        day: listed(provision, datetime.date.fromisoformat(day), viewer).count()
        for day in ("2016-12-31", "2017-01-01", "2017-12-31", "2018-01-01")
    }
    assert shown == {"2016-12-31": 0, "2017-01-01": 1, "2017-12-31": 1, "2018-01-01": 0}


TIMINGS = [
    # due on, delivered on, asked for, expected
    (None, None, "2017-01-01", "no_date"),
    ("2017-10-12", None, "2017-01-01", "upcoming"),
    ("2017-10-12", None, "2017-09-12", "due_soon"),
    ("2017-10-12", None, "2017-10-12", "due_soon"),
    ("2017-10-12", None, "2017-10-13", "overdue"),
    ("2017-10-12", "2017-10-12", "2017-10-13", "delivered"),
    ("2017-10-12", "2017-10-20", "2017-10-13", "overdue"),
    ("2017-10-12", "2017-10-20", "2017-10-20", "delivered_late"),
]


@pytest.mark.parametrize(("due", "delivered", "on", "expected"), TIMINGS)
def test_timing_is_computed_for_any_day(due, delivered, on, expected):
    day = datetime.date.fromisoformat
    commitment, viewer = make.make_commitment(), make.make_user()
    if due:
        deadline = make.make_deadline(commitment.provision, kind="fixed", fixed_on=day(due))
        if delivered:
            make.make_delivery(commitment, deadline, day(delivered))
    [row] = listed(commitment.provision, day(on), viewer)
    assert row.timing == expected
    assert listed(commitment.provision, day(on), viewer, timing=expected).count() == 1


def test_of_several_dates_the_earliest_still_open_decides():
    commitment, viewer = make.make_commitment(), make.make_user()
    first = make.make_deadline(
        commitment.provision, "First", kind="fixed", fixed_on=datetime.date(2017, 3, 1)
    )
    make.make_deadline(
        commitment.provision, "Second", kind="fixed", fixed_on=datetime.date(2018, 3, 1)
    )
    make.make_delivery(commitment, first, datetime.date(2017, 2, 1))
    [row] = listed(commitment.provision, datetime.date(2017, 6, 1), viewer)
    assert (row.due_on, row.timing) == (datetime.date(2018, 3, 1), "upcoming")


def test_a_body_named_in_support_has_no_date_to_meet():
    commitment = make.make_commitment(role="supporting")
    make.make_deadline(commitment.provision)
    [row] = listed(commitment.provision, datetime.date(2020, 1, 1), make.make_user())
    assert row.timing == "no_date"


def test_evidence_counts_once_however_often_it_is_cited_and_only_what_was_public_by_then():
    commitment, viewer = make.make_commitment(), make.make_user()
    evidence = make.make_evidence()
    report = make.make_report(commitment, submitted_on=datetime.date(2018, 1, 1))
    assessment = make.make_assessment(commitment, adopted_on=datetime.date(2019, 1, 1))
    draft = make.make_assessment(commitment, adopted_on=None)
    make.make_citation(evidence, report=report)
    make.make_citation(evidence, assessment=assessment)
    make.make_citation(assessment=draft)
    for on, expected in [("2017-12-31", 0), ("2018-01-01", 1), ("2019-01-01", 1)]:
        [row] = listed(commitment.provision, datetime.date.fromisoformat(on), viewer)
        assert row.evidence_count == expected


def test_of_two_assessments_of_one_day_the_one_written_last_shows():
    commitment, viewer = make.make_commitment(), make.make_user()
    for result in ("not_implemented", "fully_implemented"):
        make.make_assessment(commitment, result, adopted_on=make.ADOPTED)
    [row] = listed(commitment.provision, make.ADOPTED, viewer)
    assert row.result == "fully_implemented"
