"""How often somebody may ask: told with every answer, counted for each person and address."""

import threading

import pytest
import time_machine
from django.core.cache import cache
from django.test import override_settings

from tests.api.people import signed_in
from tests.make import make_designation, make_user
from tracker import limits
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing_clock():
    cache.clear()
    with time_machine.travel("2026-11-01T12:00:00Z", tick=False):
        yield
    cache.clear()


def limited(**few):
    return override_settings(RATE_LIMITS=few)


def test_what_is_left_stands_in_every_answer():
    client = signed_in(make_user())
    with limited(api=(3, 60)):
        left = [client.get("/api/v1/me/").headers["RateLimit-Remaining"] for _time in range(3)]
        refused = client.get("/api/v1/me/")
    assert left == ["2", "1", "0"]
    assert (refused.status_code, refused.json()["code"]) == (429, "throttled")
    assert refused.headers["Retry-After"] == refused.headers["RateLimit-Reset"] == "60"
    assert refused.headers["RateLimit-Limit"] == "3"


def test_one_person_does_not_take_from_another_but_one_address_does():
    first, second = signed_in(make_user()), signed_in(make_user())
    with limited(api=(1, 60)):
        assert [each.get("/api/v1/me/").status_code for each in (first, first, second)] == [
            200,
            429,
            200,
        ]
    with limited(address=(2, 60)):
        assert [each.get("/api/v1/me/").status_code for each in (first, second, first)] == [
            200,
            200,
            429,
        ]


def test_the_next_window_begins_anew():
    client = signed_in(make_user())
    with limited(api=(1, 60)):
        assert [client.get("/api/v1/me/").status_code for _time in range(2)] == [200, 429]
        with time_machine.travel("2026-11-01T12:01:00Z", tick=False):
            assert client.get("/api/v1/me/").status_code == 200


def test_search_contacts_and_tokens_are_limited_more_strictly():
    office = make_designation(person_name="Person")
    client = signed_in(make_user(Role.ASSESSOR))
    sent = {"name": "x", "scopes": ["read"]}
    with limited(search=(1, 60), reveal=(1, 3600), token=(1, 3600)):
        for ask in (
            lambda: client.get("/api/v1/search/?q=law"),
            lambda: client.post(f"/api/v1/designations/{office.key}/reveal/", {"reason": "x"}),
            lambda: client.post("/api/v1/tokens/", sent),
        ):
            assert ask().status_code in (200, 201)
            assert ask().status_code == 429
        assert client.get("/api/v1/tokens/").status_code == 200
        assert client.get("/api/v1/me/").status_code == 200


def test_the_pages_count_with_the_api(client):
    person = make_user()
    client.force_login(person)
    with limited(search=(2, 60)):
        assert signed_in(person).get("/api/v1/search/?q=law").status_code == 200
        assert client.get("/search/?q=law").status_code == 200
        refused = client.get("/search/?q=law")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert "60" in refused.content.decode()


def test_passwords_are_not_tried_one_after_the_other(client):
    person = make_user(username="anna")
    person.set_password("a long password")
    person.save()
    with limited(login=(2, 300)):
        for _time in range(2):
            assert client.post("/login/", {"username": "anna", "password": "x"}).status_code == 200
        right = client.post(
            "/login/", {"username": "Anna ", "password": "a long password"}, REMOTE_ADDR="10.0.0.9"
        )
    assert right.status_code == 429


def test_an_address_is_not_taken_from_what_visitors_send(rf):
    request = rf.get("/", HTTP_X_FORWARDED_FOR="1.1.1.1, 2.2.2.2", REMOTE_ADDR="3.3.3.3")
    assert limits.address_of(request) == "3.3.3.3"
    with override_settings(BEHIND_PROXY=True):
        assert limits.address_of(request) == "2.2.2.2"


def test_what_comes_together_is_counted_one_by_one():
    answered = []
    barrier = threading.Barrier(8)

    def ask():
        barrier.wait()
        answered.extend(limits.count("api", "somebody").is_exceeded for _time in range(50))

    with limited(api=(200, 60)):
        threads = [threading.Thread(target=ask) for _number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answered.count(False) == 200
