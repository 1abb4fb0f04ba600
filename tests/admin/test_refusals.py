"""Bad input: a message that names the field and how to mend it, and nothing is written."""

import pytest

from tests.admin.pages import add_row, change_of, errors_of, form_of, submit
from tests.make import (
    make_addressee,
    make_body,
    make_commitment,
    make_deadline,
    make_delivery,
    make_membership,
    make_provision,
    make_resolution,
    make_theme,
)
from tracker.models import Addressee, Body, Change, Deadline, Membership, Provision

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/provision/add/"


def test_a_number_that_cannot_be_read(desk):
    answer = submit(
        desk, ADD, resolution=str(make_resolution().pk), number="thirteen", summary="Do it."
    )
    assert "write it like 13 or 13(e)" in errors_of(answer)["number"][0]


def test_a_letter_without_its_paragraph(desk):
    answer = submit(
        desk, ADD, resolution=str(make_resolution().pk), number="13(e)", summary="Do it."
    )
    assert "needs paragraph 13" in errors_of(answer)["number"][0]


def test_a_second_provision_with_the_same_number(desk):
    resolution = make_provision(number="7").resolution
    answer = submit(desk, ADD, resolution=str(resolution.pk), number="7", summary="Do it.")
    [message] = errors_of(answer)["number"]
    assert "has a provision with this number already" in message
    assert resolution.provisions.count() == 1


def test_a_membership_that_ends_before_it_starts(desk):
    membership = make_membership()
    answer = submit(desk, change_of(membership), from_on="2020-01-01", until_on="2019-01-01")
    [message] = errors_of(answer)["until_on"]
    assert "“Until” lies before “from”" in message
    assert not Change.objects.of(membership).exists()


def test_what_is_missing_is_said_at_its_field(desk):
    answer = submit(desk, ADD, number="", summary="")
    assert set(errors_of(answer)) == {"resolution", "number", "summary"}


@pytest.mark.parametrize("value", ["abc", "999999", "1" * 40, "-1", "null", "1;2"])
def test_a_record_that_is_none(desk, value):
    answer = submit(desk, ADD, resolution=value, number="1", summary="Do it.")
    assert "resolution" in errors_of(answer)
    assert desk.get(f"{ADD}?resolution={value}").status_code == 200


def test_a_page_that_another_has_overtaken_is_refused_with_what_was_typed(desk):
    body = make_body(name="Before")
    page = change_of(body)
    seen = desk.get(page)
    assert submit(desk, page, name="By another").status_code == 302
    answer = desk.post(page, {**form_of(seen, "body"), "name": "Mine", "reason": "Mine too"})
    assert "was changed in the meantime" in errors_of(answer)["__all__"][0]
    assert b'value="Mine"' in answer.content
    assert b'value="Mine too"' in answer.content
    body.refresh_from_db()
    assert body.name == "By another"


def test_a_page_that_hides_which_version_it_showed_is_refused(desk):
    body = make_body()
    answer = submit(desk, change_of(body), name="Mine", seen_version="")
    assert "was changed in the meantime" in errors_of(answer)["__all__"][0]


def test_a_row_that_another_has_overtaken_is_refused(desk):
    addressee = make_addressee(kind="states")
    Addressee.objects.filter(pk=addressee.pk).update(version=2, role="supporting")
    answer = submit(
        desk,
        change_of(addressee.provision),
        **{"addressees-0-seen_version": "1", "addressees-0-kind": "all_states"},
    )
    assert answer.status_code == 200
    assert b"was changed in the meantime" in answer.content
    assert Addressee.objects.get(pk=addressee.pk).kind == "states"


def test_what_a_page_does_not_change_cannot_be_overtaken(desk):
    """Another's change stands in a row, and in the record, that this page leaves as they are."""
    addressee = make_addressee(kind="states")
    provision = addressee.provision
    page = form_of(desk.get(change_of(provision)), "provision")
    Addressee.objects.filter(pk=addressee.pk).update(version=2)
    Provision.objects.filter(pk=provision.pk).update(version=2)
    row = add_row("deadlines", 0, label="Report", kind="adoption", offset_days="1")
    assert desk.post(change_of(provision), {**page, **row, "reason": "New"}).status_code == 302
    assert provision.deadlines.count() == 1


def test_a_change_between_the_check_and_the_writing_is_refused(desk, monkeypatch):
    """The form finds nothing wrong, the action does: still a message, and nothing lost."""
    from tracker import actions

    body = make_body()
    check = actions.check

    def overtaken(obj, **kwargs):
        check(obj, **kwargs)
        Body.objects.filter(pk=body.pk).update(version=7)

    monkeypatch.setattr("tracker.actions.check", overtaken)
    answer = submit(desk, change_of(body), name="Mine")
    assert "was changed in the meantime" in errors_of(answer)["__all__"][0]
    assert b'value="Mine"' in answer.content
    assert not Change.objects.of(body).exists()


def test_two_new_rows_that_say_the_same_are_refused_together(desk):
    provision = make_provision()
    rows = {
        **add_row("addressees", 0, role="addressee", kind="all_states"),
        **add_row("addressees", 1, role="supporting", kind="all_states"),
    }
    answer = submit(desk, change_of(provision), summary="New words.", **rows)
    assert "named already" in errors_of(answer)["__all__"][0]
    provision.refresh_from_db()
    assert provision.summary == "Do something."
    assert not provision.addressees.exists()


def test_a_deadline_is_refused_with_its_rule(desk):
    row = add_row("deadlines", 0, label="Report", kind="fixed")
    answer = submit(desk, change_of(make_provision()), **row)
    assert b"Give the date of a fixed deadline" in answer.content
    assert not Deadline.objects.filter(label="Report", kind="fixed").exists()


def test_a_row_that_others_refer_to_stays(desk):
    deadline = make_deadline()
    make_delivery(deadline=deadline)
    answer = submit(desk, change_of(deadline.provision), **{"deadlines-0-DELETE": "on"})
    assert answer.status_code == 200
    assert Deadline.objects.filter(pk=deadline.pk).exists()


def test_a_held_record_is_not_deleted_and_says_what_holds_it(desk):
    membership = make_membership()
    address = f"/admin/tracker/body/{membership.member.pk}/delete/"
    for answer in (desk.get(address), desk.post(address, {"post": "yes", "reason": "Gone"})):
        assert answer.status_code == 200
        assert b"cannot be deleted" in answer.content
        assert f"/admin/tracker/membership/{membership.pk}/change/".encode() in answer.content
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_a_record_that_becomes_held_in_the_last_moment_stays(desk, monkeypatch):
    membership = make_membership()
    monkeypatch.setattr("tracker.admin.deletion.what_goes", lambda objs, *args: ([], {}, set(), []))
    address = f"/admin/tracker/body/{membership.member.pk}/delete/"
    answer = desk.post(address, {"post": "yes", "reason": "Gone"}, follow=True)
    assert b"cannot be deleted: 1 other records refer to it" in answer.content
    answer = desk.post(
        "/admin/tracker/body/",
        {
            "action": "delete_selected",
            "_selected_action": [str(membership.member.pk)],
            "post": "yes",
            "reason": "Gone",
        },
        follow=True,
    )
    assert b"cannot be deleted: 1 other records refer to it" in answer.content
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_a_deletion_names_what_goes_along(desk):
    provision = make_addressee().provision
    page = desk.get(f"/admin/tracker/provision/{provision.pk}/delete/")
    assert b"Addressee: All States" in page.content
    assert b"Provision_themes" not in page.content
    before = Change.objects.count()
    desk.post(f"/admin/tracker/provision/{provision.pk}/delete/", {"post": "y", "reason": "Twice"})
    assert not Provision.objects.filter(pk=provision.pk).exists()
    assert Change.objects.count() == before + 2


def test_several_records_are_deleted_after_a_confirmation_with_a_reason(desk):
    themes = [make_theme(), make_theme()]
    chosen = {"action": "delete_selected", "_selected_action": [str(each.pk) for each in themes]}
    asked = desk.post("/admin/tracker/theme/", {**chosen, "index": "0", "reason": "Twice"})
    assert b'value="Twice"' in asked.content
    again = desk.post("/admin/tracker/theme/", {**chosen, "post": "yes", "reason": ""})
    assert again.context["reason_form"].errors
    done = desk.post("/admin/tracker/theme/", {**chosen, "post": "yes", "reason": "Twice"})
    assert done.status_code == 302
    assert [change.reason for change in Change.objects.order_by("-sequence")[:2]] == ["Twice"] * 2
    assert not any(type(each).objects.filter(pk=each.pk).exists() for each in themes)


@pytest.mark.parametrize("held", [True, False])
def test_a_deletion_takes_the_same_queries_for_many_rows(desk, held, django_assert_max_num_queries):
    counted = []
    for number in (3, 60):
        provision = make_provision()
        for each in range(number):
            make_commitment(provision) if held else make_deadline(provision, label=f"Due {each}")
        with django_assert_max_num_queries(12) as captured:
            desk.get(f"/admin/tracker/provision/{provision.pk}/delete/")
        counted.append(len(captured))
    assert len(set(counted)) == 1


def test_holders_are_counted_and_the_first_of_them_named(desk):
    provision = make_provision()
    for _ in range(12):
        make_commitment(provision)
    page = desk.get(f"/admin/tracker/provision/{provision.pk}/delete/").content.decode()
    assert "Commitments: 12" in page
    assert page.count("/admin/tracker/commitment/") == 10 + 1  # and the link beside every page
    assert "and 2 more" in page
