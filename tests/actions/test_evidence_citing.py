"""Evidence is added by those it concerns or by the desk, and cited only by drafts."""

import pytest
from django.core.exceptions import ValidationError

from tests import make
from tests.actions.ring import REASON, by_table, in_words, recorded, who_may
from tracker import actions
from tracker.models import Change, Citation, Evidence
from tracker.rights import Act
from tracker.vocabulary import Role, Verb

pytestmark = pytest.mark.django_db
DESK = {Role.ASSESSOR, Role.REVIEWER}


def new_evidence(body=None, **fields):
    return Evidence(
        title="A law", kind="legislation", independence="body_itself", body=body, **fields
    )


def retitle(commitment, person):
    evidence = make.make_evidence(body=commitment.body)
    evidence.title = "Another law"
    actions.save_evidence(evidence, by=person)


def delete(commitment, person):
    actions.delete_evidence(make.make_evidence(body=commitment.body), by=person)


STEPS = {
    "add": lambda on, by: actions.save_evidence(new_evidence(on.body), by=by),
    "change": retitle,
    "delete": delete,
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_evidence_is_kept_by_those_it_concerns_and_by_the_desk(step):
    assert (
        who_may(step) == by_table(Act.ADD_EVIDENCE) == in_words(every=DESK, own={Role.FOCAL_POINT})
    )


def test_evidence_of_no_body_is_for_the_desk():
    done = who_may(lambda on, by: actions.save_evidence(new_evidence(), by=by))
    assert done == in_words(every=DESK)


def cite_in_report(commitment, person):
    report = make.make_report(commitment, submitted_on=None)
    actions.cite(make.make_evidence(), report=report, by=person)


def cite_in_assessment(commitment, person):
    assessment = make.make_assessment(commitment, adopted_on=None)
    actions.cite(make.make_evidence(), assessment=assessment, by=person)


def uncite_from_report(commitment, person):
    report = make.make_report(commitment, submitted_on=None)
    actions.uncite(make.make_citation(report=report), by=person)


def uncite_from_assessment(commitment, person):
    assessment = make.make_assessment(commitment, adopted_on=None, step="returned")
    actions.uncite(make.make_citation(assessment=assessment), by=person)


@pytest.mark.parametrize("step", [cite_in_report, uncite_from_report])
def test_reports_cite_what_the_body_chooses(step):
    assert who_may(step) == by_table(Act.REPORT) == in_words(own={Role.FOCAL_POINT})


@pytest.mark.parametrize("step", [cite_in_assessment, uncite_from_assessment])
def test_assessments_cite_what_the_desk_chooses(step):
    assert who_may(step) == by_table(Act.ASSESS) == in_words(every=DESK)


def test_each_step_leaves_one_change():
    person = make.make_user(Role.ASSESSOR)
    evidence = new_evidence()
    with recorded(Verb.CREATED, by=person):
        actions.save_evidence(evidence, by=person, reason=REASON)
    assert evidence.added_by == person
    evidence.note = "Seen."
    with recorded(Verb.UPDATED, by=person) as made:
        actions.save_evidence(evidence, by=person, reason=REASON)
    assert made[0].differences == {"note": ["", "Seen."]}
    assessment = make.make_assessment(adopted_on=None)
    with recorded(Verb.CREATED, by=person) as made:
        citation = actions.cite(
            evidence, assessment=assessment, pinpoint=" Article 4 ", by=person, reason=REASON
        )
    assert made[0].differences["pinpoint"] == [None, "Article 4"]
    assert citation.commitment == assessment.commitment
    with pytest.raises(actions.Held):
        actions.delete_evidence(evidence, by=person)
    with recorded(Verb.DELETED, by=person):
        actions.uncite(citation, by=person, reason=REASON)
    with recorded(Verb.DELETED, by=person):
        actions.delete_evidence(evidence, by=person, reason=REASON)


@pytest.mark.parametrize(
    "step", ["sent_to_body", "comments_received", "under_review", "withdrawn", "adopted"]
)
def test_an_assessment_that_left_its_draft_cites_what_it_cites(step):
    person = make.make_user(Role.REVIEWER)
    adopted_on = make.ADOPTED if step == "adopted" else None
    assessment = make.make_assessment(step=step, adopted_on=adopted_on)
    citation = make.make_citation(assessment=assessment)
    assessment.step = "draft"  # forged
    with pytest.raises(ValidationError, match="settled"):
        actions.cite(make.make_evidence(), assessment=assessment, by=person)
    with pytest.raises(ValidationError, match="settled"):
        actions.uncite(citation, by=person)
    assert list(assessment.citations.all()) == [citation]


def test_a_submitted_report_cites_what_it_cites():
    report = make.make_report()
    person = make.make_user(Role.FOCAL_POINT, bodies=[report.commitment.body])
    citation = make.make_citation(report=report)
    with pytest.raises(ValidationError, match="settled"):
        actions.cite(make.make_evidence(), report=report, by=person)
    with pytest.raises(ValidationError, match="settled"):
        actions.uncite(citation, by=person)


def test_what_somebody_may_not_see_cannot_be_cited():
    commitment = make.make_commitment()
    person = make.make_user(Role.FOCAL_POINT, bodies=[commitment.body])
    report = make.make_report(commitment, submitted_on=None)
    hidden = make.make_evidence(body=make.make_body(), classification="restricted")
    with pytest.raises(actions.Refused):
        actions.cite(hidden, report=report, by=person)
    assert not Citation.objects.filter(evidence=hidden).exists()


def test_nothing_is_cited_twice_by_the_same_nor_by_nobody():
    person, evidence = make.make_user(Role.ASSESSOR), make.make_evidence()
    assessment = make.make_assessment(adopted_on=None)
    actions.cite(evidence, assessment=assessment, by=person)
    for citing in ({"assessment": assessment}, {}, {"assessment": assessment, "report": object()}):
        before = Change.objects.count()
        with pytest.raises(ValidationError):
            actions.cite(evidence, by=person, **citing)
        assert Change.objects.count() == before


def test_evidence_does_not_move_to_or_from_a_foreign_body():
    own, foreign = make.make_body(), make.make_body()
    person = make.make_user(Role.FOCAL_POINT, bodies=[own])
    for held, wanted in ((own, foreign), (foreign, own), (own, None)):
        evidence = make.make_evidence(body=held)
        evidence.body = wanted
        with pytest.raises(actions.Refused):
            actions.save_evidence(evidence, by=person)
        assert Evidence.objects.get(pk=evidence.pk).body == held


def test_a_stale_piece_is_refused():
    person, evidence = make.make_user(Role.ASSESSOR), make.make_evidence()
    stale = Evidence.objects.get(pk=evidence.pk)
    evidence.note = "Mine"
    actions.save_evidence(evidence, by=person)
    stale.note = "Late"
    with pytest.raises(actions.Conflict):
        actions.save_evidence(stale, by=person)
