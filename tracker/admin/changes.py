"""The record of changes, for reading."""

from django.contrib.admin import display, register
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from tracker.admin.base import ReadOnlyAdmin
from tracker.filters import ChangeFilter
from tracker.models import Change
from tracker.reports.differences import differences, noun_name
from tracker.vocabulary import Verb


@register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    """Who changed what, when, why and by which door."""

    filterset = ChangeFilter
    list_display = ("number", "moment", "author", "door", "verb", "noun_column", "record", "why")
    search_fields = ("object_key", "reason")
    search_help_text = _("A key, words of a reason, or the id of a request.")
    related = ("by",)
    fieldsets = (
        (None, {"fields": ("moment", "author", "door", "reason")}),
        (None, {"fields": ("verb", "noun_column", "record", "differences_table")}),
        (_("Chain"), {"fields": ("sequence", "request_id", "batch", "previous_hash", "hash")}),
    )

    def history_view(self, request, object_id, extra_context=None):
        """The record has no history of its own: it is never edited."""
        return self.change_view(request, object_id)

    @display(description=_("Number"), ordering="number")
    def number(self, row):
        return row.sequence

    @display(description=_("At (UTC)"))
    def moment(self, row):
        return date_format(row.at, "j F Y, H:i")

    @display(description=_("By"))
    def author(self, row):
        return row.by or _("a command")

    @display(description=_("Kind of record"))
    def noun_column(self, row):
        return noun_name(row.noun)

    @display(description=_("Record"))
    def record(self, row):
        return record_link(row)

    @display(description=_("Reason"))
    def why(self, row):
        return Truncator(row.reason).chars(80)

    @display(description=_("Differences"))
    def differences_table(self, row):
        return render_to_string(
            "admin/tracker/includes/differences.html", {"differences": differences(row)}
        )


def record_link(change: Change):
    """The record's key, leading to its page where it has one and was not deleted."""
    try:
        address = reverse(f"admin:tracker_{change.noun}_change", args=[change.object_id])
    except NoReverseMatch:
        return change.object_key
    if change.verb == Verb.DELETED:
        return change.object_key
    return format_html('<a href="{}">{}</a>', address, change.object_key)
