"""Lists answered from columns in memory are those that the database gives, for everybody."""

import datetime
import random
from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.replica import reading
from tests import make
from tests.actions.test_known import Story
from tests.dashboard.test_address_state import values_of
from tests.thorough import examples
from tracker import actions, columns, kept
from tracker.columns import asking, find, held, load
from tracker.filters import CommitmentFilter
from tracker.listings import listing
from tracker.models import Body, Commitment, Known
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
#: A day after which nothing is known to change.
TODAY = datetime.date(2031, 1, 1)
ROLES = (Role.VIEWER, Role.FOCAL_POINT, Role.ASSESSOR, Role.AUDITOR)
UNASKED = {"on", "view", "open_date", "met_date", "moved_since"}
UNASKED |= {f"not_{name}" for name in UNASKED}
quick = settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(autouse=True)
def small_registers_too(settings, monkeypatch):
    """Columns from the first commitment on, read where they are asked for."""
    settings.COLUMNS_FROM, settings.COLUMNS_ASIDE = 0, False
    monkeypatch.setattr(held, "_holders", defaultdict(held.Holder))
    monkeypatch.setattr(asking, "_ids", kept.Keeper(most=64))


def asked(data, viewer):
    """The list of commitments with these parameters."""
    query = QueryDict(mutable=True)
    for name, values in data.items():
        query.setlist(name, values)
    found = listing(CommitmentFilter, query, viewer=viewer, today=TODAY)
    assert found.is_valid(), found.errors
    return found


def both(data, viewer, start=0, stop=20):
    """Count and keys as the columns tell them, and as the database does."""
    found, plain = asked(data, viewer), asked(data, viewer)
    plain.finder = None
    assert found.found is not None, data
    return tuple(
        (each.count(), [row.public_key for row in each.page(start, stop)])
        for each in (found, plain)
    )


def questions():
    """Random parameters of the list, those that columns can tell."""
    items = CommitmentFilter.base_filters.items()
    found = {name: values_of(name, item) for name, item in items if name not in UNASKED}
    found = {name: strategy for name, strategy in found.items() if strategy is not None}
    names = st.lists(st.sampled_from(sorted(found)), unique=True, max_size=4)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({n: found[n] for n in chosen}))


def counts_evidence(parameters):
    names = {"evidence", "not_evidence", "empty", "not_empty"}
    return names & parameters.keys() or "evidence" in str(parameters.get("sort"))


@quick
@given(data=st.data())
def test_any_filters_in_any_order_give_the_rows_of_the_database(data):
    viewer = make.make_user(
        data.draw(st.sampled_from(ROLES)), bodies=Body.objects.filter(code__in=("XAA", "XAB"))
    )
    parameters = data.draw(questions())
    if viewer.role == Role.FOCAL_POINT and counts_evidence(parameters):
        assert asked(parameters, viewer).found is None
        return
    start = data.draw(st.sampled_from([0, 3, 50]))
    told, counted = both(parameters, viewer, start, start + 7)
    assert told == counted, parameters


@pytest.mark.parametrize("name", ["due", "follow_up", "assessed"])
def test_rows_without_a_day_lie_neither_before_nor_after_one(name):
    for side in ("before", "after"):
        told, counted = both({f"{name}_{side}": ["2021-06-30"]}, make.make_user())
        assert told == counted and (counted[0] or side == "after")


def test_most_filters_find_something():
    viewer = make.make_user()
    told, counted = both({"timing": ["overdue"], "sort": ["-due"]}, viewer)
    assert told == counted and counted[0] > 1
    told, counted = both({"q": ["2322"], "sort": ["body"]}, viewer, 10, 30)
    assert told == counted and counted[0] > 30


def test_a_past_day_and_what_columns_do_not_hold_is_asked_of_the_database():
    viewer = make.make_user()
    for data in ({"on": ["2020-01-01"]}, {"moved_since": ["2020-01-01"]}):
        assert asked(data, viewer).found is None
    assert columns.current() is not None


def test_a_small_register_asks_the_database(settings):
    settings.COLUMNS_FROM = Known.objects.latest("pk").pk + 1
    assert columns.current() is None
    assert asked({}, make.make_user()).count() == Commitment.objects.as_of(TODAY).count()


def rows_of(table):
    """Everything that a table says, without the places that no longer hold."""
    places = table.standing()
    names = sorted(table.columns)
    return sorted(zip(*(table.columns[name][places].tolist() for name in names), strict=True))


def same_subjects(one, other):
    ranks = all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("provisions", "bodies", "names", "forces", "softened")
    )
    themes = [{theme: sorted(ids) for theme, ids in each.themes.items()} for each in (one, other)]
    return ranks and themes[0] == themes[1]


@settings(quick, max_examples=examples(20))
@given(seed=st.integers(0, 2**32))
def test_after_any_acts_what_is_held_is_what_would_be_read_anew(seed):
    chance = random.Random(seed)
    story = Story(chance)
    holder = held.Holder()
    before = holder.current()
    for _round in range(4):
        for _act in range(chance.randint(0, 6)):
            story.act()
        followed, read = holder.current(), held._read()
        assert rows_of(followed) == rows_of(read.table)
        assert same_subjects(followed.subjects, read.table.subjects)
        bodies = {each.body_id for each in story.commitments}
        places = followed.of_bodies(bodies)
        assert len(places) == Known.objects.filter(current=True, body__in=bodies).count()
    assert before.size == before.sorted, "the table of before is as it was"


def test_what_was_taken_back_is_never_told():
    """Numbers are used again after a rollback; what they stand for is another."""
    holder, commitment = held.Holder(), make.make_commitment()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make.make_assessment(commitment, adopted_on=datetime.date(2020, 1, 1))
        commitment.role = "supporting"
        actions.save(commitment, by=None)
        assert rows_of(holder.current()) == rows_of(held._read().table)
        raise ZeroDivisionError
    for _past_the_same_numbers in range(4):
        make.make_commitment()
    assert rows_of(holder.current()) == rows_of(held._read().table)


def test_what_was_taken_back_is_forgotten_where_nothing_follows():
    holder = held.Holder()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make.make_commitment()
        assert rows_of(holder.current()) == rows_of(held._read().table)
        raise ZeroDivisionError
    assert rows_of(holder.current()) == rows_of(held._read().table)


def test_a_commitment_that_goes_leaves_no_place():
    commitment, holder = make.make_commitment(), held.Holder()
    key = commitment.pk
    assert key in holder.current().columns["commitment"][holder.current().standing()]
    actions.delete(commitment, by=None)
    table = holder.current()
    assert key not in table.columns["commitment"][table.standing()]


def test_without_room_all_is_read_anew(monkeypatch):
    holder = held.Holder()
    before = holder.current()
    monkeypatch.setattr(type(before), "has_room_for", lambda table, number: False)
    make.make_commitment()
    after = holder.current()
    assert after.size == after.sorted == before.size + 1


def test_a_thread_of_its_own_reads_while_lists_ask_the_database(settings, monkeypatch):
    settings.COLUMNS_ASIDE = True
    begun = []
    monkeypatch.setattr(held.threading.Thread, "start", lambda thread: begun.append(thread.name))
    holder = held.Holder()
    assert holder.current() is None
    assert begun == ["columns"]


def test_a_copy_that_is_behind_has_columns_of_its_own(monkeypatch):
    """Asked in turns, neither has the other read anew."""
    make.make_commitment()
    now, asked, read = held._version(), ["default"], []
    behind = replace(now, sequence=now.sequence - 1, hash="")
    versions = {"default": now, "copy": behind}
    monkeypatch.setattr(kept, "database", lambda: asked[0])
    monkeypatch.setattr(held, "_version", lambda: versions[asked[0]])
    monkeypatch.setattr(held, "_read", lambda: read.append(asked[0]) or _empty(versions, asked[0]))
    tables = []
    for name in ("default", "copy", "default", "copy"):
        asked[0] = name
        tables.append(held.current())
    assert read == ["default", "copy"]
    assert tables[0] is tables[2] is not tables[1]
    assert tables[1] is tables[3]


def _empty(versions, name):
    return held.Held(versions[name], object())


def test_the_thread_reads_the_database_that_was_asked(settings, monkeypatch):
    settings.COLUMNS_ASIDE = True
    seen = []
    monkeypatch.setattr(held, "_read", lambda: seen.append(reading.get()) or _ended())
    token = reading.set("replica")
    try:
        holder = held.Holder()
        holder._read_all()
    finally:
        reading.reset(token)
    holder.reading.join(10)
    assert seen == ["replica"]


def _ended():
    return held.Held(held.Version(0, 0, 0, "", TODAY), None)


@pytest.mark.parametrize("door", ["/commitments/", "/api/v1/commitments/"])
def test_both_doors_ask_the_columns(client, monkeypatch, door):
    client.force_login(make.make_user())
    make.make_commitment()
    asked = []
    monkeypatch.setattr(
        columns, "find", lambda *args, **more: asked.append(door) or find(*args, **more)
    )
    assert client.get(door, {"result": "not_assessed"}).status_code == 200
    assert asked == [door]


def test_days_are_numbered_as_python_numbers_them():
    days = [datetime.date(1945, 10, 24), datetime.date(2024, 2, 29), datetime.date(2199, 12, 31)]
    for day in days:
        make.make_assessment(make.make_commitment(), adopted_on=datetime.date(2020, 1, 1))
        row = Known.objects.filter(current=True).latest("pk")
        Known.objects.filter(pk=row.pk).update(due_on=day, assessed_on=None)
        told = load.columns_of(Known.objects.filter(pk=row.pk))
        assert told["due_on"].tolist() == [day.toordinal()]
        assert told["assessed_on"].tolist() == [0]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FOCAL_POINT, Role.AUDITOR])
def test_a_plain_row_is_shown_as_the_record_is(client, settings, role):
    client.force_login(make.make_user(role, bodies=Body.objects.filter(code="XAA")))
    shown = {}
    for since in (0, 10**9):
        settings.COLUMNS_FROM = since
        for query in ("page_size=200", "page_size=200&page=2", "fields=key,timing&sort=-due"):
            answer = client.get(f"/api/v1/commitments/?{query}", HTTP_ACCEPT="application/json")
            shown.setdefault(query, []).append(answer.json())
    assert all(one == other for one, other in shown.values())
    assert len(shown["page_size=200"][0]["results"]) == 200


def test_an_expanded_list_shows_the_records(client):
    client.force_login(make.make_user())
    answer = client.get("/api/v1/commitments/?expand=body&page_size=2").json()
    assert all("kind" in row["body"] for row in answer["results"])


def test_a_list_costs_few_questions(client, django_assert_max_num_queries):
    client.force_login(make.make_user())
    for query, most in (
        ("body=XAA&body=XAB&position=not_reported&sort=due", 5),
        ("region=150&theme=judicial-cooperation&result=not_assessed&sort=due", 7),
    ):
        client.get(f"/api/v1/commitments/?{query}")
        with django_assert_max_num_queries(most):
            answer = client.get(f"/api/v1/commitments/?{query}").json()
        assert answer["count"]


def test_what_names_in_filters_stand_for_is_followed():
    """A region, a theme and a body that move take their commitments with them at once."""
    viewer, body = make.make_user(), make.make_body()
    world, other = (make.make_region(code) for code in ("971", "972"))
    within = make.make_region("973", world, level=1)
    theme, around = make.make_theme(), make.make_theme()
    make.make_commitment(make.make_provision(themes=[theme]), body)
    parameters = {"region": [world.code], "theme": [around.slug]}
    assert both(parameters, viewer)[0][0] == 0
    theme.parent = around
    actions.save(theme, by=None)
    assert both({"theme": [around.slug]}, viewer)[0][0] == 1
    body.region = within
    actions.save(body, by=None)
    told, counted = both(parameters, viewer)
    assert told == counted and told[0] == 1
    within.parent = other
    actions.save(within, by=None)
    told, counted = both(parameters, viewer)
    assert told == counted and told[0] == 0
    assert both({"region": [other.code]}, viewer)[0][0] == 1
