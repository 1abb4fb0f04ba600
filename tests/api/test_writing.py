"""Writing goes through the actions: validated, versioned, recorded, or not done at all."""

import datetime

import pytest

from tests.make import (
    make_addressee,
    make_body,
    make_body_name,
    make_competence,
    make_deadline,
    make_delivery,
    make_designation,
    make_membership,
    make_provision,
    make_resolution,
    make_theme,
)
from tracker.models import Change, Commitment, Membership, Provision
from tracker.vocabulary import Door

NEW = {
    "resolutions": {"number": 9001, "year": 2025, "adopted_on": "2025-03-04"},
    "provisions": {"resolution": "S/RES/2322(2016)", "number": "99", "summary": "Do it."},
    "bodies": {"code": "NEWBODY", "kind": "un_entity", "name": "A new body"},
    "memberships": {"organization": "CTED", "member": "CTC", "role": "partner"},
    "designations": {"body": "CTED", "kind": "contact_point", "office": "Desk"},
    "themes": {"slug": "a-new-theme", "name": "A new theme"},
}


@pytest.mark.parametrize("name", NEW)
def test_a_record_is_created_changed_and_deleted(administrator, name):
    made = administrator.post(f"/api/v1/{name}/", {**NEW[name], "reason": "Because"})
    assert made.status_code == 201, made.json()
    address = made.headers["Location"]
    assert made.json() == administrator.get(address).json()
    changed = administrator.patch(address, {"reason": "Again", **CHANGE[name]})
    assert changed.status_code == 200, changed.json()
    assert changed.json()["version"] == VERSIONS.get(name, 2)
    assert CHANGE[name].items() <= changed.json().items()
    assert administrator.delete(f"{address}?reason=Gone").status_code == 204
    assert administrator.get(address).status_code == 404
    assert _record() == [("created", "Because"), ("updated", "Again"), ("deleted", "Gone")]


CHANGE = {
    "resolutions": {"short_title": "Ours"},
    "provisions": {"force": "urges", "softened": True},
    "bodies": {"name": "Another name", "website": "https://example.org/"},
    "memberships": {"from_on": "2020-01-01"},
    "designations": {"last_confirmed_on": "2024-05-06", "functions": ["extradition"]},
    "themes": {"unbis_id": "1003193"},
}
#: What is listed inside a record counts as a change of it, too.
VERSIONS = {"designations": 3}


def _record():
    """What the record of changes holds of the API, without the rows that are parts of another."""
    parts = ("designationcompetence",)
    changes = Change.objects.filter(door=Door.API).exclude(noun__in=parts).order_by("sequence")
    return [(change.verb, change.reason) for change in changes]


@pytest.mark.parametrize("name", NEW)
def test_a_record_is_replaced_by_put(administrator, name):
    address = administrator.post(f"/api/v1/{name}/", NEW[name]).headers["Location"]
    response = administrator.put(address, {**NEW[name], **CHANGE[name]})
    assert response.status_code == 200, response.json()
    assert CHANGE[name].items() <= response.json().items()
    assert administrator.put(address, {}).status_code == 400


def test_the_change_names_the_person_and_the_request(administrator):
    response = administrator.post("/api/v1/themes/", NEW["themes"])
    change = Change.objects.first()
    assert change.by == response.wsgi_request.user
    assert change.request_id == response.headers["X-Request-ID"]


def test_a_record_that_others_refer_to_stays_and_they_are_named(administrator):
    membership = make_membership()
    response = administrator.delete(f"/api/v1/bodies/{membership.member.code}/")
    assert response.status_code == 409
    assert response.json()["holders"] == [
        {"noun": "membership", "key": membership.key, "name": str(membership)}
    ]
    assert Membership.objects.contains(membership)


def test_nothing_sent_that_differs_is_no_change(administrator):
    theme = make_theme()
    response = administrator.patch(f"/api/v1/themes/{theme.slug}/", {"name": theme.name})
    assert (response.status_code, response.json()["version"]) == (200, 1)


def test_a_provision_is_written_with_its_addressees_dates_themes_and_links(administrator):
    make_theme("a-theme")
    earlier = make_provision()
    written = {
        "resolution": make_resolution().key,
        "number": "7",
        "summary": "Do it.",
        "themes": ["a-theme"],
        "addressees": [
            {"kind": "all_states"},
            {"kind": "body", "body": "CTED", "role": "supporting"},
        ],
        "deadlines": [{"label": "Report", "kind": "adoption", "offset_months": 10}],
        "links": [{"kind": "repeats", "target": earlier.key}],
    }
    answer = administrator.post("/api/v1/provisions/", written).json()
    assert [theme["key"] for theme in answer["themes"]] == ["a-theme"]
    assert [row["kind"] for row in answer["addressees"]] == ["all_states", "body"]
    assert answer["addressees"][1]["body"]["key"] == "CTED"
    assert answer["deadlines"][0]["due_on"] == "2017-10-12"
    assert answer["links"][0]["target"]["key"] == earlier.key
    linked = administrator.get(f"/api/v1/provisions/{earlier.key}/").json()["linked_from"]
    assert [row["origin"]["key"] for row in linked] == [answer["key"]]


def test_a_list_that_is_sent_replaces_the_one_there_was(administrator):
    provision = make_provision()
    kept = make_addressee(provision, "all_states")
    make_addressee(provision, "organizations")
    path = f"/api/v1/provisions/{provision.key}/"
    sent = [{"kind": "all_states", "role": "supporting"}, {"kind": "body", "body": "CTED"}]
    response = administrator.patch(path, {"addressees": sent, "reason": "Corrected"})
    assert response.status_code == 200, response.json()
    rows = provision.addressees.order_by("kind")
    assert [(row.kind, row.role) for row in rows] == [
        ("all_states", "supporting"),
        ("body", "addressee"),
    ]
    assert rows[0].pk == kept.pk
    assert set(Change.objects.filter(reason="Corrected").values_list("verb", flat=True)) == {
        "created",
        "updated",
        "deleted",
    }
    administrator.patch(path, {"summary": "Only this"})
    assert provision.addressees.count() == 2


def test_names_of_a_body_are_written_with_it(administrator):
    body = make_body("TESTBODY")
    make_body_name(body, text="Ancien nom")
    sent = [{"language": "fr", "form": "short", "text": "Nom", "from_on": "2020-01-01"}]
    response = administrator.patch("/api/v1/bodies/TESTBODY/", {"names": sent})
    assert response.json()["names"] == [{**sent[0], "until_on": None}]


def test_functions_of_an_office_are_plain_words(administrator):
    office = make_designation()
    make_competence(office, "extradition")
    path = f"/api/v1/designations/{office.key}/"
    words = ["mutual_legal_assistance"]
    assert administrator.patch(path, {"functions": words}).json()["functions"] == words
    assert administrator.get(path).json()["functions"] == words


def test_a_wrong_row_of_a_list_is_named_by_its_place_and_nothing_is_written(administrator):
    provision = make_provision()
    before = Change.objects.count()
    sent = {
        "summary": "Changed",
        "addressees": [{"kind": "all_states"}, {"kind": "body"}],
    }
    response = administrator.patch(f"/api/v1/provisions/{provision.key}/", sent)
    assert response.status_code == 400
    assert list(response.json()["errors"]["addressees"]) == ["1"]
    assert "Name the body" in str(response.json()["errors"]["addressees"]["1"]["body"])
    provision.refresh_from_db()
    assert (provision.summary, provision.addressees.count()) == ("Do something.", 0)
    assert Change.objects.count() == before


def test_a_deadline_that_something_was_delivered_for_stays(administrator):
    delivery = make_delivery()
    key = delivery.commitment.provision.key
    response = administrator.patch(f"/api/v1/provisions/{key}/", {"deadlines": []})
    assert response.status_code == 409
    assert response.json()["holders"][0]["noun"] == "delivery"


def test_a_date_that_counts_from_the_adoption_follows_it(administrator):
    resolution = make_resolution(adopted_on=datetime.date(2016, 12, 12))
    deadline = make_deadline(make_provision(resolution), offset_months=1)
    administrator.patch(f"/api/v1/resolutions/{resolution.key}/", {"adopted_on": "2016-12-20"})
    deadline.refresh_from_db()
    assert deadline.due_on == datetime.date(2017, 1, 20)


def test_commitments_are_made_by_expanding_a_provision(administrator):
    provision = make_provision()
    make_addressee(provision, "body", body=make_body("TESTBODY"))
    path = f"/api/v1/provisions/{provision.key}/"
    answer = administrator.act(path, "expand", {"reason": "New paragraph"}).json()
    assert answer == {"made": [f"{provision.key}/TESTBODY"], "commitment_count": 1}
    assert administrator.act(path, "expand").json() == {"made": [], "commitment_count": 1}
    assert Change.objects.first().reason == "New paragraph"


def test_a_commitment_is_not_typed_in(administrator):
    before = Commitment.objects.count()
    assert administrator.post("/api/v1/commitments/", {}).status_code == 405
    key = Commitment.objects.first().public_key
    for method in ("put", "patch", "delete"):
        assert getattr(administrator, method)(f"/api/v1/commitments/{key}/").status_code == 405
    assert Commitment.objects.count() == before


def test_an_ended_membership_can_still_be_corrected(administrator):
    membership = make_membership(until_on=datetime.date(2019, 1, 1))
    path = f"/api/v1/memberships/{membership.key}/"
    tag = administrator.get(f"{path}?on=2018-12-31").headers["ETag"]
    response = administrator.patch(path, {"until_on": "2019-02-01"}, HTTP_IF_MATCH=tag)
    assert (response.status_code, response.json()["until_on"]) == (200, "2019-02-01")


def test_a_record_of_the_future_is_shown_when_it_is_written(administrator):
    answer = administrator.post("/api/v1/bodies/", {**NEW["bodies"], "founded_on": "2199-01-01"})
    assert (answer.status_code, answer.json()["commitment_count"]) == (201, None)


def test_the_parent_may_be_sent_when_it_is_the_right_one(administrator):
    resolution = make_resolution()
    parent = make_provision(resolution, "5")
    sent = {"resolution": resolution.key, "number": "5(a)", "summary": "…", "parent": parent.key}
    response = administrator.post("/api/v1/provisions/", sent)
    assert response.json()["parent"]["key"] == parent.key
    assert Provision.objects.get(key=response.json()["key"]).parent == parent
