"""How many statements a write takes: as few for the thousandth as for the first."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tracker import actions
from tracker.vocabulary import Role, Step

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2024, 5, 6)


def statements(captured):
    """What was asked, without the savepoints of the tests around it."""
    asked = [each["sql"] for each in captured.captured_queries]
    return [sql for sql in asked if "SAVEPOINT" not in sql and not sql.startswith("BEGIN")]


def under_review():
    return make.make_assessment(
        adopted_on=None, step=Step.UNDER_REVIEW, sent_on=TODAY, comments_on=TODAY
    )


def test_no_rule_of_the_database_is_asked_before_a_write():
    assessment, reviewer = under_review(), make.make_user(Role.REVIEWER)
    with CaptureQueriesContext(connection) as captured:
        actions.adopt(assessment, by=reviewer, on=TODAY)
    assert [sql for sql in statements(captured) if "_check" in sql] == []
    assert len(statements(captured)) <= 34


def test_a_draft_changes_nothing_that_is_known():
    commitment = make.make_commitment()
    person = make.make_user(Role.FOCAL_POINT, [commitment.body])
    with CaptureQueriesContext(connection) as captured:
        actions.draft_report(commitment, by=person, position="planned")
    asked = statements(captured)
    assert [sql for sql in asked if "tracker_known" in sql or "tracker_duedate" in sql] == []
    assert len(asked) <= 9
