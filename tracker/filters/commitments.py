"""The FilterSet of commitments: everything the register holds, one row a pair."""

from functools import cached_property

from django.db.models import Exists, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tracker.filters.fields import Day, Keys, ManyChoices, NamedConditions, Search, Sort
from tracker.filters.finders import (
    find_area,
    find_body,
    find_due_date,
    find_provision,
    find_resolution,
    find_theme,
)
from tracker.filters.lists import (
    OfBodies,
    any_of,
    in_regions,
    of_my_bodies,
    softened,
    with_themes,
    within_provisions,
)
from tracker.filters.opposites import Empty
from tracker.filters.strict import StrictFilterSet
from tracker.models.commitments import open_dates
from tracker.models.known import ANY_THEME, Tally
from tracker.vocabulary import (
    POSITIONS,
    RESULTS,
    BodyKind,
    CommitmentRole,
    Effect,
    Force,
    Timing,
)


class CommitmentFilter(OfBodies, StrictFilterSet):
    """``/commitments/``: everything the register holds, one row a pair."""

    q = Search(label=_("Symbol, body or words"))
    resolution = Keys(
        label=_("Resolution"), find=find_resolution, apply=any_of("provision__resolution")
    )
    provision = Keys(
        label=_("Provision"), find=find_provision, method="filter_provision", apply=None
    )
    body = Keys(label=_("Body"), find=find_body, apply=any_of("body"))
    kind = ManyChoices(label=_("Kind of body"), field_name="body__kind", choices=BodyKind.choices)
    region = Keys(label=_("Region"), find=find_area, apply=in_regions("body__"))
    theme = Keys(label=_("Theme"), find=find_theme, apply=with_themes("provision"))
    force = ManyChoices(label=_("Force"), field_name="provision__force", choices=Force.choices)
    softened = NamedConditions(softened("provision__"), label=_("Softened"))
    role = ManyChoices(label=_("Role"), choices=CommitmentRole.choices)
    position = ManyChoices(label=_("Reported"), choices=POSITIONS)
    evidence = NamedConditions(
        {
            "some": (_("Some received"), Q(evidence_count__gt=0)),
            "none": (_("None received"), Q(evidence_count=0)),
        },
        label=_("Evidence"),
    )
    result = ManyChoices(label=_("Assessment"), choices=RESULTS)
    effect = ManyChoices(label=_("Effect in practice"), choices=Effect.choices)
    timing = ManyChoices(label=_("Timing"), choices=Timing.choices)
    due_after = Day(label=_("Due from"), field_name="due_on", lookup_expr="gte")
    due_before = Day(label=_("Due by"), field_name="due_on", lookup_expr="lte")
    open_date = Keys(
        label=_("Date still open"), find=find_due_date, method="filter_open_date", apply=None
    )
    met_date = Keys(
        label=_("Date delivered on"), find=find_due_date, method="filter_met_date", apply=None
    )
    follow_up_after = Day(label=_("Follow-up from"), field_name="follow_up_on", lookup_expr="gte")
    follow_up_before = Day(label=_("Follow-up by"), field_name="follow_up_on", lookup_expr="lte")
    assessed_after = Day(label=_("Assessed from"), field_name="assessed_on", lookup_expr="gte")
    assessed_before = Day(label=_("Assessed by"), field_name="assessed_on", lookup_expr="lte")
    moved_since = Day(label=_("Another result than on"), method="filter_moved")
    mine = of_my_bodies()
    empty = Empty(
        due=(_("Due date"), "due_on"),
        follow_up=(_("Follow-up date"), "follow_up_on"),
        assessed=(_("Assessment"), "assessed_on"),
        reported=(_("Report"), "reported_on"),
        effect=(_("Effect in practice"), Q(effect="") | Q(effect=None)),
        evidence=(_("Evidence"), Q(evidence_count=0)),
    )
    sort = Sort(
        {
            "symbol": (
                _("Official order"),
                ["provision__resolution__year", "provision__resolution__number", "provision__path"],
            ),
            "body": (_("Body"), ["body__name"]),
            "due": (_("Due date"), ["due_on"]),
            "assessed": (_("Assessment date"), ["assessed_on"]),
            "follow_up": (_("Follow-up date"), ["follow_up_on"]),
            "reported": (_("Report date"), ["reported_on"]),
            "evidence": (_("Evidence"), ["evidence_count"]),
        },
        ties=[
            "provision__resolution__year",
            "provision__resolution__number",
            "provision__path",
            "body__name",
            "body__code",
        ],
        label=_("Order"),
    )

    #: What tallies tell apart, besides the theme.
    TALLIED = ("body", "kind", "region", "role", "result")
    #: Finds the rows of this list without the database: FilterSet → how many, and their keys.
    finder = None
    #: Whether nothing changes after the day shown, so that what is current is what holds.
    still = False

    @cached_property
    def found(self):
        """What the ``finder`` tells; None where there is none, or it cannot tell."""
        return self.finder(self) if self.finder else None

    def page(self, start, stop):
        """The rows from ``start`` to before ``stop``: where they are found by key, read by it."""
        if self.found is None:
            return super().page(start, stop)
        keys = self.found.keys(start, stop)
        rows = {row.pk: row for row in self.queryset.filter(pk__in=keys)}
        return [rows[key] for key in keys if key in rows]

    def count(self):
        """How many rows there are: found, or from the tallies where they can tell, or counted."""
        if self.found is not None:
            return self.found.number
        asked = {
            name: value
            for name, value in self.form.cleaned_data.items()
            if value and name not in ("on", "sort", "view", "cols")
        }
        themes = asked.pop("theme", [])
        can_tell = len(themes) < 2 and asked.keys() <= set(self.TALLIED) and not self.narrowed
        if not can_tell or not self.still:
            return super().count()
        rows = Tally.objects.seen_by(self.viewer)
        rows = rows.filter(theme=themes[0].pk if themes else ANY_THEME)
        for name, value in asked.items():
            rows = self.filters[name].filter(rows, value)
        return rows.aggregate(n=Coalesce(Sum("number"), 0))["n"]

    def filter_provision(self, queryset, name, found):
        """Commitments of the provisions named, and of the letters under them."""
        return within_provisions("provision__")(queryset, found) if found else queryset

    def filter_moved(self, queryset, name, value):
        """Commitments whose result on the day shown is another than on that one."""
        return queryset.moved_since(value, self.viewer) if value else queryset

    def filter_open_date(self, queryset, name, found):
        """Addressees that have not delivered all that was due on one of the days."""
        wanted = Q()
        for each in found:
            wanted |= self._of_date(each) & self._is_open(each)
        return queryset.filter(wanted) if found else queryset

    def filter_met_date(self, queryset, name, found):
        """Addressees that have delivered all that was due on one of the days."""
        wanted = Q()
        for each in found:
            wanted |= self._of_date(each) & ~self._is_open(each)
        return queryset.filter(wanted) if found else queryset

    def _of_date(self, date):
        return Q(provision=date.deadline.provision_id, role=CommitmentRole.ADDRESSEE)

    def _is_open(self, date):
        return Q(Exists(open_dates(on=self.on, due_on=date.due_on)))


#: Filters that look at the provision alone, as filters of provisions.
OF_PROVISION = {"provision": within_provisions(""), "resolution": any_of("resolution")}
#: The filters that look at the body alone, as filters of bodies for a reader.
OF_BODY = {
    "body": lambda rows, found, viewer: rows.filter(pk__in=[body.pk for body in found]),
    "kind": lambda rows, kinds, viewer: rows.filter(kind__in=kinds),
    "region": lambda rows, areas, viewer: in_regions()(rows, areas),
    "mine": lambda rows, yes, viewer: rows.spoken_for_by(viewer),
}
