"""The people who ask, each with a client that is signed in."""

import pytest
from rest_framework.test import APIClient

from tests.api.people import signed_in
from tests.make import make_user
from tracker.vocabulary import Role


@pytest.fixture
def anonymous(db):
    """Somebody who is not signed in."""
    return APIClient()


@pytest.fixture
def viewer(db):
    """Somebody who only reads."""
    return signed_in(make_user())


@pytest.fixture
def administrator(db):
    """Somebody who may edit the register."""
    return signed_in(make_user(Role.ADMINISTRATOR))
