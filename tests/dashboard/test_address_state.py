"""Address = state: a random state of a list survives its forms, chips, links and a saved view.

``make test`` tries a few states; ``.ci/run`` a thousand.
"""

import datetime

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dashboard.forms import meant_by, sent_by
from tests.dashboard.pages import LISTS
from tests.make import make_user, make_view
from tests.thorough import examples
from tracker.dashboard.addresses import changed
from tracker.filters.fields import AsOfDay, Day, Keys, ManyChoices, NamedConditions, Search, Sort
from tracker.filters.finders import find_commitment, find_due_date, find_year
from tracker.filters.opposites import Not
from tracker.models import Body, Commitment, DueDate, Provision, Region, Resolution, Theme
from tracker.saved_views import kept_query
from tracker.vocabulary import ListName, Role

pytestmark = pytest.mark.django_db

PATHS = [*LISTS, "/review/", "/changes/"]
WORDS = ["2322", "S/RES/2322 (2016)", "13(e)", "law & order", "100 %", "a+b=c", "é/ü?", "قانون"]
TEXTS = {"record": "S/RES/2322(2016)", "by": "somebody", "batch": "0" * 32, "month": "2017-10"}


def same(one, other):
    """Whether two states are the same, whatever the order of ticked boxes."""
    return {name: sorted(values) for name, values in one.items()} == {
        name: sorted(values) for name, values in other.items()
    }


def without(state, *names):
    return {name: values for name, values in state.items() if name not in names}


def keys_of(item) -> list[str]:
    """Some keys that a filter understands."""
    item = item.turned if isinstance(item, Not) else item
    model = getattr(item.extra["find"], "model", None)
    if model is not None:
        rows = model.objects.order_by("pk")[:40]
        fields = {Body: "code", Theme: "slug", Region: "code", Resolution: "key", Provision: "key"}
        return [getattr(row, fields[model]) for row in rows]
    if item.extra["find"] is find_year:
        return ["2016", "2001", "2017"]
    if item.extra["find"] is find_commitment:
        return [each.public_key for each in Commitment.objects.order_by("pk")[:20]]
    assert item.extra["find"] is find_due_date, item.label
    dates = DueDate.objects.select_related("deadline__provision")[:5]
    return [f"{each.deadline.provision.key}/{each.due_on.isoformat()}" for each in dates]


def values_of(name, item):
    """A strategy for the values of one filter, each as a list; None where there is none."""
    turned = item.turned if isinstance(item, Not) else item
    if isinstance(turned, ManyChoices | NamedConditions):
        keys = [str(key) for key, _label in item.extra["choices"]]
        return st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True)
    if isinstance(turned, Sort):
        return st.sampled_from([str(key) for key, _label in item.extra["choices"]]).map(wrap)
    if isinstance(turned, Keys):
        keys = keys_of(item)
        return (
            st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True) if keys else None
        )
    if isinstance(turned, Day | AsOfDay):
        first, last = datetime.date(2017, 1, 1), datetime.date(2026, 11, 1)
        return st.dates(first, last).map(lambda day: [day.isoformat()])
    if isinstance(turned, Search):
        return st.sampled_from(WORDS).map(wrap)
    return st.just([TEXTS[name]]) if name in TEXTS else None


def wrap(value):
    return [value]


def states(filterset, columns):
    """Random states of one list: some filters, perhaps an order, a day, columns, a page size."""
    found = {name: values_of(name, item) for name, item in filterset.base_filters.items()}
    found = {name: strategy for name, strategy in found.items() if strategy is not None}
    naming = [column.name for column in columns if column.names_row]
    others = st.lists(st.sampled_from([c.name for c in columns]), unique=True, max_size=4)
    found["cols"] = others.map(lambda names: list(dict.fromkeys([*naming, *names])))
    found["page_size"] = st.sampled_from([["1"], ["3"]])
    names = st.lists(st.sampled_from(sorted(found)), unique=True, max_size=6)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({n: found[n] for n in chosen}))


def check(client, path, state):
    """Follow one state around: nothing gets lost, nothing is added."""
    data = QueryDict(mutable=True)
    for name, values in state.items():
        data.setlist(name, values)
    address = changed(path, data)
    assert meant_by(address) == state
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.context["results"].problems)
    results = answer.context["results"]
    assert same(sent_by(answer, "filters"), state), address
    assert sent_by(answer, "columns") == {
        **without(state, "cols"), "cols": [column.name for column in results.shown]
    }, address  # fmt: skip
    if "on" in results.filterset.filters:
        day = state.get("on", [results.filterset.on.isoformat()])
        assert same(sent_by(answer, "as-of"), {**state, "on": day}), address
    for chip in results.chips:
        left = meant_by(chip.href)
        gone = {name: [v for v in state[name] if v not in left.get(name, [])] for name in state}
        assert sum(map(len, gone.values())) == 1 and len(gone[chip.name]) == 1, (address, chip)
        assert same({**left, chip.name: left.get(chip.name, []) + gone[chip.name]}, state)
    narrowing = {chip.name for chip in results.chips}
    assert same(meant_by(results.clear_href), without(state, *narrowing)), address
    for heading in results.headings:
        if heading.href:
            assert same(without(meant_by(heading.href), "sort"), without(state, "sort")), address
    return results


def keep(client, owner, path, state, results):
    """The same state as a saved view: the view gives the state, and the same rows."""
    name = path.strip("/")
    if name not in ListName.values:
        return
    view = make_view(owner, name, kept_query(results.data), columns=results.data.getlist("cols"))
    rest = {each: state[each] for each in ("on", "page_size") if each in state}
    data = QueryDict(mutable=True)
    for each, values in rest.items():
        data.setlist(each, values)
    data["view"] = view.slug
    opened = client.get(changed(path, data)).context["results"]
    assert same(meant_by(opened.to()), state), view.query
    assert (opened.total, opened.rows) == (results.total, results.rows)
    view.delete()


def run(client, examples):
    owner = make_user(Role.REVIEWER)
    client.force_login(owner)
    kinds = {}
    for path in PATHS:
        results = client.get(path).context["results"]
        kinds[path] = states(type(results.filterset), results.columns)
    followed = []

    @settings(
        max_examples=examples, deadline=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.data())
    def follow(data):
        path = data.draw(st.sampled_from(PATHS))
        state = data.draw(kinds[path])
        results = check(client, path, state)
        keep(client, owner, path, state, results)
        followed.append(path)

    follow()
    assert len(followed) >= examples
    assert len(set(followed)) >= min(len(PATHS), examples // 10)


def test_a_few_random_states_come_round_whole(client, time_machine):
    run(client, examples(60))


@pytest.mark.exhaustive
def test_a_thousand_random_states_come_round_whole(client, time_machine):
    run(client, 1000)
