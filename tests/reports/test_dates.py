"""The dates of one commitment, as set, extended and met on any day."""

import datetime

import pytest

from tests.make import (
    make_commitment,
    make_deadline,
    make_delivery,
    make_extension,
    make_provision,
    make_resolution,
    make_user,
)
from tracker.models import Commitment
from tracker.reports.dates import at_a_glance, dates_of

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
START = datetime.date(2020, 1, 15)


@pytest.fixture
def commitment():
    """What is asked of one body: a report every year, four times, and a plan after an event."""
    provision = make_provision(make_resolution(adopted_on=START, year=2020))
    last = datetime.date(2024, 1, 15)
    make_deadline(provision, offset_months=12, every_months=12, last_on=last)
    make_deadline(provision, "Plan", kind="event", offset_months=1, event="the conference")
    return make_commitment(provision)


def shown(commitment, on):
    return [(row.number, row.timing, row.until_on) for row in dates_of(commitment, on=on)]


def test_a_series_and_a_date_that_waits_for_its_event(commitment):
    assert shown(commitment, datetime.date(2022, 1, 1)) == [
        (1, "overdue", datetime.date(2021, 1, 15)),
        (2, "due_soon", datetime.date(2022, 1, 15)),
        (3, "upcoming", datetime.date(2023, 1, 15)),
        (4, "upcoming", datetime.date(2024, 1, 15)),
        (1, "no_date", None),
    ]


def test_an_extension_counts_from_the_day_it_was_granted_and_the_latest_wins(commitment):
    deadline = commitment.provision.deadlines.get(label="Report")
    granted, later = datetime.date(2021, 2, 1), datetime.date(2021, 3, 1)
    until, shorter = datetime.date(2021, 9, 1), datetime.date(2021, 6, 1)
    make_extension(commitment, deadline, until, granted_on=granted)
    make_extension(commitment, deadline, shorter, granted_on=later)
    for on, expected in ((granted - DAY, None), (granted, until), (later, shorter)):
        row = dates_of(commitment, on=on)[0]
        assert row.until_on == (expected or row.set_on) and row.set_on.year == 2021
    make_delivery(commitment, deadline, shorter + DAY)
    assert shown(commitment, shorter)[0][1] == "due_soon"
    assert shown(commitment, shorter + DAY)[0][1] == "delivered_late"


def test_it_agrees_with_what_lists_show_on_any_day(commitment):
    deadline = commitment.provision.deadlines.get(label="Report")
    make_delivery(commitment, deadline, datetime.date(2020, 12, 1))
    granted = datetime.date(2022, 1, 20)
    until = datetime.date(2022, 5, 5)
    make_extension(commitment, deadline, until, number=2, granted_on=granted)
    make_delivery(commitment, deadline, datetime.date(2022, 5, 6), number=2)
    viewer = make_user()
    for day in range(0, 365 * 5, 17):
        on = START + day * DAY
        row = Commitment.objects.filter(pk=commitment.pk).with_facts(on=on, viewer=viewer).get()
        first = next((each for each in dates_of(commitment, on=on) if each.is_open), None)
        if first:
            assert (row.timing, row.due_on) == (first.timing, first.until_on)


def test_a_glance_shows_the_last_that_was_met_and_the_first_that_are_open(commitment):
    deadline = commitment.provision.deadlines.get(label="Report")
    make_delivery(commitment, deadline, START + DAY)
    make_delivery(commitment, deadline, START + DAY, number=2)
    glance = at_a_glance(dates_of(commitment, on=datetime.date(2022, 2, 1)))
    assert [row.number for row in glance] == [2, 3, 4]


def test_a_body_named_in_support_has_none(commitment):
    supporting = make_commitment(commitment.provision, role="supporting")
    assert dates_of(supporting, on=START) == []


def test_many_dates_cost_no_more_queries(commitment, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        dates_of(commitment, on=START)
