"""Assessed once, shown there too: named with its origin, and never counted a second time."""

import datetime
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import REFERENCE_DAY, make
from tests.dashboard.pages import read
from tests.thorough import examples
from tracker.models import Commitment
from tracker.reports.bars import bars_by
from tracker.reports.crosswalk import assessed_there, links_of, related, repeated
from tracker.reports.standings import bars_of, standings
from tracker.vocabulary import NOT_ASSESSED, ProvisionLinkKind, Result, Role

pytestmark = pytest.mark.django_db

SEVERAL = settings(max_examples=examples(25), deadline=None)
THEN = datetime.date(2017, 6, 1)
places = st.integers(0, 3)
links = st.sets(
    st.tuples(places, places, st.sampled_from(ProvisionLinkKind.values)).filter(
        lambda link: link[0] != link[1]
    ),
    max_size=5,
)
#: What is concluded of which body (of two) under which paragraph (of four), before or after then.
conclusions = st.dictionaries(
    st.tuples(places, st.integers(0, 1)),
    st.tuples(st.sampled_from(Result.values), st.booleans(), st.booleans()),
    max_size=8,
)


def make_scene():
    """Four paragraphs of four resolutions, each addressed to the same two bodies."""
    provisions = [make.make_provision() for _n in range(4)]
    bodies = [make.make_body() for _n in range(2)]
    pairs = {
        (p, b): make.make_commitment(provisions[p], bodies[b]) for p in range(4) for b in (0, 1)
    }
    return SimpleNamespace(provisions=provisions, bodies=bodies, pairs=pairs)


def found_for(provision, viewer, on):
    """What the page of one paragraph shows from elsewhere, and its bars."""
    known = links_of(provision, viewer=viewer, on=on)
    repeats = repeated(known, {provision.pk})
    counted = Commitment.objects.visible_to(viewer).for_counting(on=on, viewer=viewer)
    elsewhere = {target.pk for targets in repeats.values() for target in targets}
    rows = standings(counted, {provision.pk} | elsewhere)
    return assessed_there(repeats, rows), bars_of(rows)


@SEVERAL
@given(links=links, conclusions=conclusions)
def test_what_is_shown_from_elsewhere_equals_a_recount(links, conclusions):
    scene = make_scene()
    for origin, target, kind in links:
        make.make_provision_link(scene.provisions[origin], scene.provisions[target], kind)
    for pair, (result, early, restricted) in conclusions.items():
        make.make_assessment(
            scene.pairs[pair],
            result,
            adopted_on=THEN - datetime.timedelta(days=1) if early else REFERENCE_DAY,
            classification="restricted" if restricted else "public",
        )
    for viewer, sees_all in ((make.make_user(), False), (make.make_user(Role.REVIEWER), True)):
        for on in (THEN, REFERENCE_DAY):
            _compare(scene, links, conclusions, viewer, on, sees_all)


def _compare(scene, links, conclusions, viewer, on, sees_all):
    def known(p, b):
        result, early, restricted = conclusions.get((p, b), (None, False, False))
        seen = (early or on == REFERENCE_DAY) and (sees_all or not restricted)
        return result if seen else None

    counted = Commitment.objects.visible_to(viewer).for_counting(on=on, viewer=viewer)
    own = bars_by(counted, "provision")
    for place, provision in enumerate(scene.provisions):
        there, bars = found_for(provision, viewer, on)
        expected = sorted(
            (scene.bodies[b].code, scene.provisions[target].key, known(target, b))
            for origin, target, kind in links
            for b in (0, 1)
            if origin == place and kind == "repeats" and known(target, b)
        )
        shown = [(code, each) for (_p, code), found in there.items() for each in found]
        assert sorted((code, e.provision.key, e.result) for code, e in shown) == expected
        assert bars[provision.pk].counts == own[provision.pk].counts
        for b in (0, 1):
            commitment = scene.pairs[place, b]
            _relations, same = related(commitment, viewer=viewer, on=on)
            code = scene.bodies[b].code
            mine = [row[1:] for row in expected if row[0] == code]
            assert sorted((e.provision.key, e.result) for e in same) == mine


def text(client, path):
    return " ".join("".join(part.text for part in read(client.get(path)).all("main")).split())


def test_pages_name_where_it_was_assessed_and_count_nothing_twice(client, time_machine):
    time_machine.move_to(REFERENCE_DAY)
    client.force_login(make.make_user())
    earlier = make.make_provision(make.make_resolution(9801), "3")
    later = make.make_provision(make.make_resolution(9802), "4")
    make.make_provision_link(later, earlier)
    body = make.make_body("SHARED", name="Shared")
    make.make_assessment(make.make_commitment(earlier, body), "fully_implemented")
    own = make.make_commitment(later, body)
    told = "Assessed under S/RES/9801 (2016) ¶3: Fully implemented 12 December 2016"
    for path in (f"/provisions/{later.key}/", f"/commitments/{own.public_key}/"):
        shown = text(client, path)
        assert told in shown
        assert "Not assessed" in shown
    assert "0 of 1 assessed, 1 not assessed" in text(client, f"/provisions/{later.key}/")
    assert "Assessed under" not in text(client, f"/provisions/{earlier.key}/")
    assert client.get(f"/provisions/{earlier.key}/").context["relations"][0].backwards
    listed = client.get(f"/commitments/?provision={later.key}").context["results"].rows
    assert [row.result for row in listed] == [NOT_ASSESSED]


def test_a_chapeau_shows_the_relations_of_its_letters(client):
    client.force_login(make.make_user())
    shown = text(client, "/provisions/S/RES/2322(2016)/13/")
    assert "¶13(a) Repeated by S/RES/2396 (2017) ¶24" in shown


QUERIES = [
    "",
    "kind=repeats&sort=-later",
    "kind=extends&kind=supersedes&sort=earlier",
    "resolution=S/RES/2396(2017)",
    "provision=S/RES/2322(2016)/13&sort=kind",
    "theme=central-authorities&q=task",
    "q=2322 13e&on=2018-06-30",
]


@pytest.mark.parametrize("query", QUERIES)
def test_the_dashboard_and_the_api_list_the_same_relations(client, query):
    client.force_login(make.make_user())
    shown = client.get(f"/crosswalk/?{query}").context["results"]
    told = client.get(f"/api/v1/crosswalk/?{query}").json()
    assert told["count"] == shown.total > 0
    assert [row["key"] for row in told["results"]] == [row.public_key for row in shown.rows]


@pytest.mark.parametrize("query", ["kind=copies", "provision=13", "colour=red", "on=soon"])
def test_both_refuse_the_same(client, query):
    client.force_login(make.make_user())
    name = query.partition("=")[0]
    assert client.get(f"/crosswalk/?{query}").status_code == 400
    told = client.get(f"/api/v1/crosswalk/?{query}")
    assert (told.status_code, list(told.json()["errors"])) == (400, [name])


def test_a_limit_that_was_lifted_is_superseded_from_that_day(client):
    client.force_login(make.make_user())
    path = "/provisions/S/RES/2664(2022)/2/"
    assert "Superseded by S/RES/2761 (2024) ¶1" in text(client, path)
    assert "Superseded" not in text(client, f"{path}?on=2024-12-05")
