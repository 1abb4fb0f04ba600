"""Documents: concept notes, records, press releases and other papers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.dashboard.columns import Column
from tracker.dashboard.lists import ListView
from tracker.filters import DocumentFilter


class DocumentList(ListView):
    """``/documents/``."""

    whole = family = "documents"
    filterset = DocumentFilter
    columns = (
        Column("symbol", _("Symbol"), sort="symbol"),
        Column("title", _("Title"), names_row=True),
        Column("kind", _("Kind")),
        Column("dated", _("Date"), sort="dated", default=True),
        Column("resolution", _("Resolution")),
    )
    panel = ("kind", "resolution")

    def count_words(self, number):
        return ngettext("%(n)s document", "%(n)s documents", number)
