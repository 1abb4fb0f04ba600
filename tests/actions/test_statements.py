"""How many statements a write takes: as few for the thousandth as for the first."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.tables.files import text
from tracker import actions
from tracker.actions import changes
from tracker.models import Change, Membership, Report, Theme
from tracker.reports.chain import verify
from tracker.tables.plan import apply
from tracker.vocabulary import Role, Step

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2024, 5, 6)


def statements(captured):
    """What was asked, without savepoints and the lock that PostgreSQL takes for the chain."""
    asked = [each["sql"] for each in captured.captured_queries]
    left_out = ("SAVEPOINT", "BEGIN", "RELEASE", "ROLLBACK", "SELECT pg_advisory")
    return [sql for sql in asked if not sql.startswith(left_out)]


def under_review():
    return make.make_assessment(
        adopted_on=None, step=Step.UNDER_REVIEW, sent_on=TODAY, comments_on=TODAY
    )


def test_no_rule_of_the_database_is_asked_before_a_write():
    assessment, reviewer = under_review(), make.make_user(Role.REVIEWER)
    with CaptureQueriesContext(connection) as captured:
        actions.adopt(assessment, by=reviewer, on=TODAY)
    assert [sql for sql in statements(captured) if "_check" in sql] == []
    assert len(statements(captured)) <= 24
    assert [sql for sql in statements(captured) if "searchentry" in sql] == []


def test_a_draft_changes_nothing_that_is_known():
    commitment = make.make_commitment()
    person = make.make_user(Role.FOCAL_POINT, [commitment.body])
    with CaptureQueriesContext(connection) as captured:
        actions.draft_report(commitment, by=person, position="planned")
    asked = statements(captured)
    assert [sql for sql in asked if "tracker_known" in sql or "tracker_duedate" in sql] == []
    assert len(asked) <= 7


def brought(number):
    """A table of so many reports, and who may bring it."""
    commitments = [make.make_commitment() for _each in range(number)]
    person = make.make_user(Role.FOCAL_POINT, [each.body for each in commitments])
    return text(
        "commitment,position", *(f"{each.public_key},planned" for each in commitments)
    ), person


def test_a_row_of_a_table_takes_no_statement_of_its_own():
    taken = []
    for number in (3, 43):
        file, person = brought(number)
        with CaptureQueriesContext(connection) as captured:
            plan = apply("reports", file, by=person, reason="Because")
        assert plan.counts["new"] == number
        taken.append(len(captured))
    assert taken[1] == taken[0] <= 20


def test_a_changed_row_of_a_table_takes_one_statement_to_write():
    taken = []
    for number in (3, 43):
        file, person = brought(number)
        apply("reports", file, by=person, reason="Because")
        keys = Report.objects.order_by("-pk").values_list("key", flat=True)[:number]
        file = text("key,text", *(f"{key},More." for key in keys))
        with CaptureQueriesContext(connection) as captured:
            assert apply("reports", file, by=person, reason="Because").counts["changed"] == number
        taken.append(len(captured))
    assert taken[1] - taken[0] <= 40 and taken[0] <= 30


def test_one_that_is_refused_holds_up_no_other():
    network, states = make.make_body(kind="network"), [make.make_body() for _each in range(5)]
    rows = [Membership(organization=network, member=state, role="member") for state in states]
    # The database takes a member once while the membership is open.
    again = Membership(organization=network, member=states[1], role="member", from_on=TODAY)
    odd = Membership(organization=network, member=states[1], role="nothing")
    told = actions.save_each([*rows, again, odd], by=None, reason="Because")
    assert [type(each) for each in told] == [Change] * 5 + [ValidationError] * 2
    assert [sorted(each.error_dict) for each in told[5:]] == [["member"], ["role"]]
    assert (again.pk, again._state.adding, again.version) == (None, True, 1)
    assert Membership.objects.filter(organization=network).count() == 5
    assert [change.object_id for change in told[:5]] == [row.pk for row in rows]
    assert verify().broken == ""


def test_what_was_taken_back_is_again_as_it_was_read(monkeypatch):
    def full(*_writes, **_told):
        raise OperationalError("the disk is full")

    held, new = make.make_theme("held"), Theme(slug="new", name="New")
    monkeypatch.setattr(changes, "record", full)
    held.name = "Another"
    for theme, was in ((held, (held.pk, False, held.version)), (new, (None, True, 1))):
        with pytest.raises(OperationalError):
            actions.save(theme, by=None)
        assert (theme.pk, theme._state.adding, theme.version) == was
