"""The crosswalk: which paragraph repeats, extends, supersedes or relates to which."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.dashboard.columns import Column
from tracker.dashboard.lists import ListView
from tracker.filters import CrosswalkFilter


class Crosswalk(ListView):
    """``/crosswalk/``."""

    whole = family = "crosswalk"
    filterset = CrosswalkFilter
    columns = (
        Column("later", _("Later paragraph"), sort="later", default=True, names_row=True),
        Column("kind", _("Relation"), sort="kind"),
        Column("earlier", _("Earlier paragraph"), sort="earlier"),
        Column("note", _("What is taken up")),
        Column("source", _("Source")),
    )
    panel = ("q", "kind", "resolution", "provision", "theme")

    def count_words(self, number):
        return ngettext("%(n)s relation", "%(n)s relations", number)
