"""The pages of webhooks: made, changed, tested and deleted without script."""

import pytest

from tests.dashboard.pages import read
from tests.make import make_attempt, make_user, make_webhook
from tracker.models import Webhook, WebhookAttempt
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db

LIST = "/me/webhooks/"
TYPED = {"name": "Ours", "address": "https://hooks.example.org/in"}


@pytest.fixture
def person(client):
    who = make_user()
    client.force_login(who)
    return who


@pytest.fixture
def hook(person):
    return make_webhook(person)


def page_of(hook):
    return f"{LIST}{hook.key}/"


def press(client, hook, act, **more):
    return client.post(page_of(hook), {"act": act, **more})


def test_one_is_made_and_its_secret_shown_once(client, person):
    assert "You have none yet" in client.get(LIST).content.decode()
    made = client.post(LIST, {**TYPED, "nouns": ["report"]})
    assert made.status_code == 201
    secret = made.context["secret"]
    assert secret.startswith("whsec_") and secret in made.content.decode()
    hook = Webhook.objects.get()
    assert (hook.owner, hook.nouns, hook.verbs) == (person, ["report"], [])
    for path in (LIST, page_of(hook)):
        assert secret not in client.get(path).content.decode()
    assert client.get(LIST).context["rows"] == [hook]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": "", "address": TYPED["address"]}, "name"),
        ({"name": "x", "address": "http://hooks.example.org/"}, "address"),
        ({"name": "x", "address": "https://10.0.0.1/in"}, "address"),
        ({**TYPED, "verbs": ["eaten"]}, "verbs"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(client, hook, typed, field):
    for path, more in ((LIST, {}), (page_of(hook), {"act": "save", "version": hook.version})):
        answer = client.post(path, {**typed, **more})
        assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
        page = answer.content.decode()
        assert typed["address"] in page and f'href="#f-{field}"' in page
    assert Webhook.objects.get().name == hook.name


def test_buttons_do_what_they_say(client, hook):
    assert press(client, hook, "pause").url == page_of(hook)
    hook.refresh_from_db()
    assert hook.state == "paused"
    assert "Resume from now" in client.get(page_of(hook)).content.decode()
    press(client, hook, "resume")
    press(client, hook, "pause")
    press(client, hook, "skip")
    press(client, hook, "test")
    hook.refresh_from_db()
    assert hook.state == "active"
    line = make_attempt(hook, outcome="timeout", status=None)
    press(client, hook, "again", line=line.pk)
    waiting = WebhookAttempt.objects.filter(outcome="waiting")
    assert {each.type for each in waiting} == {"webhook.test", line.type}
    saved = {**TYPED, "act": "save", "version": hook.version, "verbs": ["adopted"]}
    assert client.post(page_of(hook), saved).status_code == 302
    hook.refresh_from_db()
    assert (hook.name, hook.verbs) == ("Ours", ["adopted"])
    before = hook.salt
    renewed = press(client, hook, "secret")
    hook.refresh_from_db()
    assert renewed.context["secret"] in renewed.content.decode() and hook.salt != before
    assert press(client, hook, "delete").url == LIST
    assert not Webhook.objects.exists()


def test_a_change_in_between_is_not_overwritten(client, hook):
    old = hook.version
    press(client, hook, "pause")
    answer = client.post(page_of(hook), {**TYPED, "act": "save", "version": old})
    assert answer.status_code == 400
    page = read(answer)
    assert "changed in the meantime" in answer.content.decode()
    [version] = [e for e in page.all("input") if e.attributes.get("name") == "version"]
    assert version.attributes["value"] == str(old + 1)
    assert Webhook.objects.get().name == hook.name


@pytest.mark.parametrize("act", ["", "nothing", "__init__"])
def test_no_other_button_does_anything(client, hook, act):
    assert press(client, hook, act).status_code == 404


@pytest.mark.parametrize("line", ["", "x", "9" * 30, "²", "-1", "123456789"])
def test_a_line_that_is_not_there(client, hook, line):
    assert press(client, hook, "again", line=line).status_code == 400


@pytest.mark.parametrize("role", Role.values)
def test_that_of_somebody_else_is_not_there(client, hook, role):
    client.force_login(make_user(role))
    line = make_attempt(hook)
    there = client.get(page_of(hook))
    assert there.status_code == 404 and hook.name not in there.content.decode()
    for act in ("save", "pause", "resume", "skip", "test", "again", "secret", "delete"):
        assert press(client, hook, act, line=line.pk, **TYPED).status_code == 404
    assert client.get(LIST).context["rows"] == []
    assert Webhook.objects.get().state == "active" and WebhookAttempt.objects.count() == 1


def test_the_log_says_what_went_wrong_in_words(client, hook):
    make_attempt(hook, outcome="address", status=None, milliseconds=3)
    make_attempt(hook, outcome="refused", status=503)
    page = client.get(page_of(hook)).content.decode()
    assert "leads to no public address" in page and "503" in page
    Webhook.objects.update(state="stopped", why="gone")
    assert "it is gone (410)" in client.get(page_of(hook)).content.decode()


def test_where_they_are_off_every_page_says_who_can_help(client, hook, settings):
    settings.WEBHOOKS = False
    answers = [client.get(LIST), client.get(page_of(hook)), client.post(LIST, TYPED)]
    for answer in [*answers, press(client, hook, "delete")]:
        assert answer.status_code == 403
        assert "WEBHOOKS=on" in answer.content.decode()
    assert "Webhooks" not in client.get("/").content.decode()
    assert Webhook.objects.count() == 1


def test_no_parameter_is_passed_over(client, hook):
    for path in (LIST, page_of(hook)):
        assert client.get(f"{path}?x=1").status_code == 400
    assert client.get(f"{LIST}%00/").status_code == 404
