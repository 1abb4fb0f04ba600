"""A body's own word: drafted and submitted by those who speak for it, then left as it was said."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from tests import make
from tests.actions.ring import REASON, by_table, in_words, recorded, who_may
from tracker import actions
from tracker.models import Assessment, Change, Citation, Commitment, Report
from tracker.rights import Act
from tracker.vocabulary import Role, Verb

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 5, 6)


@pytest.fixture
def commitment():
    return make.make_commitment()


@pytest.fixture
def focal(commitment):
    return make.make_user(Role.FOCAL_POINT, bodies=[commitment.body])


def draft_of(commitment, **fields):
    return make.make_report(commitment, submitted_on=None, text="Done.", **fields)


def change_text(report, by):
    report.text = "Something else."
    actions.save_report(report, by=by)


STEPS = {
    "draft": lambda on, by: actions.draft_report(on, by=by, position="planned"),
    "save": lambda on, by: change_text(draft_of(on), by),
    "submit": lambda on, by: actions.submit_report(draft_of(on), by=by, on=DAY),
    "discard": lambda on, by: actions.discard_report(draft_of(on), by=by),
    "copy": lambda on, by: make.make_report(on) and actions.copy_last_report(on, by=by),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_only_who_speaks_for_the_body_reports(step):
    assert who_may(step) == by_table(Act.REPORT) == in_words(own={Role.FOCAL_POINT})


def test_each_step_leaves_one_change(commitment, focal):
    with recorded(Verb.CREATED, by=focal) as made:
        report = actions.draft_report(
            commitment, by=focal, position="planned", text="A plan.", reason=REASON
        )
    assert made[0].differences["text"] == [None, "A plan."]
    report.text = "A better plan."
    with recorded(Verb.UPDATED, by=focal) as made:
        actions.save_report(report, by=focal, reason=REASON)
    assert made[0].differences == {"text": ["A plan.", "A better plan."]}
    with recorded(Verb.SUBMITTED, by=focal) as made:
        actions.submit_report(report, by=focal, on=DAY, reason=REASON)
    assert made[0].differences == {"submitted_on": [None, "2024-05-06"]}
    assert actions.save_report(draft_of(commitment), by=focal) is None


def test_a_draft_is_discarded_with_its_citations(commitment, focal):
    report = draft_of(commitment)
    citation = make.make_citation(report=report)
    with recorded(Verb.DELETED, by=focal, number=2) as made:
        assert actions.discard_report(report, by=focal, reason=REASON) == 2
    assert {change.noun for change in made} == {"report", "citation"}
    assert len({change.batch for change in made} - {None}) == 1
    assert not Citation.objects.filter(pk=citation.pk).exists()


def test_a_report_without_a_word_is_not_submitted(commitment, focal):
    report = make.make_report(commitment, submitted_on=None, text=" \n ")
    with pytest.raises(ValidationError) as refusal:
        actions.submit_report(report, by=focal, on=DAY)
    assert list(refusal.value.message_dict) == ["text"]
    assert Report.objects.get(pk=report.pk).submitted_on is None


@pytest.mark.parametrize(
    "step",
    [
        change_text,
        lambda report, by: actions.submit_report(report, by=by, on=DAY),
        lambda report, by: actions.discard_report(report, by=by),
    ],
)
def test_what_was_submitted_stays_as_it_was_said(commitment, focal, step):
    report = make.make_report(commitment, text="Said.")
    report.submitted_on = None  # forged: what the database holds counts
    with pytest.raises(ValidationError, match="stays as it is"):
        step(report, focal)
    assert Report.objects.get(pk=report.pk).text == "Said."
    assert not Change.objects.of(report).exists()


def test_a_report_is_not_submitted_by_setting_its_date(commitment, focal):
    report = draft_of(commitment)
    report.submitted_on = DAY
    with pytest.raises(ValidationError, match="own step"):
        actions.save_report(report, by=focal)


def test_a_report_does_not_move_to_another_body(commitment, focal):
    own, foreign = draft_of(commitment), draft_of(make.make_commitment())
    own.commitment = foreign.commitment
    with pytest.raises(ValidationError, match="stay as they are"):
        actions.save_report(own, by=focal)
    foreign.commitment = commitment
    with pytest.raises(actions.Refused):
        actions.save_report(foreign, by=focal)
    assert not Change.objects.of(own).exists()
    assert not Change.objects.of(foreign).exists()


def test_a_stale_draft_is_refused_and_the_newer_text_stays(commitment, focal):
    report = draft_of(commitment)
    mine = Report.objects.get(pk=report.pk)
    change_text(report, focal)
    mine.text = "Mine."
    for step in (
        lambda: actions.save_report(mine, by=focal),
        lambda: actions.submit_report(mine, by=focal, on=DAY),
        lambda: actions.discard_report(mine, by=focal),
    ):
        with pytest.raises(actions.Conflict):
            step()
    held = Report.objects.get(pk=report.pk)
    assert (held.text, held.submitted_on) == ("Something else.", None)


def test_a_discarded_draft_is_a_conflict(commitment, focal):
    report = draft_of(commitment)
    stale = Report.objects.get(pk=report.pk)
    actions.discard_report(report, by=focal)
    with pytest.raises(actions.Conflict):
        actions.save_report(stale, by=focal)


def test_the_last_report_is_copied_with_what_it_cites_and_may_still_be_seen(commitment, focal):
    make.make_report(commitment, text="Older.", submitted_on=datetime.date(2018, 1, 1))
    last = make.make_report(commitment, position="completed", text="Newer.", submitted_on=DAY)
    shown = make.make_citation(report=last, pinpoint="Article 4")
    make.make_citation(make.make_evidence(classification="restricted"), report=last)
    with recorded(Verb.CREATED, by=focal, number=2) as made:
        copy = actions.copy_last_report(commitment, by=focal, reason=REASON)
    assert [change.noun for change in made] == ["report", "citation"]
    assert (copy.position, copy.text, copy.submitted_on) == ("completed", "Newer.", None)
    [cited] = copy.citations.all()
    assert (cited.evidence, cited.pinpoint) == (shown.evidence, "Article 4")
    assert last.citations.count() == 2


def test_without_an_earlier_report_there_is_nothing_to_copy(commitment, focal):
    draft_of(commitment)
    with pytest.raises(ValidationError, match="no earlier report"):
        actions.copy_last_report(commitment, by=focal)


def test_a_report_never_changes_the_assessment(commitment, focal):
    make.make_assessment(commitment, "not_implemented")
    draft = make.make_assessment(commitment, adopted_on=None)
    before = list(Assessment.objects.filter(commitment=commitment).values())
    report = actions.draft_report(commitment, by=focal, position="completed", text="All done.")
    actions.submit_report(report, by=focal, on=DAY)
    assert list(Assessment.objects.filter(commitment=commitment).values()) == before
    assert not Change.objects.of(draft).exists()
    [row] = Commitment.objects.filter(pk=commitment.pk).with_facts(on=DAY, viewer=focal)
    assert (row.position, row.result) == ("completed", "not_implemented")


def test_a_focal_point_reports_for_the_bodies_under_its_own(commitment, focal):
    office = make.make_body(kind="national_authority", parent=commitment.body)
    below = make.make_commitment(commitment.provision, office)
    assert actions.draft_report(below, by=focal, position="planned").author == focal
