"""The steps of an assessment: who takes them, from where, and what each leaves behind."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from tests import make
from tests.actions.ring import REASON, by_table, in_words, recorded, who_may
from tracker import actions
from tracker.models import Assessment, Change, Commitment
from tracker.rights import Act
from tracker.vocabulary import Role, Step, Verb

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 1, 31)
DESK = {Role.ASSESSOR, Role.REVIEWER}


def at(step, commitment=None, **fields):
    """An assessment at that step, drafted by nobody who takes part."""
    fields.setdefault("adopted_on", DAY if step == Step.ADOPTED else None)
    return make.make_assessment(commitment, step=step, **fields)


def save(commitment, person):
    assessment = at("draft", commitment)
    assessment.rationale = "Another reason."
    actions.save_assessment(assessment, by=person)


def draft(commitment, person, **fields):
    fields = {"result": "not_implemented", "basis": "visit", "reason": REASON, **fields}
    return actions.draft_assessment(commitment, by=person, **fields)


#: Name → (from which step, the step as a function of assessment and person).
MOVES = {
    "send": ("draft", lambda a, by: actions.send(a, by=by, on=DAY, reason=REASON)),
    "comment": (
        "sent_to_body",
        lambda a, by: actions.comment(a, by=by, on=DAY, text="We agree.", reason=REASON),
    ),
    "review": ("comments_received", lambda a, by: actions.review(a, by=by, on=DAY, reason=REASON)),
    "return": ("under_review", lambda a, by: actions.return_to_draft(a, by=by, reason=REASON)),
    "adopt": ("under_review", lambda a, by: actions.adopt(a, by=by, on=DAY, reason=REASON)),
    "withdraw": ("draft", lambda a, by: actions.withdraw(a, by=by, reason=REASON)),
}
RIGHT_TO = {
    "send": (Act.ASSESS, in_words(every=DESK)),
    "review": (Act.ASSESS, in_words(every=DESK)),
    "withdraw": (Act.ASSESS, in_words(every=DESK)),
    "comment": (Act.COMMENT, in_words(own={Role.FOCAL_POINT})),
    "return": (Act.ADOPT, in_words(every={Role.REVIEWER})),
    "adopt": (Act.ADOPT, in_words(every={Role.REVIEWER})),
}


@pytest.mark.parametrize("step", [draft, save], ids=["draft", "save"])
def test_the_desk_drafts(step):
    assert who_may(step) == by_table(Act.ASSESS) == in_words(every=DESK)


@pytest.mark.parametrize("name", MOVES)
def test_each_step_is_open_to_those_whom_the_table_names(name):
    source, move = MOVES[name]
    act, words = RIGHT_TO[name]
    assert who_may(lambda on, by: move(at(source, on), by)) == by_table(act) == words


def test_right_comes_before_everything_else():
    """Who may not take a step is not told why it would not go now."""
    viewer, assessment = make.make_user(), at("sent_to_body", comments_due_on=DAY)
    for step in (
        lambda: actions.comment(assessment, by=viewer, on=DAY, text=""),
        lambda: actions.review(assessment, by=viewer, on=DAY),
        lambda: actions.adopt(assessment, by=viewer, on=DAY),
        lambda: actions.return_to_draft(assessment, by=viewer, reason=""),
    ):
        with pytest.raises(actions.Refused):
            step()


def test_the_whole_way_leaves_one_change_a_step():
    commitment = make.make_commitment()
    desk, reviewer = make.make_user(Role.ASSESSOR), make.make_user(Role.REVIEWER)
    focal = make.make_user(Role.FOCAL_POINT, bodies=[commitment.body])
    with recorded(Verb.CREATED, by=desk):
        assessment = draft(commitment, desk, rationale=" Because. ")
    assert (assessment.step, assessment.drafted_by, assessment.rationale) == (
        "draft",
        desk,
        "Because.",
    )
    assessment.result = "partially_implemented"
    with recorded(Verb.UPDATED, by=desk) as made:
        actions.save_assessment(assessment, by=desk, reason=REASON)
    assert made[0].differences == {"result": ["not_implemented", "partially_implemented"]}
    with recorded(Verb.SENT, by=desk) as made:
        MOVES["send"][1](assessment, desk)
    assert made[0].differences == {
        "step": ["draft", "sent_to_body"],
        "sent_on": [None, "2024-01-31"],
        "comments_due_on": [None, "2024-03-01"],
    }
    with recorded(Verb.COMMENTED, by=focal) as made:
        MOVES["comment"][1](assessment, focal)
    assert set(made[0].differences) == {"step", "body_comment", "comments_on"}
    with recorded(Verb.REVIEWED, by=desk) as made:
        MOVES["review"][1](assessment, desk)
    assert set(made[0].differences) == {"step"}
    with recorded(Verb.ADOPTED, by=reviewer) as made:
        MOVES["adopt"][1](assessment, reviewer)
    assert made[0].differences == {
        "step": ["under_review", "adopted"],
        "adopted_by": [None, reviewer.username],
        "adopted_on": [None, "2024-01-31"],
        "follow_up_on": [None, "2025-01-31"],
    }
    assert Change.objects.of(assessment).count() == 6


@pytest.mark.parametrize("name", ["return", "withdraw"])
def test_two_steps_back_say_why(name):
    source, move = MOVES[name]
    reviewer, assessment = make.make_user(Role.REVIEWER), at("under_review")
    back = {"return": actions.return_to_draft, "withdraw": actions.withdraw}[name]
    with pytest.raises(ValidationError) as refusal:
        back(assessment, by=reviewer, reason=" ")
    assert list(refusal.value.message_dict) == ["reason"]
    verb = {"return": Verb.RETURNED, "withdraw": Verb.WITHDRAWN}[name]
    with recorded(verb, by=reviewer) as made:
        back(assessment, by=reviewer, reason=REASON)
    assert set(made[0].differences) == {"step"}


#: From where each step goes, in words.
SOURCES = {
    "send": {"draft", "returned"},
    "comment": {"sent_to_body", "comments_received"},
    "review": {"sent_to_body", "comments_received"},
    "return": {"under_review"},
    "adopt": {"under_review"},
    "withdraw": {
        "draft",
        "returned",
        "sent_to_body",
        "comments_received",
        "under_review",
    },
}


@pytest.mark.parametrize("name", MOVES)
def test_a_step_goes_only_from_where_it_may(name):
    for source in Step:
        assessment = at(source)
        role = Role.FOCAL_POINT if name == "comment" else Role.REVIEWER
        person = make.make_user(role, bodies=[assessment.commitment.body])
        assessment.step = MOVES[name][0]  # forged: what the database holds counts
        if source in SOURCES[name]:
            assert MOVES[name][1](assessment, person)
            continue
        with pytest.raises(ValidationError, match="cannot become"):
            MOVES[name][1](assessment, person)
        assert Assessment.objects.get(pk=assessment.pk).step == source


def test_the_body_has_thirty_days_unless_it_answers():
    desk = make.make_user(Role.ASSESSOR)
    assessment = at("draft")
    actions.send(assessment, by=desk, on=DAY)
    assert assessment.comments_due_on == DAY + datetime.timedelta(days=30)
    assessment.comments_due_on = DAY  # forged
    with pytest.raises(ValidationError, match="may comment until"):
        actions.review(assessment, by=desk, on=DAY + datetime.timedelta(days=30))
    assessment.refresh_from_db()
    actions.review(assessment, by=desk, on=DAY + datetime.timedelta(days=31))
    assert assessment.step == "under_review"


def test_an_empty_comment_is_none():
    assessment = at("sent_to_body")
    focal = make.make_user(Role.FOCAL_POINT, bodies=[assessment.commitment.body])
    with pytest.raises(ValidationError) as refusal:
        actions.comment(assessment, by=focal, on=DAY, text="  ")
    assert list(refusal.value.message_dict) == ["body_comment"]


def test_who_wrote_any_of_it_does_not_adopt_or_return_it():
    desk, reviewer = make.make_user(Role.ASSESSOR), make.make_user(Role.REVIEWER)
    began = at("under_review", drafted_by=reviewer)
    wrote = draft(make.make_commitment(), desk)
    wrote.rationale = "A word of the reviewer."
    actions.save_assessment(wrote, by=reviewer)
    actions.send(wrote, by=desk, on=DAY)
    actions.review(wrote, by=desk, on=DAY + datetime.timedelta(days=31))
    for assessment in (began, wrote):
        assessment.drafted_by = desk  # forged
        for step in ("adopt", "return"):
            with pytest.raises(actions.Refused, match="not who drafted it"):
                MOVES[step][1](assessment, reviewer)
        assert Assessment.objects.get(pk=assessment.pk).step == "under_review"
    assert MOVES["adopt"][1](wrote, make.make_user(Role.REVIEWER))


FORGED = {
    "step": "under_review",
    "adopted_on": DAY,
    "sent_on": DAY,
    "comments_due_on": DAY,
    "comments_on": DAY,
    "body_comment": "We are delighted.",
    "follow_up_on": DAY,
    "key": "A-another",
}


@pytest.mark.parametrize("field", [*FORGED, "drafted_by", "adopted_by", "follows", "commitment"])
def test_what_a_step_sets_is_not_set_by_hand(field):
    person, assessment = make.make_user(Role.REVIEWER), at("draft")
    made = {
        "drafted_by": lambda: person,
        "adopted_by": lambda: person,
        "follows": lambda: at("adopted", assessment.commitment),
        "commitment": make.make_commitment,
    }
    setattr(assessment, field, made[field]() if field in made else FORGED[field])
    with pytest.raises(ValidationError, match="follow from the steps"):
        actions.save_assessment(assessment, by=person)
    assert not Change.objects.of(assessment).exists()


@pytest.mark.parametrize("step", [s for s in Step if s not in ("draft", "returned")])
def test_only_a_draft_is_written(step):
    assessment = at(step)
    assessment.rationale, assessment.step = "Another", "draft"
    with pytest.raises(ValidationError, match="Only a draft"):
        actions.save_assessment(assessment, by=make.make_user(Role.ASSESSOR))


@pytest.mark.parametrize("result", ["insufficient_information", "not_applicable"])
def test_a_result_outside_the_scale_needs_a_reason(result):
    desk, commitment = make.make_user(Role.ASSESSOR), make.make_commitment()
    with pytest.raises(ValidationError) as refusal:
        draft(commitment, desk, result=result, rationale=" \n ")
    assert list(refusal.value.message_dict) == ["rationale"]
    assessment = draft(commitment, desk, result=result, rationale="The sources are silent.")
    assessment.rationale = " "
    with pytest.raises(ValidationError):
        actions.save_assessment(assessment, by=desk)


def test_one_assessment_at_a_time_is_under_way():
    desk, commitment = make.make_user(Role.ASSESSOR), make.make_commitment()
    first = draft(commitment, desk)
    with pytest.raises(ValidationError, match="under way"):
        draft(commitment, desk)
    actions.withdraw(first, by=desk, reason="Begun in error")
    assert draft(commitment, desk).follows is None


def test_a_body_named_in_support_is_not_assessed():
    with pytest.raises(ValidationError, match="nothing to assess"):
        draft(make.make_commitment(role="supporting"), make.make_user(Role.ASSESSOR))


def test_an_unknown_word_is_refused_by_its_field():
    desk, commitment = make.make_user(Role.ASSESSOR), make.make_commitment()
    for field in ("result", "basis", "effect", "classification"):
        with pytest.raises(ValidationError) as refusal:
            draft(commitment, desk, **{field: "nonsense"})
        assert list(refusal.value.message_dict) == [field]


def test_a_new_one_follows_the_latest_adopted_and_is_not_adopted_before_it():
    reviewer, commitment = make.make_user(Role.REVIEWER), make.make_commitment()
    latest = at("adopted", commitment, adopted_on=DAY)
    at("adopted", commitment, adopted_on=DAY - datetime.timedelta(days=400))
    assert draft(commitment, make.make_user(Role.ASSESSOR)).follows == latest
    assessment = Assessment.objects.get(commitment=commitment, step="draft")
    Assessment.objects.filter(pk=assessment.pk).update(step="under_review", follows=None)
    assessment.refresh_from_db()
    with pytest.raises(ValidationError, match="later assessment"):
        actions.adopt(assessment, by=reviewer, on=DAY - datetime.timedelta(days=1))
    actions.adopt(assessment, by=reviewer, on=DAY)
    assert assessment.follows == latest


def test_only_adoption_moves_what_the_commitment_shows():
    desk, reviewer = make.make_user(Role.ASSESSOR), make.make_user(Role.REVIEWER)
    commitment = make.make_commitment()

    def shown(on):
        [row] = Commitment.objects.filter(pk=commitment.pk).with_facts(on=on, viewer=desk)
        return row.result

    assessment = draft(commitment, desk)
    later = DAY + datetime.timedelta(days=40)
    actions.send(assessment, by=desk, on=DAY)
    actions.review(assessment, by=desk, on=later)
    assert shown(later) == "not_assessed"
    actions.adopt(assessment, by=reviewer, on=later)
    assert shown(later - datetime.timedelta(days=1)) == "not_assessed"
    assert shown(later) == "not_implemented"


def test_of_two_who_move_at_once_the_second_is_told():
    desk, assessment = make.make_user(Role.ASSESSOR), at("draft")
    stale = Assessment.objects.get(pk=assessment.pk)
    actions.send(assessment, by=desk, on=DAY)
    for step in (
        lambda: actions.withdraw(stale, by=desk, reason="Late"),
        lambda: actions.save_assessment(stale, by=desk),
        lambda: actions.send(stale, by=desk, on=DAY),
    ):
        with pytest.raises(actions.Conflict):
            step()
