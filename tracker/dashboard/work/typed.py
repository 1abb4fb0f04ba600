"""Nothing typed is lost: text is kept at its form until it is saved or discarded.

A browser with script sends it after a pause; what could not be saved is kept by the server
itself; who was signed out carries it through the sign-in page.
"""

import json
from collections.abc import Mapping

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import resolve
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracker import actions, limits
from tracker.actions import Refused
from tracker.dashboard.limited import Limited
from tracker.dashboard.work.authors import is_by
from tracker.dashboard.work.forms import WorkForm
from tracker.models import Unsaved

PLAIN = "text/plain; charset=utf-8"


class KeepsTyped:
    """A page whose forms keep what is typed; the page says which of them are open now."""

    def kept_forms(self) -> dict[str, type[WorkForm]]:
        """The forms whose text is kept, by the name that each sends along."""
        raise NotImplementedError

    def open_forms(self) -> set[type[WorkForm]]:
        """Those that this person may type into now."""
        return set(self.kept_forms().values())

    def place_of(self, form: WorkForm | type[WorkForm]) -> str:
        """The address of a form: its page and its name there."""
        return f"{self.request.path}#{form.kept}"

    def keep(self, form: type[WorkForm] | None):
        """Answer the browser that sends what was typed so far."""
        if form is None:
            return HttpResponse(_("This page has no such form."), PLAIN, 400)
        if form not in self.open_forms():
            raise Refused
        if self.is_kept_by_another_window(form):
            told = _("Typed in another window, too: this text stays on this page; save it here.")
            return HttpResponse(told, PLAIN, 409)
        fields = typed_fields(form, self.request.POST)
        try:
            kept = actions.keep_unsaved(self.place_of(form), fields, by=self.viewer)
        except ValidationError as error:
            return HttpResponse(" ".join(error.messages), PLAIN, 400)
        said = _("Kept at %(time)s, not saved yet.") % {
            "time": date_format(timezone.localtime(kept.at), "H:i")
        }
        return HttpResponse(said, PLAIN, headers={"X-Kept-At": kept.at.isoformat()})

    def is_kept_by_another_window(self, form) -> bool:
        """Whether text is kept here that this window has never seen."""
        kept = self.all_kept().get(form.kept)
        return bool(kept) and kept.at.isoformat() != self.request.POST.get("kept_at", "")

    def all_kept(self) -> dict[str, Unsaved]:
        """What is kept at this page, by the name of the form; asked for once."""
        if not hasattr(self, "_kept"):
            places = {self.place_of(form): name for name, form in self.kept_forms().items()}
            rows = Unsaved.objects.filter(by=self.viewer, form__in=places)
            self._kept = {places[row.form]: row for row in rows}
        return self._kept

    def keep_refused(self, form: WorkForm) -> None:
        """Keep what could not be saved, so that the Back button does not lose it either."""
        typed = form.kept and labelled(type(form), form.data)
        if not typed or self.is_kept_by_another_window(form):
            return
        try:
            kept = actions.keep_unsaved(
                self.place_of(form), typed_fields(type(form), form.data), by=self.viewer
            )
        except ValidationError:
            return  # Too long to be kept, and shown in the form all the same.
        form.kept_at = kept.at.isoformat()
        self.all_kept()[form.kept] = kept

    def drop_saved(self, form: WorkForm) -> None:
        """Forget what was kept of a form that is saved now; not what another window typed."""
        if form.kept and not self.is_kept_by_another_window(form):
            actions.drop_unsaved(self.place_of(form), by=self.viewer)

    def fill(self, form: type[WorkForm], values: Mapping) -> WorkForm:
        """The form with the ``values`` of a row, or with what was typed and not saved."""
        kept = self.all_kept().get(form.kept)
        typed = kept.fields if kept else {}
        changed = [
            name
            for name, text in typed.items()
            if name != "version" and as_typed(values.get(name)) != as_typed(text)
        ]
        made = self.make(form, initial={**values, **(typed if changed else {})})
        made.kept_at = kept.at.isoformat() if kept else ""
        made.typed_on = kept.at if changed else None
        return made

    def stranded(self) -> list[dict]:
        """What was typed into forms that are not open any more, to be read and copied."""
        closed = [form for form in self.kept_forms().values() if form not in self.open_forms()]
        return [
            {"name": form.kept, "at": kept.at, "texts": labelled(form, kept.fields)}
            for form in closed
            if (kept := self.all_kept().get(form.kept))
        ]

    def send_to_login(self):
        """The sign-in page; it carries what was typed, which is kept once somebody signs in."""
        data = self.request.POST
        if data.get("act") == "keep":
            told = _("You are signed out. Press the button to sign in again; the text goes along.")
            return HttpResponse(told, PLAIN, 401)
        form = self.kept_forms().get(data.get("form", ""))
        if form is None:
            return super().send_to_login()
        typed = {"form": form.kept, "fields": typed_fields(form, data)}
        carried = json.dumps({**typed, "author": data.get("author", "")})
        context = {
            "form": AuthenticationForm(self.request),
            "next": self.request.path,
            "carried": carried,
        }
        return render(self.request, "registration/login.html", context, status=403)


class SignIn(Limited, LoginView):
    """Signing in; text that was being typed when the session ended comes along."""

    redirect_authenticated_user = True
    limit = "login"
    limited_methods = ("POST",)
    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request, *args, **kwargs):
        # Who is signed in is led on only by a method that is served here.
        if request.method.lower() not in self.http_method_names:
            return self.http_method_not_allowed(request)
        return super().dispatch(request, *args, **kwargs)

    def counted_as(self, request):
        """The address and the name, each by itself: one may try many names, many one name."""
        name = request.POST.get("username", "").strip().lower()
        return [f"address {limits.address_of(request)}", f"name {name}"]

    def get_context_data(self, **kwargs):
        return {
            "carried": self.request.POST.get("carried", ""),
            **super().get_context_data(**kwargs),
        }

    def form_valid(self, form):
        answer = super().form_valid(form)
        keep_carried(self.request)
        return answer


def keep_carried(request) -> None:
    """Keep what the sign-in page carried, at the form it was typed into, for its author alone."""
    path = request.POST.get("next", "")
    try:
        carried = json.loads(request.POST.get("carried", ""))
        if not is_by(request.user, carried["author"]):
            return
        page = resolve(path).func.view_class
        form = page().kept_forms()[carried["form"]]
        fields = {name: str(text) for name, text in carried["fields"].items()}
        place = f"{path}#{form.kept}"
        actions.keep_unsaved(place, typed_fields(form, fields), by=request.user)
    except (ValueError, LookupError, TypeError, AttributeError, Http404, ValidationError):
        return  # Nothing was carried, or nothing that belongs to a form.


def typed_fields(form: type[WorkForm], data: Mapping) -> dict[str, str]:
    """The texts in ``data`` that belong to ``form``; a file cannot be kept.

    After a conflict the version stays the one typed at, so that a form opened again tells of it.
    """
    names = [name for name, f in form.base_fields.items() if not isinstance(f, forms.FileField)]
    typed = {name: str(data[name]) for name in names if name in data}
    return {**typed, "version": data["mine-version"]} if "mine-version" in data else typed


def as_typed(value) -> str:
    """A value as a browser sends it back, with one kind of line end."""
    text = "" if value is None else str(value)
    return text.replace("\r\n", "\n").strip()


def labelled(form: type[WorkForm], fields: Mapping) -> list[tuple[str, str]]:
    """(label, text) of what was typed, without choices and dates."""
    return [
        (field.label, fields[name])
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField) and fields.get(name)
    ]
