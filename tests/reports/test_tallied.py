"""Pictures read from the tallies equal those that count the rows, on any day and for all eyes."""

import datetime

import pytest
from django.http import QueryDict

from tests import make
from tracker.filters import MatrixFilter, TrendsFilter
from tracker.listings import counting, on_any_day, on_day
from tracker.models import Body
from tracker.reports.matrix import matrix, read_question, told
from tracker.reports.trends import History, history, history_of, points
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 26)
ROLES = (Role.VIEWER, Role.FOCAL_POINT, Role.AUDITOR)
TOLD = [
    "",
    "on=2018-05-17",
    "on=2020-12-31&against=2017-03-01",
    "theme=mutual-legal-assistance&on=2021-02-03",
    "region=002&region=none&on=2019-08-09",
    "region=002&open_column=002&theme=biometrics",
    "on=2010-01-01",
]
COUNTED = [
    "rows=resolution",
    "rows=provision&columns=body",
    "theme=biometrics&theme=mutual-legal-assistance",
    "kind=state",
    "open_row=biometrics",
    "open_column=002&open_column=015",
]


def person(role):
    return make.make_user(role, bodies=Body.objects.filter(code__in=("XAA", "XAB")))


def both(query, viewer):
    """The matrix from the tallies, and from the rows."""
    filterset = counting(MatrixFilter, QueryDict(query), viewer=viewer, today=TODAY)
    assert filterset.is_valid(), filterset.errors
    question, against = read_question(filterset.form.cleaned_data), filterset.chosen("against")
    before = on_day(filterset, against) if against else None
    tallies = told(filterset, filterset.on, against)
    return (
        matrix(filterset.qs.none(), question, before=before, told=tallies),
        matrix(filterset.qs, question, before=before),
        tallies is not None,
    )


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("query", TOLD)
def test_a_matrix_of_themes_and_regions_is_read_from_the_tallies(query, role):
    read, counted, _told = both(query, person(role))
    assert (read.rows, read.columns, read.whole) == (counted.rows, counted.columns, counted.whole)
    for row in counted.rows:
        for column in counted.columns:
            assert read.cell(row, column) == counted.cell(row, column), (row, column)
    assert "2010" in query or read.whole.bar.total > 5


@pytest.mark.parametrize("query", COUNTED)
def test_what_tallies_cannot_tell_is_counted(query):
    """From no rows nothing is counted, so tallies would show."""
    read, counted, _told = both(query, person(Role.VIEWER))
    assert counted.whole.bar.total
    assert not read.whole.bar.total


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("query", ["", "theme=biometrics", "region=002", "to=2021-03-05"])
def test_trends_are_read_from_the_tallies(query, role):
    viewer = person(role)
    filterset = counting(TrendsFilter, QueryDict(query), viewer=viewer, today=TODAY)
    assert filterset.is_valid(), filterset.errors
    rows, last = on_any_day(filterset), filterset.chosen("to", TODAY)
    read = history_of(filterset, rows, until=last)
    counted = history(rows, viewer=viewer, until=last)
    assert not isinstance(read, History)
    assert read.first.replace(day=1) == counted.first.replace(day=1)
    for step in ("month", "year"):
        one, other = (points(found, first=None, last=last, step=step) for found in (read, counted))
        assert one == other
    for day in (datetime.date(2019, 2, 28), datetime.date(2019, 3, 1), last):
        assert read.at(day) == counted.at(day)


def test_trends_of_one_body_are_counted():
    filterset = counting(TrendsFilter, QueryDict("body=XAA"), viewer=make.make_user(), today=TODAY)
    assert filterset.is_valid()
    assert isinstance(history_of(filterset, on_any_day(filterset), until=TODAY), History)
