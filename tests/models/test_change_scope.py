"""Which changes somebody sees: those of what they see now, as far as its history is theirs."""

import pytest

from tests import make
from tests.story import tell_story
from tracker import actions
from tracker.models import Change
from tracker.models.changes import CLASSIFIED_NOUNS, OPEN_NOUNS
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return tell_story()


REPORTED = [("report", "submitted")]
DRAFTED = [("report", "created"), ("report", "created")]
TOLD = [("assessment", verb) for verb in ("sent", "commented", "sent", "adopted")]
ASSESSED = [
    ("assessment", "created"),
    ("citation", "created"),
    *[("assessment", verb) for verb in ("reviewed", "returned", "reviewed")],
]
CITED = [("evidence", "updated"), ("citation", "created")]
EVERYBODY = [("body", "updated")]
PERSON, LOOKED = [("user", "updated")], [("designation", "revealed")]
DESK = EVERYBODY + REPORTED + TOLD + ASSESSED + CITED + LOOKED
GONE = [("report", "created"), ("report", "deleted")]
SEEN = {
    Role.VIEWER: EVERYBODY,
    Role.ADMINISTRATOR: EVERYBODY + PERSON,
    Role.ASSESSOR: DESK,
    Role.REVIEWER: DESK,
    Role.AUDITOR: DESK + DRAFTED + GONE + PERSON,
    "focal": EVERYBODY + REPORTED + DRAFTED + TOLD + CITED,
    "stranger": EVERYBODY,
    Role.FOCAL_POINT: EVERYBODY,
}


@pytest.mark.parametrize("who", SEEN)
def test_a_person_sees_the_changes_of_what_is_open_to_them_and_no_others(story, who):
    people, first, _report, _draft = story
    shown = Change.objects.visible_to(people[who]).filter(sequence__gt=first)
    assert sorted(shown.values_list("noun", "verb")) == sorted(SEEN[who])


@pytest.mark.parametrize("who", ["stranger", Role.VIEWER, Role.ADMINISTRATOR])
def test_nothing_of_it_can_be_found_by_searching(story, who):
    people, _first, report, draft = story
    shown = Change.objects.visible_to(people[who])
    for word in ("canary", report.key, draft.key):
        assert not shown.search(word).exclude(noun="user").exists()


def test_no_change_of_a_restricted_office_is_seen_by_those_who_do_not_see_it(story):
    people = story[0]
    office = make.make_designation(classification="restricted")
    office.office = "Canary office"
    actions.save(office, by=None)
    shown = {who: Change.objects.visible_to(people[who]).of(office).exists() for who in SEEN}
    assert {who for who, found in shown.items() if found} == {
        Role.ASSESSOR, Role.REVIEWER, Role.AUDITOR
    }  # fmt: skip


def test_who_looked_at_a_person_is_told_to_those_who_read_the_history():
    office = make.make_designation(classification="public")
    actions.reveal_contact(office, by=make.make_user(Role.ASSESSOR), reason="Urgent")
    own = make.make_user(Role.FOCAL_POINT, bodies=[office.body])
    looked = Change.objects.of(office)
    assert looked.visible_to(own).exists()
    told = {role for role in Role if looked.visible_to(make.make_user(role)).exists()}
    assert told == {Role.ASSESSOR, Role.REVIEWER, Role.AUDITOR}


def test_others_no_longer_see_changes_of_evidence_that_is_gone(story):
    people = story[0]
    law = make.make_evidence()
    actions.delete_evidence(law, by=people[Role.ASSESSOR])
    gone = Change.objects.filter(object_key=law.key)
    assert gone.visible_to(people[Role.ASSESSOR]).exists()  # Who deleted it may take it back.
    assert not gone.visible_to(people[Role.REVIEWER]).exists()
    assert gone.visible_to(people[Role.AUDITOR]).exists()


def test_every_kind_of_record_is_open_or_classified():
    from django.apps import apps

    from tracker.actions.changes import is_recorded

    kinds = {m._meta.model_name for m in apps.get_app_config("tracker").get_models()
             if is_recorded(m)} - {"change"}  # fmt: skip
    assert set(OPEN_NOUNS) | set(CLASSIFIED_NOUNS) == kinds
    assert not set(OPEN_NOUNS) & set(CLASSIFIED_NOUNS)
