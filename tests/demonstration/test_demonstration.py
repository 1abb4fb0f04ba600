"""The demonstration: invented, the same every time, and something to show on every screen."""

import hashlib
import itertools
import json

import pytest

from tests import REFERENCE_DAY, load_demonstration, make
from tracker.demonstration import chance, members, papers, people, records
from tracker.importers.registers import fixture
from tracker.models import (
    Assessment,
    Body,
    Change,
    Citation,
    Commitment,
    Delivery,
    Designation,
    Evidence,
    Membership,
    Region,
    Report,
    User,
)
from tracker.models.base import add_months
from tracker.reports.channels import find_channel
from tracker.vocabulary import (
    Basis,
    Classification,
    DesignationKind,
    Effect,
    Position,
    Result,
    Role,
    Step,
)

pytestmark = pytest.mark.django_db


def digest():
    text = json.dumps([members.rows(), records.rows()], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def values(model, field):
    return set(model.objects.order_by().values_list(field, flat=True))


def test_it_is_the_same_every_time():
    assert digest() == digest()


def test_one_state_more_changes_nothing_of_the_others():
    before = {json.dumps(row) for row in records.rows()}
    new = make.make_body(code="XZZ", is_fictional=True)
    make.make_commitment(body=new)
    assert before <= {json.dumps(row) for row in records.rows()}


def test_nothing_is_judged_of_a_real_body():
    real = Commitment.objects.filter(body__is_fictional=False)
    assert real.exists()
    assert not Assessment.objects.filter(commitment__in=real).exists()
    assert not Report.objects.filter(commitment__in=real).exists()
    assert not Citation.objects.filter(commitment__in=real).exists()
    assert not Delivery.objects.exists()
    assert not Designation.objects.filter(body__is_fictional=False).exists()


def test_every_state_is_marked_as_invented_and_resembles_no_real_one():
    states = Body.objects.states()
    assert states.count() == 30
    assert not states.filter(is_fictional=False).exists()
    assert not states.exclude(iso2="", iso3="", m49="").exists()
    assert set(states.values_list("code", flat=True)) == set(members.CODES)
    assert all("XAA" <= code <= "XZZ" for code in members.CODES)
    real = json.loads(fixture("states").read_text(encoding="utf-8"))
    names = {row["fields"].get("name", "").casefold() for row in real}
    assert not names & {name.casefold() for name in members.STATES.values()}


def test_every_subregion_has_a_state():
    leaves = Region.objects.filter(children=None)
    assert {state.region for state in Body.objects.states()} == set(leaves)


def test_texts_say_that_they_are_a_demonstration():
    for model, field in ((Report, "text"), (Assessment, "rationale"), (Evidence, "title")):
        invented = model.objects.all()
        if model is Evidence:
            invented = invented.filter(body__is_fictional=True)
        assert not invented.exclude(**{f"{field}__startswith": "Demonstration: "}).exists()


@pytest.mark.parametrize(
    ("model", "field", "expected"),
    [
        (Report, "position", Position),
        (Report, "classification", Classification),
        (Assessment, "result", Result),
        (Assessment, "basis", Basis),
        (Assessment, "step", Step),
        (Assessment, "classification", Classification),
        (Evidence, "classification", Classification),
        (Designation, "kind", DesignationKind),
        (Designation, "classification", Classification),
    ],
)
def test_every_word_occurs(model, field, expected):
    assert values(model, field) == set(expected.values)


def test_effect_is_given_for_some():
    assert values(Assessment, "effect") == {"", *Effect.values}


def test_about_half_is_assessed_and_some_regions_hardly():
    viewer = make.make_user(Role.ASSESSOR)
    rows = Commitment.objects.filter(body__in=Body.objects.states(), role="addressee")
    rows = rows.with_facts(on=REFERENCE_DAY, viewer=viewer)
    assert 0.5 < share_assessed(rows) < 0.6
    thin = rows.filter(body__region__code__in=("017", "054", "057", "061"))
    assert share_assessed(thin) < 0.3


def share_assessed(rows):
    return rows.exclude(result="not_assessed").count() / rows.count()


def test_several_assessments_of_one_commitment_follow_each_other():
    later = Assessment.objects.filter(step=Step.ADOPTED, follows__isnull=False)
    assert later.count() > 100
    for assessment in later.select_related("follows"):
        assert assessment.follows.commitment_id == assessment.commitment_id
        assert assessment.follows.adopted_on < assessment.adopted_on


def test_nothing_happens_after_the_reference_day():
    assert chance.REFERENCE_DAY == REFERENCE_DAY
    for model, field in (
        (Assessment, "adopted_on"),
        (Assessment, "sent_on"),
        (Assessment, "comments_on"),
        (Report, "submitted_on"),
        (Designation, "last_confirmed_on"),
        (Designation, "until_on"),
        (Membership, "until_on"),
        (Evidence, "published_on"),
    ):
        assert not model.objects.filter(**{f"{field}__gte": REFERENCE_DAY}).exists(), field


def test_assessments_reach_from_2018_to_2026():
    years = {day.year for day in values(Assessment, "adopted_on") if day}
    assert years == set(range(2018, 2027))


def test_follow_up_comes_twelve_months_after_adoption():
    for assessment in Assessment.objects.filter(step=Step.ADOPTED):
        assert assessment.follow_up_on == add_months(assessment.adopted_on, 12)


def test_nobody_of_the_demonstration_can_sign_in():
    people = User.objects.filter(username__startswith="demo-")
    assert {person.role for person in people} >= {Role.ASSESSOR, Role.REVIEWER, Role.FOCAL_POINT}
    assert not any(person.has_usable_password() or person.is_staff for person in people)


def test_who_adopts_is_not_who_drafts():
    adopted = Assessment.objects.filter(step=Step.ADOPTED)
    assert not adopted.filter(adopted_by=None).exists()
    assert not adopted.filter(drafted_by=None).exists()


def test_some_states_have_named_nobody_and_some_are_stale():
    named = Designation.objects.filter(kind=DesignationKind.CENTRAL_AUTHORITY)
    assert 20 < named.values("body").distinct().count() < 30
    assert Designation.objects.filter(last_confirmed_on__year__lte=2023).exists()


def test_memberships_are_of_invented_networks_only():
    invented = Membership.objects.filter(member__is_fictional=True)
    assert invented.filter(until_on__isnull=False).exists()
    assert not invented.filter(organization__is_fictional=False).exists()


def test_the_channel_finder_has_full_partial_and_missing_answers_to_show():
    """As a viewer finds them, among all pairs of the first States."""
    viewer, states = make.make_user(), list(Body.objects.states().order_by("code")[:8])
    found = [
        find_channel(*pair, purpose="extradition", urgent=False, viewer=viewer, on=REFERENCE_DAY)
        for pair in itertools.permutations(states, 2)
    ]
    full = [each for each in found if each.requested.first and not each.missing]
    none = [each for each in found if not each.requested.first]
    assert full and none and len(full) + len(none) < len(found)
    codes = {each.code for answer in found for each in answer.missing}
    assert {"no_network", "not_confirmed", "no_bureau"} <= codes
    assert any(tie.shared and not tie.full for each in found for tie in each.ties)


def test_persons_are_invented_and_cannot_be_reached():
    held = Designation.objects.exclude(person_name="")
    assert 20 < held.count() < Designation.objects.count()
    for name, phone, mail in held.values_list("person_name", "person_phone", "person_mail"):
        assert name.startswith("Demonstration Person ")
        assert phone.startswith("+000 ")
        assert mail.endswith("@example.org")


def test_every_screen_of_the_work_has_something_to_show():
    sent = Assessment.objects.filter(step=Step.SENT_TO_BODY)
    under_way = Assessment.objects.under_way().values_list("step", flat=True)
    assert all(list(under_way).count(step) >= 5 for step in set(under_way))
    assert sent.filter(comments_due_on__gte=REFERENCE_DAY).exists()
    assert sent.filter(comments_due_on__lt=REFERENCE_DAY).exists()
    assert Report.objects.filter(submitted_on=None).count() >= 10
    assert Evidence.objects.filter(valid_until__lt=REFERENCE_DAY).exists()
    assert Designation.objects.stale(REFERENCE_DAY).count() >= 10


def test_who_adopts_differs_from_time_to_time():
    adopters = Assessment.objects.filter(step=Step.ADOPTED).values_list("adopted_by__username")
    assert {name for (name,) in adopters} == {"demo-reviewer", "demo-reviewer-2"}


def test_loading_it_again_changes_nothing():
    before = Change.objects.count()
    load_demonstration()
    assert Change.objects.count() == before


def test_files_of_each_kind_are_held_and_hold_what_they_say():
    rows = Evidence.objects.exclude(checksum="")
    kinds = {"application/pdf", "image/png", "text/csv", "text/plain"}
    assert set(rows.values_list("file_type", flat=True)) == kinds
    assert set(rows.values_list("body__code", flat=True)) == set(people.FOCAL_POINTS.values())
    for code in people.FOCAL_POINTS.values():
        for key, _title, _kind, name, content in papers.papers_of(code):
            row = rows.get(key=key)
            assert (row.file_name, row.checksum) == (name, hashlib.sha256(content).hexdigest())


def test_files_are_added_once():
    assert papers.add_papers(by=None) == {"new": 0, "changed": 0, "same": 12}
