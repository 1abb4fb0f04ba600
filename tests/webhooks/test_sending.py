"""What receivers get: signed, in order, again until it is taken, and never what is not theirs."""

import base64
import datetime
import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from tests import make
from tests.webhooks.receiver import Resolver
from tracker import actions
from tracker.actions import webhook_turns as turns
from tracker.models import Change, Theme, Webhook, WebhookAttempt, WebhookTurn
from tracker.models.webhooks import secret_of, spelled
from tracker.outside.post import Way
from tracker.vocabulary import Classification, Outcome, Role, WebhookState
from tracker.webhooks import send as sender
from tracker.webhooks.messages import sign
from tracker.webhooks.send import deliver_due

pytestmark = pytest.mark.django_db

CANARY = "zq99999qz"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self):
        self.at = timezone.now()

    def __call__(self):
        return self.at

    def move(self, **gone):
        self.at += datetime.timedelta(**gone)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def administrator():
    return make.make_user(Role.ADMINISTRATOR)


@pytest.fixture
def hook(receiver, settings):
    """A webhook of somebody who reads, told of everything from now on."""
    settings.SITE_ADDRESS = "https://tracker.example.org"
    return make.make_webhook(address=receiver.address)


def change(by, *slugs):
    """One change of the register for each of ``slugs``, by ``by``."""
    for slug in slugs:
        actions.save(Theme(slug=slug, name=CANARY), by=by, reason=CANARY)


def told(receiver) -> list[str]:
    """The keys of the records that were told, in the order in which they came."""
    return [json.loads(each.body)["data"].get("key") for each in receiver.requests]


def deliver(receiver, clock=timezone.now) -> int:
    return deliver_due(now=clock, way=receiver.way)


def test_changes_come_in_their_order_thin_and_signed(receiver, hook, administrator):
    change(administrator, "one", "two", "three")
    assert deliver(receiver) == 3
    assert told(receiver) == ["one", "two", "three"]
    first = receiver.requests[0]
    sent = json.loads(first.body)
    made = Change.objects.get(object_key="one")
    assert first.target == "/in?from=tracker"
    assert first.headers["Content-Type"] == "application/json"
    assert sent == {
        "type": "theme.created",
        "timestamp": made.at.isoformat().replace("+00:00", "Z"),
        "data": {
            "change": made.sequence,
            "noun": "theme",
            "verb": "created",
            "key": "one",
            "url": "https://tracker.example.org/api/v1/themes/one/",
            "change_url": f"https://tracker.example.org/api/v1/changes/{made.sequence}/",
        },
    }
    everything = b"".join(each.body for each in receiver.requests).decode()
    assert CANARY not in everything and administrator.username not in everything
    assert deliver(receiver) == 0


def test_the_signature_is_that_of_standard_webhooks():
    """As the library of Standard Webhooks for Python has it."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    assert sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}') == (
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


def test_another_reader_finds_the_signature_right(receiver, hook, administrator):
    library = pytest.importorskip("standardwebhooks")
    change(administrator, "one")
    deliver(receiver)
    [request] = receiver.requests
    secret = spelled(secret_of(hook.key, hook.salt))
    reader = library.Webhook(secret)
    assert reader.verify(request.body, request.headers)["data"]["key"] == "one"
    with pytest.raises(library.WebhookVerificationError):
        reader.verify(request.body.replace(b"one", b"two"), request.headers)
    with pytest.raises(library.WebhookVerificationError):
        library.Webhook(spelled(bytes(32))).verify(request.body, request.headers)


def test_for_a_day_the_earlier_secret_signs_too(receiver, hook, clock, administrator):
    old = spelled(secret_of(hook.key, hook.salt))
    new = actions.renew_secret(hook, by=hook.owner, at=clock())
    assert new != old and re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", new)
    found = []
    for hours in (0, 25):
        clock.move(hours=hours)
        change(administrator, f"after-{hours}")
        deliver(receiver, clock)
        found.append(len(receiver.requests[-1].headers["webhook-signature"].split(" ")))
    assert found == [2, 1]


def test_it_is_sent_again_under_the_same_id_with_growing_waits(
    receiver, hook, clock, administrator
):
    change(administrator, "one", "two")
    receiver.statuses = [500, 302, 404]
    assert deliver(receiver, clock) == 1
    for wait in turns.WAITS[:2]:
        clock.at += wait - datetime.timedelta(seconds=1)
        assert deliver(receiver, clock) == 0
        clock.move(seconds=1)
        assert deliver(receiver, clock) == 1
    clock.at += turns.WAITS[2]
    assert deliver(receiver, clock) == 2
    assert told(receiver) == ["one", "one", "one", "one", "two"]
    ids = [each.headers["webhook-id"] for each in receiver.requests]
    assert len(set(ids[:4])) == 1 and ids[4] != ids[0]
    assert len({each.body for each in receiver.requests[:4]}) == 1
    moments = [int(each.headers["webhook-timestamp"]) for each in receiver.requests[:4]]
    assert moments == sorted(set(moments))
    rows = hook.attempts.order_by("pk").values_list("tries", "status", "outcome")
    assert list(rows) == [
        (1, 500, "refused"),
        (2, 302, "refused"),
        (3, 404, "refused"),
        (4, 204, "taken"),
        (1, 204, "taken"),
    ]


def test_after_the_last_attempt_it_is_stopped_and_the_record_says_so(
    receiver, hook, clock, administrator
):
    change(administrator, "one")
    receiver.statuses = [503] * 20
    for wait in (*turns.WAITS, datetime.timedelta(days=9), datetime.timedelta(days=9)):
        deliver(receiver, clock)
        clock.at += wait
    assert len(receiver.requests) == len(turns.WAITS) + 1
    hook.refresh_from_db()
    assert (hook.state, hook.why) == ("stopped", "failed")
    latest = Change.objects.filter(noun="webhook").first()
    assert latest.differences == {"state": ["active", "stopped"], "why": ["", "failed"]}
    receiver.statuses = []
    actions.resume_webhook(hook, by=hook.owner, at=clock())
    assert deliver(receiver, clock) == 1
    assert told(receiver)[-1] == "one"


def test_gone_is_gone(receiver, hook, administrator):
    change(administrator, "one")
    receiver.statuses = [410]
    assert deliver(receiver) == 1
    hook.refresh_from_db()
    assert (hook.state, hook.why) == ("stopped", "gone")
    assert deliver(receiver) == 0


def test_a_pause_tells_later_and_a_skip_never(receiver, hook, administrator):
    actions.pause_webhook(hook, by=hook.owner)
    change(administrator, "one")
    assert deliver(receiver) == 0
    actions.resume_webhook(hook, by=hook.owner, at=timezone.now())
    deliver(receiver)
    assert told(receiver) == ["one"]
    actions.pause_webhook(hook, by=hook.owner)
    change(administrator, "two")
    actions.resume_webhook(hook, by=hook.owner, at=timezone.now(), skip=True)
    change(administrator, "three")
    deliver(receiver)
    assert told(receiver) == ["one", "three"]


def test_it_is_told_only_what_it_wants(receiver, hook, administrator):
    Webhook.objects.filter(pk=hook.pk).update(nouns=["theme"], verbs=["updated"])
    change(administrator, "one")
    theme = Theme.objects.get(slug="one")
    make.make_body()
    theme.name = "Other"
    actions.save(theme, by=administrator)
    assert deliver(receiver) == 1
    assert json.loads(receiver.requests[0].body)["type"] == "theme.updated"
    assert WebhookTurn.objects.get().told == Change.objects.first().sequence


@pytest.mark.parametrize("level", Classification.values)
@pytest.mark.parametrize("role", Role.values)
def test_what_is_told_is_what_its_owner_may_see(receiver, settings, role, level):
    commitment = make.make_commitment()
    for bodies in ([], [commitment.body]):
        owner = make.make_user(role, bodies=bodies)
        make.make_webhook(owner, address=receiver.address)
        evidence = make.make_evidence(body=commitment.body, classification=level)
        evidence.title = "Other"
        actions.save_evidence(evidence, by=make.make_user(Role.ASSESSOR))
        seen = Change.objects.visible_to(owner).filter(object_key=evidence.key).count()
        deliver(receiver)
        assert told(receiver).count(evidence.key) == seen
        Webhook.objects.all().delete()


def test_rights_that_were_lost_are_lost_for_what_waits(receiver, clock):
    """A8: also between two attempts, and for what is asked for by hand."""
    commitment = make.make_commitment()
    owner = make.make_user(Role.FOCAL_POINT, bodies=[commitment.body])
    hook = make.make_webhook(owner, address=receiver.address)
    evidence = make.make_evidence(body=commitment.body, classification="restricted")
    evidence.title = "Other"
    actions.save_evidence(evidence, by=make.make_user(Role.ASSESSOR))
    clock.move(seconds=1)
    receiver.statuses = [500]
    assert deliver(receiver, clock) == 1
    asked = actions.ask_again(hook.attempts.get(), by=owner)
    owner.bodies.clear()
    clock.move(days=1)
    deliver(receiver, clock)
    assert told(receiver).count(evidence.key) == 1
    asked.refresh_from_db()
    assert (asked.outcome, asked.status) == (Outcome.CLOSED, None)


def test_a_closed_account_is_told_nothing_also_when_it_opens_again(receiver, hook, administrator):
    owner = hook.owner
    owner.is_active = False
    actions.save(owner, by=administrator)
    hook.refresh_from_db()
    assert (hook.state, hook.why) == ("stopped", "owner")
    change(administrator, "one")
    assert deliver(receiver) == 0
    owner.is_active = True
    actions.save(owner, by=administrator)
    assert deliver(receiver) == 0
    assert receiver.accepted == 0


def test_an_account_that_was_closed_past_the_actions_is_told_nothing(receiver, hook, administrator):
    change(administrator, "one")
    actions.ask_test(hook, by=hook.owner)
    type(hook.owner).objects.filter(pk=hook.owner_id).update(is_active=False)
    assert (deliver(receiver), receiver.accepted) == (0, 0)


def test_another_key_of_the_installation_stops_it(receiver, hook, settings, administrator):
    settings.SECRET_KEY = "another" * 10
    change(administrator, "one")
    assert (deliver(receiver), receiver.accepted) == (0, 0)
    hook.refresh_from_db()
    assert (hook.state, hook.why) == ("stopped", "secret")


def test_a_test_and_a_repetition_by_hand(receiver, hook, administrator):
    change(administrator, "one")
    deliver(receiver)
    actions.ask_test(hook, by=hook.owner)
    actions.ask_again(hook.attempts.get(outcome="taken"), by=hook.owner)
    actions.pause_webhook(hook, by=hook.owner)
    receiver.statuses = [500]
    assert deliver(receiver) == 2
    sent = [json.loads(each.body)["type"] for each in receiver.requests]
    assert sent == ["theme.created", "webhook.test", "theme.created"]
    ids = [each.headers["webhook-id"] for each in receiver.requests]
    assert ids[0] == ids[2] and ids[1].startswith("test_")
    assert deliver(receiver) == 0
    assert not hook.attempts.filter(outcome=Outcome.WAITING).exists()


def test_the_log_is_bounded_and_keeps_what_waits(receiver, hook, administrator, monkeypatch):
    monkeypatch.setattr(turns, "KEPT", 3)
    change(administrator, *(f"t-{number}" for number in range(6)))
    waiting = make.make_attempt(hook, outcome="waiting", sent_at=None)
    for _each in range(4):
        make.make_attempt(hook)
    other = make.make_attempt()
    deliver(receiver)
    assert hook.attempts.count() == 3
    assert WebhookAttempt.objects.filter(pk=other.pk).exists()
    assert told(receiver).count("t-5") == 1 and waiting.pk


def test_where_webhooks_are_off_nothing_is_sent(receiver, hook, administrator, settings):
    change(administrator, "one")
    settings.WEBHOOKS = False
    assert (deliver(receiver), receiver.accepted) == (0, 0)
    with pytest.raises(CommandError, match="WEBHOOKS=on"):
        call_command("send_webhooks")


def test_a_host_that_is_listed_no_more_is_not_called(receiver, hook, administrator, settings):
    change(administrator, "one")
    settings.WEBHOOK_HOSTS = ["other.example.org"]
    assert deliver(receiver) == 1
    assert (receiver.accepted, hook.attempts.get().outcome) == (0, Outcome.NOT_CALLED)


def test_a_name_that_leads_inside_is_not_called(receiver, hook, administrator):
    change(administrator, "one")
    way = Way(Resolver([["127.0.0.1"]]))
    assert deliver_due(way=way) == 1
    line = hook.attempts.get()
    assert (receiver.accepted, line.outcome, line.status) == (0, Outcome.ADDRESS, None)


def test_one_that_fails_holds_up_no_other(receiver, hook, administrator):
    broken = make.make_webhook(address=receiver.address.replace("hooks", "other"))
    change(administrator, "one")
    deliver(receiver)
    assert told(receiver) == ["one"]
    assert broken.attempts.get().outcome == Outcome.TLS
    assert hook.attempts.get().outcome == Outcome.TAKEN


def test_a_turn_is_one_senders_own_until_it_ends(hook, clock, administrator):
    change(administrator, "one")
    turn = hook.turn.pk
    mine = turns.take(turn, at=clock())
    assert mine and not turns.take(turn, at=clock()) and turns.due(clock()) == []
    message = turns.next_message(turn, mine, at=clock())
    clock.at += turns.CLAIMED
    other = turns.take(turn, at=clock())
    assert other and turns.next_message(turn, mine, at=clock()) is None
    assert turns.next_message(turn, other, at=clock()).event == message.event
    # Who was too slow writes its line, and moves nothing.
    turns.note(turn, message, turns.Answered(Outcome.TAKEN, 200, 1), at=clock())
    assert WebhookTurn.objects.get().told == message.change.sequence - 1
    turns.give_back(turn, mine)
    assert WebhookTurn.objects.get().claim == other


def test_who_is_killed_before_the_note_sends_again_under_the_same_id(
    receiver, hook, clock, administrator, monkeypatch
):
    change(administrator, "one")
    with monkeypatch.context() as patched:
        patched.setattr(sender.turns, "note", lambda *args, **kwargs: 1 / 0)
        patched.setattr(sender.turns, "give_back", lambda *args: None)
        with pytest.raises(ZeroDivisionError):
            deliver(receiver, clock)
    assert deliver(receiver, clock) == 0
    clock.at += turns.CLAIMED
    assert deliver(receiver, clock) == 1
    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


def test_a_webhook_that_is_deleted_while_it_is_told_leaves_nothing(
    hook, administrator, monkeypatch, clock
):
    change(administrator, "one")
    turn = hook.turn.pk
    message = turns.next_message(turn, turns.take(turn, at=clock()), at=clock())
    actions.delete_webhook(hook, by=hook.owner)
    turns.note(turn, message, turns.Answered(Outcome.TAKEN, 200, 1), at=clock())
    assert not WebhookAttempt.objects.exists()


def test_a_resolution_that_is_far_behind_goes_on_in_rounds(receiver, hook, administrator):
    change(administrator, *(f"t-{number}" for number in range(5)))
    assert deliver_due(way=receiver.way, most=2) == 2
    assert deliver_due(way=receiver.way, most=2) == 2
    assert deliver_due(way=receiver.way, most=2) == 1
    assert told(receiver) == [f"t-{number}" for number in range(5)]


def test_no_transaction_is_open_while_the_network_is_asked(hook, administrator, monkeypatch):
    change(administrator, "one")
    seen = []

    def asked(*args, **kwargs):
        seen.append(list(connection.savepoint_ids))
        return 204

    monkeypatch.setattr(sender, "post", asked)
    assert deliver_due() == 1
    # None besides those that the test itself stands in.
    assert seen == [list(connection.savepoint_ids)]


def test_the_command_sends_what_there_is(hook, administrator, monkeypatch, capsys):
    monkeypatch.setattr(sender, "post", lambda *args, **kwargs: 200)
    change(administrator, "one", "two")
    call_command("send_webhooks")
    assert capsys.readouterr().out == "2 sent.\n"
    assert Webhook.objects.get().state == WebhookState.ACTIVE
