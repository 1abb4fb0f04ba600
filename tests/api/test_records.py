"""Records: stable keys, and the register as it stood on a day."""

import datetime

import pytest

from tests.api.people import signed_in
from tests.make import (
    make_body,
    make_body_name,
    make_designation,
    make_membership,
    make_provision,
    make_resolution,
    make_user,
)
from tracker.vocabulary import Language

KEYS = {
    "resolutions": "S/RES/2322(2016)",
    "provisions": "S/RES/2322(2016)/13(e)",
    "bodies": "CTED",
    "themes": "central-authorities",
    "documents": "concept-note-2322",
}


@pytest.mark.parametrize(("name", "key"), KEYS.items())
def test_a_record_stands_at_its_key(viewer, name, key):
    answer = viewer.get(f"/api/v1/{name}/{key}/").json()
    assert key in (answer.get("key"), answer.get("code"), answer.get("slug"))
    assert answer["url"] == f"http://testserver/api/v1/{name}/{key}/"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("resolutions/S/RES/2322 (2016)", "resolutions/S/RES/2322(2016)"),
        ("resolutions/s/res/2322(2016)", "resolutions/S/RES/2322(2016)"),
        ("provisions/S/RES/2322 (2016)/13 (e)", "provisions/S/RES/2322(2016)/13(e)"),
        ("provisions/S/RES/2322(2016)/13E", "provisions/S/RES/2322(2016)/13(e)"),
        ("bodies/cted", "bodies/CTED"),
    ],
)
def test_a_symbol_may_be_written_in_several_ways(viewer, written, meant):
    assert viewer.get(f"/api/v1/{written}/").json()["url"].endswith(f"/{meant}/")


def test_a_provision_of_an_annex_has_a_key_of_its_own(viewer):
    resolution = make_resolution(9368, 2017, datetime.date(2017, 7, 20))
    make_provision(resolution, "3", component="annex_1")
    key = "S/RES/9368(2017)/annex_1/3"
    assert viewer.get(f"/api/v1/provisions/{key}/").json()["key"] == key


def test_a_commitment_is_a_provision_and_a_body(viewer):
    listed = viewer.get("/api/v1/commitments/?provision=S/RES/2322(2016)/13(e)&page_size=1")
    [row] = listed.json()["results"]
    record = viewer.get(f"/api/v1/commitments/{row['key']}/").json()
    assert row.items() <= record.items()
    for name in ("reports", "assessments", "deliveries", "extensions"):
        assert viewer.get(record[name]).status_code == 200, name


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("resolutions/2322", "write it like S/RES/2322(2016)"),
        ("resolutions/S/RES/99999(2016)", "write it like S/RES/2322(2016)"),
        ("provisions/S/RES/2322(2016)", "write it like S/RES/2322(2016)/13(e)"),
        ("provisions/S/RES/2322(2016)/e13", "write it like 13 or 13(e)"),
        ("commitments/S/RES/2322(2016)/13(e)", "write it like"),
        ("commitments/FRA", "write it like S/RES/2322(2016)/13(e)"),
        ("resolutions/S/RES/9999(2016)", "Nothing is held here as “S/RES/9999(2016)”"),
        ("bodies/%00", "Nothing is held here"),
        ("bodies/x' OR 1=1", "Nothing is held here"),
        ("planets/MARS", "There is nothing at this address"),
        ("bodies/%0A", "There is nothing at this address"),
    ],
)
def test_an_address_that_is_none_says_how_one_is_written(viewer, address, told):
    response = viewer.get(f"/api/v1/{address}/")
    assert response.status_code == 404
    assert told in response.json()["detail"]


def test_a_record_is_shown_as_it_stood_on_a_day(viewer):
    path = "/api/v1/resolutions/S/RES/2322(2016)/"
    now, then = viewer.get(path).json(), viewer.get(f"{path}?on=2017-01-01").json()
    assert now["results"]["not_assessed"] < then["results"]["not_assessed"]
    assert viewer.get(f"{path}?on=2016-12-11").status_code == 404


def test_a_provision_was_active_until_the_day_it_ceased_to_be(viewer):
    provision = make_provision(
        lifecycle="superseded", lifecycle_from=datetime.date(2020, 5, 1), force="urges"
    )
    path = f"/api/v1/provisions/{provision.key}/"
    before, after = (viewer.get(f"{path}?on={on}").json() for on in ("2020-04-30", "2020-05-01"))
    assert (before["lifecycle"], before["lifecycle_from"]) == ("active", None)
    assert (after["lifecycle"], after["lifecycle_from"]) == ("superseded", "2020-05-01")


def test_a_later_resolution_was_not_yet_known_to_repeat_it(viewer):
    path = "/api/v1/provisions/S/RES/2322(2016)/13(e)/"
    assert viewer.get(path).json()["linked_from"]
    assert viewer.get(f"{path}?on=2016-12-31").json()["linked_from"] == []


def test_a_body_shows_its_names_memberships_and_designations(viewer):
    body = make_body("TESTBODY")
    make_membership(member=body, until_on=datetime.date(2019, 1, 1))
    open_now = make_membership(member=body)
    named = make_designation(body)
    answer = viewer.get("/api/v1/bodies/TESTBODY/").json()
    assert [each["key"] for each in answer["memberships"]] == [open_now.key]
    assert [each["key"] for each in answer["designations"]] == [named.key]
    assert viewer.get("/api/v1/bodies/TESTBODY/?on=2018-01-01").json()["membership_count"] == 2


def test_a_body_has_its_names_in_six_languages(viewer):
    body = make_body("TESTBODY")
    for language in Language.values:
        make_body_name(body, text=f"Name {language}", language=language)
    names = viewer.get("/api/v1/bodies/TESTBODY/").json()["names"]
    assert {name["language"]: name["text"] for name in names} == {
        language: f"Name {language}" for language in Language.values
    }


def test_a_restricted_office_is_shown_to_its_own_body_only(viewer):
    body = make_body("TESTBODY")
    office = make_designation(body, classification="restricted")
    path = f"/api/v1/designations/{office.key}/"
    assert viewer.get(path).status_code == 404
    assert viewer.get("/api/v1/bodies/TESTBODY/").json()["designations"] == []
    own = signed_in(make_user("focal_point", bodies=[body]))
    assert own.get(path).status_code == 200
    assert own.get("/api/v1/bodies/TESTBODY/").json()["designation_count"] == 1


@pytest.mark.parametrize("query", ["force=urges", "page=1", "on=x", "on=2020-01-01&on=2021-01-01"])
def test_a_record_refuses_parameters_it_does_not_know(viewer, query):
    response = viewer.get(f"/api/v1/bodies/CTED/?{query}")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [query.partition("=")[0]]


def test_ones_own_profile(viewer):
    answer = viewer.get("/api/v1/me/").json()
    assert (answer["role"], answer["rights"]["edit_register"]) == ("viewer", "none")
    assert "password" not in answer


def test_the_front_page_leads_to_everything(viewer):
    asks = {"channel": {"from": "XAA", "to": "XAB", "purpose": "extradition"}}
    for name, address in viewer.get("/api/v1/").json().items():
        assert viewer.get(address, asks.get(name, {})).status_code == 200, name
