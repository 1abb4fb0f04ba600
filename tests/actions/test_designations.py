"""The yearly round on offices, and the person behind one: masked, and shown with a trace."""

import datetime
import json

import pytest
from django.core.exceptions import ValidationError

from tests import make
from tests.actions.ring import REASON, by_table, in_words, recorded, who_may
from tracker import actions
from tracker.actions.changes import masked
from tracker.models import Change, Designation
from tracker.rights import Act
from tracker.vocabulary import Role, Verb

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 4)
PERSON = {
    "person_name": "Demonstration Person",
    "person_phone": "+000 111 222",
    "person_mail": "person@example.org",
}


def confirm(commitment, person):
    actions.confirm_designation(make.make_designation(commitment.body), by=person, on=DAY)


def reveal(commitment, person):
    actions.reveal_contact(make.make_designation(commitment.body), by=person, reason=REASON)


def test_a_designation_is_confirmed_by_its_body_or_by_an_administrator():
    own, every = {Role.FOCAL_POINT}, {Role.ADMINISTRATOR}
    assert who_may(confirm) == by_table(Act.CONFIRM_DESIGNATION) == in_words(every=every, own=own)


def test_the_person_is_shown_to_the_body_and_to_the_desk():
    own, every = {Role.FOCAL_POINT}, {Role.ASSESSOR, Role.REVIEWER}
    assert who_may(reveal) == by_table(Act.REVEAL_CONTACT) == in_words(every=every, own=own)


def test_confirming_sets_the_day_and_nothing_else():
    designation = make.make_designation(office="Office")
    person = make.make_user(Role.FOCAL_POINT, bodies=[designation.body])
    designation.office = "Forged"
    with recorded(Verb.CONFIRMED, by=person) as made:
        actions.confirm_designation(designation, by=person, on=DAY, reason=REASON)
    assert made[0].differences == {"last_confirmed_on": [None, "2026-03-04"]}
    assert Designation.objects.get(pk=designation.pk).office == "Office"
    assert actions.confirm_designation(designation, by=person, on=DAY) is None
    earlier = DAY - datetime.timedelta(days=1)
    with pytest.raises(ValidationError, match="later day"):
        actions.confirm_designation(designation, by=person, on=earlier)


def test_confirming_what_somebody_else_changed_is_a_conflict():
    designation = make.make_designation()
    Designation.objects.filter(pk=designation.pk).update(version=2)
    with pytest.raises(actions.Conflict):
        actions.confirm_designation(designation, by=make.make_user(Role.ADMINISTRATOR), on=DAY)


def test_each_look_is_logged_with_its_reason_and_without_the_person():
    designation = make.make_designation(**PERSON)
    person = make.make_user(Role.ASSESSOR)
    for _look in range(2):
        with recorded(Verb.REVEALED, by=person) as made:
            shown = actions.reveal_contact(designation, by=person, reason=REASON)
        assert shown == PERSON
        assert made[0].differences == {}
    assert Change.objects.of(designation).count() == 2


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nobody_looks(reason):
    designation = make.make_designation(**PERSON)
    with pytest.raises(ValidationError) as refusal:
        actions.reveal_contact(designation, by=make.make_user(Role.REVIEWER), reason=reason)
    assert list(refusal.value.message_dict) == ["reason"]
    assert not Change.objects.of(designation).exists()


def test_the_record_says_that_the_person_changed_and_never_who():
    administrator = make.make_user(Role.ADMINISTRATOR)
    designation = Designation(
        body=make.make_body(), kind="contact_point", office="A desk", **PERSON
    )
    actions.save(designation, by=administrator)
    designation.person_name = "Somebody Else"
    actions.save(designation, by=administrator)
    actions.delete(designation, by=administrator)
    changes = Change.objects.filter(noun="designation", object_key=designation.key)
    [_created, updated, _deleted] = changes.order_by("sequence")
    assert updated.differences == {
        "person_name": [masked("Demonstration Person"), masked("Somebody Else")]
    }
    kept = json.dumps(list(changes.values("differences", "reason", "object_key")))
    for value in (*PERSON.values(), "Somebody Else"):
        assert value not in kept
    assert kept.count("masked:") == 3 + 2 + 3


def test_the_mask_differs_when_the_value_does_and_says_nothing_of_it():
    assert masked("a") == masked("a") != masked("b")
    assert len(masked("a" * 200)) == len(masked("b"))
