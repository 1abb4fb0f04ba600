"""The page that shows the table of rights: the same that the code and the tests read."""

from dataclasses import dataclass

from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from tracker.rights import RIGHTS, Act, Reach
from tracker.vocabulary import Role


@dataclass(frozen=True)
class RightsRow:
    """One act, and how far it reaches for each role, in the order of ``Role``."""

    act: str
    label: str
    reaches: list[Reach]


def rights_rows() -> list[RightsRow]:
    """The table of rights, one row an act."""
    return [
        RightsRow(
            act.value,
            act.label,
            [Reach(RIGHTS[act].get(role, Reach.NONE)) for role in Role],
        )
        for act in Act
    ]


class RightsPage:
    """``/admin/rights/``, for all who enter the admin."""

    def get_urls(self):
        view = self.admin_view(self.rights_page)
        return [path("rights/", view, name="rights"), *super().get_urls()]

    def rights_page(self, request):
        """Who may do what, as a table of acts and roles."""
        context = {
            **self.each_context(request),
            "title": _("Who may do what"),
            "roles": Role,
            "rows": rights_rows(),
        }
        return TemplateResponse(request, "admin/tracker/rights.html", context)
