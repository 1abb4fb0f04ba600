"""An assessment from its draft to its adoption, by the people who may, and by nobody else."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.make import make_assessment, make_citation, make_evidence
from tracker.models import Assessment
from tracker.reports.turns import turn

TEXT = {
    "result": "largely_implemented",
    "basis": "desk_review",
    "rationale": "The law is in force.",
    "classification": "internal",
}
DAY = datetime.date(2026, 11, 1)


def press(client, assessment, act, **data):
    assessment.refresh_from_db()
    return client.post(
        f"/assessments/{assessment.key}/", {"act": act, "version": assessment.version, **data}
    )


def test_an_assessment_goes_from_draft_to_adoption(desk):
    assessor, focal, reviewer = (desk.browser(name) for name in ("assessor", "focal", "reviewer"))
    shown = assessor.get(f"{desk.address}assess/").content.decode()
    assert "what is missing is minor" in shown  # the criteria stand beside the choice
    made = assessor.post(f"{desk.address}assess/", {**TEXT, "act": "save"})
    path, assessment = made["Location"], desk.commitment.assessments.get()
    assert focal.get(path).status_code == 404
    evidence = make_evidence(body=desk.body)
    assert press(assessor, assessment, "cite", evidence=evidence.key).status_code == 302
    assert press(assessor, assessment, "send", **TEXT).status_code == 302
    assert "1 December 2026" in focal.get(path).content.decode()
    assert press(assessor, assessment, "review").status_code == 400
    assert press(focal, assessment, "comment", body_comment="We agree.").status_code == 302
    assert "We agree." in assessor.get(path).content.decode()
    assert press(assessor, assessment, "review").status_code == 302
    assert press(reviewer, assessment, "return").status_code == 400
    assert press(reviewer, assessment, "adopt").status_code == 302
    assessment.refresh_from_db()
    assert (assessment.step, assessment.adopted_on) == ("adopted", DAY)
    assert 'name="act"' not in reviewer.get(path).content.decode()
    assert press(assessor, assessment, "save", **TEXT).status_code == 400


@pytest.mark.parametrize("result", ["insufficient_information", "not_applicable"])
def test_a_result_outside_the_scale_needs_a_rationale(desk, result):
    data = {**TEXT, "result": result, "rationale": "", "act": "save"}
    answer = desk.browser("assessor").post(f"{desk.address}assess/", data)
    assert answer.status_code == 400
    assert answer.context["form"].errors["rationale"]
    assert 'href="#f-rationale"' in answer.content.decode()


@pytest.mark.parametrize("name", ["viewer", "focal", "stranger", "administrator", "auditor"])
def test_only_the_desk_assesses(desk, name):
    client = desk.browser(name)
    assert client.get(f"{desk.address}assess/").status_code == 403
    assert client.post(f"{desk.address}assess/", {**TEXT, "act": "save"}).status_code == 403
    draft = make_assessment(desk.commitment, adopted_on=None)
    status = press(client, draft, "withdraw", reason="No").status_code
    assert status == (403 if name == "auditor" else 404)


def test_who_drafted_is_not_offered_to_adopt(desk):
    reviewer = desk.browser("reviewer")
    drafter = desk.people["reviewer"]
    mine = make_assessment(
        desk.commitment, adopted_on=None, step="under_review", drafted_by=drafter
    )
    assert 'value="adopt"' not in reviewer.get(f"/assessments/{mine.key}/").content.decode()
    assert press(reviewer, mine, "adopt").status_code == 403


def test_a_step_meanwhile_shows_both_and_keeps_the_comment(desk):
    sent = make_assessment(
        desk.commitment, adopted_on=None, step="sent_to_body", comments_due_on=DAY
    )
    focal, path = desk.browser("focal"), f"/assessments/{sent.key}/"
    first = {"act": "comment", "version": sent.version, "body_comment": "Comment one"}
    assert focal.post(path, first).status_code == 302
    answer = focal.post(path, {**first, "body_comment": "Comment two"})
    assert answer.status_code == 409
    assert "Comment one" in answer.content.decode()
    assert "Comment two" in answer.content.decode()


def test_the_page_costs_the_same_with_1_citation_and_with_30(desk):
    assessment = make_assessment(desk.commitment, adopted_on=None)
    client, costs = desk.browser("assessor"), []
    for number in (1, 29):
        for _each in range(number):
            make_citation(make_evidence(body=desk.body), assessment=assessment)
            make_evidence(body=desk.body)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/assessments/{assessment.key}/").status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 12


@pytest.mark.parametrize(
    ("step", "late", "who"),
    [
        ("draft", False, "Assessors"),
        ("sent_to_body", False, "Focal point of"),
        ("sent_to_body", True, "Assessors"),
        ("comments_received", False, "Assessors"),
        ("under_review", False, "Reviewers"),
    ],
)
def test_the_turn_follows_the_step(step, late, who):
    assessment = Assessment(step=step, comments_due_on=DAY)
    on = DAY + datetime.timedelta(days=late)
    assert turn(assessment, body="Somewhere", on=on).who.startswith(who)
