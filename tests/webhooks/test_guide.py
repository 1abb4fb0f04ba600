"""The receiver of the guide, as it stands there, against what is sent in truth."""

import json
import re
from pathlib import Path

import pytest
from django.urls import resolve

from tests import make
from tracker import actions
from tracker.actions.webhook_turns import KEPT, WAITS
from tracker.actions.webhooks import MOST
from tracker.models import Theme
from tracker.models.webhooks import secret_of, spelled
from tracker.outside import post
from tracker.vocabulary import Role
from tracker.webhooks.send import deliver_due

pytestmark = pytest.mark.django_db

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "webhooks.md").read_text()


@pytest.fixture
def verify():
    """The function of the guide."""
    [code] = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    names = {"__name__": "guide"}
    exec(compile(code, "docs/webhooks.md", "exec"), names)  # noqa: S102 (our own page)
    return names["verify"]


def test_the_receiver_takes_what_is_sent_and_nothing_else(receiver, verify):
    hook = make.make_webhook(address=receiver.address)
    actions.save(Theme(slug="one", name="One"), by=make.make_user(Role.ADMINISTRATOR))
    assert deliver_due(way=receiver.way) == 1
    [sent] = receiver.requests
    secret = spelled(secret_of(hook.key, hook.salt))
    message = verify(secret, sent.headers, sent.body)
    assert message["data"]["key"] == "one"
    for wrong in (
        (spelled(bytes(32)), sent.headers, sent.body),
        (secret, sent.headers, sent.body + b" "),
        (secret, {**sent.headers, "webhook-id": "evt_other"}, sent.body),
        (secret, {**sent.headers, "webhook-timestamp": "1700000000"}, sent.body),
    ):
        with pytest.raises(ValueError, match=r"not from the tracker|too old"):
            verify(*wrong)


def test_a_message_has_the_fields_that_the_guide_shows(receiver):
    make.make_webhook(address=receiver.address)
    actions.save(Theme(slug="one", name="One"), by=make.make_user(Role.ADMINISTRATOR))
    deliver_due(way=receiver.way)
    sent = json.loads(receiver.requests[0].body)
    [shown] = map(json.loads, re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL))
    assert list(sent) == list(shown) and list(sent["data"]) == list(shown["data"])


def test_the_numbers_of_the_guide_are_those_of_the_code():
    waits = [5, 300, 1800, *(hours * 3600 for hours in (2, 5, 10, 14, 20, 24))]
    assert [wait.total_seconds() for wait in WAITS] == waits
    assert f"last {KEPT} attempts" in GUIDE and MOST == 10
    assert (post.CONNECT, post.TOTAL, post.MOST_READ) == (5, 15, 4096)


def test_its_addresses_are_there():
    for address in re.findall(r"`(?:POST )?(/[a-z0-9/<>]+/)`", GUIDE):
        resolve(address.replace("<key>", "key"))
