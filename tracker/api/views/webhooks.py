"""One's own webhooks: listed, made, changed, paused, tested, and what came of each message."""

from django.utils import timezone
from rest_framework import mixins, status
from rest_framework.response import Response

from tracker import actions
from tracker.actions.webhooks import require_on
from tracker.api.parameters import refuse_unknown
from tracker.api.serializers.base import NothingSerializer, StepSerializer
from tracker.api.serializers.webhooks import (
    AttemptSerializer,
    MadeWebhookSerializer,
    ResumptionSerializer,
    WebhookSerializer,
)
from tracker.api.views.base import (
    ActView,
    NounView,
    UnderListView,
    UnderRecordView,
    WritableRecordView,
)
from tracker.models import Webhook, WebhookAttempt
from tracker.rights import Act


class Webhooks(NounView):
    """What everything about webhooks shares; where they are off, a sentence says who can help."""

    noun = Webhook
    act = Act.READ_REGISTER
    serializer_class = WebhookSerializer
    limit = "webhook"
    limited_methods = ("POST",)

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        require_on()

    def with_secret(self, webhook, secret) -> Response:
        """The webhook with a secret that is shown this once."""
        row = self.rows().get(pk=webhook.pk)
        row.secret = secret
        shown = MadeWebhookSerializer(row, context=self.get_serializer_context()).data
        return Response(shown)


class WebhookList(mixins.ListModelMixin, Webhooks):
    """One's own webhooks, the latest first; a new one is shown with its secret this once.

    Webhooks are kept by somebody who is signed in, and not by a program with a token.
    """

    http_method_names = ["get", "head", "options", "post"]
    shown_class = MadeWebhookSerializer
    is_secret = True

    def door_parameters(self):
        """A list can also be read by cursor."""
        return (*super().door_parameters(), "cursor")

    def get(self, request):
        refuse_unknown(request.query_params, {"page", "page_size"})
        self.queryset = self.rows()
        return self.list(request)

    def post(self, request):
        """Make a webhook; its secret stands in this answer and nowhere else."""
        refuse_unknown(request.query_params)
        sent = self.read().validated_data
        webhook, secret = actions.make_webhook(**sent, by=request.user, at=timezone.now())
        response = self.with_secret(webhook, secret)
        response.status_code = status.HTTP_201_CREATED
        response.headers["Location"] = response.data["url"]
        return response


class WebhookRecord(Webhooks, WritableRecordView):
    """One webhook: its name, its address, and what it is told."""

    def get(self, request, key):
        refuse_unknown(request.query_params)
        return self.answer(self.find(self.rows(), key))

    def remove(self, noun, *, reason):
        actions.delete_webhook(noun, by=self.request.user, reason=reason)


class WebhookStep(Webhooks, ActView):
    """A step that a webhook takes."""

    sent_class = StepSerializer


class WebhookPause(WebhookStep):
    """Tell it nothing for now."""

    def take(self, noun, *, by, **sent):
        actions.pause_webhook(noun, by=by, **sent)


class WebhookResumption(WebhookStep):
    """Go on where it stopped, or from now."""

    sent_class = ResumptionSerializer

    def take(self, noun, *, by, **sent):
        actions.resume_webhook(noun, by=by, at=timezone.now(), **sent)


class WebhookSecret(WebhookStep):
    """Give it a new secret; the earlier one signs beside it for a day."""

    shown_class = MadeWebhookSerializer
    is_secret = True

    def post(self, request, key):
        refuse_unknown(request.query_params)
        webhook, sent = self.current(key), self.read().validated_data
        secret = actions.renew_secret(webhook, by=request.user, at=timezone.now(), **sent)
        return self.with_secret(webhook, secret)


class Attempts(Webhooks):
    """What the log of a webhook shares with the messages that are asked for by hand."""

    noun = WebhookAttempt
    owners = Webhook
    serializer_class = AttemptSerializer

    def rows_of(self, owner):
        """Its log, the latest first."""
        return WebhookAttempt.objects.filter(webhook=owner).select_related("webhook")

    def waiting(self, attempt) -> Response:
        """What was asked for: the next round of the sender sends it."""
        shown = self.get_serializer(attempt).data
        return Response(shown, status=status.HTTP_202_ACCEPTED, headers={"Location": shown["url"]})


class WebhookTest(Attempts):
    """Have a message sent that tells of nothing."""

    http_method_names = ["post", "options"]
    sent_class = NothingSerializer
    success_status = 202

    def post(self, request, key):
        refuse_unknown(request.query_params)
        webhook = self.find(Webhook.objects.visible_to(request.user), key)
        self.read()
        return self.waiting(actions.ask_test(webhook, by=request.user))


class WebhookDeliveries(Attempts, UnderListView):
    """What was sent to a webhook and what came of it: the last 200 attempts, the latest first."""

    http_method_names = ["get", "head", "options"]


class WebhookDelivery(Attempts, UnderRecordView):
    """One attempt."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, key, row):
        refuse_unknown(request.query_params)
        _owner, found = self.both(key, row)
        return Response(self.get_serializer(found).data)


class WebhookResending(Attempts, UnderRecordView):
    """Have the message of an attempt sent once more, under the same id."""

    http_method_names = ["post", "options"]
    sent_class = NothingSerializer
    success_status = 202

    def post(self, request, key, row):
        refuse_unknown(request.query_params)
        _owner, found = self.both(key, row)
        self.read()
        return self.waiting(actions.ask_again(found, by=request.user))
