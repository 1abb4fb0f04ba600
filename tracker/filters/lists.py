"""The FilterSets, one for each list of the register."""

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tracker.filters.fields import (
    Day,
    Identifier,
    Keys,
    ManyChoices,
    NamedConditions,
    Search,
    Sort,
    Text,
)
from tracker.filters.finders import (
    NO_REGION,
    find_area,
    find_body,
    find_commitment,
    find_provision,
    find_resolution,
    find_theme,
    find_year,
)
from tracker.filters.opposites import Empty
from tracker.filters.strict import StrictFilterSet, UndatedFilterSet
from tracker.models import Body, Change, Designation, Membership, Provision, Theme
from tracker.models.changes import kinds_of_record
from tracker.vocabulary import (
    AddresseeKind,
    Basis,
    BodyKind,
    Classification,
    DesignationFunction,
    DesignationKind,
    DocumentKind,
    Door,
    EvidenceKind,
    Force,
    Independence,
    Language,
    Lifecycle,
    MembershipRole,
    Position,
    Result,
    Standing,
    Step,
    Unnamed,
    Verb,
)


def in_regions(prefix: str = ""):
    """Rows whose body lies in one of the regions, or in a region within them, or in none."""

    def apply(queryset, regions):
        wanted = Q()
        for region in regions:
            if region is NO_REGION:
                wanted |= Q(**{f"{prefix}region": None})
            else:
                wanted |= Q(**{f"{prefix}region__path__startswith": region.path})
        return queryset.filter(wanted)

    return apply


def any_of(field: str):
    """Rows whose ``field`` is one of the records found."""
    return lambda queryset, found: queryset.filter(**{f"{field}__in": found})


def carrying(themes):
    """Provisions with one of ``themes``, or with a theme nested under them."""
    return Provision.objects.filter(themes__in=Theme.objects.within(themes))


def with_themes(path: str, column: str = "pk"):
    """Rows whose provision, reached by ``path``, carries one of the themes."""
    return lambda queryset, found: queryset.filter(
        **{f"{path}__in": carrying(found).values(column)}
    )


def softened(prefix: str = "") -> dict:
    """The two conditions on a provision's flag, reached by ``prefix``."""
    return {
        "yes": (_("Only to consider"), Q(**{f"{prefix}softened": True})),
        "no": (_("Not softened"), Q(**{f"{prefix}softened": False})),
    }


def within_provisions(prefix: str):
    """Rows whose provision, reached by ``prefix``, is one of those named or a letter under it."""

    def apply(queryset, provisions):
        wanted = Q()
        for provision in provisions:
            wanted |= Q(
                **{
                    f"{prefix}resolution": provision.resolution_id,
                    f"{prefix}path__startswith": provision.path,
                }
            )
        return queryset.filter(wanted)

    return apply


def official_order(prefix: str) -> list[str]:
    """The order of the paragraphs that rows reach by ``prefix``."""
    return [f"{prefix}resolution__year", f"{prefix}resolution__number", f"{prefix}path"]


def of_my_bodies(method: str = "filter_mine") -> ManyChoices:
    """A filter for rows of the bodies that the reader speaks for, and of those under them."""
    return ManyChoices(
        label=_("My bodies"), choices=[("yes", _("Of the bodies I speak for"))], method=method
    )


class OfBodies:
    """For lists whose rows belong to a ``body``: those of the bodies that the reader speaks for."""

    def filter_mine(self, queryset, name, value):
        """Rows of the reader's bodies; none for somebody who speaks for none."""
        mine = Body.objects.spoken_for_by(self.viewer).order_by().values("pk")
        return queryset.filter(body__in=mine) if value else queryset


class ResolutionFilter(StrictFilterSet):
    """``/resolutions/``."""

    q = Search(label=_("Symbol or words"))
    year = Keys(label=_("Year"), find=find_year, apply=any_of("year"))
    chapter_vii = NamedConditions(
        {
            "yes": (_("Yes"), Q(chapter_vii=True)),
            "no": (_("No"), Q(chapter_vii=False)),
            "unconfirmed": (_("Not confirmed"), Q(chapter_vii=None)),
        },
        label=_("Chapter VII"),
    )
    provisions = NamedConditions(
        {
            "held": (_("Held here"), Q(provision_count__gt=0)),
            "none": (_("Not held yet"), Q(provision_count=0)),
        },
        label=_("Provisions"),
    )
    theme = Keys(label=_("Theme"), find=find_theme, apply=with_themes("pk", "resolution"))
    empty = Empty(
        adopted=(_("Adoption date"), "adopted_on"),
        title=(_("Short title"), Q(short_title="")),
        source=(_("Source"), Q(source="")),
    )
    sort = Sort(
        {
            "symbol": (_("Symbol"), ["year", "number"]),
            "adopted": (_("Adoption date"), ["adopted_on"]),
            "provisions": (_("Provisions"), ["provision_count"]),
            "commitments": (_("Commitments"), ["commitment_count"]),
        },
        ties=["year", "number", "key"],
        label=_("Order"),
    )


class ProvisionFilter(StrictFilterSet):
    """``/provisions/``."""

    q = Search(label=_("Symbol or words"))
    resolution = Keys(label=_("Resolution"), find=find_resolution, apply=any_of("resolution"))
    force = ManyChoices(label=_("Force"), choices=Force.choices)
    softened = NamedConditions(softened(), label=_("Softened"))
    theme = Keys(label=_("Theme"), find=find_theme, apply=with_themes("pk"))
    addressee = NamedConditions(
        {
            kind: (label, Q(pk__in=Provision.objects.filter(addressees__kind=kind).values("pk")))
            for kind, label in AddresseeKind.choices
        },
        label=_("Addressed to"),
    )
    lifecycle = ManyChoices(
        label=_("Lifecycle"), field_name="lifecycle_now", choices=Lifecycle.choices
    )
    deadline = NamedConditions(
        {
            "with": (
                _("With a date"),
                Q(pk__in=Provision.objects.filter(deadlines__isnull=False).values("pk")),
            ),
            "without": (
                _("No date set"),
                ~Q(pk__in=Provision.objects.filter(deadlines__isnull=False).values("pk")),
            ),
        },
        label=_("Deadline"),
    )
    commitments = NamedConditions(
        {
            "some": (_("Some"), Q(commitment_count__gt=0)),
            "none": (_("None"), Q(commitment_count=0)),
        },
        label=_("Commitments"),
    )
    empty = Empty(
        force=(_("Force"), Q(force="")),
        theme=(_("Theme"), "themes"),
        addressee=(_("Addressee"), "addressees"),
        source=(_("Source"), Q(source="")),
    )
    sort = Sort(
        {
            "symbol": (_("Official order"), ["resolution__year", "resolution__number", "path"]),
            "force": (_("Force, from binding to declaratory"), ["force_rank"]),
            "commitments": (_("Commitments"), ["commitment_count"]),
        },
        ties=["resolution__year", "resolution__number", "path", "key"],
        label=_("Order"),
    )


class BodyFilter(StrictFilterSet):
    """``/bodies/`` and ``/networks/``."""

    q = Search(label=_("Name or code"))
    kind = ManyChoices(label=_("Kind"), choices=BodyKind.choices)
    region = Keys(label=_("Region"), find=find_area, apply=in_regions())
    standing = ManyChoices(label=_("Standing"), choices=Standing.choices)
    member_of = Keys(label=_("Member of"), find=find_body, method="filter_member_of", apply=None)
    part_of = Keys(label=_("Part of"), find=find_body, apply=any_of("parent"))
    designation = NamedConditions(
        {
            "some": (_("Some named"), Q(designation_count__gt=0)),
            "none": (_("None named"), Q(designation_count=0)),
        },
        label=_("Designations"),
    )
    not_recorded = ManyChoices(
        label=_("Not recorded"), choices=Unnamed.choices, method="filter_not_recorded"
    )
    empty = Empty(
        region=(_("Region"), "region"),
        parent=(_("Parent body"), "parent"),
        founded=(_("Founding date"), "founded_on"),
        members=(_("Members"), Q(member_count=0)),
        commitments=(_("Commitments"), Q(commitment_count=0)),
        source=(_("Source"), Q(source="")),
    )
    sort = Sort(
        {
            "name": (_("Name"), ["name"]),
            "kind": (_("Kind"), ["kind", "name"]),
            "commitments": (_("Commitments"), ["commitment_count"]),
            "members": (_("Members"), ["member_count"]),
        },
        ties=["name", "code"],
        label=_("Order"),
    )

    def filter_member_of(self, queryset, name, found):
        """Bodies that belong, on the day shown, to one of the organizations in any role."""
        if not found:
            return queryset
        held = Membership.objects.as_of(self.on).filter(organization__in=found)
        return queryset.filter(Exists(held.filter(member=OuterRef("pk"))))

    def filter_not_recorded(self, queryset, name, value):
        """Bodies that are not recorded, on the day shown, as having named one of these."""
        wanted = Q()
        for what in value:
            lacking = Body.objects.without(what, on=self.on, viewer=self.viewer)
            wanted |= Q(pk__in=lacking.order_by().values("pk"))
        return queryset.filter(wanted)


class MembershipFilter(StrictFilterSet):
    """``/api/v1/memberships/`` and the members of a network."""

    organization = Keys(
        label=_("Network or organization"), find=find_body, apply=any_of("organization")
    )
    member = Keys(label=_("Member"), find=find_body, apply=any_of("member"))
    role = ManyChoices(label=_("Role"), choices=MembershipRole.choices)
    region = Keys(label=_("Region"), find=find_area, apply=in_regions("member__"))
    also_in = Keys(
        label=_("Whose member also belongs to"), find=find_body, method="filter_also_in", apply=None
    )
    empty = Empty(
        begin=(_("First day"), "from_on"),
        end=(_("Last day"), "until_on"),
        source=(_("Source"), Q(source="")),
    )
    sort = Sort(
        {
            "organization": (_("Network or organization"), ["organization__name"]),
            "member": (_("Member"), ["member__name"]),
            "from": (_("From"), ["from_on"]),
        },
        ties=["organization__name", "member__name", "role", "key"],
        label=_("Order"),
    )

    def filter_also_in(self, queryset, name, found):
        """Memberships of bodies that belong, on the day shown, to one of these as well."""
        if not found:
            return queryset
        held = Membership.objects.as_of(self.on).filter(organization__in=found)
        return queryset.filter(member__in=held.order_by().values("member"))


class DesignationFilter(OfBodies, StrictFilterSet):
    """``/designations/``."""

    body = Keys(label=_("Body"), find=find_body, apply=any_of("body"))
    kind = ManyChoices(label=_("Kind"), choices=DesignationKind.choices)
    function = NamedConditions(
        {key: (label, Q(competences__function=key)) for key, label in DesignationFunction.choices},
        label=_("Function"),
        distinct=True,
    )
    network = Keys(label=_("Network"), find=find_body, apply=any_of("network"))
    region = Keys(label=_("Region"), find=find_area, apply=in_regions("body__"))
    confirmed_before = Day(
        label=_("Last confirmed by"), field_name="last_confirmed_on", lookup_expr="lte"
    )
    stale = ManyChoices(
        label=_("Confirmation"),
        choices=[("yes", _("Not confirmed for a year")), ("no", _("Confirmed within a year"))],
        method="filter_stale",
    )
    mine = of_my_bodies()
    empty = Empty(
        function=(_("Function"), "competences"),
        network=(_("Network"), "network"),
        channel=(_("Channel"), Q(channel="")),
        languages=(_("Languages"), Q(languages="")),
        confirmed=(_("Confirmation"), "last_confirmed_on"),
    )
    sort = Sort(
        {
            "body": (_("Body"), ["body__name"]),
            "kind": (_("Kind"), ["kind"]),
            "confirmed": (_("Last confirmed"), ["last_confirmed_on"]),
        },
        ties=["body__name", "kind", "office", "key"],
        label=_("Order"),
    )

    def filter_stale(self, queryset, name, value):
        """Designations that nobody confirmed in the year before the day shown, or the others."""
        stale = Q(pk__in=Designation.objects.stale(self.on).order_by().values("pk"))
        wanted = {"yes": stale, "no": ~stale}
        return queryset.filter(wanted[value[0]]) if len(set(value)) == 1 else queryset


class ThemeFilter(StrictFilterSet):
    """``/api/v1/themes/``."""

    within = Keys(
        label=_("Within"),
        find=find_theme,
        apply=lambda queryset, found: queryset.filter(pk__in=Theme.objects.within(found)),
    )
    empty = Empty(
        above=(_("Theme above"), "parent"),
        description=(_("Description"), Q(description="")),
        provisions=(_("Provisions"), Q(provision_count=0)),
    )
    sort = Sort(
        {
            "path": (_("Tree"), ["path"]),
            "name": (_("Name"), ["name"]),
            "provisions": (_("Provisions"), ["provision_count"]),
        },
        ties=["path"],
        label=_("Order"),
    )


class DocumentFilter(StrictFilterSet):
    """``/documents/``."""

    resolution = Keys(label=_("Resolution"), find=find_resolution, apply=any_of("resolution"))
    kind = ManyChoices(label=_("Kind"), choices=DocumentKind.choices)
    empty = Empty(
        symbol=(_("Symbol"), Q(symbol="")),
        dated=(_("Date"), "dated_on"),
        resolution=(_("Resolution"), "resolution"),
        url=(_("Address"), Q(url="")),
    )
    sort = Sort(
        {"dated": (_("Date"), ["dated_on"]), "symbol": (_("Symbol"), ["symbol"])},
        ties=["dated_on", "slug"],
        label=_("Order"),
    )


class EvidenceFilter(StrictFilterSet):
    """``/evidence/``: what shows that something was done."""

    q = Search(label=_("Key or words"))
    body = Keys(label=_("Body"), find=find_body, apply=any_of("body"))
    region = Keys(label=_("Region"), find=find_area, apply=in_regions("body__"))
    kind = ManyChoices(label=_("Kind"), choices=EvidenceKind.choices)
    independence = ManyChoices(label=_("Source"), choices=Independence.choices)
    language = ManyChoices(label=_("Language"), choices=Language.choices)
    classification = ManyChoices(label=_("Classification"), choices=Classification.choices)
    cited = NamedConditions(
        {
            "yes": (_("Cited"), Q(citation_count__gt=0)),
            "no": (_("Not cited"), Q(citation_count=0)),
        },
        label=_("Cited"),
    )
    file = NamedConditions(
        {
            "yes": (_("With a file"), ~Q(checksum="")),
            "no": (_("Without a file"), Q(checksum="")),
        },
        label=_("File"),
    )
    published_after = Day(label=_("Published from"), field_name="published_on", lookup_expr="gte")
    published_before = Day(label=_("Published by"), field_name="published_on", lookup_expr="lte")
    valid_after = Day(label=_("Valid until, from"), field_name="valid_until", lookup_expr="gte")
    valid_before = Day(label=_("Valid until, by"), field_name="valid_until", lookup_expr="lte")
    empty = Empty(
        body=(_("Body"), "body"),
        published=(_("Date of publication"), "published_on"),
        valid=(_("Last day of validity"), "valid_until"),
        url=(_("Address"), Q(url="")),
    )
    sort = Sort(
        {
            "title": (_("Title"), ["title"]),
            "body": (_("Body"), ["body__name"]),
            "published": (_("Published"), ["published_on"]),
            "valid": (_("Valid until"), ["valid_until"]),
            "citations": (_("Citations"), ["citation_count"]),
        },
        # The latest first; said outright, since databases differ on empty dates.
        ties=[F("published_on").desc(nulls_last=True), "title", "key"],
        label=_("Order"),
    )


class ReportFilter(StrictFilterSet):
    """``/reports/``: what bodies say of their commitments."""

    q = Search(label=_("Symbol, body or words"))
    commitment = Keys(label=_("Commitment"), find=find_commitment, apply=any_of("commitment"))
    body = Keys(label=_("Body"), find=find_body, apply=any_of("commitment__body"))
    provision = Keys(
        label=_("Provision"),
        find=find_provision,
        apply=within_provisions("commitment__provision__"),
    )
    resolution = Keys(
        label=_("Resolution"),
        find=find_resolution,
        apply=any_of("commitment__provision__resolution"),
    )
    theme = Keys(label=_("Theme"), find=find_theme, apply=with_themes("commitment__provision"))
    position = ManyChoices(label=_("Reported"), choices=Position.choices)
    state = NamedConditions(
        {
            "submitted": (_("Submitted"), Q(submitted_on__isnull=False)),
            "draft": (_("Draft"), Q(submitted_on=None)),
        },
        label=_("State"),
    )
    classification = ManyChoices(label=_("Classification"), choices=Classification.choices)
    submitted_after = Day(label=_("Submitted from"), field_name="submitted_on", lookup_expr="gte")
    submitted_before = Day(label=_("Submitted by"), field_name="submitted_on", lookup_expr="lte")
    empty = Empty(
        text=(_("Text"), Q(text="")),
    )
    sort = Sort(
        {
            "submitted": (_("Submitted"), ["submitted_on"]),
            "symbol": (_("Official order"), official_order("commitment__provision__")),
            "body": (_("Body"), ["commitment__body__name"]),
        },
        # Drafts first, then the latest; said outright, since databases differ on empty dates.
        ties=[F("submitted_on").desc(nulls_first=True), "key"],
        label=_("Order"),
    )


class AssessmentFilter(StrictFilterSet):
    """``/assessments/`` and ``/review/``: what was concluded, and what is on its way there."""

    q = Search(label=_("Symbol, body or words"))
    commitment = Keys(label=_("Commitment"), find=find_commitment, apply=any_of("commitment"))
    body = Keys(label=_("Body"), find=find_body, apply=any_of("commitment__body"))
    region = Keys(label=_("Region"), find=find_area, apply=in_regions("commitment__body__"))
    provision = Keys(
        label=_("Provision"),
        find=find_provision,
        apply=within_provisions("commitment__provision__"),
    )
    resolution = Keys(
        label=_("Resolution"),
        find=find_resolution,
        apply=any_of("commitment__provision__resolution"),
    )
    theme = Keys(label=_("Theme"), find=find_theme, apply=with_themes("commitment__provision"))
    step = ManyChoices(label=_("Step"), choices=Step.choices)
    result = ManyChoices(label=_("Result"), choices=Result.choices)
    basis = ManyChoices(label=_("Basis"), choices=Basis.choices)
    drafted = ManyChoices(
        label=_("Drafted"),
        choices=[("me", _("By me, or in part")), ("others", _("By others"))],
        method="filter_drafted",
    )
    claimed = ManyChoices(
        label=_("Claimed"),
        choices=[
            ("me", _("By me")),
            ("others", _("By somebody else")),
            ("no", _("By nobody")),
        ],
        method="filter_claimed",
    )
    classification = ManyChoices(label=_("Classification"), choices=Classification.choices)
    comments_due_after = Day(
        label=_("Comments due from"), field_name="comments_due_on", lookup_expr="gte"
    )
    comments_due_before = Day(
        label=_("Comments due by"), field_name="comments_due_on", lookup_expr="lte"
    )
    follow_up_after = Day(label=_("Follow-up from"), field_name="follow_up_on", lookup_expr="gte")
    follow_up_before = Day(label=_("Follow-up by"), field_name="follow_up_on", lookup_expr="lte")
    adopted_after = Day(label=_("Adopted from"), field_name="adopted_on", lookup_expr="gte")
    adopted_before = Day(label=_("Adopted by"), field_name="adopted_on", lookup_expr="lte")
    empty = Empty(
        effect=(_("Effect in practice"), Q(effect="")),
        comments_due=(_("Date for comments"), "comments_due_on"),
        comment=(_("Comment of the body"), Q(body_comment="")),
        follow_up=(_("Follow-up date"), "follow_up_on"),
        adopted=(_("Adoption"), "adopted_on"),
    )
    sort = Sort(
        {
            "adopted": (_("Adopted"), ["adopted_on"]),
            "follow_up": (_("Follow-up"), ["follow_up_on"]),
            "comments_due": (_("Comments due"), ["comments_due_on"]),
            "waiting": (_("Waiting since"), ["waiting_since"]),
            "symbol": (_("Official order"), official_order("commitment__provision__")),
            "body": (_("Body"), ["commitment__body__name"]),
        },
        # What is under way first, then the latest; databases differ on empty dates.
        ties=[F("adopted_on").desc(nulls_first=True), "key"],
        label=_("Order"),
    )

    def filter_drafted(self, queryset, name, value):
        """Assessments that the reader wrote any of, or no word of."""
        return queryset.drafted(self.viewer, *value)

    def filter_claimed(self, queryset, name, value):
        """Assessments by who has claimed them."""
        return queryset.claimed(self.viewer, *value)


class ReviewFilter(AssessmentFilter):
    """``/review/``: the same, the oldest first."""

    sort = Sort(
        AssessmentFilter.base_filters["sort"].orders,
        ties=[F("waiting_since").asc(nulls_first=True), "key"],
        label=_("Order"),
    )


class ChangeFilter(UndatedFilterSet):
    """``/changes/`` and the history of one record."""

    q = Search(label=_("Key, words of a reason, or the id of a request"))
    noun = ManyChoices(label=_("Kind of record"), choices=kinds_of_record())
    record = Text(label=_("Record and its parts, by key"), narrow="of_record")
    # By name and without looking it up, so that nobody learns from it who has an account.
    by = Text(label=_("By, as user name"), narrow="made_by")
    door = ManyChoices(label=_("Door"), choices=Door.choices)
    verb = ManyChoices(label=_("What"), choices=Verb.choices)
    batch = Identifier(label=_("Bulk change, by its id"))
    undone = NamedConditions(
        {
            "yes": (_("Taken back"), Change.objects.taken_back()),
            "no": (_("Not taken back"), ~Change.objects.taken_back()),
        },
        label=_("Taken back"),
    )
    at_after = Day(label=_("From"), field_name="at", lookup_expr="date__gte")
    at_before = Day(label=_("Until"), field_name="at", lookup_expr="date__lte")
    empty = Empty(
        reason=(_("Reason"), Q(reason="")),
        by=(_("Person"), "by"),
        batch=(_("Bulk change"), "batch"),
    )
    sort = Sort(
        {"number": (_("Number"), ["sequence"]), "record": (_("Record"), ["noun", "object_key"])},
        ties=["-sequence"],
        label=_("Order"),
    )
