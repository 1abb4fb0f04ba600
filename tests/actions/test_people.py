"""The first account of an installation, and passwords."""

import pytest

from tracker.actions import Refused
from tracker.actions.people import create_first_account, set_password
from tracker.models import Change, User
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db


def test_the_first_account_administers_the_register():
    password = create_first_account(username="admin")
    user = User.objects.get(username="admin")
    assert user.check_password(password)
    assert (user.role, user.is_superuser, user.is_staff) == (Role.ADMINISTRATOR, True, True)


def test_the_first_account_is_recorded_without_its_password():
    create_first_account(username="admin", reason="First account")
    change = Change.objects.latest("sequence")
    assert (change.noun, change.object_key, change.reason) == ("user", "admin", "First account")
    assert "password" not in change.differences


def test_nothing_happens_where_somebody_can_sign_in():
    User.objects.create_user("somebody", password="known")
    assert create_first_account(username="admin") is None
    assert not User.objects.filter(username="admin").exists()


def test_a_password_is_set_and_the_record_says_only_that_it_was():
    administrator = User.objects.create_user("anna", role=Role.ADMINISTRATOR)
    person = User.objects.create_user("ada")
    change = set_password(person, "a-long-secret", by=administrator, reason="Forgotten")
    assert User.objects.get(pk=person.pk).check_password("a-long-secret")
    assert (change.by, change.reason, change.differences) == (administrator, "Forgotten", {})


def test_ones_own_password_needs_no_right_and_that_of_another_does():
    person, other = User.objects.create_user("ada"), User.objects.create_user("bert")
    assert set_password(person, "a-long-secret", by=person)
    with pytest.raises(Refused):
        set_password(other, "a-long-secret", by=person)
    assert not Change.objects.of(other).exists()
