"""Claims, unsaved text and visits: they help at work and stand in no record."""

import pytest
from django.core.exceptions import ValidationError

from tests import make
from tests.actions.ring import by_table, in_words, who_may
from tracker import actions
from tracker.actions.work import LONGEST_UNSAVED
from tracker.models import Assessment, Change, Claim, Unsaved
from tracker.rights import Act
from tracker.vocabulary import Role, Step

pytestmark = pytest.mark.django_db


def under_review(commitment=None, **fields):
    return make.make_assessment(commitment, step="under_review", adopted_on=None, **fields)


STEPS = {
    "claim": lambda on, by: actions.claim(under_review(on), by=by),
    "release": lambda on, by: actions.release(under_review(on), by=by),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_the_review_queue_is_for_reviewers(step):
    assert who_may(step) == by_table(Act.ADOPT) == in_words(every={Role.REVIEWER})


def test_a_claim_is_held_by_one_and_given_back_by_any():
    first, second = make.make_user(Role.REVIEWER), make.make_user(Role.REVIEWER)
    assessment, before = under_review(), Change.objects.count()
    assert actions.claim(assessment, by=first) == actions.claim(assessment, by=first)
    with pytest.raises(ValidationError, match="claimed this already"):
        actions.claim(assessment, by=second)
    actions.release(assessment, by=second)
    assert actions.claim(assessment, by=second).by == second
    assert Change.objects.count() == before


@pytest.mark.parametrize("step", [step for step in Step if step != Step.UNDER_REVIEW])
def test_only_what_is_under_review_is_claimed(step):
    adopted_on = make.ADOPTED if step == Step.ADOPTED else None
    assessment = make.make_assessment(step=step, adopted_on=adopted_on)
    assessment.step = Step.UNDER_REVIEW  # forged
    with pytest.raises(ValidationError, match="under review"):
        actions.claim(assessment, by=make.make_user(Role.REVIEWER))


def test_who_may_not_review_is_not_told_what_step_an_assessment_is_on():
    for draft in (make.make_assessment(step="draft", adopted_on=None), under_review()):
        with pytest.raises(actions.Refused):
            actions.claim(draft, by=make.make_user(Role.AUDITOR))


def test_who_drafted_it_does_not_take_it_from_the_queue():
    drafter = make.make_user(Role.REVIEWER)
    with pytest.raises(actions.Refused):
        actions.claim(under_review(drafted_by=drafter), by=drafter)


@pytest.mark.parametrize("end", ["return", "withdraw", "adopt"])
def test_a_claim_ends_with_the_review(end):
    claim = make.make_claim()
    assessment, by = claim.assessment, claim.by
    if end == "adopt":
        actions.adopt(assessment, by=by, on=make.ADOPTED)
    else:
        step = {"return": actions.return_to_draft, "withdraw": actions.withdraw}[end]
        step(assessment, by=by, reason="Because")
    assert not Claim.objects.exists()
    assert Assessment.objects.filter(pk=assessment.pk).exists()


def test_unsaved_text_is_kept_once_a_form_and_a_person_and_can_be_dropped():
    person, other = make.make_user(), make.make_user()
    before = Change.objects.count()
    for text in ("one", "two\0"):
        actions.keep_unsaved("/form/", {"text": text}, by=person)
    actions.keep_unsaved("/form/", {"text": "other"}, by=other)
    assert Unsaved.objects.get(by=person).fields == {"text": "two"}
    actions.drop_unsaved("/form/", by=person)
    assert list(Unsaved.objects.values_list("by", flat=True)) == [other.pk]
    assert Change.objects.count() == before


def test_unsaved_text_has_a_limit():
    person = make.make_user()
    actions.keep_unsaved("/form/", {"text": "x" * LONGEST_UNSAVED}, by=person)
    with pytest.raises(ValidationError, match="too long"):
        actions.keep_unsaved("/form/", {"text": "x" * LONGEST_UNSAVED, "more": "y"}, by=person)
    assert set(Unsaved.objects.get(by=person).fields) == {"text"}


def test_everything_so_far_is_marked_as_seen():
    person = make.make_user()
    last = Change.objects.order_by("-sequence").first().sequence
    assert actions.mark_seen(by=person).sequence == last
    assert actions.mark_seen(by=person).pk == person.visit.pk
