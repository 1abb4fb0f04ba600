"""What a person does with webhooks: make, change, pause, have tested; each leaves a Change."""

import datetime
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.actions.errors import Refused
from tracker.actions.writing import erase, write
from tracker.models import Change, User, Webhook, WebhookAttempt, WebhookTurn
from tracker.models.changes import kinds_of_record
from tracker.models.webhooks import digest_of_secret, secret_of, spelled
from tracker.outside.addresses import read_address
from tracker.permissions import may_read_register
from tracker.vocabulary import Outcome, Verb, WebhookState, WebhookStop

#: How many webhooks one person may have, and how many messages may wait for each by hand.
MOST, MOST_WAITING = 10, 10
#: How long messages are signed with the earlier secret too.
OLD_SIGNS = datetime.timedelta(hours=24)
TEST = "webhook.test"


def make_webhook(
    *,
    by: User,
    at: datetime.datetime,
    name: str,
    address: str,
    nouns: list[str] = (),
    verbs: list[str] = (),
    reason: str = "",
) -> tuple[Webhook, str]:
    """Make a webhook of ``by``, told of what happens from now on; returns it with its secret.

    Raises ``Refused``, or ``ValidationError`` by field.
    """
    require_person(by)
    if Webhook.objects.filter(owner=by).count() >= MOST:
        told = _("You have %(most)d webhooks; delete one first.") % {"most": MOST}
        raise ValidationError({"name": told})
    webhook = Webhook(key=secrets.token_hex(5), owner=by, created_at=at)
    _set(webhook, name=name, address=address, nouns=nouns, verbs=verbs)
    text = _new_secret(webhook, at)
    with transaction.atomic():
        write(webhook, by=by, reason=reason)
        WebhookTurn.objects.create(webhook=webhook, told=latest_number(), due_at=at)
    return webhook, text


def change_webhook(webhook: Webhook, *, by: User, reason: str = "", **fields) -> None:
    """Give it another name, address, or choice of what it is told."""
    _require_own(webhook, by)
    _set(webhook, **fields)
    write(webhook, by=by, reason=reason)


def renew_secret(webhook: Webhook, *, by: User, at: datetime.datetime, reason: str = "") -> str:
    """Give it a new secret and return that; the earlier one signs beside it for ``OLD_SIGNS``."""
    _require_own(webhook, by)
    webhook.old_salt, webhook.old_until = webhook.salt, at + OLD_SIGNS
    text = _new_secret(webhook, at)
    write(webhook, by=by, reason=reason)
    return text


def pause_webhook(webhook: Webhook, *, by: User, reason: str = "") -> None:
    """Tell it nothing for now; what happens meanwhile is told when it is resumed."""
    _require_own(webhook, by)
    if webhook.state == WebhookState.ACTIVE:
        webhook.state = WebhookState.PAUSED
        write(webhook, by=by, reason=reason)


def resume_webhook(
    webhook: Webhook, *, by: User, at: datetime.datetime, skip: bool = False, reason: str = ""
) -> None:
    """Go on where it stopped or, to ``skip`` what happened meanwhile, from now."""
    _require_own(webhook, by)
    if webhook.digest != digest_of_secret(secret_of(webhook.key, webhook.salt)):
        raise ValidationError(_("Its secret was lost; make a new one first."))
    with transaction.atomic():
        webhook.state, webhook.why = WebhookState.ACTIVE, ""
        write(webhook, by=by, reason=reason)
        now = {"due_at": at, "tries": 0} | ({"told": latest_number()} if skip else {})
        WebhookTurn.objects.filter(webhook=webhook).update(**now)


def delete_webhook(webhook: Webhook, *, by: User, reason: str = "") -> None:
    """Tell it nothing any more; its log goes with it."""
    _require_own(webhook, by)
    erase(webhook, by=by, reason=reason)


def ask_test(webhook: Webhook, *, by: User) -> WebhookAttempt:
    """Have a message sent that tells of nothing, by the next round of the sender."""
    _require_own(webhook, by)
    return _ask(webhook, f"test_{webhook.key}_{secrets.token_hex(8)}", TEST)


def ask_again(attempt: WebhookAttempt, *, by: User) -> WebhookAttempt:
    """Have the message of ``attempt`` sent once more, under the same id."""
    _require_own(attempt.webhook, by)
    return _ask(attempt.webhook, attempt.event, attempt.type, attempt.number)


def stop(webhook: Webhook, why: str, *, by: User | None = None, reason: str = "") -> None:
    """Stop telling it, by nobody's hand or because its owner may not sign in any more."""
    webhook.state, webhook.why = WebhookState.STOPPED, why
    write(webhook, by=by, reason=reason)


def stop_all(owner: User, *, by: User | None, reason: str = "") -> None:
    """Stop every webhook of somebody who may not sign in any more."""
    for webhook in Webhook.objects.filter(owner=owner).exclude(state=WebhookState.STOPPED):
        stop(webhook, WebhookStop.OWNER, by=by, reason=reason)


def require_on() -> None:
    """Raise ``Refused`` with who can switch webhooks on, where they are off."""
    if not settings.WEBHOOKS:
        raise Refused(
            _("Webhooks are off here. An administrator switches them on: WEBHOOKS=on (.env).")
        )


def require_person(by: User) -> None:
    """Raise ``Refused`` unless somebody who is signed in asks, and no program."""
    require_on()
    if not may_read_register(by) or by.scopes is not None:
        raise Refused(_("Webhooks are kept by somebody who is signed in, not by a program."))


def latest_number() -> int:
    """The number of the last change."""
    return Change.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0


def _require_own(webhook, by):
    require_person(by)
    if webhook.owner_id != by.pk:
        raise Refused(_("This is the webhook of somebody else."))


def _set(webhook, **fields):
    """Set what a person chooses; raises ``ValidationError`` by field."""
    for name, value in fields.items():
        setattr(webhook, name, value.strip() if isinstance(value, str) else list(value))
    errors = {}
    try:
        read_address(webhook.address)
    except ValueError as error:
        errors["address"] = str(error)
    for name, known in (("nouns", [key for key, _name in kinds_of_record()]), ("verbs", Verb)):
        chosen = getattr(webhook, name)
        if any(each not in list(known) for each in chosen):
            errors[name] = _("Name some of: %(known)s.") % {"known": ", ".join(known)}
        setattr(webhook, name, [each for each in known if each in chosen])
    if errors:
        raise ValidationError(errors)


def _new_secret(webhook, at) -> str:
    webhook.salt, webhook.secret_at = secrets.token_hex(32), at
    secret = secret_of(webhook.key, webhook.salt)
    webhook.digest = digest_of_secret(secret)
    return spelled(secret)


def _ask(webhook, event, kind, number=None) -> WebhookAttempt:
    waiting = WebhookAttempt.objects.filter(webhook=webhook, outcome=Outcome.WAITING)
    if waiting.count() >= MOST_WAITING:
        raise ValidationError(_("Enough messages wait already; come back when they are sent."))
    return WebhookAttempt.objects.create(webhook=webhook, event=event, type=kind, number=number)
