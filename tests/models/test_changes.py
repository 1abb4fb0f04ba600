"""The record of changes cannot be edited, not even past Django."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests import make
from tracker import actions
from tracker.models import Body, Change
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def change():
    body = Body(code="RECORDED", kind="state", name="Recorded")
    return actions.save(body, by=make.make_user(Role.ADMINISTRATOR), reason="Test")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tracker_change SET reason = 'another' WHERE id = %s",
        "DELETE FROM tracker_change WHERE id = %s",
    ],
)
def test_the_database_refuses_to_edit_or_remove_a_change(change, statement):
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [change.pk])
    assert Change.objects.get(pk=change.pk).reason == "Test"


def test_a_change_can_still_be_added(change):
    body = Body.objects.get(code="RECORDED")
    body.name = "Renamed"
    assert actions.save(body, by=change.by).sequence > change.sequence


@pytest.mark.parametrize("statement", ["UPDATE {} SET rationale = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_edit_or_remove_an_adopted_assessment(statement):
    adopted, draft = make.make_assessment(), make.make_assessment(adopted_on=None)
    statement = statement.format("tracker_assessment") + " WHERE id = %s"
    with (
        pytest.raises(IntegrityError, match="does not change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [adopted.pk])
    with connection.cursor() as cursor:
        cursor.execute(statement, [draft.pk])
