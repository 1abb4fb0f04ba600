"""What is asked of saved views at every door: are their parameters valid, how many rows are there.

A view is saved only when its parameters are valid; later a record that it names may go, so it is
looked at again each time.
"""

import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.filters.strict import DOOR_PARAMETERS
from tracker.listings import LISTS, listing
from tracker.models import SavedView, User
from tracker.models.base import count_of
from tracker.vocabulary import ListName

#: The columns that a list can show, in its own order; those after the bar only when asked for.
COLUMNS: dict[str, str] = {
    ListName.RESOLUTIONS: "symbol subject adopted chapter_vii provisions commitments documents",
    ListName.PROVISIONS: "symbol summary force addressees date commitments | lifecycle themes",
    ListName.BODIES: "name kind region members designations commitments",
    ListName.MEMBERSHIPS: "organization member role from until",
    ListName.COMMITMENTS: "provision body reported evidence assessment timing"
    " | force role kind region follow_up",
    ListName.REPORTS: "paragraph body position submitted | classification",
    ListName.ASSESSMENTS: "paragraph body step result adopted follow_up | basis classification",
    ListName.EVIDENCE: "title body kind published valid citations | classification",
    ListName.DESIGNATIONS: "body office kind functions channel confirmed",
    ListName.DOCUMENTS: "symbol title kind dated resolution",
    ListName.CROSSWALK: "later kind earlier note source",
    ListName.DEADLINES: "due symbol body timing delivered",
    ListName.CHANGES: "number record what who why",
}
#: What a view does not keep: the day, the page, and other views.
NOT_KEPT = DOOR_PARAMETERS | {"on", "view", "cols"}
#: As many parameters as Django reads of an address.
MOST = 900
NO_COLUMN = gettext_lazy("This list has no column “%(name)s”; it has: %(known)s.")


def columns_of(name: str) -> list[str]:
    """The names of the columns that a list can show."""
    return [each for each in COLUMNS[name].split() if each != "|"]


def kept_query(data: QueryDict) -> str:
    """What a view keeps of the parameters of a list."""
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        if name not in NOT_KEPT and any(values):
            kept.setlist(name, [value for value in values if value])
    return kept.urlencode(safe="/()")


def problems_of(view: SavedView, *, viewer: User, today: datetime.date) -> dict[str, list[str]]:
    """What is wrong with the parameters and columns of ``view``, by their names."""
    if view.query.count("&") >= MOST:
        return {"query": [_("A view keeps %(most)d parameters at most.") % {"most": MOST}]}
    data = QueryDict(view.query)
    found = {name: list(errors) for name, errors in _listed(view, viewer, today).errors.items()}
    for name in NOT_KEPT & set(data):
        found[name] = [_("A view keeps filters and the order; leave this out.")]
    known = columns_of(view.list_name)
    wrong = [each for each in view.columns if each not in known]
    if wrong:
        found["columns"] = [NO_COLUMN % {"name": wrong[0], "known": ", ".join(known)}]
    return found


def counts_of(
    views: list[SavedView], *, viewer: User, today: datetime.date
) -> dict[int, int | None]:
    """How many rows each view shows to ``viewer``, by its id; None where it is no longer valid.

    One query for all the numbers, after those that look up the records that the views name.
    """
    listed = {view.pk: _listed(view, viewer, today) for view in views}
    counts = {f"view_{pk}": count_of(each.qs) for pk, each in listed.items() if each.is_valid()}
    # One row, any row: nothing but the counts is read from it.
    row = User.objects.filter(pk=viewer.pk).annotate(**counts).values(*counts).get()
    return {pk: row.get(f"view_{pk}") for pk in listed}


def _listed(view, viewer, today):
    data = QueryDict(view.query)
    return listing(LISTS[view.list_name], data, viewer=viewer, today=today, whole=False)
