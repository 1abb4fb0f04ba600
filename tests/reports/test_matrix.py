"""The matrix equals a recount, cell by cell, for random registers, days and viewers."""

import datetime
from collections import Counter

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.thorough import examples
from tracker.filters import CommitmentFilter, MatrixFilter
from tracker.listings import counting, listing, on_day
from tracker.models import Commitment, Region, Theme
from tracker.reports.bars import Bar
from tracker.reports.matrix import matrix, read_question
from tracker.reports.moves import moves
from tracker.vocabulary import NOT_ASSESSED, Result, Role

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 1, 1)
days = st.dates(datetime.date(2015, 1, 1), datetime.date(2025, 12, 31))
results = st.sampled_from(Result.values)
#: What one commitment went through: whether it is public, and its dated results.
stories = st.lists(st.tuples(days, results, st.sampled_from(["public", "restricted"])), max_size=3)
FEW = settings(
    max_examples=examples(6),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def regions():
    """A region of the world and one within it, the same for every example."""
    held = list(Region.objects.filter(code__in=("972", "973")).order_by("code"))
    if held:
        return held
    north = make.make_region("972", make.make_region("971"), 1, "North")
    return north, make.make_region("973", north, 2, "Bay")


def register(told):
    """Three paragraphs, nested themes, regions in two levels; one commitment for each story."""
    north, bay = regions()
    law = make.make_theme()
    treaties = make.make_theme(parent=law)
    other = make.make_theme()
    resolution = make.make_resolution()
    provisions = [
        make.make_provision(resolution, "1", themes=[law, treaties]),
        make.make_provision(resolution, "2", themes=[treaties, other]),
        make.make_provision(resolution, "2(a)", themes=[other]),
    ]
    bodies = [make.make_body(region=each) for each in (north, bay, bay, None)]
    pairs = [(provision, body) for provision in provisions for body in bodies]
    for (provision, body), story in zip(pairs, told, strict=False):
        commitment = make.make_commitment(provision, body, starts_on=datetime.date(2016, 1, 1))
        for day, result, level in story:
            make.make_assessment(commitment, result, adopted_on=day, classification=level)
    return resolution


def found(query, viewer, *, against=None):
    """The matrix under ``query``, as both doors ask for it."""
    filterset = counting(MatrixFilter, QueryDict(query), viewer=viewer, today=TODAY)
    assert filterset.is_valid(), filterset.errors
    question = read_question(filterset.form.cleaned_data)
    before = on_day(filterset, against) if against else None
    return matrix(filterset.qs, question, before=before)


def recount(row, column, *, resolution, on, viewer):
    """The results of one cell, counted one by one from the list that its link leads to."""
    data = QueryDict(mutable=True)
    data.update({"role": "addressee", "resolution": resolution.key, "on": on.isoformat()})
    for head in (row, column):
        data[head.kind] = head.key
    rows = listing(CommitmentFilter, data, viewer=viewer, today=TODAY)
    assert rows.is_valid(), rows.errors
    return Counter(each.result for each in rows.qs)


PICTURES = [
    "rows=theme&columns=region",
    "rows=theme&columns=body",
    "rows=resolution&columns=region",
    "rows=provision&columns=region",
    "rows=provision&columns=body",
    "rows=theme&columns=region&open_column=972&open_column=973&open_column=none",
]


@pytest.mark.parametrize("query", PICTURES)
def test_every_cell_equals_a_recount_of_its_list(query):
    @FEW
    @given(told=st.lists(stories, min_size=1, max_size=12), on=days)
    def holds(told, on):
        resolution = register(told)
        viewer = make.make_user()
        opened = "".join(f"&open_row={each.slug}" for each in Theme.objects.filter(parent=None))
        opened = opened if "rows=theme" in query else f"&open_row={resolution.key}"
        narrowed = f"{query}&resolution={resolution.key}&on={on}{opened}"
        shown = found(narrowed, viewer)
        for row in shown.rows:
            for column in shown.columns:
                cell = shown.cell(row, column)
                counted = recount(row, column, resolution=resolution, on=on, viewer=viewer)
                assert (cell.bar.counts if cell else Counter()) == counted, (row, column)

    holds()


@FEW
@given(told=st.lists(stories, min_size=1, max_size=12), on=days, earlier=days)
def test_two_days_side_by_side_are_the_two_days(told, on, earlier):
    resolution, viewer = register(told), make.make_user()
    on, earlier = max(on, earlier), min(on, earlier)
    query = f"rows=provision&columns=body&resolution={resolution.key}&on="
    both = found(f"{query}{on}", viewer, against=earlier)
    now, then = found(f"{query}{on}", viewer), found(f"{query}{earlier}", viewer)
    for pair, cell in both.cells.items():
        alone = [day.cells.get(pair) for day in (now, then)]
        assert [each.bar if each else Bar() for each in alone] == [cell.bar, cell.before]
    filterset = counting(MatrixFilter, QueryDict(f"{query}{on}"), viewer=viewer, today=TODAY)
    assert filterset.is_valid()
    moved = moves(filterset.qs, since=earlier, viewer=viewer)
    results_then, results_now = results_of(resolution, earlier), results_of(resolution, on)
    assert moved.total == sum(
        result != results_then.get(pk, NOT_ASSESSED) for pk, result in results_now.items()
    )


def results_of(resolution, on):
    """The result of each commitment that stood on that day, by its id, for a viewer."""
    rows = Commitment.objects.filter(provision__resolution=resolution)
    rows = rows.for_counting(on=on, viewer=make.make_user())
    return dict(rows.values_list("pk", "result"))


@FEW
@given(told=st.lists(stories, min_size=1, max_size=12), on=days)
def test_without_assessments_nothing_is_not_implemented(told, on):
    """Hiding every assessment moves no commitment into "not implemented"."""
    resolution = register([[] for _story in told])
    for query in PICTURES:
        shown = found(f"{query}&resolution={resolution.key}&on={on}", make.make_user())
        for cell in [shown.whole, *shown.cells.values()]:
            assert cell.bar.total == cell.bar.not_assessed
            assert not cell.bar.counts["not_implemented"]


def test_a_restricted_result_counts_only_for_those_who_may_see_it():
    resolution = register([[(datetime.date(2017, 1, 1), "not_implemented", "restricted")]])
    query = f"rows=provision&columns=body&resolution={resolution.key}"
    seen = {role: found(query, make.make_user(role)).whole.bar.counts for role in Role}
    assert seen[Role.VIEWER] == {NOT_ASSESSED: 1}
    assert seen[Role.REVIEWER] == {"not_implemented": 1}
    body = Commitment.objects.get(provision__resolution=resolution).body
    concerned = make.make_user(Role.FOCAL_POINT, bodies=[body])
    assert found(query, concerned).whole.bar.counts == {"not_implemented": 1}
