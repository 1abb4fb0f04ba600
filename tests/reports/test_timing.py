"""Where each commitment stands against its dates, on any day, equals a recount from the rows."""

import datetime

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.thorough import examples
from tracker.filters import CommitmentFilter
from tracker.listings import listing
from tracker.models import Commitment, Delivery, DueDate, Extension
from tracker.models.base import add_months
from tracker.reports.bars import bars_by
from tracker.reports.deadlines import due_rows
from tracker.vocabulary import Timing

pytestmark = pytest.mark.django_db

FIRST = datetime.date(2018, 1, 31)
days = st.integers(0, 120).map(lambda n: FIRST + datetime.timedelta(days=n))
#: First day, months between its dates, how many dates.
deadlines = st.lists(
    st.tuples(days, st.sampled_from([None, 1, 2]), st.integers(1, 3)), min_size=1, max_size=2
)
#: Commitment, deadline, number (taken modulo what there is), then days.
deliveries = st.lists(st.tuples(*[st.integers(0, 5)] * 3, days), max_size=6)
extensions = st.lists(st.tuples(*[st.integers(0, 5)] * 3, days, days), max_size=6)
roles = st.lists(st.sampled_from(["addressee", "addressee", "supporting"]), min_size=2, max_size=3)
histories = st.tuples(deadlines, roles, deliveries, extensions)


def write(history):
    """Store a history; returns the provision."""
    dated, roles, delivered, extended = history
    provision = make.make_provision()
    rows = [
        make.make_deadline(
            provision,
            f"Date {place}",
            kind="fixed",
            fixed_on=first,
            every_months=every,
            last_on=add_months(first, every * (number - 1)) if every else None,
        )
        for place, (first, every, number) in enumerate(dated)
    ]
    commitments = [make.make_commitment(provision, role=role) for role in roles]
    for commitment, deadline, number, day in delivered:
        place = pick(commitments, rows, commitment, deadline, number)
        if not Delivery.objects.filter(**place).exists():
            make.make_delivery(**place, delivered_on=day)
    for commitment, deadline, number, granted_on, until_on in extended:
        place = pick(commitments, rows, commitment, deadline, number)
        same = {**place, "granted_on": granted_on, "until_on": until_on}
        if not Extension.objects.filter(**same).exists():
            make.make_extension(**same)
    return provision


def pick(commitments, deadlines, commitment, deadline, number):
    deadline = deadlines[deadline % len(deadlines)]
    return {
        "commitment": commitments[commitment % len(commitments)],
        "deadline": deadline,
        "number": number % deadline.due_dates.count() + 1,
    }


def recount(commitment, on):
    """(timing, due on, delivered on) of one commitment, in plain Python."""
    standing = [standing_of(commitment, each, on) for each in dates_of(commitment)]
    still_open = [until for until, met in standing if met is None]
    met = [(until, met) for until, met in standing if met is not None]
    last = max((delivered for _until, delivered in met), default=None)
    if still_open and commitment.role == "addressee":
        due = min(still_open)
        soon = on + datetime.timedelta(days=30)
        timing = "overdue" if due < on else "due_soon" if due <= soon else "upcoming"
        return timing, due, last
    if not met:
        return "no_date", None, None
    late = any(delivered > until for until, delivered in met)
    return "delivered_late" if late else "delivered", max(until for until, _met in met), last


def dates_of(commitment):
    return list(DueDate.objects.filter(deadline__provision=commitment.provision_id))


def standing_of(commitment, due, on):
    """The date as put off by that day, and when it was met if it was by then."""
    mine = {"commitment": commitment, "deadline": due.deadline_id, "number": due.number}
    granted = [
        (each.granted_on, each.pk, each.until_on)
        for each in Extension.objects.filter(**mine)
        if each.granted_on <= on
    ]
    met = [each.delivered_on for each in Delivery.objects.filter(**mine)]
    met = [each for each in met if each <= on]
    return (max(granted)[2] if granted else due.due_on), (met[0] if met else None)


def listed(on, viewer, **query):
    data = QueryDict(mutable=True)
    for name, value in {"on": on.isoformat(), **query}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    filterset = listing(CommitmentFilter, data, viewer=viewer, today=datetime.date(2026, 1, 1))
    assert filterset.is_valid(), filterset.errors
    return filterset.qs


@settings(
    max_examples=examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=histories, on=days)
def test_the_timing_of_any_day_equals_a_recount(history, on):
    provision, viewer = write(history), make.make_user()
    rows = Commitment.objects.filter(provision=provision).with_facts(on=on, viewer=viewer)
    for row in rows:
        assert (row.timing, row.due_on, row.delivered_on) == recount(row, on)


@settings(
    max_examples=examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=histories, on=days)
def test_every_number_beside_a_date_is_that_of_its_list(history, on):
    provision, viewer = write(history), make.make_user()
    counted = Commitment.objects.filter(provision=provision).for_counting(on=on, viewer=viewer)
    rows = due_rows(counted, bars_by(counted, "provision"), on=on)
    addressees = [each for each in counted if each.role == "addressee"]
    assert bool(rows) == bool(addressees)
    for row in rows:
        dates = [each for each in dates_of(addressees[0]) if each.due_on == row.due_on]
        standing = [[standing_of(each, due, on) for due in dates] for each in addressees]
        still_open = [
            min(u for u, met in each if met is None) for each in standing if has_open(each)
        ]
        assert (row.open, row.delivered) == (
            len(still_open),
            len(addressees) - len(still_open),
        )
        assert listed(on, viewer, open_date=row.key).count() == row.open
        assert listed(on, viewer, met_date=row.key).count() == row.delivered
        if still_open:
            due, soon = min(still_open), on + datetime.timedelta(days=30)
            assert row.timing == (
                "overdue" if due < on else "due_soon" if due <= soon else "upcoming"
            )
        else:
            assert row.timing == "delivered"


def has_open(standing):
    return any(met is None for _until, met in standing)


def test_before_the_grant_the_old_date_stands_and_the_latest_grant_counts():
    commitment, viewer = make.make_commitment(), make.make_user()
    day = datetime.date.fromisoformat
    deadline = make.make_deadline(commitment.provision, kind="fixed", fixed_on=day("2018-03-01"))
    for granted, until in (("2018-02-01", "2018-12-01"), ("2018-05-01", "2018-06-01")):
        make.make_extension(commitment, deadline, day(until), granted_on=day(granted))
    make.make_delivery(commitment, deadline, day("2018-07-01"))
    expected = {
        "2018-01-31": ("due_soon", "2018-03-01"),
        "2018-02-01": ("upcoming", "2018-12-01"),
        "2018-05-01": ("upcoming", "2018-06-01"),
        "2018-06-02": ("overdue", "2018-06-01"),
        "2018-07-01": ("delivered_late", "2018-06-01"),
    }
    for on, (timing, due) in expected.items():
        [row] = listed(day(on), viewer, provision=commitment.provision.key)
        assert (on, row.timing, row.due_on) == (on, Timing(timing), day(due))


def test_of_a_long_series_the_dates_around_the_day_stand_and_those_still_open():
    commitment, viewer = make.make_commitment(), make.make_user()
    deadline = make.make_deadline(
        commitment.provision, kind="fixed", fixed_on=FIRST, every_months=1
    )
    on = datetime.date(2018, 6, 15)
    for number in (1, 3, 4, 5):
        make.make_delivery(commitment, deadline, FIRST, number=number)
    counted = Commitment.objects.filter(pk=commitment.pk).for_counting(on=on, viewer=viewer)
    rows = due_rows(counted, bars_by(counted, "provision"), on=on)
    assert [(row.due_on.isoformat(), row.timing) for row in rows] == [
        ("2018-02-28", "overdue"),
        ("2018-05-31", "delivered"),
        ("2018-06-30", "due_soon"),
    ]


def test_a_body_that_no_longer_has_the_commitment_is_not_counted():
    provision, viewer = make.make_provision(), make.make_user()
    deadline = make.make_deadline(provision, kind="fixed", fixed_on=FIRST)
    over = make.make_commitment(provision, ends_on=FIRST)
    make.make_delivery(over, deadline, FIRST)
    make.make_delivery(make.make_commitment(provision, role="supporting"), deadline, FIRST)
    make.make_commitment(provision)
    counted = Commitment.objects.filter(provision=provision).for_counting(on=FIRST, viewer=viewer)
    [row] = due_rows(counted, bars_by(counted, "provision"), on=FIRST)
    assert (row.open, row.delivered) == (1, 0)


@pytest.mark.parametrize(
    "value", ["2018-01-31", "S/RES/2322(2016)/21", "S/RES/2322(2016)/21/2017-10-13", "x/2017-10-12"]
)
def test_a_date_that_no_paragraph_sets_is_refused(value):
    data = QueryDict(mutable=True)
    data["open_date"] = value
    filterset = listing(
        CommitmentFilter, data, viewer=make.make_user(), today=datetime.date(2026, 1, 1)
    )
    assert not filterset.is_valid()
    assert list(filterset.errors) == ["open_date"]
