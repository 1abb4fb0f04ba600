"""Where scope, day and filters meet: how every door asks for a list.

``listing(CommitmentFilter, request.GET, viewer=request.user, today=today)`` gives the same
rows in the same order to the dashboard, the API, the admin and exports.
"""

import datetime
from functools import partial

from django.http import QueryDict

from tracker import columns, kept
from tracker.filters import (
    AssessmentFilter,
    BodyFilter,
    ChangeFilter,
    CommitmentFilter,
    CompareFilter,
    CrosswalkFilter,
    DeadlineFilter,
    DesignationFilter,
    DocumentFilter,
    EvidenceFilter,
    MembershipFilter,
    ProvisionFilter,
    ReportFilter,
    ResolutionFilter,
    ReviewFilter,
    StrictFilterSet,
    ThemeFilter,
    ViewFilter,
)
from tracker.filters.strict import read_on
from tracker.models import (
    Assessment,
    Body,
    Change,
    Commitment,
    Designation,
    Document,
    Due,
    Evidence,
    Membership,
    Provision,
    ProvisionLink,
    Report,
    Resolution,
    SavedView,
    Theme,
    User,
)
from tracker.models.base import count_of
from tracker.vocabulary import ListName

NOUNS = {
    ResolutionFilter: Resolution,
    ProvisionFilter: Provision,
    BodyFilter: Body,
    MembershipFilter: Membership,
    DesignationFilter: Designation,
    ThemeFilter: Theme,
    DocumentFilter: Document,
    EvidenceFilter: Evidence,
    CommitmentFilter: Commitment,
    DeadlineFilter: Due,
    ReportFilter: Report,
    AssessmentFilter: Assessment,
    ReviewFilter: Assessment,
    ChangeFilter: Change,
    CompareFilter: Provision,
    CrosswalkFilter: ProvisionLink,
    ViewFilter: SavedView,
}
#: The lists that a view can be saved of.
LISTS: dict[str, type[StrictFilterSet]] = {
    ListName.RESOLUTIONS: ResolutionFilter,
    ListName.PROVISIONS: ProvisionFilter,
    ListName.BODIES: BodyFilter,
    ListName.MEMBERSHIPS: MembershipFilter,
    ListName.COMMITMENTS: CommitmentFilter,
    ListName.REPORTS: ReportFilter,
    ListName.ASSESSMENTS: AssessmentFilter,
    ListName.EVIDENCE: EvidenceFilter,
    ListName.DESIGNATIONS: DesignationFilter,
    ListName.DOCUMENTS: DocumentFilter,
    ListName.CROSSWALK: CrosswalkFilter,
    ListName.DEADLINES: DeadlineFilter,
    ListName.CHANGES: ChangeFilter,
}


def listing(
    filterset: type[StrictFilterSet],
    data,
    *,
    viewer,
    today: datetime.date,
    narrow=None,
    whole: bool = True,
):
    """The FilterSet over what ``viewer`` may see on the day that ``data`` names.

    ``data`` is a QueryDict or a dict; ``narrow`` an optional function that limits the queryset
    (networks only, one body's rows). A list over the ``whole`` register asks one query more, to
    be fast at any size. Ask ``is_valid()`` first, then take ``qs``; its day is ``on``.
    """
    on = read_on(data, today)
    view = find_view(data.get("view", ""), filterset, viewer)
    data = with_view(data, view) if view else data
    stands = kept.version(kept.database()) if _is_whole(filterset, whole, narrow) else None
    table = columns.current(stands) if stands else None
    still = stands is not None and stands.last_day <= on

    def prepared():
        rows = NOUNS[filterset].objects.visible_to(viewer)
        prepare = rows.for_whole_listing if still else rows.for_listing
        queryset = prepare(on=on, viewer=viewer)
        return narrow(queryset) if narrow else queryset

    found = filterset(data, queryset=prepared, on=on, viewer=viewer, view=view)
    found.narrowed, found.still = narrow is not None, still
    if table and still:
        found.finder = partial(columns.find, table=table)
    return found


def _is_whole(filterset, whole, narrow) -> bool:
    """Whether this is a list over all commitments, which can be answered from what is current."""
    return whole and narrow is None and issubclass(filterset, CommitmentFilter)


def find_view(slug: str, filterset: type[StrictFilterSet], viewer) -> SavedView | None:
    """The saved view of this list that ``viewer`` finds; a private one of others is not there."""
    if not isinstance(slug, str) or not slug or "\x00" in slug:
        return None
    found = SavedView.objects.visible_to(viewer).filter(slug=slug.strip()).first()
    return found if found and issubclass(filterset, LISTS[found.list_name]) else None


def with_view(data, view: SavedView) -> QueryDict:
    """The parameters of ``view``; one that ``data`` names as well stands as it is there."""
    merged = QueryDict(view.query, mutable=True)
    lists = data.lists() if hasattr(data, "lists") else [(name, [data[name]]) for name in data]
    for name, values in lists:
        merged.setlist(name, values)
    return merged


def counting(filterset: type[StrictFilterSet], data, *, viewer, today: datetime.date):
    """The FilterSet over what the shares of a picture count, on the day that ``data`` names.

    As ``listing``, but over the commitments of addressees with their result alone. ``on_day``
    gives the same rows as they stood on another.
    """
    on = read_on(data, today)
    return filterset(data, queryset=counted(viewer, on=on), on=on, viewer=viewer)


def counted(viewer, *, on: datetime.date):
    """The commitments of addressees that ``viewer`` may see, with their result on that day."""
    return Commitment.objects.visible_to(viewer).for_counting(on=on, viewer=viewer)


def on_day(filterset: StrictFilterSet, on: datetime.date):
    """The rows of a valid ``filterset`` from ``counting``, as they stood on another day."""
    return _narrowed(filterset, counted(filterset.viewer, on=on))


def on_any_day(filterset: StrictFilterSet):
    """The commitments of every day that the filters of a valid ``filterset`` leave."""
    return _narrowed(filterset, Commitment.objects.visible_to(filterset.viewer))


def counts_without(filterset: StrictFilterSet, names: list[str], *, viewer: User) -> dict[str, int]:
    """How many rows a valid ``filterset`` has without each of ``names``, in one query."""
    counts = {f"without_{name}": count_of(_without(filterset, name)) for name in names}
    # One row, any row: the counts do not depend on it, but come back in one query.
    row = User.objects.filter(pk=viewer.pk).annotate(**counts).values(*counts).get()
    return {name: row[f"without_{name}"] for name in names}


def _without(filterset, dropped):
    return _narrowed(filterset, filterset.queryset.all(), dropped)


def _narrowed(filterset, queryset, dropped=None):
    for name, value in filterset.form.cleaned_data.items():
        if value and name != dropped:
            queryset = filterset.filters[name].filter(queryset, value)
    return queryset
