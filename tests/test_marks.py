"""The marks of a day, added up, count each change before it once, and no other."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from tracker import marks
from tracker.models import DatedTally
from tracker.vocabulary import RESULTS

days = st.dates(datetime.date(1940, 1, 1), datetime.date(2075, 12, 31))


@given(change=days, day=days)
def test_every_change_before_the_start_counts_once(change, day):
    start, found = marks.below(day)
    counted = [mark for mark in marks.above(marks.month_of(change)) if mark in found]
    assert len(counted) == (1 if change < start else 0)
    assert start <= day
    assert not found or (day - start).days < 31 or day.year >= 2060


@given(change=days)
def test_everything_ever_counts_every_change(change):
    assert marks.above(marks.month_of(change)).count(marks.FOREVER) == 1
    assert marks.below(marks.FOREVER) == (marks.FOREVER, {marks.FOREVER})
    assert len(marks.above(marks.month_of(change))) < 32


def test_a_dated_tally_has_a_column_for_each_result():
    names = {field.name for field in DatedTally._meta.concrete_fields}
    assert {key for key, _label in RESULTS} == names - {"id", "mark", "theme", "region", "eyes"}
