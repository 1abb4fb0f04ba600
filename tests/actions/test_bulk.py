"""One act on many rows: the preview is the result, leaves no trace, and all is one batch."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from tests import make
from tracker.actions import bulk
from tracker.models import Assessment, Change, Commitment, Delivery, Extension
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 1)
LATER = datetime.date(2027, 3, 1)


@pytest.fixture
def assessor():
    return make.make_user(Role.ASSESSOR)


def keys(rows):
    return [row.public_key for row in rows]


def drafts():
    """Two drafts and one that is with the body already."""
    return [
        make.make_assessment(adopted_on=None),
        make.make_assessment(adopted_on=None, step="returned"),
        make.make_assessment(adopted_on=None, step="under_review"),
    ]


def dated_commitments():
    """One with an open date, one that delivered, one named in support, one without a date."""
    deadline = make.make_deadline(make.make_provision(), kind="fixed", fixed_on=TODAY)
    open_, met, supporting = (
        make.make_commitment(deadline.provision),
        make.make_commitment(deadline.provision),
        make.make_commitment(deadline.provision, role="supporting"),
    )
    make.make_delivery(met, deadline)
    return [open_, met, supporting, make.make_commitment()]


def designations(body):
    return [
        make.make_designation(body),
        make.make_designation(body, office="Other", last_confirmed_on=TODAY),
        make.make_designation(),
    ]


CASES = {
    "send": (Role.ASSESSOR, lambda body: drafts(), {}, 2),
    "review": (
        Role.ASSESSOR,
        lambda body: [
            make.make_assessment(adopted_on=None, step="comments_received"),
            make.make_assessment(adopted_on=None, step="sent_to_body", comments_due_on=TODAY),
        ],
        {},
        1,
    ),
    "confirm": (Role.FOCAL_POINT, designations, {}, 1),
    "deliver": (Role.ASSESSOR, lambda body: dated_commitments(), {"delivered_on": TODAY}, 1),
    "extend": (Role.ASSESSOR, lambda body: dated_commitments(), {"until_on": LATER}, 1),
}


@pytest.mark.parametrize("name", bulk.ACTS)
def test_the_preview_says_what_the_act_then_does_and_leaves_no_trace(name):
    role, rows_of, details, expected = CASES[name]
    body = make.make_body()
    person, rows = make.make_user(role, bodies=[body]), rows_of(body)
    common = {"by": person, "on": TODAY, "reason": "Agreed", "details": details}
    nouns = (Assessment, Commitment, Delivery, Extension, Change)
    before = [list(noun.objects.order_by("pk").values()) for noun in nouns]

    shown = bulk.preview(name, [type(row).objects.get(pk=row.pk) for row in rows], **common)

    assert [list(noun.objects.order_by("pk").values()) for noun in nouns] == before
    done = bulk.apply(
        name,
        [type(row).objects.get(pk=row.pk) for row in rows],
        expected=keys(shown.changed),
        **common,
    )
    assert (len(shown.changed), len(shown.changed) + len(shown.refused)) == (expected, len(rows))
    assert keys(done.changed) == keys(shown.changed)
    assert done.refused == shown.refused
    assert all(why for _row, why in done.refused)
    written = Change.objects.filter(batch=done.batch)
    assert written.count() == Change.objects.count() - len(before[-1]) == expected
    assert {(each.by, each.reason) for each in written} == {(person, "Agreed")}


def test_nothing_is_done_when_the_effect_is_no_longer_what_was_shown(assessor):
    first, second = drafts()[:2]
    with pytest.raises(bulk.Differs) as raised:
        bulk.apply(
            "send", [first, second], by=assessor, on=TODAY, reason="Now", expected=[first.key]
        )
    assert keys(raised.value.effect.changed) == [first.key, second.key]
    assert not Change.objects.filter(reason="Now").exists()
    assert set(Assessment.objects.filter(pk__in=[first.pk, second.pk]).values_list("step")) == {
        ("draft",),
        ("returned",),
    }


def test_an_act_needs_a_reason_and_takes_no_more_than_it_says(assessor):
    common = {"by": assessor, "on": TODAY}
    with pytest.raises(ValidationError) as raised:
        bulk.preview("send", drafts(), reason=" ", **common)
    assert "reason" in raised.value.message_dict
    with pytest.raises(ValidationError):
        bulk.apply("send", drafts() * 200, reason="All", **common)


def test_who_may_not_is_refused_row_by_row():
    effect = bulk.apply("send", drafts(), by=make.make_user(), on=TODAY, reason="Try")
    assert (effect.changed, len(effect.refused)) == ([], 3)
    assert not Change.objects.filter(reason="Try").exists()


def test_an_earliest_open_date_is_the_one_that_extensions_leave(assessor):
    provision = make.make_provision()
    early = make.make_deadline(provision, "Early", kind="fixed", fixed_on=TODAY)
    late = make.make_deadline(provision, "Late", kind="fixed", fixed_on=LATER)
    commitment = make.make_commitment(provision)
    make.make_extension(commitment, early, until_on=LATER + datetime.timedelta(days=9))
    details = {"delivered_on": TODAY}
    bulk.apply("deliver", [commitment], by=assessor, on=TODAY, reason="Came", details=details)
    assert Delivery.objects.get(commitment=commitment).deadline == late
    future = {"delivered_on": LATER}
    effect = bulk.preview(
        "deliver", [commitment], by=assessor, on=TODAY, reason="Came", details=future
    )
    assert "future" in effect.refused[0][1]
