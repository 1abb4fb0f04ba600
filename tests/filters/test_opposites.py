"""All but these, and what is empty: on every list, by one grammar."""

import datetime

import pytest
from django.http import QueryDict

from tests import make
from tracker.filters import CommitmentFilter, DesignationFilter, ProvisionFilter
from tracker.filters.fields import Keys, ManyChoices, NamedConditions
from tracker.filters.opposites import NOT
from tracker.listings import NOUNS, listing

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 1)


def rows(filterset, query, viewer):
    found = listing(filterset, QueryDict(query), viewer=viewer, today=TODAY)
    assert found.is_valid(), found.errors
    return [row.pk for row in found.qs]


@pytest.mark.exhaustive
@pytest.mark.parametrize("filterset", NOUNS, ids=lambda each: each.__name__)
def test_a_value_and_all_but_it_are_the_whole_list(filterset):
    viewer = make.make_user("reviewer")
    whole = rows(filterset, "", viewer)
    for name, item in filterset.base_filters.items():
        if not isinstance(item, ManyChoices | NamedConditions):
            continue
        for value, _label in item.extra["choices"]:
            these = rows(filterset, f"{name}={value}", viewer)
            others = rows(filterset, f"{NOT}{name}={value}", viewer)
            assert sorted(others) == sorted(set(whole) - set(these)), (name, value)


def test_every_filter_of_choices_or_keys_has_its_opposite_on_every_list():
    for filterset in NOUNS:
        for name, item in filterset.base_filters.items():
            if isinstance(item, Keys | ManyChoices | NamedConditions):
                assert f"{NOT}{name}" in filterset.base_filters


@pytest.mark.parametrize(
    ("filterset", "query"),
    [
        (CommitmentFilter, "theme=mutual-legal-assistance"),
        (CommitmentFilter, "provision=S/RES/2322(2016)/13"),
        (CommitmentFilter, "region=002"),
        (ProvisionFilter, "resolution=S/RES/2322(2016)"),
        (DesignationFilter, "function=extradition"),
    ],
)
def test_keys_are_left_out_with_all_that_lies_under_them(filterset, query):
    viewer = make.make_user()
    whole, these = rows(filterset, "", viewer), rows(filterset, query, viewer)
    assert these
    assert set(rows(filterset, f"{NOT}{query}", viewer)) == set(whole) - set(these)


def test_repeating_leaves_out_each_and_different_ones_narrow_together():
    viewer = make.make_user()
    left = rows(CommitmentFilter, "not_result=not_assessed&not_result=not_implemented", viewer)
    one = rows(CommitmentFilter, "not_result=not_assessed", viewer)
    other = rows(CommitmentFilter, "not_result=not_implemented", viewer)
    assert set(left) == set(one) & set(other)
    both = rows(CommitmentFilter, "not_result=not_assessed&timing=overdue", viewer)
    assert set(both) == set(one) & set(rows(CommitmentFilter, "timing=overdue", viewer))


def test_what_is_empty_is_found_and_what_is_not():
    viewer = make.make_user()
    undated = rows(CommitmentFilter, "empty=follow_up", viewer)
    dated = rows(CommitmentFilter, "not_empty=follow_up", viewer)
    assert undated and dated
    assert set(undated) | set(dated) == set(rows(CommitmentFilter, "", viewer))
    after = rows(CommitmentFilter, "follow_up_after=1950-01-01", viewer)
    assert set(after) == set(dated)


def test_a_wrong_value_of_an_opposite_is_an_error_like_any_other():
    found = listing(
        CommitmentFilter, QueryDict("not_result=good&empty=x"), viewer=make.make_user(), today=TODAY
    )
    assert set(found.errors) == {"not_result", "empty"}
    assert "fully_implemented" in found.errors["not_result"][0]
    assert "follow_up" in found.errors["empty"][0]


def test_chips_say_all_but_and_lacks():
    found = listing(
        CommitmentFilter,
        QueryDict("not_result=not_assessed&empty=due&not_empty=reported"),
        viewer=make.make_user(),
        today=TODAY,
    )
    assert [(str(label), words) for _name, _raw, label, words in found.active] == [
        ("Lacks", "Due date"),
        ("Assessment, all but", "Not assessed"),
        ("Has", "Report"),
    ]
