"""The person who reads, on the day on which the demonstration is looked at."""

import pytest

from tests import REFERENCE_DAY
from tests.make import make_user


@pytest.fixture(autouse=True)
def the_day(time_machine):
    time_machine.move_to(REFERENCE_DAY)


@pytest.fixture
def viewer(client, db):
    """A browser in which somebody is signed in who only reads."""
    client.force_login(make_user())
    return client
