"""Where programs are told of changes: a person's webhooks, how far each was told, and its log."""

import base64
import hashlib
from urllib.parse import urlsplit

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Noun, NounQuerySet, one_of
from tracker.models.people import User
from tracker.vocabulary import Outcome, WebhookState, WebhookStop

#: How every secret begins (Standard Webhooks).
BRAND = "whsec_"


class WebhookQuerySet(NounQuerySet):
    def visible_to(self, user):
        """One's own; nobody sees those of somebody else."""
        return super().visible_to(user).filter(owner=user.pk)

    def for_listing(self, *, on, viewer):
        """What a row of a list shows; the latest first."""
        return self.select_related("turn").order_by("-created_at", "key")

    def get_by_natural_key(self, key):
        """The webhook with this key."""
        return self.get(key=key)


class Webhook(Noun):
    """An address that is told, in its owner's place, of every change that the owner may see.

    The secret itself is kept nowhere: it follows from ``salt`` and the key of the installation.
    """

    key = models.CharField(_("key"), max_length=12, unique=True)
    owner = models.ForeignKey(
        User, models.CASCADE, related_name="webhooks", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=80, help_text=_("What it is for."))
    address = models.CharField(_("address"), max_length=500)
    host = models.CharField(_("host"), max_length=253, editable=False)
    nouns = models.JSONField(_("kinds of record"), default=list, blank=True)
    verbs = models.JSONField(_("what was done"), default=list, blank=True)
    state = models.CharField(
        _("status"), max_length=10, choices=WebhookState, default=WebhookState.ACTIVE
    )
    why = models.CharField(_("why it was stopped"), max_length=10, choices=WebhookStop, blank=True)
    salt = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    secret_at = models.DateTimeField(_("secret made"))
    old_salt = models.CharField(max_length=64, blank=True)
    old_until = models.DateTimeField(_("earlier secret signs until"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"))

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "key"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [
            models.CheckConstraint(
                condition=one_of("state", WebhookState), name="webhook_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(why="") | one_of("why", WebhookStop), name="webhook_why_known"
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.key,)

    def derive(self):
        self.host = urlsplit(self.address).hostname or ""

    def secrets(self, at) -> list[bytes]:
        """What messages are signed with at that moment: the secret, and for a while the old one."""
        salts = [self.salt]
        if self.old_until and self.old_until > at:
            salts.append(self.old_salt)
        return [secret_of(self.key, salt) for salt in salts]


class WebhookTurn(models.Model):
    """How far a webhook was told, and whose turn it is to tell it."""

    webhook = models.OneToOneField(Webhook, models.CASCADE, related_name="turn")
    told = models.PositiveBigIntegerField(_("told up to number"))
    number = models.PositiveBigIntegerField(_("number that is being told"), default=0)
    tries = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("next attempt"))
    claim = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("turn of a webhook")
        verbose_name_plural = _("turns of webhooks")

    def __str__(self):
        return f"{self.webhook_id}: {self.told}"


class WebhookAttempt(models.Model):
    """One attempt to tell a webhook of one event; without ``sent_at`` it waits to be sent."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="attempts")
    event = models.CharField(_("event"), max_length=60)
    type = models.CharField(_("type"), max_length=60)
    number = models.PositiveBigIntegerField(_("number of the change"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("which attempt"), default=1)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome, default=Outcome.WAITING
    )
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("attempt to tell a webhook")
        verbose_name_plural = _("attempts to tell a webhook")
        constraints = [
            models.CheckConstraint(
                condition=one_of("outcome", Outcome), name="webhook_outcome_known"
            ),
        ]
        indexes = [
            models.Index(fields=["webhook", "-id"], name="attempt_of_webhook"),
            models.Index(
                fields=["webhook"], condition=models.Q(sent_at=None), name="attempt_waiting"
            ),
        ]

    def __str__(self):
        return f"{self.event}: {self.outcome}"

    @property
    def public_key(self) -> str:
        """The number that ends its address."""
        return str(self.pk)


def secret_of(key: str, salt: str) -> bytes:
    """The 256 bits that messages of this webhook are signed with."""
    return salted_hmac("tracker.webhooks", f"{key}.{salt}", algorithm="sha256").digest()


def spelled(secret: bytes) -> str:
    """A secret as receivers are given it."""
    return BRAND + base64.b64encode(secret).decode()


def digest_of_secret(secret: bytes) -> str:
    """By which it is noticed that the key of the installation is another one."""
    return hashlib.sha256(secret).hexdigest()
