"""Designations over REST: confirmed by their body, and the person behind an office not shown."""

import pytest

from tests.api.people import signed_in
from tests.make import make_body, make_designation, make_user
from tracker.models import Change, Designation
from tracker.models.designations import PERSONAL
from tracker.vocabulary import Role

PERSON = {
    "person_name": "Canary Persona",
    "person_phone": "+99 555 0199",
    "person_mail": "canary@example.org",
}


@pytest.fixture
def office(db):
    """A designation with a person behind it."""
    return make_designation(make_body("TESTLAND"), **PERSON)


def told(response) -> bool:
    """Whether the answer holds anything of the person."""
    whole = response.content.decode() + str(dict(response.headers))
    return any(value in whole for value in PERSON.values())


def test_the_person_is_written_by_administrators_and_shown_to_nobody(office, administrator):
    path = f"/api/v1/designations/{office.key}/"
    clients = [administrator, *(signed_in(make_user(role, [office.body])) for role in Role)]
    for client in clients:
        for address in (path, "/api/v1/designations/?body=TESTLAND", "/api/v1/bodies/TESTLAND/"):
            for accept in ("application/json", "text/html"):
                assert not told(client.get(address, HTTP_ACCEPT=accept)), address
            assert not told(client.options(address))
        assert client.get(path).json()["has_person"] is True
        assert not set(PERSONAL) & set(client.get(path).json())
    changed = administrator.patch(path, {**PERSON, "person_name": "Canary Persona II"})
    assert (changed.status_code, told(changed)) == (200, False)
    office.refresh_from_db()
    assert office.person_name == "Canary Persona II"
    assert not any(told_in(change) for change in Change.objects.of(office))
    assert administrator.patch(path, dict.fromkeys(PERSONAL, "")).json()["has_person"] is False


def told_in(change) -> bool:
    return any(value in str(change.differences) for value in PERSON.values())


def test_a_look_at_the_person_has_a_reason_and_leaves_a_trace(office):
    path = f"/api/v1/designations/{office.key}/reveal/"
    client = signed_in(make_user(Role.ASSESSOR))
    for sent in ({}, {"reason": " "}):
        response = client.post(path, sent)
        assert (response.status_code, list(response.json()["errors"])) == (400, ["reason"])
        assert not told(response)
    response = client.post(path, {"reason": "An urgent request"})
    assert (response.status_code, response.json()) == (200, PERSON)
    assert set(response.headers["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert Change.objects.of(office).get().reason == "An urgent request"
    other = signed_in(make_user(Role.FOCAL_POINT, [make_body()]))
    response = other.post(path, {"reason": "Curious"})
    assert (response.status_code, told(response)) == (403, False)
    assert client.get(path).status_code == 405


def test_an_office_is_confirmed_by_its_body_at_the_version_it_read(office):
    path = f"/api/v1/designations/{office.key}/"
    own = signed_in(make_user(Role.FOCAL_POINT, [office.body]))
    other = signed_in(make_user(Role.FOCAL_POINT, [make_body()]))
    assert own.act(path, "confirm", HTTP_IF_MATCH=None).status_code == 428
    assert other.act(path, "confirm").status_code == 403
    confirmed = own.act(path, "confirm")
    assert confirmed.status_code == 200, confirmed.json()
    assert confirmed.json()["last_confirmed_on"] == confirmed.json()["last_confirmed_on"][:10]
    assert Designation.objects.get(pk=office.pk).version == 2
    assert Change.objects.of(office).get().verb == "confirmed"
