"""Passwords for the demonstration accounts: on the demonstration only, and recorded."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import make
from tracker.demonstration.people import ROLES
from tracker.models import Change, User

pytestmark = pytest.mark.django_db


def run():
    out = StringIO()
    call_command("demonstration_passwords", stdout=out)
    return out.getvalue()


def test_each_account_gets_a_password_of_its_own_with_one_change_each():
    before = Change.objects.count()
    lines = [line.split() for line in run().splitlines()[:-1]]
    passwords = {line[0]: line[1] for line in lines}
    assert set(passwords) == set(ROLES)
    assert len(set(passwords.values())) == len(ROLES)
    for account in User.objects.filter(username__in=ROLES):
        assert account.check_password(passwords[account.username])
        assert not account.is_staff
    made = Change.objects.order_by("sequence")[before:]
    assert sorted(change.object_key for change in made) == sorted(ROLES)
    assert {(change.door, change.by, str(change.differences)) for change in made} == {
        ("command", None, "{}")
    }


def test_it_is_refused_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        run()


def test_it_is_refused_beside_real_states(settings):
    make.make_body(kind="state", is_fictional=False)
    with pytest.raises(CommandError, match="does not hold the demonstration"):
        run()
    assert not User.objects.filter(username__in=ROLES).exclude(password__startswith="!").exists()


def test_it_is_refused_on_the_real_register(settings):
    settings.REGISTER = "un"
    with pytest.raises(CommandError, match="does not hold the demonstration"):
        run()
