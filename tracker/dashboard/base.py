"""What every page does: ask who reads, and read the day."""

from collections.abc import Mapping

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.generic import View
from django_htmx.http import HttpResponseClientRefresh

from tracker.dashboard.addresses import Day, address
from tracker.filters.fields import DayField
from tracker.filters.strict import StrictForm
from tracker.permissions import may_read_register


class NotHeld(Http404):
    """Nothing is held at this address; the sentence says how to mend it."""


class DayForm(StrictForm):
    """The one parameter of a page that is no list."""

    on = DayField(required=False)


class DashboardView(View):
    """A page for people who are signed in; subclasses answer ``get``."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request, *args, **kwargs):
        if may_read_register(request.user):
            self.viewer, self.today = request.user, timezone.localdate()
            self.on = self.today
            return super().dispatch(request, *args, **kwargs)
        return self.send_to_login()

    def send_to_login(self):
        """The sign-in page; a refreshed part reloads its page, so as not to show it inside."""
        if self.request.htmx:
            return HttpResponseClientRefresh()
        return redirect_to_login(self.request.get_full_path())

    @property
    def day(self) -> Day:
        """The day shown, for links."""
        return Day(self.on, self.today)

    def render(self, template: str, context: Mapping, *, status: int = 200):
        """The page, with the day that its links carry on."""
        return render(self.request, template, {"day": self.day, **context}, status=status)


class Page(DashboardView):
    """A page that takes no filters, only the day; subclasses give ``template`` and ``context``."""

    template: str
    #: Its parameters.
    form: type[DayForm] = DayForm

    def get(self, request, **kwargs):
        form = self.form(request.GET)
        if not form.is_valid():
            return self.render("dashboard/refused.html", {"errors": form.errors}, status=400)
        self.on = form.cleaned_data["on"] or self.today
        return self.answer(**kwargs)

    def answer(self, **kwargs):
        """The response, once the day is known."""
        return self.render(self.template, self.context(**kwargs))

    def context(self, **kwargs) -> dict:
        """What the template needs."""
        return {}


class KeyedMixin:
    """A page whose address holds a public key, in its one spelling."""

    #: Name of this page's address.
    name: str

    def dispatch(self, request, *args, key, **kwargs):
        if may_read_register(request.user):
            try:
                spelled = self.spell(key)
            except ValueError as error:
                raise NotHeld(str(error)) from error
            if spelled != key:
                return self.send_to(spelled)
        return super().dispatch(request, *args, key=key, **kwargs)

    def send_to(self, key: str):
        """The address of this page with the key in its one spelling; the query stays."""
        query = self.request.META["QUERY_STRING"]
        return HttpResponseRedirect(address(self.name, key) + (f"?{query}" if query else ""))

    def spell(self, key: str) -> str:
        """The key in its one spelling; raises ``ValueError`` with a sentence for the reader."""
        return key
