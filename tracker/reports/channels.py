"""From one State to another: who takes a request, by which channel, and what is not recorded.

``find_channel`` answers for one purpose and one day, from dated memberships and designations.
"""

import datetime
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from tracker.models import Body, Designation, Membership, User
from tracker.vocabulary import (
    FULL_PART,
    ORGANIZATIONS,
    BodyKind,
    DesignationFunction,
    DesignationKind,
)

CENTRAL, BUREAU = DesignationKind.CENTRAL_AUTHORITY, DesignationKind.NATIONAL_CENTRAL_BUREAU
CONTACT, FOCAL = DesignationKind.CONTACT_POINT, DesignationKind.FOCAL_POINT
#: Who is asked first where several take the request; police turn to the bureau.
ORDER = {DesignationFunction.POLICE_COOPERATION: (BUREAU, CENTRAL, FOCAL, CONTACT)}
USUAL = (CENTRAL, FOCAL, BUREAU, CONTACT)
#: Who answers at any hour.
ALL_HOURS = (CONTACT, BUREAU)


@dataclass(frozen=True)
class Office:
    """A designation as it stood on the day, and whether it was confirmed within a year."""

    designation: Designation
    functions: tuple[str, ...]
    stale: bool

    @property
    def kind(self) -> str:
        """What was named: a Central Authority, a bureau, a contact point."""
        return self.designation.kind


@dataclass(frozen=True)
class Side:
    """What one of the two States has named.

    ``authorities`` take requests for the purpose, the first to be asked first; ``others`` are
    Central Authorities recorded for other requests; ``all_hours`` contact points and bureaus.
    """

    state: Body
    authorities: list[Office]
    others: list[Office]
    all_hours: list[Office]

    @property
    def first(self) -> Office | None:
        """Who is asked first."""
        return self.authorities[0] if self.authorities else None


@dataclass(frozen=True)
class Tie:
    """One network or organization, and how each of the two belongs to it on the day."""

    network: Body
    requesting: list[Membership]
    requested: list[Membership]
    #: What the requested State has named for it.
    contact_points: list[Office]
    on: datetime.date

    @property
    def shared(self) -> bool:
        """Whether both belong, in whatever role."""
        return bool(self.requesting and self.requested)

    @property
    def full(self) -> bool:
        """Whether both take full part: as members or founders, not as observers."""
        return all(
            any(each.role in FULL_PART for each in memberships)
            for memberships in (self.requesting, self.requested)
        )

    @property
    def in_force(self) -> bool:
        """Whether its treaty was in force on the day."""
        begun = self.network.in_force_from
        return bool(self.network.instrument) and begun is not None and begun <= self.on

    @property
    def not_yet_in_use(self) -> bool:
        """Whether it is known to have come into use only after the day."""
        begun = self.network.operational_from
        return begun is not None and begun > self.on


@dataclass(frozen=True)
class LegalBasis:
    """What a request may rest on, and whose it is."""

    text: str
    whose: str


@dataclass(frozen=True)
class Missing:
    """One thing that is not recorded: a stable word for machines, a sentence for people."""

    code: str
    text: str


@dataclass(frozen=True)
class Channel:
    """The answer of the channel finder, as plain data."""

    requesting: Side
    requested: Side
    purpose: str
    urgent: bool
    on: datetime.date
    ties: list[Tie]
    missing: list[Missing] = field(default_factory=list)

    @property
    def shared(self) -> list[Tie]:
        """What both belong to; what both take full part in first."""
        return [tie for tie in self.ties if tie.shared]

    @property
    def one_sided(self) -> list[Tie]:
        """What only one of them belongs to."""
        return [tie for tie in self.ties if not tie.shared]

    @property
    def purpose_words(self) -> str:
        """The purpose within a sentence."""
        return _lower(self.purpose)

    @property
    def bases(self) -> list[LegalBasis]:
        """What the office that is asked first names, and treaties in force that bind both."""
        first = self.requested.first
        own = first.designation.legal_basis if first else ""
        found = [LegalBasis(own, self.requested.state.name)] if own else []
        return found + [
            LegalBasis(tie.network.instrument, tie.network.name)
            for tie in self.shared
            if tie.full and tie.in_force
        ]


def find_channel(
    requesting: Body,
    requested: Body,
    *,
    purpose: str,
    urgent: bool,
    viewer: User,
    on: datetime.date,
) -> Channel:
    """Who of ``requested`` takes a request of ``requesting`` on that day; three queries."""
    offices = _offices((requesting, requested), viewer, on)
    sides = [_side(state, offices, purpose, urgent) for state in (requesting, requested)]
    found = Channel(
        requesting=sides[0],
        requested=sides[1],
        purpose=purpose,
        urgent=urgent,
        on=on,
        ties=_ties(requesting, requested, offices, viewer, on),
    )
    found.missing.extend(_missing(found))
    return found


def _offices(states, viewer, on) -> list[Office]:
    """What the States, or authorities that are bodies of theirs, have named by that day."""
    named = (
        Designation.objects.visible_to(viewer)
        .for_listing(on=on, viewer=viewer)
        .filter(Q(body__in=states) | Q(body__state__in=states))
        .order_by("office", "key")
    )
    return [
        Office(each, tuple(row.function for row in each.competences.all()), each.is_stale(on))
        for each in named
    ]


def _belongs(office, state) -> bool:
    return state.pk in (office.designation.body_id, office.designation.body.state_id)


def _side(state, offices, purpose, urgent) -> Side:
    own = [each for each in offices if _belongs(each, state)]
    ranks = ORDER.get(purpose, USUAL)

    def first_to_be_asked(office):
        """By kind; then, if it is urgent, with an urgent procedure; then the confirmed ones."""
        slow = urgent and not office.designation.urgent_procedure
        return ranks.index(office.kind), slow, office.stale

    return Side(
        state=state,
        authorities=sorted(
            (each for each in own if purpose in each.functions), key=first_to_be_asked
        ),
        others=[each for each in own if each.kind == CENTRAL and purpose not in each.functions],
        all_hours=sorted(
            (each for each in own if each.kind in ALL_HOURS),
            key=lambda each: (ALL_HOURS.index(each.kind), each.stale),
        ),
    )


def _ties(requesting, requested, offices, viewer, on) -> list[Tie]:
    """Networks first, then organizations; what both take full part in first."""
    ties: dict[int, Tie] = {}
    for each in _memberships((requesting, requested), viewer, on):
        network = each.organization
        if network.pk not in ties:
            named = _contact_points(network, requested, offices)
            ties[network.pk] = Tie(network, [], [], named, on)
        tie = ties[network.pk]
        side = tie.requesting if each.member_id == requesting.pk else tie.requested
        side.append(each)
    return sorted(
        ties.values(),
        key=lambda tie: (not tie.full, not tie.shared, tie.network.kind != BodyKind.NETWORK),
    )


def _memberships(states, viewer, on):
    there = Body.objects.existing(on).filter(kind__in=(BodyKind.NETWORK, *ORGANIZATIONS))
    return (
        Membership.objects.visible_to(viewer)
        .for_listing(on=on, viewer=viewer)
        .filter(member__in=states, organization__in=there.order_by().values("pk"))
        .order_by("organization__name", "organization__code", "role", "key")
    )


def _contact_points(network, state, offices) -> list[Office]:
    return [
        each
        for each in offices
        if each.designation.network_id == network.pk and _belongs(each, state)
    ]


def _missing(found: Channel) -> list[Missing]:
    """What is not recorded, the most important first; each in a plain sentence."""
    told = [_no_lead(found.requested, found.purpose, "no_authority")]
    told += _of_office(found.requested.first, found.urgent)
    if not found.shared:
        told.append(
            ("no_network", _("No network or organization is recorded to which both belong."))
        )
    told += _no_all_hours(found.requested)
    told.append(_no_lead(found.requesting, found.purpose, "no_own_authority"))
    return [Missing(*each) for each in told if each]


def _no_lead(side, purpose, code):
    """That the State has named nobody of the kind which takes such requests first."""
    kind = ORDER.get(purpose, USUAL)[0]
    if any(each.kind == kind for each in side.authorities):
        return None
    words = {"state": side.state, "purpose": _lower(purpose)}
    if kind == BUREAU:
        sentence = _("No national central bureau for %(purpose)s is recorded for %(state)s.")
    else:
        sentence = _("No Central Authority for %(purpose)s is recorded for %(state)s.")
    return code, sentence % words


def _lower(purpose) -> str:
    label = str(DesignationFunction(purpose).label)
    return label[:1].lower() + label[1:]


def _of_office(office, urgent):
    """What is not recorded of the office that is asked first."""
    if office is None:
        return []
    held, never = office.designation, office.designation.last_confirmed_on is None
    told = [
        (never, "never_confirmed", _("Nobody has confirmed the office yet; check it before use.")),
        (
            office.stale and not never,
            "not_confirmed",
            _("The office was not confirmed for a year; check it before use."),
        ),
        (not held.channel, "no_channel", _("No channel is recorded for the office.")),
        (not held.languages, "no_languages", _("No languages are recorded for the office.")),
        (
            urgent and not held.urgent_procedure,
            "no_urgent_procedure",
            _("No urgent procedure is recorded for the office."),
        ),
        (not held.legal_basis, "no_legal_basis", _("No legal basis is recorded for the office.")),
    ]
    return [(code, text) for missing, code, text in told if missing]


def _no_all_hours(side):
    kinds = {each.kind for each in side.all_hours}
    if CONTACT not in kinds:
        yield (
            "no_contact_point",
            _("No 24/7 contact point is recorded for %(state)s.") % {"state": side.state},
        )
    if BUREAU not in kinds:
        yield (
            "no_bureau",
            _("No national central bureau is recorded for %(state)s.") % {"state": side.state},
        )
