"""``/me/webhooks/``: the addresses of one's own that are told of changes, and what came of it."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import actions
from tracker.dashboard.addresses import address
from tracker.dashboard.base import DashboardView, NotHeld
from tracker.dashboard.limited import Limited
from tracker.dashboard.work.forms import WorkForm
from tracker.models import Webhook, WebhookAttempt
from tracker.models.changes import kinds_of_record
from tracker.permissions import may_read_register
from tracker.vocabulary import Verb


class WebhookForm(WorkForm):
    """What it is for, where it is, and what it is told."""

    fields_of = ("name", "address", "nouns", "verbs")

    name = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=80,
        help_text=gettext_lazy("Such as: archive of the ministry."),
    )
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocomplete": "off"}),
        help_text=gettext_lazy("Begins with https:// and is open to the network."),
    )
    nouns = forms.MultipleChoiceField(
        label=gettext_lazy("Only these kinds of record"),
        choices=kinds_of_record,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    verbs = forms.MultipleChoiceField(
        label=gettext_lazy("Only what was done so"),
        choices=Verb.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class OwnWebhooks(Limited, DashboardView):
    """A page about webhooks; where they are off, it says who switches them on."""

    http_method_names = ["get", "head", "options", "post"]
    limit = "webhook"
    limited_methods = ("POST",)

    @property
    def day(self):
        """None: webhooks have no day."""
        return None

    def dispatch(self, request, *args, **kwargs):
        if not settings.WEBHOOKS and may_read_register(request.user):
            return self.render("dashboard/webhooks/off.html", {}, status=403)
        return super().dispatch(request, *args, **kwargs)

    def refuse_parameters(self, request):
        """The page that names what was asked and is not known; None when there is nothing."""
        wrong = {name: [_("There is no such parameter.")] for name in request.GET}
        if wrong:
            return self.render("dashboard/refused.html", {"errors": wrong}, status=400)
        return None


class Webhooks(OwnWebhooks):
    """One's own webhooks, and the form for another; its secret is shown in the answer, once."""

    def get(self, request):
        return self.refuse_parameters(request) or self.shown(WebhookForm())

    def post(self, request):
        form = WebhookForm(request.POST)
        if not form.is_valid():
            return self.shown(form, status=400)
        try:
            webhook, secret = actions.make_webhook(**form.typed, by=self.viewer, at=timezone.now())
        except ValidationError as error:
            form.take_errors(error)
            return self.shown(form, status=400)
        return self.shown(WebhookForm(), status=201, made=webhook, secret=secret)

    def shown(self, form, *, status=200, **made):
        """The page; ``made`` is the webhook that was just made, with its secret."""
        rows = Webhook.objects.visible_to(self.viewer).for_listing(on=self.on, viewer=None)
        context = {"form": form, "refused": form, "rows": list(rows), **made}
        return self.render("dashboard/webhooks/list.html", context, status=status)


class WebhookPage(OwnWebhooks):
    """One webhook: what it is told, its log, and what can be done with it."""

    def dispatch(self, request, *args, key, **kwargs):
        self.key = key
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.refuse_parameters(request) or self.shown(self.found())

    def post(self, request):
        webhook, act = self.found(), self.acts.get(request.POST.get("act"))
        if act is None:
            raise NotHeld(_("There is no such button."))
        try:
            return act(self, webhook) or HttpResponseRedirect(address("webhook", webhook.key))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return self.shown(webhook, status=400)

    def found(self) -> Webhook:
        """The webhook of this address, if it is one's own."""
        rows = Webhook.objects.visible_to(self.viewer).for_listing(on=self.on, viewer=None)
        webhook = None if "\x00" in self.key else rows.filter(key=self.key).first()
        if webhook is None:
            raise NotHeld(_("You have no such webhook."))
        return webhook

    def save(self, webhook):
        """Give it what was typed; what is wrong is told by field."""
        form = WebhookForm(self.request.POST)
        if not form.is_valid():
            return self.shown(webhook, form, status=400)
        webhook.version = form.cleaned_data["version"] or 0
        try:
            actions.change_webhook(webhook, by=self.viewer, **form.typed)
        except ValidationError as error:
            form.take_errors(error)
        except actions.Conflict as error:
            form.add_error(None, str(error))
            form.data = {**form.data.dict(), "version": error.current.version}
        if form.errors:
            return self.shown(self.found(), form, status=400)
        messages.success(self.request, _("Saved."))
        return None

    def pause(self, webhook):
        """Tell it nothing for now."""
        actions.pause_webhook(webhook, by=self.viewer)

    def resume(self, webhook):
        """Go on where it stopped."""
        actions.resume_webhook(webhook, by=self.viewer, at=timezone.now())

    def skip(self, webhook):
        """Go on from now."""
        actions.resume_webhook(webhook, by=self.viewer, at=timezone.now(), skip=True)

    def test(self, webhook):
        """Have a test sent."""
        actions.ask_test(webhook, by=self.viewer)
        messages.success(self.request, _("A test waits to be sent; look at the log in a moment."))

    def again(self, webhook):
        """Have the message of one line of the log sent once more."""
        text = self.request.POST.get("line", "")
        rows = WebhookAttempt.objects.filter(webhook=webhook)
        line = rows.filter(pk=text).first() if text.isdecimal() and len(text) < 19 else None
        if line is None:
            raise ValidationError(_("This line is not in the log any more."))
        actions.ask_again(line, by=self.viewer)
        messages.success(self.request, _("It waits to be sent again."))

    def secret(self, webhook):
        """Give it a new secret, shown this once."""
        secret = actions.renew_secret(webhook, by=self.viewer, at=timezone.now())
        return self.shown(self.found(), secret=secret)

    def delete(self, webhook):
        """Tell it nothing any more."""
        actions.delete_webhook(webhook, by=self.viewer)
        messages.success(self.request, _("The webhook was deleted."))
        return HttpResponseRedirect(address("webhooks"))

    #: What each button does.
    acts = {
        each.__name__: each for each in (save, pause, resume, skip, test, again, secret, delete)
    }

    def shown(self, webhook, form=None, *, status=200, **more):
        """The page, with the form as it was typed or as it stands."""
        if form is None:
            names = (*WebhookForm.fields_of, "version")
            form = WebhookForm(initial={name: getattr(webhook, name) for name in names})
        context = {
            "form": form,
            "refused": form,
            "webhook": webhook,
            "log": list(WebhookAttempt.objects.filter(webhook=webhook)),
            **more,
        }
        return self.render("dashboard/webhooks/detail.html", context, status=status)
