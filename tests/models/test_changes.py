"""The record of changes, and what is settled, cannot be edited, not even past Django."""

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


def refused(statement, row) -> bool:
    """Whether the database refuses ``statement`` for this row; what it did is taken back."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(row._meta.db_table) + " WHERE id = %s", [row.pk])
            assert cursor.rowcount == 1
            transaction.set_rollback(True)
    except IntegrityError:
        return True
    return False


REPORTED = {
    "UPDATE {} SET text = 'x'": True,
    "UPDATE {} SET position = 'completed'": True,
    "UPDATE {} SET submitted_on = '2020-01-01'": True,
    "UPDATE {} SET submitted_on = NULL": True,
    "UPDATE {} SET commitment_id = (SELECT max(id) FROM tracker_commitment)": True,
    "DELETE FROM {}": True,
    "UPDATE {} SET classification = 'restricted'": False,
}


def test_the_database_keeps_a_submitted_report_as_it_was_said():
    submitted, draft = make.make_report(), make.make_report(submitted_on=None)
    make.make_commitment()
    assert {each: refused(each, submitted) for each in REPORTED} == REPORTED
    assert {each: refused(each, draft) for each in REPORTED} == dict.fromkeys(REPORTED, False)


def test_the_database_keeps_what_is_cited_by_what_is_settled():
    settled = [
        make.make_citation(report=make.make_report()),
        make.make_citation(assessment=make.make_assessment()),
    ]
    open_ones = [
        make.make_citation(report=make.make_report(submitted_on=None)),
        make.make_citation(assessment=make.make_assessment(adopted_on=None)),
    ]
    for statement in ("UPDATE {} SET pinpoint = 'p. 1'", "DELETE FROM {}"):
        assert [refused(statement, each) for each in settled] == [True, True]
        assert [refused(statement, each) for each in open_ones] == [False, False]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", ["change", "assessment", "report", "citation"])
def test_no_table_of_the_record_can_be_emptied(table):
    make.make_citation(report=make.make_report())
    make.make_assessment()
    with (
        pytest.raises(IntegrityError, match="append-only|does not change|keeps"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        # Links are checked at the end of a transaction; a table cannot be emptied before that.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE tracker_{table} CASCADE")
