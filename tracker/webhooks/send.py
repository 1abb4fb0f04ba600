"""One round of telling: each webhook in its turn, its changes in their order.

At least once: a process that is killed between the answer and its note sends the message again,
under the same id. A receiver that does not answer holds up the others of this round for
``outside.post.TOTAL`` seconds; several processes may send at once.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.utils import timezone

from tracker.actions import webhook_turns as turns
from tracker.actions.webhook_turns import Answered, Message
from tracker.outside.addresses import read_address
from tracker.outside.post import WAY, NotSent, Way, post
from tracker.vocabulary import Outcome
from tracker.webhooks.messages import body_of, headers_of

#: How many messages one webhook is sent before it is another's turn.
MOST = 100


def deliver_due(*, now: Callable = timezone.now, way: Way = WAY, most: int = MOST) -> int:
    """Tell every webhook what there is to tell; returns how many messages were sent.

    Nothing where webhooks are off.
    """
    if not settings.WEBHOOKS:
        return 0
    return sum(_serve(turn, now, way, most) for turn in turns.due(now()))


def _serve(turn, now, way, most) -> int:
    """Tell one webhook, until there is nothing more or it does not listen."""
    claim, sent = turns.take(turn, at=now()), 0
    if not claim:
        return 0
    try:
        while sent < most and (message := turns.next_message(turn, claim, at=now())):
            answered = send(message, at=now(), way=way)
            turns.note(turn, message, answered, at=now())
            sent += 1
            if answered.outcome != Outcome.TAKEN and message.asked is None:
                break
    finally:
        turns.give_back(turn, claim)
    return sent


def send(message: Message, *, at, way: Way) -> Answered:
    """Send one message; whatever goes wrong is told as its outcome."""
    try:
        address = read_address(message.webhook.address)
    except ValueError:
        return Answered(Outcome.NOT_CALLED)
    body, start = body_of(message), time.perf_counter()
    try:
        status = post(address, body, headers_of(message, body, at=at), way=way)
        outcome = Outcome.TAKEN if 200 <= status < 300 else Outcome.REFUSED
    except NotSent as error:
        outcome, status = Outcome(error.why), None
    return Answered(outcome, status, round((time.perf_counter() - start) * 1000))
