"""The person behind an office: written or removed in the admin, and on none of its pages."""

import pytest

from tests.admin.pages import change_of, errors_of, list_of, submit
from tests.make import (
    make_body,
    make_commitment,
    make_deadline,
    make_delivery,
    make_designation,
    make_extension,
)
from tracker.models import Change, Designation

pytestmark = pytest.mark.django_db
PERSON = {
    "person_name": "Demonstration Person",
    "person_phone": "+000 111 222",
    "person_mail": "person@example.org",
}


def held(designation):
    return {name: getattr(Designation.objects.get(pk=designation.pk), name) for name in PERSON}


def test_the_person_is_on_no_page(desk):
    designation = make_designation(**PERSON)
    submit(desk, change_of(designation), new_person_phone="+000 333")
    history = change_of(designation).replace("change/", "history/")
    changes = [list_of("change", f"q={designation.key}")]
    changes += [change_of(each) for each in Change.objects.of(designation)]
    deletion = change_of(designation).replace("change/", "delete/")
    for address in (change_of(designation), list_of("designation"), history, deletion, *changes):
        page = desk.get(address).content.decode()
        for value in (*PERSON.values(), "+000 333"):
            assert value not in page, address
    page = desk.get(change_of(designation)).content.decode()
    assert page.count("Held, masked; leave empty to keep.") == 3


def test_leaving_the_boxes_empty_keeps_the_person(desk):
    designation = make_designation(**PERSON)
    assert submit(desk, change_of(designation), office="Another office").status_code == 302
    assert held(designation) == PERSON
    assert list(Change.objects.of(designation).get().differences) == ["office"]


def test_the_person_is_written_and_removed(desk):
    designation = make_designation(**PERSON)
    changes = {"new_person_name": "Somebody Else", "remove_person_mail": "on"}
    assert submit(desk, change_of(designation), **changes).status_code == 302
    assert held(designation) == {**PERSON, "person_name": "Somebody Else", "person_mail": ""}
    differences = Change.objects.of(designation).get().differences
    assert set(differences) == {"person_name", "person_mail"}
    assert "Somebody Else" not in str(differences)


def test_a_new_designation_takes_its_person_along(desk):
    fields = {"body": str(make_body().pk), "kind": "contact_point", "office": "A desk"}
    fields["new_person_name"] = "Demonstration Person"
    assert submit(desk, "/admin/tracker/designation/add/", **fields).status_code == 302
    assert Designation.objects.get(office="A desk").person_name == "Demonstration Person"


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"new_person_mail": "nonsense"}, "new_person_mail"),
        ({"new_person_name": "x" * 201}, "new_person_name"),
        ({"new_person_name": "A", "remove_person_name": "on"}, "new_person_name"),
    ],
)
def test_what_does_not_fit_is_said_at_its_box(desk, fields, named):
    designation = make_designation(**PERSON)
    assert list(errors_of(submit(desk, change_of(designation), **fields))) == [named]
    assert held(designation) == PERSON


def test_an_auditor_sees_that_a_person_is_held_and_no_box(client, auditor):
    client.force_login(auditor)
    page = client.get(change_of(make_designation(**PERSON))).content.decode()
    assert "Held, masked" in page
    assert "new_person_name" not in page
    assert not any(value in page for value in PERSON.values())


def test_deliveries_and_extensions_stand_on_the_page_of_the_commitment(desk):
    commitment = make_commitment()
    deadline = make_deadline(commitment.provision, every_months=12)
    make_delivery(commitment, deadline, source="A <b>letter</b>")
    make_extension(commitment, deadline, number=2, why="A flood.")
    page = desk.get(change_of(commitment)).content.decode()
    assert "Report (1): 12 December 2016 (A &lt;b&gt;letter&lt;/b&gt;)" in page
    assert "Report (2): until 12 December 2016" in page
    assert "A flood." in page
