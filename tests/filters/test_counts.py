"""The count of a list, from the tallies or not, is the number of its rows."""

import datetime

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from tests import REFERENCE_DAY, make
from tracker import actions
from tracker.filters import CommitmentFilter
from tracker.listings import listing
from tracker.models import Body, Commitment
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db

TALLIED = [
    "",
    "theme=mutual-legal-assistance",
    "theme=judicial-cooperation&result=not_assessed",
    "body=XAA&body=XAB&result=fully_implemented&result=not_implemented",
    "region=002&role=addressee&sort=-due",
    "kind=state&theme=extradition&role=supporting",
    "result=insufficient_information",
]
OTHERS = [
    "theme=mutual-legal-assistance&theme=extradition",
    "timing=overdue",
    "q=extradition",
    "on=2019-06-30&result=not_assessed",
    "force=encourages&result=not_assessed",
    "resolution=S/RES/2322(2016)",
]


def found(query, viewer, narrow=None, today=REFERENCE_DAY):
    data = QueryDict(query)
    filterset = listing(CommitmentFilter, data, viewer=viewer, today=today, narrow=narrow)
    assert filterset.is_valid(), filterset.errors
    return filterset


def people():
    bodies = Body.objects.filter(code__in=("XAA", "XAC"))
    roles = (Role.VIEWER, Role.FOCAL_POINT, Role.ASSESSOR)
    return [make.make_user(role, bodies=bodies) for role in roles]


def counts_rows_of(filterset) -> bool:
    """Whether the count is right, and whether the rows were read for it."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        number = filterset.count()
    assert number == len(list(filterset.qs))
    return any('FROM "tracker_commitment"' in q["sql"] and "COUNT" in q["sql"] for q in queries)


@pytest.mark.parametrize("query", TALLIED)
def test_what_tallies_can_tell_is_not_counted_row_by_row(query):
    for viewer in people():
        assert not counts_rows_of(found(query, viewer))


@pytest.mark.parametrize("query", OTHERS)
def test_everything_else_is_counted_row_by_row(query):
    for viewer in people():
        assert counts_rows_of(found(query, viewer))


def test_a_list_that_was_narrowed_is_counted_row_by_row():
    narrow = Commitment.objects.filter(body__code="XAA").values("pk")
    filterset = found("", make.make_user(), narrow=lambda rows: rows.filter(pk__in=narrow))
    assert counts_rows_of(filterset)


def test_what_lies_ahead_of_the_day_is_counted_row_by_row():
    """A commitment that ends later, one that starts later, an assessment dated later."""
    viewer, later = make.make_user(), REFERENCE_DAY + datetime.timedelta(days=5)
    rows = [make.make_commitment(), make.make_commitment(starts_on=later)]
    rows[0].ends_on = later
    actions.save(rows[0], by=None)
    assert counts_rows_of(found("", viewer))
    actions.delete(rows[0], by=None)
    assert counts_rows_of(found("", viewer))
    actions.delete(rows[1], by=None)
    assert not counts_rows_of(found("", viewer))
    make.make_assessment(adopted_on=later)
    assert counts_rows_of(found("result=not_assessed", viewer))
