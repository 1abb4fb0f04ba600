"""Who sees which classification of reports, assessments, evidence and designations."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests import make
from tracker.models import Assessment, Designation, Evidence, Report
from tracker.rights import RIGHTS, Act, Reach
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db


def reaches(role, act, *, own):
    """Whether the table gives ``role`` this right on a record of an own or of another body."""
    reach = RIGHTS[act].get(role, Reach.NONE)
    return reach == Reach.ALL or (reach == Reach.OWN and own)


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
        for person, own in ((concerned, True), (stranger, False)):
            shown = classification != "restricted" or reaches(role, Act.READ_RESTRICTED, own=own)
            assert seen(person, row) == shown


def test_the_table_itself_says_who_sees_what_is_restricted():
    """The issue's own words, so that a slip in the table does not pass."""
    own = {r for r in Role if reaches(r, Act.READ_RESTRICTED, own=True)}
    every = {r for r in Role if reaches(r, Act.READ_RESTRICTED, own=False)}
    assert every == {Role.ASSESSOR, Role.REVIEWER, Role.AUDITOR}
    assert own == every | {Role.FOCAL_POINT}


def test_a_focal_point_speaks_for_the_bodies_under_its_own():
    state = make.make_body()
    ministry = make.make_body(kind="national_authority", parent=state)
    office = make.make_body(kind="national_authority", parent=ministry)
    authority = make.make_body(kind="national_authority", state=state)
    person = make.make_user(Role.FOCAL_POINT, bodies=[state])
    below = make.make_user(Role.FOCAL_POINT, bodies=[office])
    for body in (state, ministry, office, authority):
        row = make.make_designation(body, classification="restricted")
        assert seen(person, row)
        assert seen(below, row) == (body == office)


@pytest.mark.parametrize("model", [Report, Assessment, Evidence, Designation])
def test_nobody_sees_anything_without_signing_in_or_after_being_switched_off(model):
    rows_of(make.make_commitment(), "public")
    assert model.objects.visible_to(AnonymousUser()).count() == 0
    assert model.objects.visible_to(make.make_user(is_active=False)).count() == 0


@pytest.mark.parametrize("role", Role)
def test_a_draft_report_is_for_its_own_body_and_the_auditor(role):
    report = make.make_report(submitted_on=None)
    concerned = make.make_user(role, bodies=[report.commitment.body])
    assert seen(concerned, report) == (role in (Role.FOCAL_POINT, Role.AUDITOR))
    assert seen(make.make_user(role), report) == (role == Role.AUDITOR)


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
    focal = make.make_user(Role.FOCAL_POINT, bodies=[assessment.commitment.body])
    assert seen(focal, assessment) == shown
    assert not seen(make.make_user(), assessment)
    assert seen(make.make_user(Role.ASSESSOR), assessment)
