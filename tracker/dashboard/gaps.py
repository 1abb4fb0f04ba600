"""What is not recorded of the offices that States name, region by region."""

from tracker.dashboard.addresses import address
from tracker.dashboard.base import Page
from tracker.permissions import may_edit_register, may_enter_admin
from tracker.reports.gaps import Gaps as Row
from tracker.reports.gaps import gap_table
from tracker.vocabulary import STATES, Standing, Unnamed


class Gaps(Page):
    """``/networks/gaps/``."""

    template = "dashboard/networks/gaps.html"

    def context(self):
        table = gap_table(self.viewer, on=self.on)
        rows = [(row, self.states(row), self.cells(row), self.stale(row)) for row in table.rows]
        return {
            "table": table,
            "columns": Unnamed.choices,
            "rows": rows,
            "may_add": may_edit_register(self.viewer) and may_enter_admin(self.viewer),
        }

    def cells(self, row: Row) -> list[tuple[str, int, str]]:
        """Label, number and the list behind it, for everything that a State can name."""
        return [
            (str(Unnamed(what).label), number, self.states(row, not_recorded=what))
            for what, number in row.lacking.items()
        ]

    def states(self, row: Row, **narrowed) -> str:
        """The list of the States that a row counts."""
        kinds = {"kind": list(STATES), "standing": Standing.EXISTING}
        return address("bodies", day=self.day, **kinds, **_within(row), **narrowed)

    def stale(self, row: Row) -> str:
        """The list of the designations that nobody confirmed for a year."""
        return address("designations", day=self.day, stale="yes", **_within(row))


def _within(row):
    return {"region": row.region.code} if row.region else {}
