"""One tile a State: in its region, in alphabetical order, whole without colour."""

import re

import pytest

from tests import REFERENCE_DAY, make
from tests.dashboard.pages import read
from tracker.models import Commitment

pytestmark = pytest.mark.django_db
PATH = "/provisions/S/RES/2322(2016)/13(e)/"


@pytest.fixture
def reader(client, time_machine):
    time_machine.move_to(REFERENCE_DAY)
    client.force_login(make.make_user())
    return client


def tiles(page):
    return [e for e in read(page).all("a") if e.attributes.get("class", "").startswith("tile ")]


@pytest.mark.parametrize("on", ["", "2020-01-01"])
def test_every_state_has_one_tile_with_its_result_in_words(reader, on):
    day = f"?on={on}" if on else ""
    rows = reader.get(f"{PATH}?page_size=200&on={on}").context["results"].rows
    states = {row.body.code: row for row in rows if row.body.is_state}
    shown = tiles(reader.get(f"{PATH}{day}"))
    assert len(shown) == len(states) == 30
    for tile in shown:
        code = re.search(r"\((\w+)\)$", tile.attributes["aria-label"])[1]
        row = states.pop(code)
        assert tile.attributes["href"] == f"/commitments/{row.public_key}/{day}"
        assert tile.attributes["class"] == f"tile on-{row.result}"
        assert tile.attributes["aria-label"].startswith(f"{row.body.name}: ")
        assert code in tile.text and tile.text.replace(code, "").strip()
    assert not states


def test_a_tile_is_named_as_a_person_would_say_it(reader):
    names = [tile.attributes["aria-label"] for tile in tiles(reader.get(PATH))]
    assert "Ambrel: fully implemented, 10 June 2026 (XAA)" in names
    assert "Corvane: not assessed (XAC)" in names


def test_regions_and_states_stand_in_alphabetical_order(reader):
    regions = reader.get(PATH).context["tiles"]
    assert [region.name for region in regions] == sorted(region.name for region in regions)
    for region in regions:
        names = [sub.name for sub in region.subregions]
        assert names == sorted(names) and len(set(names)) == len(names)
        for sub in region.subregions:
            labels = [tile.name for tile in sub.tiles]
            assert labels == sorted(labels)
    assert sum(region.total for region in regions) == reader.get(PATH).context["states"]


def test_a_body_named_only_in_support_or_no_state_has_no_tile(reader):
    assert "tiles" not in reader.get("/provisions/S/RES/2322(2016)/13/").context
    assert not tiles(reader.get("/provisions/S/RES/2322(2016)/21/"))


def test_what_is_assessed_elsewhere_is_marked_on_the_tile(reader):
    earlier = make.make_provision(make.make_resolution(9811), "3")
    later = make.make_provision(make.make_resolution(9812), "4")
    make.make_provision_link(later, earlier)
    body = make.make_body("SHARED", name="Shared")
    make.make_assessment(make.make_commitment(earlier, body), "fully_implemented")
    make.make_commitment(later, body)
    [tile] = tiles(reader.get(f"/provisions/{later.key}/"))
    assert tile.attributes["aria-label"] == (
        "Shared: not assessed (SHARED); assessed under S/RES/9811 (2016) ¶3: "
        "fully implemented, 12 December 2016"
    )
    assert "↗" in tile.text
    assert tile.attributes["class"] == "tile on-not_assessed"


def test_the_tiles_can_be_skipped(reader):
    page = read(reader.get(PATH))
    [skip] = [a for a in page.all("a") if a.attributes.get("class") == "past-tiles"]
    assert skip.attributes["href"] == "#after-tiles"
    assert [e for e in page.elements if e.attributes.get("id") == "after-tiles"]


def test_on_a_day_before_the_adoption_there_are_none(reader):
    assert Commitment.objects.exists()
    assert not tiles(reader.get(f"{PATH}?on=2016-12-11"))
