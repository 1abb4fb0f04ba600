"""What the sender of webhooks writes: whose turn it is, what comes next, what came of it.

A turn is claimed in one statement, so that two senders never tell one webhook at the same time;
a claim that nobody ended, since its process was killed, ends by itself. No transaction is open
while the network is asked: each of these functions has its own, and ends it.
"""

import datetime
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from tracker.actions.webhooks import TEST, latest_number, stop
from tracker.models import Change, Webhook, WebhookAttempt, WebhookTurn
from tracker.models.webhooks import digest_of_secret, secret_of
from tracker.vocabulary import Outcome, WebhookState, WebhookStop

#: How long a turn is one sender's own; far longer than one message can take.
CLAIMED = datetime.timedelta(seconds=90)
#: How long to wait after each attempt that failed; after the one that follows the last, stop.
WAITS = tuple(
    datetime.timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
#: How many attempts of each webhook are kept.
KEPT = 200


@dataclass(frozen=True)
class Message:
    """What a webhook is told next: a change, or what its owner asked for by hand."""

    webhook: Webhook
    claim: str
    event: str
    change: Change | None
    tries: int = 1
    asked: WebhookAttempt | None = None

    @property
    def type(self) -> str:
        """Such as report.submitted."""
        return f"{self.change.noun}.{self.change.verb}" if self.change else TEST


@dataclass(frozen=True)
class Answered:
    """What came of sending it."""

    outcome: str
    status: int | None = None
    milliseconds: int | None = None


def due(at: datetime.datetime) -> list[int]:
    """The keys of the turns of which there may be something to tell, the longest waiting first."""
    waiting = WebhookAttempt.objects.filter(webhook=OuterRef("webhook"), outcome=Outcome.WAITING)
    behind = Q(webhook__state=WebhookState.ACTIVE, due_at__lte=at, told__lt=latest_number())
    turns = WebhookTurn.objects.filter(
        _free(at), behind | Exists(waiting), webhook__owner__is_active=True
    )
    return list(turns.order_by("due_at", "pk").values_list("pk", flat=True))


def _free(at) -> Q:
    """Condition: nobody's own at the moment."""
    return Q(claimed_until=None) | Q(claimed_until__lte=at)


def take(turn: int, *, at: datetime.datetime) -> str:
    """Claim a turn; returns what it is claimed with, or nothing when somebody else was faster."""
    claim = secrets.token_hex(16)
    mine = WebhookTurn.objects.filter(_free(at), pk=turn)
    return claim if mine.update(claim=claim, claimed_until=at + CLAIMED) else ""


def give_back(turn: int, claim: str) -> None:
    """End a claim."""
    WebhookTurn.objects.filter(pk=turn, claim=claim).update(claim="", claimed_until=None)


def next_message(turn: int, claim: str, *, at: datetime.datetime) -> Message | None:
    """What is told next; None when there is nothing, or the claim has gone to somebody else.

    What the owner may see is asked now, for each message.
    """
    with transaction.atomic():
        mine = _lock(turn, claim=claim)
        if mine is None or not mine.webhook.owner.is_active:
            return None
        WebhookTurn.objects.filter(pk=turn).update(claimed_until=at + CLAIMED)
        webhook = mine.webhook
        if webhook.digest != digest_of_secret(secret_of(webhook.key, webhook.salt)):
            stop(webhook, WebhookStop.SECRET)
            webhook.attempts.filter(outcome=Outcome.WAITING).delete()
            return None
        return _asked(webhook, claim, at) or _following(mine, claim, at)


def _lock(turn, **claimed) -> WebhookTurn | None:
    """The turn, locked after its webhook: in the order in which its owner's acts lock them."""
    Webhook.objects.select_for_update().filter(turn=turn).values_list("pk", flat=True).first()
    held = WebhookTurn.objects.select_for_update(of=("self",)).filter(pk=turn, **claimed)
    return held.select_related("webhook__owner").first()


def _asked(webhook, claim, at) -> Message | None:
    """The oldest message that the owner asked for by hand, and may still have."""
    for asked in webhook.attempts.filter(outcome=Outcome.WAITING).order_by("pk"):
        change = None
        if asked.number is not None:
            change = _open_to(webhook).filter(sequence=asked.number).first()
        if change is not None or asked.number is None:
            return Message(webhook, claim, asked.event, change, asked=asked)
        asked.sent_at, asked.outcome = at, Outcome.CLOSED
        asked.save()
    return None


def _following(turn, claim, at) -> Message | None:
    """The next change that the webhook wants and its owner may see."""
    webhook = turn.webhook
    if webhook.state != WebhookState.ACTIVE or turn.due_at > at:
        return None
    last = latest_number()
    rows = _open_to(webhook).filter(sequence__gt=turn.told, sequence__lte=last)
    if webhook.nouns:
        rows = rows.filter(noun__in=webhook.nouns)
    if webhook.verbs:
        rows = rows.filter(verb__in=webhook.verbs)
    change = rows.order_by("sequence").first()
    mine = WebhookTurn.objects.filter(pk=turn.pk, claim=claim)
    if change is None:
        mine.update(told=last, number=0, tries=0)
        return None
    tries = turn.tries if turn.number == change.sequence else 0
    mine.update(number=change.sequence, tries=tries)
    event = f"evt_{webhook.key}_{change.sequence}"
    return Message(webhook, claim, event, change, tries + 1)


def _open_to(webhook):
    return Change.objects.visible_to(webhook.owner)


def note(turn: int, message: Message, answered: Answered, *, at: datetime.datetime) -> None:
    """Write what came of a message into the log, and when what comes next.

    A claim that was lost meanwhile writes its line and moves nothing.
    """
    with transaction.atomic():
        mine = _lock(turn)
        if mine is None:
            return  # Deleted meanwhile, with its log.
        _write_line(message, answered, at)
        if message.asked is None and mine.claim == message.claim:
            _move(mine, message, answered, at)


def _write_line(message, answered, at):
    line = message.asked or WebhookAttempt(webhook=message.webhook, event=message.event)
    line.type, line.tries, line.sent_at = message.type, message.tries, at
    line.number = message.change.sequence if message.change else None
    line.outcome, line.status = answered.outcome, answered.status
    line.milliseconds = answered.milliseconds
    line.save()
    # Those that wait to be sent are never among what is dropped.
    rows = WebhookAttempt.objects.filter(webhook=message.webhook, sent_at__isnull=False)
    kept = list(rows.order_by("-pk").values_list("pk", flat=True)[:KEPT])
    rows.filter(pk__lt=kept[-1]).delete()


def _move(turn, message, answered, at):
    """On to the next change, to the next attempt, or to the end."""
    turn.due_at, turn.tries = at, message.tries
    if answered.outcome == Outcome.TAKEN:
        turn.told, turn.number, turn.tries = message.change.sequence, 0, 0
    elif answered.status == 410:
        _end(turn, WebhookStop.GONE)
    elif message.tries > len(WAITS):
        _end(turn, WebhookStop.FAILED)
    else:
        turn.due_at = at + WAITS[message.tries - 1]
    turn.save(update_fields=["told", "number", "tries", "due_at"])


def _end(turn, why):
    turn.tries = 0
    if turn.webhook.state == WebhookState.ACTIVE:
        stop(turn.webhook, why)
