"""Webhooks: as their owner sees and sets them, and their log."""

from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.reverse import reverse

from tracker import actions
from tracker.api.fields import Reason, UnderAddress
from tracker.api.serializers.base import NounSerializer, RowSerializer, Strict
from tracker.models import Webhook, WebhookAttempt
from tracker.models.changes import CLASSIFIED_NOUNS, OPEN_NOUNS
from tracker.vocabulary import Verb

#: By key alone: how a kind of record is called differs by language.
NOUNS = [(noun, noun) for noun in sorted((*OPEN_NOUNS, *CLASSIFIED_NOUNS))]


class Chosen(serializers.ListField):
    """Some of the words that there are; none for all of them."""

    def __init__(self, choices, **kwargs):
        child = serializers.ChoiceField(choices)
        super().__init__(child=child, max_length=len(choices), required=False, **kwargs)


class WebhookSerializer(NounSerializer):
    """A webhook without its secret, which is shown when it is made and not again."""

    nouns = Chosen(NOUNS, help_text=gettext_lazy("Only these kinds of record; all when empty."))
    verbs = Chosen(
        Verb.choices, help_text=gettext_lazy("Only what was done so; everything when empty.")
    )
    told = serializers.IntegerField(
        source="turn.told",
        read_only=True,
        help_text=gettext_lazy("Up to which change it was told."),
    )
    failures = serializers.IntegerField(
        source="turn.tries",
        read_only=True,
        help_text=gettext_lazy("How often the change that is told next has failed."),
    )
    next_at = serializers.DateTimeField(
        source="turn.due_at",
        read_only=True,
        help_text=gettext_lazy("Before that moment it is told nothing."),
    )
    deliveries = UnderAddress("api:webhook-deliveries")

    class Meta:
        model = Webhook
        fields = [
            "url",
            "key",
            "version",
            "name",
            "address",
            "nouns",
            "verbs",
            "state",
            "why",
            "secret_at",
            "old_until",
            "created_at",
            "told",
            "failures",
            "next_at",
            "deliveries",
            "reason",
        ]
        read_only_fields = ["key", "state", "why", "secret_at", "old_until", "created_at"]

    def store(self, noun, relations, *, by, reason):
        sent = {name: getattr(noun, name) for name in self.names if name != "reason"}
        actions.change_webhook(noun, by=by, reason=reason, **sent)


class MadeWebhookSerializer(WebhookSerializer):
    """A webhook with a secret that was just made: shown now, and never again."""

    secret = serializers.CharField(read_only=True)

    class Meta(WebhookSerializer.Meta):
        fields = [*WebhookSerializer.Meta.fields, "secret"]


class ResumptionSerializer(Strict, serializers.Serializer):
    """From where a webhook goes on."""

    skip = serializers.BooleanField(
        required=False,
        help_text=gettext_lazy("true: what happened meanwhile is not told."),
    )
    reason = Reason()


class AttemptSerializer(RowSerializer):
    """One attempt to tell a webhook of one event: what was answered, or what went wrong."""

    url = serializers.SerializerMethodField()
    change = serializers.SerializerMethodField()
    outcome_words = serializers.CharField(source="get_outcome_display", read_only=True)

    class Meta:
        model = WebhookAttempt
        fields = [
            "url",
            "id",
            "event",
            "type",
            "change",
            "tries",
            "sent_at",
            "outcome",
            "outcome_words",
            "status",
            "milliseconds",
        ]
        read_only_fields = fields

    def get_url(self, attempt) -> str:
        """Where this attempt is shown."""
        args = [attempt.webhook.key, attempt.pk]
        return reverse("api:webhook-delivery", args=args, request=self.context.get("request"))

    def get_change(self, attempt) -> str | None:
        """Where the change is shown; null for a test."""
        if attempt.number is None:
            return None
        args = [attempt.number]
        return reverse("api:change", args=args, request=self.context.get("request"))
