"""What once told of records that are not open to who asks, one small test each."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests import make
from tests.admin.pages import change_of
from tests.api.people import signed_in
from tracker import actions
from tracker.actions import known
from tracker.models import Assessment, Citation, Commitment, DesignationCompetence
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
RESTRICTED = {"classification": "restricted"}


@pytest.fixture
def administrator():
    return make.make_user(Role.ADMINISTRATOR)


def test_evidence_is_not_counted_where_only_what_is_restricted_cites_it():
    report = make.make_report(**RESTRICTED)
    make.make_citation(make.make_evidence(classification="public"), report=report)
    known.refresh([report.commitment_id])
    focal = make.make_user(Role.FOCAL_POINT, bodies=[report.commitment.body])
    stranger = make.make_user(Role.FOCAL_POINT, bodies=[make.make_body()])
    seen = {focal: 1, stranger: 0, make.make_user(): 0, make.make_user(Role.ASSESSOR): 1}
    for person, number in seen.items():
        facts = Commitment.objects.with_facts(on=make.ADOPTED, viewer=person)
        assert facts.get(pk=report.commitment_id).evidence_count == number


def test_a_citation_is_seen_by_who_sees_both_ends_of_it():
    open_, closed = make.make_evidence(), make.make_evidence(**RESTRICTED)
    for evidence, report in (
        (open_, make.make_report(**RESTRICTED)),
        (closed, make.make_report()),
        (open_, make.make_report(submitted_on=None)),
    ):
        citation = make.make_citation(evidence, report=report)
        rows = Citation.objects.filter(pk=citation.pk)
        assert not rows.visible_to(make.make_user()).exists()
        assert not rows.visible_to(AnonymousUser()).exists()
        assert rows.visible_to(make.make_user(Role.AUDITOR)).exists()


def test_the_functions_of_an_office_are_seen_with_the_office():
    part = make.make_competence(make.make_designation(**RESTRICTED))
    rows = DesignationCompetence.objects.filter(pk=part.pk)
    assert not rows.visible_to(make.make_user(Role.ADMINISTRATOR)).exists()
    assert rows.visible_to(make.make_user(Role.ASSESSOR)).exists()


def test_what_holds_a_record_is_named_only_to_who_sees_it(administrator):
    body = make.make_body()
    make.make_designation(body, office="Hidden office", **RESTRICTED)
    with pytest.raises(actions.Held, match="referred to, so it stays") as held:
        actions.delete(body, by=administrator)
    assert held.value.holders == []
    shown = make.make_designation(body, office="Office")
    with pytest.raises(actions.Held, match="1 other records") as held:
        actions.delete(body, by=administrator)
    assert held.value.holders == [shown]
    answer = signed_in(administrator).delete(f"/api/v1/bodies/{body.code}/?reason=Because")
    assert answer.status_code == 409
    assert "Hidden" not in answer.content.decode()


def test_the_page_that_confirms_a_deletion_names_no_hidden_record(client, administrator):
    body = make.make_body()
    make.make_evidence(body=body, title="Hidden title", **RESTRICTED)
    client.force_login(administrator)
    page = client.get(f"/admin/tracker/body/{body.pk}/delete/").content.decode()
    assert "Hidden" not in page
    assert "Records that are not open to you" in page
    make.make_evidence(body=body, title="Shown title")
    page = client.get(f"/admin/tracker/body/{body.pk}/delete/").content.decode()
    assert "Shown title" in page
    assert "Evidence: 1" in page


def test_the_admin_counts_the_reports_and_assessments_that_are_open(client, administrator):
    commitment = make.make_commitment()
    for _time in range(2):
        make.make_report(commitment, **RESTRICTED)
    make.make_assessment(commitment, **RESTRICTED)
    make.make_report(commitment)
    known.refresh([commitment.pk])
    client.force_login(administrator)
    row = client.get(change_of(commitment)).context["original"]
    assert (row.report_count, row.assessment_count) == (1, 0)


def test_the_admin_does_not_say_who_drafted_to_those_who_see_no_drafts(client, administrator):
    chief, desk = make.make_user(Role.REVIEWER), make.make_user(Role.ASSESSOR)
    earlier = make.make_assessment(key="HIDDEN-1", **RESTRICTED)
    row = make.make_assessment(
        earlier.commitment, drafted_by=desk, adopted_by=chief, follows=earlier
    )
    client.force_login(administrator)
    page = client.get(change_of(row)).content.decode()
    assert all(name not in page for name in (chief.username, desk.username, earlier.key))
    client.force_login(make.make_user(Role.AUDITOR))
    assert desk.username in client.get(change_of(row)).content.decode()


def test_who_claimed_an_assessment_is_not_told_to_the_body(client):
    claim = make.make_claim()
    claim.by.first_name = "Hidden"
    claim.by.save()
    focal = make.make_user(Role.FOCAL_POINT, bodies=[claim.assessment.commitment.body])
    client.force_login(focal)
    page = client.get("/review/").content.decode()
    assert claim.assessment.key in page
    assert "Hidden" not in page
    numbers = {
        how: Assessment.objects.visible_to(focal).claimed(focal, how).count()
        for how in ("me", "others", "no")
    }
    assert (numbers["me"], numbers["others"]) == (0, 0)
    assert numbers["no"] == Assessment.objects.visible_to(focal).count()


def test_no_answer_is_kept_in_a_cache(client):
    client.raise_request_exception = False
    for path in ("/", "/nothing/", "/login/", "/admin/", "/api/v1/", "/api/v1/bodies/"):
        answer = client.get(path)
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", ")), path
        assert {"Cookie", "Authorization"} <= set(answer["Vary"].split(", ")), path
