"""Who sees which classification of reports, assessments, evidence and designations."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests import make
from tracker.models import Assessment, Designation, Evidence, Report
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db

SEE_ALL = {Role.ASSESSOR, Role.REVIEWER, Role.ADMINISTRATOR, Role.AUDITOR}


def rows_of(commitment, classification):
    """One published row of each classified kind."""
    return [
        make.make_report(commitment, classification=classification),
        make.make_assessment(commitment, classification=classification),
        make.make_evidence(body=commitment.body, classification=classification),
        make.make_designation(commitment.body, classification=classification),
    ]


def seen(user, row):
    return type(row).objects.visible_to(user).filter(pk=row.pk).count() == 1


@pytest.mark.parametrize("classification", ["public", "internal", "restricted"])
@pytest.mark.parametrize("role", Role)
def test_restricted_rows_are_for_the_body_concerned_and_for_those_who_assess(role, classification):
    commitment = make.make_commitment()
    stranger = make.make_user(role, bodies=[make.make_body()])
    concerned = make.make_user(role, bodies=[commitment.body])
    for row in rows_of(commitment, classification):
        assert seen(concerned, row)
        assert seen(stranger, row) == (classification != "restricted" or role in SEE_ALL)


@pytest.mark.parametrize("model", [Report, Assessment, Evidence, Designation])
def test_nobody_sees_anything_without_signing_in_or_after_being_switched_off(model):
    rows_of(make.make_commitment(), "public")
    assert model.objects.visible_to(AnonymousUser()).count() == 0
    assert model.objects.visible_to(make.make_user(is_active=False)).count() == 0


def test_a_draft_report_is_for_its_own_body_and_those_who_assess():
    report = make.make_report(submitted_on=None)
    assert seen(make.make_user(bodies=[report.commitment.body]), report)
    assert seen(make.make_user(Role.REVIEWER), report)
    assert not seen(make.make_user(), report)


@pytest.mark.parametrize(
    ("step", "shown"),
    [
        ("draft", False),
        ("returned", False),
        ("withdrawn", False),
        ("sent_to_body", True),
        ("comments_received", True),
        ("under_review", True),
    ],
)
def test_the_body_concerned_sees_an_assessment_once_it_was_sent(step, shown):
    assessment = make.make_assessment(step=step, adopted_on=None)
    assert seen(make.make_user(bodies=[assessment.commitment.body]), assessment) == shown
    assert not seen(make.make_user(), assessment)
    assert seen(make.make_user(Role.ASSESSOR), assessment)
