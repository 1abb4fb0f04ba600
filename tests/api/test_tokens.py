"""Tokens: shown once, kept as a digest, narrowing rights, and nothing once they have ended."""

import datetime

import pytest
import time_machine
from rest_framework.test import APIClient

from tests import held
from tests.api.people import signed_in
from tests.make import make_body, make_user
from tracker import actions
from tracker.models import Change, Token
from tracker.rights import SCOPES, Act, Reach, reach
from tracker.vocabulary import Role, Scope

LIST = "/api/v1/tokens/"
ME = "/api/v1/me/"


def program(text) -> APIClient:
    """A client that sends this token."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {text}")
    return client


def issue(person, *scopes, **sent) -> str:
    """The text of a new token, asked for over the API."""
    asked = {"name": "Table", "scopes": scopes or ["read"], **sent}
    answer = signed_in(person).post(LIST, asked)
    assert answer.status_code == 201, answer.content
    return answer.json()["token"]


@pytest.fixture
def administrator(db):
    return make_user(Role.ADMINISTRATOR)


def test_a_token_is_shown_once_and_nowhere_kept(administrator):
    text = issue(administrator)
    secret = text.split("_", 2)[2]
    assert len(secret) >= 43
    assert program(text).get(ME).json()["username"] == administrator.username
    shown = signed_in(administrator).get(LIST).content.decode()
    kept = held.text()
    for place in (shown, kept):
        assert text not in place and secret not in place
    assert text[3:11] in kept
    digest = Token.objects.get().digest
    assert digest not in str(list(Change.objects.values())) and digest not in shown


@pytest.mark.parametrize("scope", Scope.values)
@pytest.mark.parametrize("role", Role.values)
def test_a_scope_only_ever_narrows_what_its_owner_may(db, role, scope):
    person, own = make_user(role), make_user(role)
    own.scopes = frozenset([scope])
    for act in Act:
        expected = reach(person, act) if act in SCOPES[scope] else Reach.NONE
        assert reach(own, act) == expected, act


def test_a_reading_token_writes_nothing_and_an_administering_one_does(administrator):
    sent = {"slug": "new", "name": "New"}
    before = Change.objects.filter(noun="theme").count()
    assert program(issue(administrator)).post("/api/v1/themes/", sent).status_code == 403
    assert Change.objects.filter(noun="theme").count() == before
    assert (
        program(issue(administrator, "administer")).post("/api/v1/themes/", sent).status_code == 201
    )
    assert Change.objects.get(noun="theme", object_key="new").by == administrator


def test_a_token_of_a_viewer_gives_no_right_by_its_scope(db):
    text = issue(make_user(), *Scope.values)
    assert program(text).post("/api/v1/themes/", {"slug": "x", "name": "x"}).status_code == 403


def test_revoking_works_at_the_next_request(administrator):
    text = issue(administrator)
    key = Token.objects.get().key
    assert signed_in(administrator).delete(f"{LIST}{key}/", HTTP_IF_MATCH=None).status_code == 204
    answer = program(text).get(ME)
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")
    assert signed_in(administrator).get(f"{LIST}{key}/").json()["state"] == "revoked"


def test_a_token_ends_on_its_day(administrator):
    text = issue(administrator, days=2)
    late = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2, minutes=1)
    assert program(text).get(ME).status_code == 200
    with time_machine.travel(late):
        assert program(text).get(ME).status_code == 401


def test_who_is_disabled_has_no_tokens_even_when_let_in_again(administrator):
    person = make_user()
    text = issue(person)
    person.is_active = False
    actions.save(person, by=administrator)
    assert program(text).get(ME).status_code == 401
    person.is_active = True
    actions.save(person, by=administrator)
    assert program(text).get(ME).status_code == 401


def test_the_last_use_is_noted_once_a_minute(administrator):
    text = issue(administrator)
    start = datetime.datetime.now(datetime.UTC)
    seen = []
    for seconds in (0, 30, 61):
        with time_machine.travel(start + datetime.timedelta(seconds=seconds), tick=False):
            program(text).get(ME)
        seen.append(Token.objects.get().last_used_at)
    assert seen[0] == seen[1] < seen[2]
    assert (seen[2] - start).total_seconds() == pytest.approx(61, abs=0.01)


def test_a_program_makes_no_tokens(administrator):
    text = issue(administrator, *Scope.values)
    answer = program(text).post(LIST, {"name": "More", "scopes": ["read"]})
    assert answer.status_code == 403
    assert Token.objects.count() == 1


def test_nobody_sees_or_revokes_the_token_of_somebody_else(administrator):
    issue(administrator)
    other, key = signed_in(make_user(Role.ADMINISTRATOR)), Token.objects.get().key
    assert other.get(LIST).json()["count"] == 0
    there, missing = other.get(f"{LIST}{key}/"), other.get(f"{LIST}zzzzzzzz/")
    assert there.json()["detail"].replace(key, "zzzzzzzz") == missing.json()["detail"]
    assert other.delete(f"{LIST}{key}/", HTTP_IF_MATCH=None).status_code == 404
    assert Token.objects.get().revoked_at is None


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"scopes": ["read"]}, "name"),
        ({"name": "x", "scopes": []}, "scopes"),
        ({"name": "x", "scopes": ["everything"]}, "scopes"),
        ({"name": "x", "scopes": ["read"], "days": 367}, "days"),
        ({"name": "x", "scopes": ["read"], "owner": "y"}, "owner"),
    ],
)
def test_what_is_wrong_is_named(administrator, sent, field):
    answer = signed_in(administrator).post(LIST, sent)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not Token.objects.exists()


@pytest.mark.parametrize(
    "text", ["", "x", "ct_", "ct_a_b", "ct_\x00_b", "Bearer", "ct_" + "a" * 999]
)
def test_no_other_text_opens_anything(db, text):
    assert program(text).get(ME).status_code == 401


def test_the_public_part_opens_nothing_without_its_secret(administrator):
    brand, key, secret = issue(administrator).split("_", 2)
    for other in ("x", secret[:-1], f"{secret}x", secret.swapcase()):
        assert program(f"{brand}_{key}_{other}").get(ME).status_code == 401
    assert Token.objects.get().last_used_at is None


def test_the_page_makes_shows_and_revokes_without_script(client, db):
    person = make_user(bodies=[make_body()])
    client.force_login(person)
    made = client.post("/me/tokens/", {"name": "Mine", "scopes": ["read"], "days": "30"})
    assert made.status_code == 201
    text = made.context["text"]
    assert text in made.content.decode()
    assert text not in client.get("/me/tokens/").content.decode()
    assert program(text).get(ME).status_code == 200
    client.post(f"/me/tokens/{Token.objects.get().key}/revoke/")
    assert program(text).get(ME).status_code == 401
    wrong = client.post("/me/tokens/", {"name": "", "scopes": ["all"], "days": "0"})
    assert (wrong.status_code, Token.objects.count()) == (400, 1)
