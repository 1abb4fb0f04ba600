"""Who comes in by the administrators' door."""

import pytest

from tests.make import make_user
from tracker.vocabulary import Role


@pytest.fixture
def administrator(db):
    return make_user(Role.ADMINISTRATOR, username="anna")


@pytest.fixture
def auditor(db):
    return make_user(Role.AUDITOR, username="otto")


@pytest.fixture
def desk(client, administrator):
    """A browser in which an administrator is signed in."""
    client.force_login(administrator)
    return client
