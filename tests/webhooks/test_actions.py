"""Who keeps webhooks, what is refused, and what the record holds of them: never a secret."""

import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from tests import make
from tracker import actions
from tracker.actions import Refused
from tracker.actions.webhooks import MOST, MOST_WAITING
from tracker.models import Change, Webhook, WebhookAttempt
from tracker.models.webhooks import secret_of, spelled
from tracker.vocabulary import Role, Verb

pytestmark = pytest.mark.django_db

ADDRESS = "https://hooks.example.org/in?key=zq12345qz"
CHOSEN = {"name": "Ours", "address": ADDRESS, "nouns": [], "verbs": []}


def made(by, **chosen):
    return actions.make_webhook(by=by, at=timezone.now(), **(CHOSEN | chosen))


@pytest.fixture
def person():
    return make.make_user()


def test_the_secret_is_shown_once_and_stands_nowhere(person):
    webhook, first = made(person)
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", first)
    second = actions.renew_secret(webhook, by=person, at=timezone.now())
    dump = io.StringIO()
    call_command("dumpdata", "tracker", stdout=dump)
    record = str(list(Change.objects.filter(noun="webhook").values()))
    for secret in (first, second):
        assert secret[6:] not in dump.getvalue() and secret[6:] not in record
    assert second == spelled(secret_of(webhook.key, webhook.salt)) != first


def test_the_record_holds_each_step_and_no_secret_part(person):
    webhook, _secret = made(person)
    actions.change_webhook(webhook, by=person, verbs=["adopted"], reason="Less")
    actions.renew_secret(webhook, by=person, at=timezone.now())
    actions.pause_webhook(webhook, by=person)
    actions.pause_webhook(webhook, by=person)
    actions.resume_webhook(webhook, by=person, at=timezone.now())
    actions.delete_webhook(webhook, by=person)
    rows = Change.objects.filter(noun="webhook", object_key=webhook.key).order_by("sequence")
    verbs = [row.verb for row in rows]
    assert verbs == [Verb.CREATED, *[Verb.UPDATED] * 4, Verb.DELETED]
    assert rows[1].differences == {"verbs": [[], ["adopted"]]} and rows[1].reason == "Less"
    assert set(rows[2].differences) == {"secret_at", "old_until"}
    record = str(list(rows.values()))
    for word in ("zq12345qz", webhook.salt, webhook.old_salt, webhook.digest):
        assert word not in record
    assert rows[0].differences["host"] == [None, "hooks.example.org"]
    call_command("verify_changes", stdout=io.StringIO())


def test_its_changes_are_for_who_reads_the_whole_record(person):
    made(person)
    rows = Change.objects.filter(noun="webhook")
    assert rows.visible_to(make.make_user(Role.AUDITOR)).exists()
    for role in set(Role) - {Role.AUDITOR}:
        assert not rows.visible_to(make.make_user(role)).exists()


def every_act(webhook, by):
    """Each thing that can be done with a webhook."""
    now = timezone.now()
    attempt = WebhookAttempt.objects.filter(webhook=webhook).first()
    return {
        "change": lambda: actions.change_webhook(webhook, by=by, name="Other"),
        "secret": lambda: actions.renew_secret(webhook, by=by, at=now),
        "pause": lambda: actions.pause_webhook(webhook, by=by),
        "resume": lambda: actions.resume_webhook(webhook, by=by, at=now),
        "delete": lambda: actions.delete_webhook(webhook, by=by),
        "test": lambda: actions.ask_test(webhook, by=by),
        "again": lambda: actions.ask_again(attempt, by=by),
    }


def refuses_all(webhook, by):
    before = list(Webhook.objects.values()), WebhookAttempt.objects.count()
    for name, act in every_act(webhook, by).items():
        with pytest.raises(Refused):
            act()
        assert (list(Webhook.objects.values()), WebhookAttempt.objects.count()) == before, name


@pytest.fixture
def webhook(person):
    return make.make_attempt(made(person)[0]).webhook


@pytest.mark.parametrize("role", Role.values)
def test_nobody_does_anything_with_the_webhook_of_somebody_else(webhook, role):
    other = make.make_user(role)
    refuses_all(webhook, other)
    assert not Webhook.objects.visible_to(other).exists()


def test_a_program_keeps_no_webhooks(webhook, person):
    person.scopes = frozenset(["read", "administer"])
    refuses_all(webhook, person)
    with pytest.raises(Refused):
        made(person)


def test_a_closed_account_keeps_no_webhooks(webhook, person):
    person.is_active = False
    refuses_all(webhook, person)


def test_where_they_are_off_nothing_is_done(webhook, person, settings):
    settings.WEBHOOKS = False
    refuses_all(webhook, person)
    with pytest.raises(Refused, match="WEBHOOKS=on"):
        made(person)


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"address": "http://hooks.example.org/"}, "address"),
        ({"address": "https://127.0.0.1/"}, "address"),
        ({"address": f"https://hooks.example.org/{'x' * 500}"}, "address"),
        ({"nouns": ["planet"]}, "nouns"),
        ({"verbs": ["created", "eaten"]}, "verbs"),
    ],
)
def test_what_is_wrong_is_named(person, chosen, field):
    with pytest.raises(ValidationError) as refusal:
        made(person, **chosen)
    assert list(refusal.value.message_dict) == [field]
    webhook = made(person)[0]
    with pytest.raises(ValidationError) as refusal:
        actions.change_webhook(webhook, by=person, **chosen)
    assert list(refusal.value.message_dict) == [field]


def test_there_is_an_end_of_webhooks_and_of_what_waits(person):
    webhooks = [made(person, name=f"{number}")[0] for number in range(MOST)]
    with pytest.raises(ValidationError, match="delete one"):
        made(person)
    for _each in range(MOST_WAITING):
        actions.ask_test(webhooks[0], by=person)
    with pytest.raises(ValidationError, match="wait already"):
        actions.ask_test(webhooks[0], by=person)
    actions.ask_test(webhooks[1], by=person)


def test_a_lost_secret_is_made_anew_before_it_goes_on(person, settings):
    webhook = made(person)[0]
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(ValidationError, match="make a new one"):
        actions.resume_webhook(webhook, by=person, at=timezone.now())
    actions.renew_secret(webhook, by=person, at=timezone.now())
    actions.resume_webhook(webhook, by=person, at=timezone.now())


def test_changes_of_webhooks_are_not_taken_back(person):
    webhook = made(person)[0]
    actions.pause_webhook(webhook, by=person)
    with pytest.raises(ValidationError, match="their owner"):
        actions.undo(Change.objects.first(), by=None, reason="Because")
