"""One's own settings: the weekly digest, and the language it is written in."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import actions
from tracker.dashboard.addresses import address
from tracker.dashboard.base import DashboardView
from tracker.dashboard.work.forms import WorkForm
from tracker.models import Digest, Preference


class SettingsForm(WorkForm):
    """What is sent, and how."""

    fields_of = ("digest", "language")

    digest = forms.BooleanField(
        label=gettext_lazy("Send me a digest once a week"),
        required=False,
        help_text=gettext_lazy(
            "Numbers with links: what waits, what changed, what falls due. No text of any record."
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of mail"), choices=lambda: settings.LANGUAGES
    )

    def set_version(self, row):
        """A person's own choice has no version: the last one stands."""


class Me(DashboardView):
    """``/me/``."""

    http_method_names = ["get", "head", "options", "post"]

    @property
    def day(self):
        """None: what one has chosen stands now."""
        return None

    def get(self, request):
        kept = self.kept()
        initial = {"digest": kept.digest, "language": kept.language or settings.LANGUAGE_CODE}
        return self.show(SettingsForm(initial=initial, label_suffix=""))

    def kept(self) -> Preference:
        """What was chosen so far: nothing, at first."""
        return Preference.objects.filter(by=self.viewer).first() or Preference(by=self.viewer)

    def post(self, request):
        form = SettingsForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self.show(form, status=400)
        preference = self.kept()
        form.set_on(preference)
        try:
            actions.save_preference(preference, by=self.viewer)
        except ValidationError as error:
            form.take_errors(error)
            return self.show(form, status=400)
        messages.success(request, _("Your settings are saved."))
        return HttpResponseRedirect(address("me"))

    def show(self, form, *, status=200):
        """The page with the form, and the digests that were sent."""
        context = {
            "form": form,
            "refused": form if form.is_bound else None,
            "digests": list(Digest.objects.filter(by=self.viewer)[:10]),
            "bodies": list(self.viewer.bodies.order_by("name")),
        }
        return self.render("dashboard/me.html", context, status=status)
