"""Webhooks over REST: one's own, kept by people and read by programs, never showing a secret."""

import re

import pytest

from tests.api.people import signed_in
from tests.api.test_tokens import issue, program
from tests.make import make_attempt, make_user
from tracker.models import Change, Webhook, WebhookAttempt
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db

LIST = "/api/v1/webhooks/"
SENT = {"name": "Ours", "address": "https://hooks.example.org/in"}


@pytest.fixture
def person():
    return make_user()


@pytest.fixture
def client(person):
    return signed_in(person)


@pytest.fixture
def made(client):
    """What is answered to a new webhook."""
    answer = client.post(LIST, {**SENT, "nouns": ["report"], "verbs": ["submitted", "created"]})
    assert answer.status_code == 201, answer.content
    return answer.json()


def tag(client, url) -> dict:
    return {"HTTP_IF_MATCH": client.get(url).headers["ETag"]}


def test_one_is_made_shown_changed_and_deleted(client, made):
    url = made["url"]
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", made["secret"])
    assert (made["nouns"], made["verbs"]) == (["report"], ["created", "submitted"])
    shown = client.get(url)
    assert shown.json() == {name: made[name] for name in made if name != "secret"}
    changed = client.patch(url, {"verbs": [], "reason": "All"}, **tag(client, url))
    assert (changed.status_code, changed.json()["verbs"]) == (200, [])
    assert Change.objects.filter(noun="webhook").first().reason == "All"
    assert client.get(LIST).json()["count"] == 1
    assert client.delete(url, **tag(client, url)).status_code == 204
    assert client.get(url).status_code == 404 and not Webhook.objects.exists()


def test_a_secret_is_in_no_other_answer(client, made):
    answer = client.post(f"{made['url']}secret/", {}, **tag(client, made["url"]))
    assert answer.status_code == 200
    new = answer.json()["secret"]
    assert new != made["secret"]
    for path in (LIST, made["url"], made["deliveries"], "/api/v1/changes/?noun=webhook"):
        for reader in (client, signed_in(make_user(Role.AUDITOR))):
            text = reader.get(path).content.decode()
            for secret in (new, made["secret"]):
                assert secret[6:] not in text
    for path in (LIST, f"{made['url']}secret/"):
        assert client.post(f"{path}?dry_run=true", SENT).status_code == 400
        assert client.post(path, SENT, HTTP_IDEMPOTENCY_KEY="k").status_code == 400


def test_it_pauses_and_goes_on(client, made):
    url = made["url"]
    assert client.post(f"{url}pause/", {}, **tag(client, url)).json()["state"] == "paused"
    assert client.post(f"{url}resume/", {"skip": True}).status_code == 428
    again = client.post(f"{url}resume/", {"skip": True, "reason": "x"}, **tag(client, url))
    assert (again.status_code, again.json()["state"]) == (200, "active")
    assert again.json()["told"] == Change.objects.first().sequence
    tried = client.post(f"{url}pause/?dry_run=true", {}, **tag(client, url))
    assert tried.json()["state"] == "paused"
    assert client.get(url).json()["state"] == "active"


def test_the_log_a_test_and_a_repetition(client, made, person):
    webhook = Webhook.objects.get()
    asked = client.post(f"{made['url']}test/")
    assert asked.status_code == 202, asked.content
    assert (asked.json()["outcome"], asked.json()["change"]) == ("waiting", None)
    number = Change.objects.first().sequence
    line = make_attempt(webhook, number=number, status=500, outcome="refused")
    again = client.post(f"{made['deliveries']}{line.pk}/resend/")
    assert again.status_code == 202
    assert again.json()["event"] == line.event
    rows = client.get(made["deliveries"]).json()
    assert rows["count"] == 3
    assert [row["outcome"] for row in rows["results"]] == ["waiting", "refused", "waiting"]
    assert rows["results"][1]["change"].endswith(f"/api/v1/changes/{number}/")
    assert client.get(rows["results"][1]["url"]).json() == rows["results"][1]
    assert WebhookAttempt.objects.filter(sent_at=None).count() == 2


def every_request(client, made):
    """Each request about one webhook, as a call."""
    url = made["url"]
    return {
        "get": lambda: client.get(url),
        "log": lambda: client.get(made["deliveries"]),
        "line": lambda: client.get(f"{made['deliveries']}1/"),
        "patch": lambda: client.patch(url, {"name": "Other"}),
        "put": lambda: client.put(url, SENT),
        "delete": lambda: client.delete(url),
        **{
            step: lambda step=step: client.post(f"{url}{step}/", {})
            for step in ("pause", "resume", "secret", "test", "deliveries/1/resend")
        },
    }


@pytest.mark.parametrize("role", Role.values)
def test_that_of_somebody_else_is_answered_like_none(made, role):
    other = signed_in(make_user(role))
    nobodys = {
        name: made[name].replace(made["key"], "0000000000") for name in ("url", "deliveries")
    }
    there, missing = every_request(other, made), every_request(other, nobodys)
    for name, ask in there.items():
        answer, none = ask(), missing[name]()
        assert answer.status_code == none.status_code == 404, name
        detail = answer.json()["detail"].replace(made["key"], "0000000000")
        assert detail == none.json()["detail"], name
    assert Webhook.objects.get().name == "Ours"


def test_a_program_reads_the_log_and_changes_nothing(client, made, person):
    reader = program(issue(person, "read", "administer"))
    before = list(Webhook.objects.values())
    assert reader.get(LIST).json()["count"] == 1
    assert reader.get(made["deliveries"]).status_code == 200
    assert reader.post(LIST, SENT).status_code == 403
    match = tag(reader, made["url"])
    for step in ("pause", "resume", "secret", "test"):
        answer = reader.post(f"{made['url']}{step}/", {}, **match)
        assert answer.status_code == 403, step
    assert reader.patch(made["url"], {"name": "x"}, **match).status_code == 403
    assert reader.delete(made["url"], **match).status_code == 403
    assert list(Webhook.objects.values()) == before


def test_where_they_are_off_every_answer_says_who_can_help(client, made, settings):
    settings.WEBHOOKS = False
    for ask in [*every_request(client, made).values(), lambda: client.post(LIST, SENT)]:
        answer = ask()
        assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
        assert "WEBHOOKS=on" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"address": "https://hooks.example.org/"}, "name"),
        ({"name": "x"}, "address"),
        ({**SENT, "address": "http://hooks.example.org/"}, "address"),
        ({**SENT, "address": "https://10.0.0.1/"}, "address"),
        ({**SENT, "nouns": ["planet"]}, "nouns"),
        ({**SENT, "verbs": "created"}, "verbs"),
        ({**SENT, "state": "active"}, "state"),
        ({**SENT, "salt": "x"}, "salt"),
        ({**SENT, "owner": "x"}, "owner"),
    ],
)
def test_what_is_wrong_is_named(client, sent, field):
    answer = client.post(LIST, sent)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not Webhook.objects.exists()


def test_a_wrong_change_is_named_and_nothing_written(client, made):
    wrong = {"address": "https://localhost/"}
    answer = client.patch(made["url"], wrong, **tag(client, made["url"]))
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["address"])
    assert client.get(made["url"]).json()["address"] == SENT["address"]
