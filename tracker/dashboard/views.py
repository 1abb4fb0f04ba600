"""Saved views: those of mine and of the team, with their counts; saved, changed, deleted here."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models.functions import Lower
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import actions
from tracker.dashboard.addresses import address
from tracker.dashboard.base import DashboardView, NotHeld
from tracker.dashboard.inbox import PostPage
from tracker.dashboard.work.forms import WorkForm
from tracker.filters.strict import StrictForm
from tracker.models import SavedView
from tracker.permissions import may_change_view
from tracker.saved_views import columns_of, counts_of, problems_of
from tracker.vocabulary import ListName, Visibility

#: How many views one page counts.
PAGE = 20


class ViewForm(WorkForm):
    """What a view keeps, and who finds it."""

    fields_of = ("name", "description", "visibility", "query", "columns")

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    description = forms.CharField(
        label=gettext_lazy("What it is for"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who finds it"),
        choices=Visibility,
        initial=Visibility.PRIVATE,
        help_text=gettext_lazy("Whoever opens it sees the rows that this person may see."),
    )
    query = forms.CharField(
        label=gettext_lazy("Filters and order"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "dir": "ltr"}),
        help_text=gettext_lazy("As in the address of the list: result=not_assessed&sort=-due."),
    )
    columns = forms.CharField(
        label=gettext_lazy("Columns"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Their names in order, with spaces; none for the usual ones."),
    )

    def clean_columns(self):
        """The names, as a list."""
        return self.cleaned_data["columns"].split()

    def take_problems(self, problems):
        """Say what is wrong with the parameters, each by its name, under the field."""
        for name, errors in problems.items():
            field = name if name in ("query", "columns") else "query"
            said = [error if name == field else f"{name}: {error}" for error in errors]
            self.add_error(field, said)


def initial_of(view: SavedView) -> dict:
    """What the form begins with."""
    values = {name: getattr(view, name) for name in (*ViewForm.fields_of, "version")}
    return {**values, "columns": " ".join(view.columns)}


class PageForm(StrictForm):
    """The one parameter of the list of views."""

    page = forms.IntegerField(required=False, min_value=1)


class ViewList(DashboardView):
    """``/views/``: mine and the team's, each with the number of rows that I see."""

    def get(self, request):
        form = PageForm(request.GET)
        if not form.is_valid():
            return self.render("dashboard/refused.html", {"errors": form.errors}, status=400)
        found = SavedView.objects.visible_to(self.viewer).select_related("owner")
        pages = Paginator(found.order_by(Lower("name"), "slug"), PAGE)
        page = pages.get_page(form.cleaned_data["page"] or 1)
        rows = list(page.object_list)
        counts = counts_of(rows, viewer=self.viewer, today=self.today) if rows else {}
        for row in rows:
            row.count, row.mine = counts[row.pk], row.owner_id == self.viewer.pk
            row.may_change = may_change_view(self.viewer, row)
        context = {
            "page": page,
            "mine": [row for row in rows if row.mine],
            "others": [row for row in rows if not row.mine],
            "lists": ListName.choices,
        }
        return self.render("dashboard/views/list.html", context)

    @property
    def day(self):
        """None: views are counted as of today."""
        return None


class ViewEditor(DashboardView):
    """What the pages of a new view and of one that is there share: the form and its refusals."""

    http_method_names = ["get", "head", "options", "post"]

    @property
    def day(self):
        """None: a view is the same on any day."""
        return None

    def show(self, view, form, *, status=200, conflict=None):
        """The page with its form; a view that is no longer valid says so on top."""
        opened = SavedView(list_name=view.list_name, query=view.query, columns=view.columns)
        problems = problems_of(opened, viewer=self.viewer, today=self.today)
        context = {
            "view": view,
            "form": form,
            "refused": form if form.is_bound else None,
            "conflict": conflict,
            "problems": problems if view.pk else {},
            "known": columns_of(view.list_name),
            "may_change": not view.pk or may_change_view(self.viewer, view),
        }
        return self.render("dashboard/views/detail.html", context, status=status)

    def save(self, view, form):
        """Save what was typed, or show the form again with what stands in the way."""
        if not form.is_valid():
            return self.show(view, form, status=400)
        form.set_on(view)
        problems = problems_of(view, viewer=self.viewer, today=self.today)
        if problems:
            form.take_problems(problems)
            return self.show(view, form, status=400)
        try:
            actions.save_view(view, by=self.viewer)
        except ValidationError as error:
            form.take_errors(error)
            return self.show(view, form, status=400)
        except actions.Conflict as error:
            form.add_error(None, str(error))
            return self.show(view, form, status=409)
        messages.success(self.request, _("The view “%(name)s” is saved.") % {"name": view.name})
        return HttpResponseRedirect(address(view.list_name, view=view.slug))


class NewView(ViewEditor):
    """``/views/new/?list=commitments&query=…``: keep a list as it is shown."""

    def get(self, request):
        view = self.blank(request.GET)
        problems = problems_of(view, viewer=self.viewer, today=self.today)
        if problems:
            return self.render("dashboard/refused.html", {"errors": problems}, status=400)
        return self.show(view, ViewForm(initial=initial_of(view), label_suffix=""))

    def post(self, request):
        return self.save(self.blank(request.GET), ViewForm(request.POST, label_suffix=""))

    def blank(self, data) -> SavedView:
        """A view of the list that the address names, not saved yet."""
        name = data.get("list", "")
        if name not in ListName.values:
            raise NotHeld(_("Open a list and choose “Save this view” there."))
        query = data.get("query", "")[:8000]
        return SavedView(list_name=name, query=query, columns=data.getlist("columns")[:50])


class ViewPage(ViewEditor):
    """``/views/<slug>/``: what a view keeps; its owner changes it here."""

    def get(self, request, key):
        view = find_view(self.viewer, key)
        return self.show(view, ViewForm(initial=initial_of(view), label_suffix=""))

    def post(self, request, key):
        view = find_view(self.viewer, key)
        if not may_change_view(self.viewer, view):
            raise actions.Refused
        return self.save(view, ViewForm(request.POST, label_suffix=""))


class DeleteView(PostPage):
    """``/views/<slug>/delete/``."""

    def page(self, key):
        return address("view", find_view(self.viewer, key).slug)

    def post(self, request, key):
        view = find_view(self.viewer, key)
        actions.delete_view(view, by=self.viewer)
        messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
        return HttpResponseRedirect(address("views"))


def find_view(viewer, key) -> SavedView:
    """The view, if ``viewer`` finds it; a private one of somebody else is not there."""
    shown = SavedView.objects.visible_to(viewer).select_related("owner")
    found = None if "\x00" in key else shown.filter(slug=key).first()
    if found is None:
        raise NotHeld(_("No view is kept for you as “%(key)s”.") % {"key": key})
    return found
