"""What every door asks of a list beside its rows."""

import pytest
from django.http import QueryDict

from tests import REFERENCE_DAY
from tests.make import make_user
from tracker.filters import CommitmentFilter, DesignationFilter
from tracker.listings import counts_without, listing

pytestmark = pytest.mark.django_db

CASES = [
    (CommitmentFilter, "timing=overdue&body=XAA&theme=biometrics"),
    (CommitmentFilter, "provision=S/RES/2322(2016)/13&result=not_assessed&region=002"),
    (DesignationFilter, "function=extradition&kind=national_central_bureau"),
]


@pytest.mark.parametrize(("filterset", "query"), CASES)
def test_counts_without_a_filter_are_those_of_the_list_without_it(filterset, query):
    viewer, data = make_user(), QueryDict(query)

    def total(wanted):
        return listing(filterset, wanted, viewer=viewer, today=REFERENCE_DAY).qs.count()

    found = listing(filterset, data, viewer=viewer, today=REFERENCE_DAY)
    assert found.is_valid()
    counts = counts_without(found, list(data), viewer=viewer)
    for name in data:
        rest = data.copy()
        del rest[name]
        assert counts[name] == total(rest)


def test_counts_without_take_one_query(django_assert_num_queries):
    viewer, data = make_user(), QueryDict("timing=overdue&result=not_assessed")
    found = listing(CommitmentFilter, data, viewer=viewer, today=REFERENCE_DAY)
    assert found.is_valid()
    with django_assert_num_queries(1):
        counts_without(found, ["timing", "result"], viewer=viewer)
