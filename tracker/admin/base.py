"""What the page of every noun does: which rows and fields, and writing through the actions."""

from django.contrib.admin import ModelAdmin, ShowFacets
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, ActionForm
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db.models import TextField, URLField
from django.forms import Textarea
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker import actions
from tracker.actions.checking import FROZEN
from tracker.admin.changelist import RegisterChangeList
from tracker.admin.deletion import DeletionPages
from tracker.admin.forms import ReasonField, RegisterForm
from tracker.admin.history import HistoryPage
from tracker.admin.rows import HTTPS, Rights, SearchBoxes
from tracker.admin.widgets import is_key
from tracker.listings import listing

#: Why an action may find something wrong that the form did not.
REFUSALS = (ValidationError, actions.Conflict, actions.Held)


class ReasonActionForm(ActionForm):
    """The box of actions above a list, with the reason that each of them asks for."""

    reason = ReasonField(required=False, help_text="")


class RegisterAdmin(Rights, SearchBoxes, HistoryPage, DeletionPages, ModelAdmin):
    """A noun of the register."""

    form = RegisterForm
    action_form = ReasonActionForm
    actions = ("delete_selected",)
    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    formfield_overrides = {
        URLField: HTTPS,
        TextField: {"widget": Textarea(attrs={"rows": 3, "cols": 80})},
    }
    #: The FilterSet of the noun's list, the same as at the other doors.
    filterset: type
    #: Filter → function that returns its (value, label) pairs; those without become text boxes.
    sidebar: dict = {}
    #: Filter shown above the list, where Django shows dates.
    timeline = ""
    #: Fields that follow from others.
    derived: tuple[str, ...] = ()
    #: What the name of a record says of other records; loaded with it.
    related: tuple[str, ...] = ()

    # Which rows

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related(*self.related)
        return rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows

    def get_listing(self, request, data):
        """The strict FilterSet over the rows that this person may see."""
        return listing(self.filterset, data, viewer=request.user, today=timezone.localdate())

    def get_changelist(self, request, **kwargs):
        return RegisterChangeList

    def get_search_results(self, request, queryset, search_term):
        """Rows found by the noun's own ``search``, which reads symbols; else Django's search."""
        if search_term.strip() and hasattr(queryset, "search"):
            return queryset.search(search_term.strip()), False
        return super().get_search_results(request, queryset, search_term)

    # Which fields

    def get_readonly_fields(self, request, obj=None):
        frozen = FROZEN.get(self.model, ()) if obj else ()
        return [*self.readonly_fields, *self.derived, *frozen]

    def get_fieldsets(self, request, obj=None):
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj and self.derived:
            fieldsets.append((_("Derived"), {"fields": self.derived, "classes": ["collapse"]}))
        if self._may_write(request, obj):
            aside = ["reason", "seen_version"] if hasattr(obj, "version") else ["reason"]
            fieldsets.append((_("Why"), {"fields": aside, "classes": ["why"]}))
        return fieldsets

    def _may_write(self, request, obj):
        if obj is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        # The class is made for this request, so it may carry what this request was refused.
        form.refusal = getattr(request, "refusal", "")
        return form

    # Writing

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Django's page; what an action refuses is said on the form, with what was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except REFUSALS as error:
            request.refusal = sentence(error)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        actions.save(
            obj,
            by=request.user,
            reason=form.cleaned_data["reason"],
            relations=form.chosen_relations(),
        )

    def save_related(self, request, form, formsets, change):
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def save_formset(self, request, form, formset, change):
        why = {"by": request.user, "reason": form.cleaned_data["reason"]}
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            actions.delete(row, **why)
        for row in rows:
            actions.save(row, **why)

    def construct_change_message(self, request, form, formsets, add=False):
        """Nothing: the actions keep the record of changes, field by field."""
        return []

    def log_addition(self, request, obj, message):
        """Nothing: see ``construct_change_message``."""

    log_change = log_addition

    def log_deletions(self, request, queryset):
        """Nothing: see ``construct_change_message``."""

    def response_action(self, request, queryset):
        """Run an action on the chosen rows of this list; a forged key is refused."""
        if not all(is_key(each) for each in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise SuspiciousOperation("The key of a chosen row is no key.")
        return super().response_action(request, queryset)


class ReadOnlyAdmin(RegisterAdmin):
    """A noun that is looked at here and written elsewhere."""

    actions = None

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class OwnListing:
    """For nouns that no other door lists yet: a FilterSet of the admin's own."""

    def get_listing(self, request, data):
        return self.filterset(data, queryset=self.get_queryset(request), on=timezone.localdate())


def sentence(error) -> str:
    """What an action refused, as one message."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
