"""Rows that changed since the mark: others' changes, as far as they may be seen, no more."""

import pytest

from tests import REFERENCE_DAY, make
from tracker import actions
from tracker.models import Body, Commitment, Provision
from tracker.reports.inbox import Changed
from tracker.reports.news import by_provision, changed_among
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def commitment():
    return make.make_commitment(make.make_provision(), make.make_body())


@pytest.fixture
def reader():
    person = make.make_user()
    actions.mark_seen(by=person)
    return person


def shown(reader, row):
    return changed_among(reader, type(row), [row.pk])


def test_nothing_changed_is_no_news(reader, commitment):
    for row in (commitment, commitment.provision, commitment.body):
        assert shown(reader, row) == set()
    assert changed_among(reader, Commitment, []) == set()


def test_a_change_of_a_row_or_of_what_is_part_of_it_shows_until_it_is_marked(reader, commitment):
    editor = make.make_user(Role.ADMINISTRATOR)
    provision, body = commitment.provision, commitment.body
    provision.summary = "Something else."
    actions.save(provision, by=editor)
    deadline = make.make_deadline(commitment.provision)
    actions.extend(
        commitment, deadline, until_on=REFERENCE_DAY, on=REFERENCE_DAY, why="Asked.",
        by=make.make_user(Role.REVIEWER),
    )  # fmt: skip
    body.name = "Renamed"
    actions.save(body, by=editor)
    for row in (commitment, provision, body):
        assert shown(reader, row) == {row.pk}
        assert shown(editor, row) == set() or row is commitment
    actions.mark_seen(by=reader)
    assert shown(reader, commitment) == shown(reader, provision) == shown(reader, body) == set()


def test_what_a_reader_may_not_see_is_no_news(reader, commitment):
    assessor = make.make_user(Role.ASSESSOR)
    other = make.make_user(Role.REVIEWER)
    actions.mark_seen(by=other)
    actions.draft_assessment(
        commitment, by=assessor, result="fully_implemented", basis="desk_review", rationale="x"
    )
    assert shown(reader, commitment) == set()
    assert shown(other, commitment) == {commitment.pk}
    assert shown(assessor, commitment) == set()


def test_who_never_marked_anything_sees_what_changed_since_the_account_was_made(commitment):
    newcomer = make.make_user()
    assert shown(newcomer, commitment.provision) == set()
    commitment.provision.summary = "New."
    actions.save(commitment.provision, by=make.make_user(Role.ADMINISTRATOR))
    assert shown(newcomer, commitment.provision) == {commitment.provision.pk}


def test_it_takes_one_query_for_a_page_of_any_list(reader, django_assert_num_queries):
    for noun in (Commitment, Provision, Body):
        ids = list(noun.objects.values_list("pk", flat=True)[:50])
        with django_assert_num_queries(1):
            changed_among(reader, noun, ids)


def test_news_stand_under_their_paragraph_and_the_rest_comes_last(commitment):
    other = make.make_commitment(commitment.provision)
    groups = [
        Changed(("body", "XAA")),
        Changed(commitment),
        Changed(commitment.provision),
        Changed(other),
    ]
    found = by_provision(groups)
    assert [each.provision for each in found] == [commitment.provision, None]
    assert found[0].groups == groups[1:]


def test_the_lists_say_it_in_a_word_and_a_past_day_does_not(
    client, reader, commitment, time_machine
):
    time_machine.move_to(REFERENCE_DAY)
    provision = commitment.provision
    provision.summary = "New."
    actions.save(provision, by=make.make_user(Role.ADMINISTRATOR))
    client.force_login(reader)
    address = f"/provisions/?resolution={provision.resolution.key}"
    assert "</span> changed</span>" in client.get(address).content.decode()
    assert "</span> changed</span>" not in client.get(f"{address}&on=2026-10-01").content.decode()
