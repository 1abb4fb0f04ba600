"""``Idempotency-Key``: one effect and one answer, and nobody is told what another was answered."""

import datetime

import pytest
import time_machine

from tests.api.people import signed_in
from tests.make import make_body, make_theme, make_user
from tracker.models import Answer, Body, Change, Evidence, Theme
from tracker.vocabulary import Role

LIST = "/api/v1/themes/"
SENT = {"slug": "once", "name": "Once"}


def post(client, sent=None, key="k-1", path=LIST, **headers):
    return client.post(path, SENT if sent is None else sent, HTTP_IDEMPOTENCY_KEY=key, **headers)


def test_a_repetition_has_no_second_effect_and_the_same_answer(administrator):
    first, again = post(administrator), post(administrator)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first.headers["Location"] == again.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Theme.objects.filter(slug="once").count() == 1
    assert Change.objects.filter(noun="theme", object_key="once").count() == 1


def test_a_refusal_is_repeated_and_may_be_mended_with_another_key(administrator):
    wrong = {"slug": "once", "name": ""}
    first, again = post(administrator, wrong), post(administrator, wrong)
    assert (first.status_code, first.json()["errors"]) == (400, again.json()["errors"])
    assert again.headers["Content-Type"] == "application/problem+json"
    assert post(administrator, key="k-2").status_code == 201


def test_what_no_database_holds_as_text_is_repeated_as_it_came(administrator):
    strange = {"slug": "once", "a\x00b": 1}
    first, again = post(administrator, strange), post(administrator, strange)
    assert first.status_code == again.status_code == 400
    assert "a\x00b" in first.json()["errors"]
    assert first.json()["errors"] == again.json()["errors"]
    assert again.headers["Idempotency-Replayed"] == "true"


def test_a_key_stands_for_one_request(administrator):
    post(administrator)
    other = post(administrator, {"slug": "twice", "name": "Twice"})
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert not Theme.objects.filter(slug="twice").exists()


def test_the_same_key_of_somebody_else_is_another_key(administrator):
    post(administrator)
    other = signed_in(make_user(Role.ADMINISTRATOR))
    answer = post(other)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert "Idempotency-Replayed" not in answer.headers


def test_nothing_is_repeated_once_rights_have_changed(db):
    person = make_user(Role.ASSESSOR)
    sent = {
        "title": "Title",
        "kind": "legislation",
        "independence": "body_itself",
        "classification": "restricted",
        "body": Body.objects.get(code="CTED").code,
    }
    path = "/api/v1/evidence/"
    assert post(signed_in(person), sent, path=path).status_code == 201
    person.role = Role.REVIEWER
    person.save()
    answer = post(signed_in(person), sent, path=path)
    assert (answer.status_code, answer.json()["code"]) == (409, "rights_changed")
    assert "Title" not in answer.content.decode()
    person.role = Role.VIEWER
    person.save()
    assert post(signed_in(person), sent, path=path).status_code == 403


def test_nothing_is_repeated_of_a_record_that_was_closed(db):
    person = make_user(Role.FOCAL_POINT, bodies=[make_body("MINE")])
    sent = {"title": "Title", "kind": "legislation", "independence": "body_itself", "body": "MINE"}
    path = "/api/v1/evidence/"
    assert post(signed_in(person), sent, path=path).status_code == 201
    assert post(signed_in(person), sent, path=path).status_code == 201
    Evidence.objects.filter(title="Title").update(body=make_body(), classification="restricted")
    answer = post(signed_in(person), sent, path=path)
    assert (answer.status_code, answer.json()["code"]) == (409, "rights_changed")


@pytest.mark.parametrize("status", ["fault", "stale"])
def test_a_fault_and_what_was_stale_are_not_kept(administrator, monkeypatch, status):
    make_theme("x")
    if status == "fault":
        administrator.raise_request_exception = False
        with monkeypatch.context() as broken:
            broken.setattr("tracker.actions.register.write", lambda *a, **k: 1 / 0)
            assert post(administrator).status_code == 500
    else:
        sent = {"HTTP_IF_MATCH": '"theme-1-1"', "HTTP_IDEMPOTENCY_KEY": "k-1"}
        assert administrator.patch(f"{LIST}x/", {"name": "y"}, **sent).status_code == 412
    assert not Answer.objects.exists()
    assert post(administrator).status_code == 201


def test_a_key_stands_for_a_day(administrator):
    post(administrator)
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=24, minutes=1)
    with time_machine.travel(later):
        assert post(signed_in(make_user(Role.ADMINISTRATOR)), key="k-9").status_code == 400
    assert [each.key for each in Answer.objects.all()] == ["k-9"]


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "a\tb"])
def test_a_key_that_is_none_is_refused(administrator, key):
    answer = post(administrator, key=key)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["Idempotency-Key"])


def test_a_step_takes_a_key_too(administrator):
    make_theme("x")
    sent = {"HTTP_IF_MATCH": administrator.tag(f"{LIST}x/"), "HTTP_IDEMPOTENCY_KEY": "k-1"}
    answers = [administrator.patch(f"{LIST}x/", {"name": "New"}, **sent) for _time in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 200]
    assert Theme.objects.get(slug="x").version == 2
