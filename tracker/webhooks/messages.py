"""What is sent: a thin message after Standard Webhooks, which tells of a change, no text of it."""

import base64
import datetime
import hashlib
import hmac
import json

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from tracker.actions.webhook_turns import Message

AGENT = "commitment-tracker"
#: Where a record of REST has another name than its kind.
ROUTES = {"evidence": "api:evidence-record", "savedview": "api:view"}


def body_of(message: Message) -> bytes:
    """The JSON that is sent, the same for every attempt; no word of the record is in it."""
    change = message.change
    told = {"type": message.type, "timestamp": _written(message), "data": {}}
    if change is not None:
        told["data"] = {
            "change": change.sequence,
            "noun": change.noun,
            "verb": change.verb,
            "key": change.object_key,
            "url": _address(ROUTES.get(change.noun, f"api:{change.noun}"), change.object_key),
            "change_url": _address("api:change", str(change.sequence)),
        }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _written(message) -> str:
    moment = message.change.at if message.change else message.webhook.created_at
    return moment.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


def _address(route, key) -> str | None:
    """Where REST shows it; None for a kind of record that has no address of its own."""
    try:
        return settings.SITE_ADDRESS + reverse(route, args=[key])
    except NoReverseMatch:
        return None


def headers_of(message: Message, body: bytes, *, at: datetime.datetime) -> dict[str, str]:
    """The headers of one attempt, signed with every secret that signs now."""
    moment = str(int(at.timestamp()))
    signed = [sign(each, message.event, moment, body) for each in message.webhook.secrets(at)]
    return {
        "Content-Type": "application/json",
        "User-Agent": AGENT,
        "webhook-id": message.event,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(signed),
    }


def sign(secret: bytes, event: str, moment: str, body: bytes) -> str:
    """The signature over id, moment and body (Standard Webhooks, symmetric)."""
    content = b".".join([event.encode(), moment.encode(), body])
    return "v1," + base64.b64encode(hmac.digest(secret, content, hashlib.sha256)).decode()
