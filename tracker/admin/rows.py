"""Rights, search boxes and rows under a record: what records and their rows have in common."""

from django.contrib.admin import TabularInline
from django.db.models import URLField

from tracker.admin.forms import RowForm, RowFormSet
from tracker.admin.site import visible
from tracker.admin.widgets import SearchSelect, SearchSelectMultiple
from tracker.permissions import may_edit_register, may_enter_admin

#: More rows than any record has.
MOST_ROWS = 400
#: What an address without a scheme means.
HTTPS = {"assume_scheme": "https"}
#: What Django draws beside a link to another record.
ICONS = ("can_add_related", "can_change_related", "can_delete_related", "can_view_related")


class Rights:
    """Administrators edit, auditors read; Django's own permissions play no part."""

    def has_module_permission(self, request):
        return may_enter_admin(request.user)

    def has_view_permission(self, request, obj=None):
        return may_enter_admin(request.user)

    def has_add_permission(self, request, obj=None):
        return may_edit_register(request.user)

    def has_change_permission(self, request, obj=None):
        return may_edit_register(request.user)

    def has_delete_permission(self, request, obj=None):
        return may_edit_register(request.user)


class SearchBoxes:
    """Every link to another record is a search box over what this person may see."""

    def get_autocomplete_fields(self, request):
        return [
            field.name
            for field in (*self.opts.fields, *self.opts.many_to_many)
            if field.is_relation and self.admin_site.is_registered(field.remote_field.model)
        ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = visible(db_field.remote_field.model, request.user)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SearchSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs["queryset"] = visible(db_field.remote_field.model, request.user)
        kwargs["widget"] = SearchSelectMultiple(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class RowInline(Rights, SearchBoxes, TabularInline):
    """Rows under a record, each written by the actions with the record's reason."""

    form = RowForm
    formset = RowFormSet
    formfield_overrides = {URLField: HTTPS}
    extra = 0
    max_num = MOST_ROWS
    #: What a row shows of other records; loaded with the rows.
    related: tuple[str, ...] = ()

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.related)

    def get_formset(self, request, obj=None, **kwargs):
        # A forged count of rows must not keep the server busy.
        return super().get_formset(request, obj, absolute_max=MOST_ROWS, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for icon in ICONS:
            # A row has no room for them; the record is one search away.
            if hasattr(field, "widget") and hasattr(field.widget, icon):
                setattr(field.widget, icon, False)
        return field

    def get_fields(self, request, obj=None):
        fields = list(super().get_fields(request, obj))
        shown = [name for name in fields if name != "seen_version"]
        return [*shown, "seen_version"] if self.has_change_permission(request, obj) else shown
