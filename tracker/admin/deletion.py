"""What a deletion takes along, what holds a record, and the pages that ask for a reason."""

from collections import defaultdict

from django.contrib import messages
from django.contrib.admin import action
from django.contrib.admin.actions import delete_selected as confirm_and_delete
from django.contrib.admin.utils import NestedObjects
from django.db import transaction
from django.db.models import Exists
from django.db.models.deletion import get_candidate_relations_to_delete
from django.http import HttpResponseRedirect, QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import actions
from tracker.actions.changes import is_recorded
from tracker.actions.writing import seen_among
from tracker.admin.forms import ReasonForm
from tracker.models import (
    Addressee,
    Citation,
    Commitment,
    Deadline,
    Delivery,
    Designation,
    Extension,
    Membership,
    Provision,
    ProvisionLink,
    ResolutionLink,
)

#: What the name of a record says of other records, so that it costs no query a row.
NAMED_BY = {
    Addressee: ("body",),
    Citation: ("evidence",),
    Commitment: ("provision", "body"),
    Deadline: ("provision__resolution",),
    Delivery: ("deadline__provision", "commitment__body"),
    Designation: ("body",),
    Extension: ("deadline__provision", "commitment__body"),
    Membership: ("organization", "member"),
    Provision: ("resolution",),
    ProvisionLink: ("origin__resolution", "target__resolution"),
    ResolutionLink: ("origin", "target"),
}
#: How many holders of one kind are named.
NAMED = 10


class _Records(NestedObjects):
    """Django's collector without rows that follow from others and without relations unused.

    A body can be referred to in a dozen ways; one query tells which of them have rows.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty = set()

    def collect(self, objs, source=None, source_attr=None, **kwargs):
        objs = list(objs)
        if objs:
            self.empty |= _without_rows(objs)
        return super().collect(objs, source=source, source_attr=source_attr, **kwargs)

    def related_objects(self, related_model, related_fields, objs):
        rows = super().related_objects(related_model, related_fields, objs)
        known = {(field, obj.pk) for field in related_fields for obj in objs}
        silent = not is_recorded(related_model) or known <= self.empty
        return rows.none() if silent else rows


def _without_rows(objs) -> set:
    """The links to ``objs`` that no row uses, as (field, key) pairs, found in one query."""
    keys = [obj.pk for obj in objs]
    fields = [each.field for each in get_candidate_relations_to_delete(objs[0]._meta)]
    if not fields:
        return set()
    used = {
        f"used_{number}": Exists(
            field.model._base_manager.filter(**{f"{field.name}__in": keys}).order_by()
        )
        for number, field in enumerate(fields)
    }
    # One row, any row: what is asked does not depend on it, but comes back in one query.
    row = type(objs[0])._base_manager.filter(pk=keys[0]).annotate(**used).values(*used).get()
    return {
        (field, key)
        for number, field in enumerate(fields)
        if not row[f"used_{number}"]
        for key in keys
    }


def what_goes(objs, request, admin_site):
    """What deleting ``objs`` takes along, counts by kind, missing rights, and what holds them."""
    objs = list(objs)
    if not objs:
        return [], {}, set(), []
    collector = _Records(using=objs[0]._state.db, origin=objs)
    collector.collect(objs)
    _load_names({model: list(rows) for model, rows in collector.model_objs.items()})
    counts = {
        model._meta.verbose_name_plural: len(rows) for model, rows in collector.model_objs.items()
    }
    return (
        collector.nested(_in_words),
        counts,
        _refused(collector.model_objs, request, admin_site),
        _holders(collector.protected, request.user),
    )


def _load_names(rows_by_model):
    """Load what the names of the rows say of other records, in one query for each kind."""
    for model, rows in rows_by_model.items():
        names = NAMED_BY.get(model, ())
        bare = [row for row in rows if not all(_is_loaded(row, name) for name in names)]
        if bare:
            whole = model._base_manager.select_related(*names).in_bulk([row.pk for row in bare])
        for row in bare:
            for link in {name.split("__")[0] for name in names}:
                setattr(row, link, getattr(whole[row.pk], link))


def _is_loaded(row, path):
    for link in path.split("__"):
        if row is None:
            return True
        if link not in row._state.fields_cache:
            return False
        row = row._state.fields_cache[link]
    return True


def _refused(model_objs, request, admin_site):
    """Kinds of record that go along but that this person may not delete."""
    return {
        model._meta.verbose_name
        for model in model_objs
        if admin_site.is_registered(model)
        and not admin_site.get_model_admin(model).has_delete_permission(request)
    }


def _holders(protected, viewer):
    """The records that hold others back, by kind: how many ``viewer`` sees, the first by name."""
    kinds, seen = defaultdict(list), seen_among(protected, viewer)
    if protected and not seen:
        return [_("Records that are not open to you")]
    for row in seen:
        kinds[type(row)].append(row)
    lines = []
    for model, rows in kinds.items():
        first = sorted(rows, key=lambda row: row.pk)[:NAMED]
        _load_names({model: first})
        names = [_in_words(row) for row in first]
        if len(rows) > NAMED:
            names.append(_("and %(count)d more") % {"count": len(rows) - NAMED})
        heading = f"{capfirst(model._meta.verbose_name_plural)}: {len(rows)}"
        lines += [heading, names]
    return lines


def _in_words(obj):
    kind = capfirst(obj._meta.verbose_name)
    try:
        address = reverse(f"admin:tracker_{obj._meta.model_name}_change", args=[obj.pk])
    except NoReverseMatch:
        return f"{kind}: {obj}"
    return format_html('{}: <a href="{}">{}</a>', kind, address, obj)


class DeletionPages:
    """Django's confirmations, which also ask for a reason; deleting goes through the actions."""

    def get_deleted_objects(self, objs, request):
        return what_goes(objs, request, self.admin_site)

    def delete_view(self, request, object_id, extra_context=None):
        """Django's confirmation, which also asks for a reason."""
        form = ReasonForm(request.POST or None)
        context = {"reason_form": form, **(extra_context or {})}
        if request.POST and not form.is_valid():
            # Without its confirmation the page asks again, and says why.
            request.POST = QueryDict()
        try:
            return super().delete_view(request, object_id, context)
        except actions.Held as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def delete_model(self, request, obj):
        actions.delete(obj, by=request.user, reason=request.POST["reason"].strip())

    def delete_queryset(self, request, queryset):
        reason = request.POST["reason"].strip()
        with transaction.atomic():
            for obj in queryset:
                actions.delete(obj, by=request.user, reason=reason)

    @action(permissions=["delete"], description=gettext_lazy("Delete the selected records"))
    def delete_selected(self, request, queryset):
        """Django's confirmation and deletion of several records, with a reason."""
        confirmed = "post" in request.POST
        given = {"reason": request.POST.get("reason", "")}
        form = ReasonForm(given if confirmed else None, initial=given)
        if not form.is_valid():
            request.POST = request.POST.copy()
            request.POST.pop("post", None)
        try:
            response = confirm_and_delete(self, request, queryset)
        except actions.Held as error:
            self.message_user(request, str(error), messages.ERROR)
            return None
        if response is not None:
            response.context_data["reason_form"] = form
        return response
