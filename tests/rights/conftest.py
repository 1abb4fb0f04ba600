"""Two bodies with everything, made once for a module."""

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import transaction


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world of ``tests.rights.world``, taken back after the module."""
    from tests.rights.world import World
    from tracker.models import Evidence

    field = Evidence._meta.get_field("file")
    usual, field.storage = field.storage, FileSystemStorage(tmp_path_factory.mktemp("evidence"))
    building = transaction.atomic()
    with django_db_blocker.unblock():
        building.__enter__()
        made = World()
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        building.__exit__(None, None, None)
    field.storage = usual
