"""The review queue: the oldest first, claimed by one, released by any reviewer."""

import datetime

import pytest

from tests import REFERENCE_DAY, make
from tracker.models import Claim
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    return make.make_user(Role.REVIEWER)


@pytest.fixture
def desk(client, reviewer):
    client.force_login(reviewer)
    return client


def under_review(days=0, **fields):
    commented = REFERENCE_DAY - datetime.timedelta(days=days)
    return make.make_assessment(
        adopted_on=None, step="under_review", comments_on=commented, **fields
    )


def rows(client, query=""):
    return client.get(f"/review/?{query}").context["results"].rows


def test_the_oldest_is_first_and_only_what_is_under_review_is_listed(desk):
    young, old = under_review(1), under_review(3000)
    other = make.make_assessment(adopted_on=None)
    shown = rows(desk, "page_size=200")
    assert shown[0] == old
    assert shown.index(old) < shown.index(young)
    assert other not in shown
    assert desk.get("/review/").status_code == 200


def test_filters_narrow_the_queue(desk, reviewer):
    theme = make.make_theme("queue")
    mine = under_review(
        commitment=make.make_commitment(make.make_provision(themes=[theme])), drafted_by=reviewer
    )
    assert rows(desk, "theme=queue") == [mine]
    assert rows(desk, f"body={mine.commitment.body.code}&claimed=no") == [mine]
    assert rows(desk, f"resolution={mine.commitment.provision.resolution.key}") == [mine]
    assert rows(desk, "theme=queue&drafted=others") == []
    make.make_claim(mine, make.make_user(Role.REVIEWER))
    assert rows(desk, "theme=queue&claimed=others") == [mine]
    assert rows(desk, "theme=queue&claimed=me&claimed=no") == []


def test_claiming_and_releasing(desk, reviewer):
    waiting = under_review()
    assert desk.post(f"/review/{waiting.key}/claim/")["Location"] == "/review/"
    assert Claim.objects.get(assessment=waiting).by == reviewer
    other = make.make_user(Role.REVIEWER)
    desk.force_login(other)
    answer = desk.post(f"/review/{waiting.key}/claim/", follow=True)
    assert "has claimed this already" in answer.content.decode()
    assert Claim.objects.get(assessment=waiting).by == reviewer
    desk.post(f"/review/{waiting.key}/release/")
    assert not Claim.objects.filter(assessment=waiting).exists()
    assert desk.get(f"/review/{waiting.key}/claim/")["Location"] == "/review/"


def test_who_may_not_adopt_neither_sees_the_button_nor_may_press_it(client, reviewer):
    own, foreign = under_review(drafted_by=reviewer), under_review()
    for person, target, status in [
        (reviewer, own, 403),
        (make.make_user(Role.ASSESSOR), foreign, 403),
        (make.make_user(Role.AUDITOR), foreign, 403),
        (make.make_user(Role.VIEWER), foreign, 404),
        (make.make_user(Role.FOCAL_POINT), foreign, 404),
    ]:
        client.force_login(person)
        page = client.get("/review/?page_size=200").content.decode()
        assert f"/review/{target.key}/claim/" not in page
        assert client.post(f"/review/{target.key}/claim/").status_code == status
        assert client.post("/review/A-nothing/claim/").status_code == 404
    assert not Claim.objects.filter(assessment__in=[own, foreign]).exists()
