"""The history of results equals, on every day, what the lists and bars of that day count."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.thorough import examples
from tracker.models import Commitment
from tracker.reports.bars import Bar, bars_by
from tracker.reports.trends import MOST_POINTS, history, points, step_days
from tracker.vocabulary import Result, Role

pytestmark = pytest.mark.django_db

DAY = datetime.date
days = st.dates(DAY(2016, 1, 1), DAY(2019, 12, 31))
lives = st.tuples(
    days,
    st.one_of(st.none(), days),
    st.lists(st.tuples(days, st.sampled_from(Result.values), st.booleans()), max_size=3),
)
FEW = settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def write(provision, told):
    """One commitment for each life: it begins, it may end, and it is assessed in between."""
    for first, end, story in told:
        end = max(end, first) if end else None
        commitment = make.make_commitment(provision, starts_on=first, ends_on=end)
        for day, result, is_open in story:
            level = "public" if is_open else "restricted"
            make.make_assessment(commitment, result, adopted_on=day, classification=level)


@FEW
@given(
    told=st.lists(lives, max_size=5),
    on=days,
    role=st.sampled_from([Role.VIEWER, Role.REVIEWER]),
)
def test_the_history_of_any_day_equals_what_that_day_counts(told, on, role):
    provision, viewer = make.make_provision(), make.make_user(role)
    write(provision, told)
    mine = Commitment.objects.visible_to(viewer).filter(provision=provision)
    past = history(mine, viewer=viewer, until=DAY(2020, 1, 1))
    for day in (on, on + datetime.timedelta(days=1), DAY(2015, 12, 31), DAY(2020, 1, 1)):
        counted = bars_by(mine.for_counting(on=day, viewer=viewer), "provision")
        assert past.at(day).counts == counted.get(provision.pk, Bar()).counts, day


def test_it_takes_two_queries(django_assert_num_queries):
    provision, viewer = make.make_provision(), make.make_user()
    write(provision, [(DAY(2016, 1, 1), None, [(DAY(2017, 1, 1), "not_implemented", True)])] * 3)
    with django_assert_num_queries(2):
        history(Commitment.objects.all(), viewer=viewer, until=DAY(2020, 1, 1))


STEPS = [
    ("month", "2020-01-15", "2020-03-10", ["2020-01-31", "2020-02-29", "2020-03-10"]),
    ("quarter", "2020-02-01", "2020-09-30", ["2020-03-31", "2020-06-30", "2020-09-30"]),
    ("year", "2018-12-31", "2020-06-30", ["2018-12-31", "2019-12-31", "2020-06-30"]),
    ("year", "2020-05-05", "2020-05-05", ["2020-05-05"]),
]


@pytest.mark.parametrize(("step", "first", "last", "expected"), STEPS)
def test_steps_end_on_the_last_days_of_their_spans(step, first, last, expected):
    found = step_days(DAY.fromisoformat(first), DAY.fromisoformat(last), step)
    assert [day.isoformat() for day in found] == expected


def test_too_many_steps_are_refused_and_without_a_first_day_the_latest_are_shown():
    write(make.make_provision(), [(DAY(1990, 1, 1), None, [])])
    past = history(Commitment.objects.all(), viewer=make.make_user(), until=DAY(2020, 1, 1))
    last = DAY(2020, 1, 1)
    with pytest.raises(ValueError, match="take longer steps"):
        points(past, first=DAY(1990, 1, 1), last=last, step="month")
    shown = points(past, first=None, last=last, step="month")
    assert (len(shown), shown[-1].on) == (MOST_POINTS, last)
    assert points(history(Commitment.objects.none(), viewer=make.make_user(), until=last),
                  first=None, last=last, step="year") == []  # fmt: skip
