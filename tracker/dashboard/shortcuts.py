"""Keys that do what a link or a button does; listed under ``?``, and to be switched off."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.dashboard.addresses import Day, address
from tracker.dashboard.base import DashboardView
from tracker.filters.strict import StrictForm

#: Name of the cookie that remembers "off", and for how long (seconds).
COOKIE, YEAR = "shortcuts", 365 * 24 * 60 * 60
OFF = "off"


@dataclass(frozen=True)
class Shortcut:
    """One key, or two in a row, and what it does; ``href`` where it leads to a page."""

    keys: str | Promise
    label: str | Promise
    href: str = ""

    @property
    def strokes(self) -> list[str]:
        """The keys one by one."""
        return str(self.keys).split()


#: After g: the page that the second key stands for.
PLACES = (
    ("h", "home", _("Home")),
    ("i", "inbox", _("Inbox")),
    ("m", "matrix", _("Matrix")),
    ("r", "resolutions", _("Resolutions")),
    ("p", "provisions", _("Paragraphs")),
    ("b", "bodies", _("Bodies")),
    ("n", "networks", _("Networks")),
    ("c", "commitments", _("Commitments")),
    ("a", "assessments", _("Assessments")),
    ("d", "deadlines", _("Deadlines")),
)
#: Without any other key held; these can be switched off.
SINGLE = (
    Shortcut("/", _("Go to a place, or search")),
    Shortcut("?", _("Show these keys")),
    Shortcut("j", _("Next row")),
    Shortcut("k", _("Previous row")),
    Shortcut("o", _("Open the row")),
    Shortcut("x", _("Tick the row, or take the tick away")),
    Shortcut("e", _("Mark as seen, or as done")),
)
ALWAYS = (
    Shortcut(_("Ctrl K"), _("Go to a place, or search")),
    Shortcut(_("Esc"), _("Close what stands in front")),
)


def places(day: Day | None) -> list[Shortcut]:
    """The keys that lead to pages, as far as these are there."""
    found = []
    for key, name, label in PLACES:
        try:
            found.append(Shortcut(f"g {key}", label, address(name, day=day)))
        except NoReverseMatch:
            continue
    return found


def are_on(request) -> bool:
    """Whether single keys do anything for who asks."""
    return request.COOKIES.get(COOKIE) != OFF


class SwitchForm(forms.Form):
    """On or off, and nothing else."""

    shortcuts = forms.ChoiceField(choices=[("on", _("On")), (OFF, _("Off"))])


class NoParameters(StrictForm):
    """A page that is the same on any day."""


class Shortcuts(DashboardView):
    """``/shortcuts/``: which keys there are; switched on and off for this browser."""

    http_method_names = ["get", "head", "options", "post"]

    @property
    def day(self):
        """None: keys have no day."""
        return None

    def get(self, request):
        form = NoParameters(request.GET)
        unknown = form.errors or {name: [_("There is no such parameter.")] for name in request.GET}
        if unknown:
            return self.render("dashboard/refused.html", {"errors": unknown}, status=400)
        return self.render("dashboard/shortcuts.html", {})

    def post(self, request):
        form = SwitchForm(request.POST)
        if not form.is_valid():
            return self.render("dashboard/refused.html", {"errors": form.errors}, status=400)
        response = HttpResponseRedirect(address("shortcuts"))
        response.set_cookie(
            COOKIE,
            form.cleaned_data["shortcuts"],
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return response
