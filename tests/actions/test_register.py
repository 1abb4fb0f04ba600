"""Writing through actions: rights, versions, derived fields, and one Change for each write."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from tests import make
from tracker import actions
from tracker.actions.changes import snapshot
from tracker.models import Body, Change, Commitment, Deadline, Membership, Provision, Resolution
from tracker.vocabulary import Door, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make.make_user(Role.ADMINISTRATOR, username="ada")


def changes_of(obj):
    return list(Change.objects.of(obj))


def new_body(**fields):
    return Body(**{"code": "NEW-BODY", "kind": "un_entity", "name": "New body", **fields})


def test_creating_leaves_one_change_that_says_who_why_and_what(administrator):
    body = new_body()
    change = actions.save(body, by=administrator, reason="Founded last week")
    assert changes_of(body) == [change]
    assert (change.by, change.reason, change.verb) == (
        administrator,
        "Founded last week",
        "created",
    )
    assert change.differences["name"] == [None, "New body"]
    assert (change.noun, change.object_key) == ("body", "NEW-BODY")


def test_changing_records_only_the_fields_that_differ(administrator):
    body = make.make_body()
    body.name = "Renamed"
    change = actions.save(body, by=administrator)
    assert list(change.differences) == ["name"]
    assert Body.objects.get(pk=body.pk).version == 2


def test_saving_without_a_difference_writes_nothing(administrator):
    body = make.make_body()
    assert actions.save(body, by=administrator) is None
    assert changes_of(body) == []
    assert Body.objects.get(pk=body.pk).version == 1


def test_the_door_and_the_request_are_recorded(administrator):
    with actions.provenance(door=Door.API, request_id="abc"):
        change = actions.save(new_body(), by=administrator)
    assert (change.door, change.request_id) == ("api", "abc")


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_only_administrators_change_the_register(role):
    with pytest.raises(actions.Refused):
        actions.save(new_body(), by=make.make_user(role))
    assert not Body.objects.filter(code="NEW-BODY").exists()


@pytest.mark.parametrize("write", [actions.save, actions.delete])
def test_what_has_actions_of_its_own_is_not_written_as_a_part_of_the_register(administrator, write):
    for row in (
        make.make_report(submitted_on=None),
        make.make_assessment(adopted_on=None),
        make.make_evidence(),
        make.make_citation(report=make.make_report(submitted_on=None)),
        make.make_delivery(),
        make.make_extension(),
    ):
        with pytest.raises(actions.Refused, match="actions of its own"):
            write(row, by=administrator)
        assert type(row).objects.filter(pk=row.pk).exists()


def test_nobody_in_particular_may_write_only_from_a_command():
    with actions.provenance(door=Door.API), pytest.raises(actions.Refused):
        actions.save(new_body(), by=None)


def test_an_inactive_administrator_is_refused():
    with pytest.raises(actions.Refused):
        actions.save(new_body(), by=make.make_user(Role.ADMINISTRATOR, is_active=False))


def test_a_stale_row_is_refused_and_the_newer_text_stays(administrator):
    body = make.make_body()
    mine, theirs = Body.objects.get(pk=body.pk), Body.objects.get(pk=body.pk)
    theirs.name = "Theirs"
    actions.save(theirs, by=administrator)
    mine.name = "Mine"
    with pytest.raises(actions.Conflict) as conflict:
        actions.save(mine, by=administrator)
    assert conflict.value.current.name == "Theirs"
    assert Body.objects.get(pk=body.pk).name == "Theirs"
    assert len(changes_of(body)) == 1


def test_a_refused_write_leaves_no_change(administrator):
    body = make.make_body(founded_on=datetime.date(2020, 1, 1))
    body.dissolved_on = datetime.date(2019, 1, 1)
    before = Change.objects.count()
    with pytest.raises(ValidationError, match="before the founding date"):
        actions.save(body, by=administrator)
    assert Change.objects.count() == before


@pytest.mark.parametrize("field", ["code"])
def test_what_addresses_are_made_of_is_fixed(administrator, field):
    body = make.make_body()
    setattr(body, field, "ANOTHER")
    with pytest.raises(ValidationError) as refusal:
        actions.save(body, by=administrator)
    assert field in refusal.value.message_dict


def test_a_provision_finds_its_parent_place_and_key(administrator):
    resolution = make.make_resolution(8888)
    make.make_provision(resolution, "13")
    letter = Provision(resolution=resolution, number="13 (e)", summary="Name authorities.")
    actions.save(letter, by=administrator)
    assert letter.key == "S/RES/8888(2016)/13(e)"
    assert letter.parent.number == "13"
    assert letter.eid == "para_13__list_1__point_e"


def test_a_letter_without_its_paragraph_is_refused_by_field(administrator):
    letter = Provision(resolution=make.make_resolution(), number="13(e)", summary="x")
    with pytest.raises(ValidationError) as refusal:
        actions.save(letter, by=administrator)
    assert "add that one first" in str(refusal.value.message_dict["number"])


def test_a_second_provision_with_the_same_number_is_refused(administrator):
    provision = make.make_provision(number="13")
    again = Provision(resolution=provision.resolution, number=" 13 ", summary="x")
    with pytest.raises(ValidationError, match="has a provision with this number already"):
        actions.save(again, by=administrator)
    assert Provision.objects.filter(resolution=provision.resolution).count() == 1


def test_a_parent_in_another_resolution_is_refused():
    provision = make.make_provision(number="13")
    provision.parent = make.make_provision(number="13")
    with pytest.raises(ValidationError, match="another resolution"):
        provision.clean()


def test_a_membership_that_ends_before_it_starts_is_refused(administrator):
    membership = Membership(
        organization=make.make_body(kind="network"),
        member=make.make_body(),
        from_on=datetime.date(2020, 1, 1),
        until_on=datetime.date(2019, 1, 1),
    )
    with pytest.raises(ValidationError, match="ends on or after the day it starts"):
        actions.save(membership, by=administrator)


def test_many_to_many_links_are_part_of_the_row(administrator):
    provision, theme = make.make_provision(), make.make_theme("reporting-x")
    change = actions.save(provision, by=administrator, relations={"themes": [theme]})
    assert change.differences == {"themes": [[], ["reporting-x"]]}
    assert list(provision.themes.all()) == [theme]


def test_due_dates_follow_the_adoption_date_each_with_its_change(administrator):
    deadline = make.make_deadline(offset_months=10)
    resolution = Resolution.objects.get(pk=deadline.provision.resolution_id)
    resolution.adopted_on = datetime.date(2016, 12, 13)
    actions.save(resolution, by=administrator, reason="Corrected")
    deadline = Deadline.objects.get(pk=deadline.pk)
    assert deadline.due_on == datetime.date(2017, 10, 13)
    [change] = changes_of(deadline)
    assert change.differences == {"due_on": ["2017-10-12", "2017-10-13"]}
    assert change.reason == "Corrected"


def test_a_moved_theme_takes_its_branch_along(administrator):
    top, other = make.make_theme("top-x"), make.make_theme("other-x")
    child = make.make_theme("child-x", parent=top)
    leaf = make.make_theme("leaf-x", parent=child)
    child.parent = other
    actions.save(child, by=administrator)
    leaf.refresh_from_db()
    assert leaf.path == "other-x/child-x/leaf-x/"
    assert len(changes_of(leaf)) == 1


def test_deleting_records_everything_that_goes(administrator):
    provision = make.make_provision()
    addressee, deadline = make.make_addressee(provision), make.make_deadline(provision)
    kept = [(provision, provision.pk), (addressee, addressee.pk), (deadline, deadline.pk)]
    assert actions.delete(provision, by=administrator, reason="Entered twice") == 3
    for obj, pk in kept:
        [change] = Change.objects.filter(noun=obj._meta.model_name, object_id=pk)
        assert (change.verb, change.reason) == ("deleted", "Entered twice")


def test_what_others_refer_to_is_not_deleted_and_says_what_holds_it(administrator):
    commitment = make.make_commitment()
    with pytest.raises(actions.Held) as held:
        actions.delete(commitment.body, by=administrator)
    assert held.value.holders == [commitment]
    assert Commitment.objects.filter(pk=commitment.pk).exists()


def test_creating_many_leaves_one_change_each(administrator):
    bodies = [new_body(code=f"MANY-{n}") for n in range(3)]
    made = actions.create_many(bodies, by=administrator, reason="A list")
    assert [len(changes_of(body)) for body in made] == [1, 1, 1]


def test_creating_many_is_all_or_nothing(administrator):
    before = Change.objects.count()
    bodies = [new_body(code="SAME"), new_body(code="SAME")]
    with pytest.raises(ValidationError):
        actions.create_many(bodies, by=administrator)
    assert not Body.objects.filter(code="SAME").exists()
    assert Change.objects.count() == before


def test_passwords_never_enter_the_record():
    user = make.make_user()
    user.set_password("correct horse battery staple")
    assert "password" not in snapshot(user)


def test_the_chain_of_hashes_can_be_computed_again(administrator):
    actions.save(new_body(founded_on=datetime.date(2020, 1, 1)), by=administrator, reason="é ¶")
    previous = ""
    for change in Change.objects.order_by("sequence"):
        assert change.previous_hash == previous
        assert change.hash == change.compute_hash()
        previous = change.hash


def test_a_broken_rule_is_told_under_the_field_to_mend_and_once(administrator):
    provision = make.make_provision(number="13")
    again = Provision(resolution=provision.resolution, number="13", summary="x")
    with pytest.raises(ValidationError) as refusal:
        actions.save(again, by=administrator)
    assert list(refusal.value.message_dict) == ["number"]
    assert len(refusal.value.message_dict["number"]) == 1


@pytest.mark.parametrize("field", ["parent", "succeeded_by"])
def test_a_body_does_not_lie_under_one_of_its_own(administrator, field):
    top = make.make_body(kind="un_organ")
    middle = make.make_body(kind="un_organ", **{field: top})
    leaf = make.make_body(kind="un_organ", **{field: middle})
    setattr(top, field, leaf)
    with pytest.raises(ValidationError, match="under this one already"):
        actions.save(top, by=administrator)


def test_a_theme_does_not_lie_under_one_of_its_own(administrator):
    top = make.make_theme()
    top.parent = make.make_theme(parent=make.make_theme(parent=top))
    with pytest.raises(ValidationError, match="under this one already"):
        actions.save(top, by=administrator)


@pytest.mark.parametrize(
    ("fields", "named"),
    [({"offset_months": 99_999}, "offset_months"), ({"offset_days": 99_999_999}, "offset_days")],
)
def test_a_deadline_beyond_the_calendar_is_refused_by_its_field(administrator, fields, named):
    deadline = Deadline(provision=make.make_provision(), label="Far", kind="adoption", **fields)
    with pytest.raises(ValidationError) as refusal:
        actions.save(deadline, by=administrator)
    assert list(refusal.value.message_dict) == [named]


@pytest.mark.parametrize("component", ["foo", "annex_", "annex_0", "annex_100", ""])
def test_a_component_is_the_main_body_or_an_annex(administrator, component):
    provision = Provision(
        resolution=make.make_resolution(), number="1", component=component, summary="x"
    )
    with pytest.raises(ValidationError) as refusal:
        actions.save(provision, by=administrator)
    assert list(refusal.value.message_dict) == ["component"]
