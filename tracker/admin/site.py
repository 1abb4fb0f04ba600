"""The site: who may enter, and the nouns in the order of their stories, with counts."""

from django.contrib.admin import AdminSite
from django.contrib.auth.views import PasswordChangeView
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.admin.passwords import OwnPasswordForm
from tracker.admin.rights import RightsPage
from tracker.models import Body, Change, User
from tracker.models.base import count_of
from tracker.permissions import may_enter_admin

#: The nouns by story, in the order in which a register is built.
STORIES = (
    ("register", _("Register"), ("resolution", "provision", "theme", "document")),
    ("bodies", _("Bodies"), ("body", "membership", "designation", "region")),
    (
        "implementation",
        _("Implementation"),
        ("commitment", "report", "evidence", "assessment"),
    ),
    ("record", pgettext_lazy("of changes", "Record"), ("change",)),
    ("people", _("People"), ("user",)),
)
LATEST = 12


class TrackerAdminSite(RightsPage, AdminSite):
    """Opens for those who edit the register, and for auditors, who only read it."""

    site_header = _("Register administration")
    site_title = _("Register administration")
    index_title = _("What the register holds")
    index_template = "admin/tracker/index.html"
    password_change_template = "registration/password_change_form.html"  # noqa: S105

    def has_permission(self, request):
        return may_enter_admin(request.user)

    def each_context(self, request):
        fictional = SimpleLazyObject(Body.objects.filter(is_fictional=True).exists)
        return {**super().each_context(request), "shows_fictional_states": fictional}

    def get_app_list(self, request, app_label=None):
        """The nouns that this person may see, grouped by story instead of by application."""
        apps = self._build_app_dict(request, "tracker").values()
        nouns = {each["object_name"].lower(): each for app in apps for each in app["models"]}
        stories = [
            {
                "name": name,
                "app_label": key,
                "app_url": "",
                "has_module_perms": True,
                "models": [nouns[noun] for noun in members if noun in nouns],
            }
            for key, name, members in STORIES
        ]
        return [story for story in stories if story["models"]]

    def index(self, request, extra_context=None):
        stories = self.get_app_list(request)
        nouns = [each for story in stories for each in story["models"]]
        counts = holdings(request.user, [each["model"] for each in nouns], on=timezone.localdate())
        for each in nouns:
            each["count"] = counts[each["model"]._meta.model_name]
        latest = Change.objects.visible_to(request.user).select_related("by")[:LATEST]
        context = {"app_list": stories, "latest": latest, **(extra_context or {})}
        return super().index(request, context)

    def app_index(self, request, app_label, extra_context=None):
        """There is one application, so its page is the first page."""
        return redirect("admin:index")

    def password_change(self, request, extra_context=None):
        request.current_app = self.name
        return PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse_lazy("admin:password_change_done"),
            extra_context={**self.each_context(request), **(extra_context or {})},
            template_name=self.password_change_template,
        )(request)


def holdings(viewer, models, *, on) -> dict[str, int]:
    """How many rows the list of each model has for ``viewer`` on that day, in one query."""
    counts = {model._meta.model_name: count_of(_listed(model, viewer, on)) for model in models}
    # One row, any row: the counts do not depend on it, but come back in one query.
    named = {f"n_{name}": count for name, count in counts.items()}
    row = User.objects.filter(pk=viewer.pk).annotate(**named).values(*named).get()
    return {name: row[f"n_{name}"] for name in counts}


def _listed(model, viewer, on):
    rows = visible(model, viewer)
    return rows.as_of(on) if hasattr(rows, "as_of") else rows


def visible(model, viewer):
    """The rows of ``model`` that ``viewer`` may see, by the noun's own verb where it has one."""
    rows = model._default_manager.all()
    return rows.visible_to(viewer) if hasattr(rows, "visible_to") else rows
