"""The channel finder against a table made by hand: who, by what, and what is said to be missing.

Five States, two networks with a treaty, one organization; every date stands in ``world``.
"""

import datetime

import pytest

from tests import make
from tracker.reports.channels import find_channel
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db

MLA, EXT, POL = "mutual_legal_assistance", "extradition", "police_cooperation"
EVI, TOP = "electronic_evidence", "transfer_of_proceedings"
TODAY = "2026-11-01"


def day(text):
    return datetime.date.fromisoformat(text) if text else None


def office(state, kind, name, functions, confirmed, **fields):
    """A public designation; a day is written as text."""
    dates = {f: day(fields.pop(f)) for f in ("from_on", "until_on") if f in fields}
    fields.setdefault("classification", "public")
    made = make.make_designation(
        state, kind, name, last_confirmed_on=day(confirmed), **dates, **fields
    )
    for function in functions:
        make.make_competence(made, function)


def member(network, state, role="member", since=None, until=None):
    make.make_membership(network, state, role=role, from_on=day(since), until_on=day(until))


@pytest.fixture
def world(db):
    """The States T-A … T-E, what they have named, and what they belong to, with all dates."""
    a, b, c, d, e = (make.make_body(f"T-{x}", name=f"State {x}") for x in "ABCDE")
    n1 = make.make_body(
        "T-N1", "network", instrument="Treaty One", in_force_from=day("2019-01-01"),
        operational_from=day("2018-05-01"),
    )  # fmt: skip
    n2 = make.make_body("T-N2", "network", dissolved_on=day("2025-01-01"))
    org = make.make_body("T-ORG", "regional_organization")

    full = {"channel": "Secure mail", "languages": "English, French", "legal_basis": "Act 1"}
    fast = {**full, "urgent_procedure": "By telephone"}
    # A: everything, confirmed.
    office(a, "central_authority", "A Justice", [MLA, EXT], "2026-05-01", **fast)
    office(a, "national_central_bureau", "A Bureau", [POL], "2026-05-01", **full)
    office(a, "contact_point", "A Desk", [EVI], "2026-05-01", network=n1, **fast)
    # B: one office for each function, one stale; the bureau ended.
    office(b, "central_authority", "B Justice", [MLA], "2024-03-01", **full)
    office(b, "central_authority", "B Foreign Affairs", [EXT], "2026-01-01")
    office(
        b, "national_central_bureau", "B Bureau", [POL], "2024-01-01", until_on="2025-06-30", **full
    )
    # C: a focal point takes what no Central Authority does; another restricted; new from 2026.
    office(c, "focal_point", "C Prosecution", [MLA, TOP], "2026-02-02", **full)
    office(c, "central_authority", "C Justice", [EXT], None, from_on="2026-01-01", **full)
    office(c, "contact_point", "C Desk", [], "2020-01-01", channel="Telephone")
    office(c, "central_authority", "C Hidden", [EVI], "2026-02-02", classification="restricted")
    # D: two Central Authorities for one function, only the stale one with an urgent procedure.
    office(d, "central_authority", "D Court", [EXT], "2026-06-01", **full)
    office(d, "central_authority", "D Justice", [EXT], "2023-06-01", **fast)
    authority = make.make_body("T-D-CA", "national_authority", state=d)
    office(authority, "central_authority", "D Evidence Unit", [EVI], "2026-06-01", **full)
    # E: nothing at all.

    member(n1, a, since="2018-06-01")
    member(n1, b, since="2018-06-01", until="2023-12-31")
    member(n1, c, role="observer", since="2020-01-01")
    member(n1, d, role="founder", since="2018-05-01")
    member(n2, a, since="2017-01-01")
    member(n2, b, since="2017-01-01")
    member(org, b)
    member(org, d, since="2015-01-01")
    member(org, d, role="secretariat", since="2016-01-01")
    return {body.code: body for body in (a, b, c, d, e)}


#: from, to, purpose, urgent, day → who is asked first, what both belong to (* not in full part),
#: what is missing.
TABLE = [
    # Everything is there; B never belonged to T-N1 again after 2023, T-N2 ended with 2024.
    ("B", "A", MLA, False, TODAY, "A Justice", "", "no_network"),
    ("B", "A", MLA, False, "2023-12-31", "A Justice", "T-N1 T-N2", ""),
    ("D", "A", MLA, False, TODAY, "A Justice", "T-N1", "no_own_authority"),
    ("D", "A", EXT, True, TODAY, "A Justice", "T-N1", ""),
    ("C", "A", EXT, False, TODAY, "A Justice", "T-N1*", ""),
    ("D", "A", POL, False, TODAY, "A Bureau", "T-N1", "no_own_authority"),
    ("D", "A", POL, True, TODAY, "A Bureau", "T-N1", "no_urgent_procedure no_own_authority"),
    # A contact point takes it, and no Central Authority does.
    ("D", "A", EVI, True, TODAY, "A Desk", "T-N1", "no_authority"),
    ("D", "A", TOP, False, TODAY, None, "T-N1", "no_authority no_own_authority"),
    # B: the last day of a membership still counts; the next one does not.
    ("A", "B", MLA, False, "2023-12-31", "B Justice", "T-N1 T-N2", "no_contact_point"),
    ("A", "B", MLA, False, "2024-01-01", "B Justice", "T-N2", "no_contact_point"),
    ("A", "B", MLA, False, "2025-01-01", "B Justice", "", "no_network no_contact_point"),
    # Confirmed on 1 March 2024: for a year, and not a day longer.
    ("A", "B", MLA, False, "2025-02-28", "B Justice", "", "no_network no_contact_point"),
    (
        "A", "B", MLA, False, "2025-03-01", "B Justice", "",
        "not_confirmed no_network no_contact_point",
    ),
    ("A", "B", MLA, True, TODAY, "B Justice", "",
     "not_confirmed no_urgent_procedure no_network no_contact_point no_bureau"),
    ("A", "B", EXT, False, TODAY, "B Foreign Affairs", "",
     "no_channel no_languages no_legal_basis no_network no_contact_point no_bureau"),
    # The bureau stood until 30 June 2025.
    ("A", "B", POL, False, "2025-06-30", "B Bureau", "",
     "not_confirmed no_network no_contact_point"),
    ("A", "B", POL, False, "2025-07-01", None, "",
     "no_authority no_network no_contact_point no_bureau"),
    # C: an observer, a focal point, an office that nobody confirmed and that begins in 2026.
    ("A", "C", MLA, False, TODAY, "C Prosecution", "T-N1*", "no_authority no_bureau"),
    ("A", "C", TOP, False, TODAY, "C Prosecution", "T-N1*",
     "no_authority no_bureau no_own_authority"),
    ("A", "C", EXT, False, TODAY, "C Justice", "T-N1*", "never_confirmed no_bureau"),
    ("A", "C", EXT, False, "2025-12-31", None, "T-N1*", "no_authority no_bureau"),
    ("A", "C", EVI, False, TODAY, None, "T-N1*", "no_authority no_bureau no_own_authority"),
    ("A", "C", MLA, False, "2019-12-31", "C Prosecution", "",
     "no_authority no_network no_bureau"),
    # D: the confirmed one first; if it is urgent, the one with an urgent procedure.
    ("A", "D", EXT, False, TODAY, "D Court", "T-N1", "no_contact_point no_bureau"),
    ("A", "D", EXT, True, TODAY, "D Justice", "T-N1",
     "not_confirmed no_contact_point no_bureau"),
    ("B", "D", EXT, False, TODAY, "D Court", "T-ORG", "no_contact_point no_bureau"),
    # An authority that is a body of its own.
    ("A", "D", EVI, False, TODAY, "D Evidence Unit", "T-N1",
     "no_contact_point no_bureau no_own_authority"),
    # E: nothing is recorded on either side.
    ("A", "E", MLA, False, TODAY, None, "", "no_authority no_network no_contact_point no_bureau"),
    ("E", "A", MLA, False, TODAY, "A Justice", "", "no_network no_own_authority"),
]  # fmt: skip


def ask(world, pair, purpose, urgent=False, on=TODAY, viewer=None):
    requesting, requested = (world[f"T-{x}"] for x in pair)
    return find_channel(
        requesting,
        requested,
        purpose=purpose,
        urgent=urgent,
        viewer=viewer or make.make_user(),
        on=day(on),
    )


def first_of(side):
    return side.first.designation.office if side.first else None


@pytest.mark.parametrize(
    ("requesting", "requested", "purpose", "urgent", "on", "first", "both", "missing"), TABLE
)
def test_the_table(world, requesting, requested, purpose, urgent, on, first, both, missing):
    found = ask(world, (requesting, requested), purpose, urgent, on)
    assert first_of(found.requested) == first
    assert [f"{t.network.code}{'' if t.full else '*'}" for t in found.shared] == both.split()
    assert [each.code for each in found.missing] == missing.split()


def test_the_table_is_large_and_says_every_kind_of_thing_that_can_be_missing():
    codes = {code for row in TABLE for code in row[-1].split()}
    assert len(TABLE) >= 20
    assert len(codes) >= 11, codes


def test_what_is_missing_is_said_in_plain_words(world):
    told = [each.text for each in ask(world, "AE", EXT).missing]
    assert told[0] == "No Central Authority for extradition is recorded for State E."
    assert told[1] == "No network or organization is recorded to which both belong."
    police = ask(world, "AE", POL).missing[0].text
    assert police == "No national central bureau for police cooperation is recorded for State E."


def test_central_authorities_for_other_requests_are_shown_instead(world):
    found = ask(world, "AB", TOP)
    assert found.requested.first is None
    others = [each.designation.office for each in found.requested.others]
    assert others == ["B Foreign Affairs", "B Justice"]


def test_contact_points_come_before_bureaus_where_it_cannot_wait(world):
    kinds = [each.kind for each in ask(world, "BA", MLA, urgent=True).requested.all_hours]
    assert kinds == ["contact_point", "national_central_bureau"]


def test_what_is_restricted_answers_as_if_it_were_not_there(world):
    """For a viewer; a reviewer sees it."""
    assert first_of(ask(world, "AC", EVI).requested) is None
    reviewer = make.make_user(Role.REVIEWER)
    assert first_of(ask(world, "AC", EVI, viewer=reviewer).requested) == "C Hidden"


def test_a_treaty_is_a_basis_for_those_who_take_full_part_once_it_is_in_force(world):
    def bases(pair, on):
        return [each.text for each in ask(world, pair, MLA, on=on).bases]

    assert bases("DA", "2018-12-31") == ["Act 1"]
    assert bases("DA", "2019-01-01") == ["Act 1", "Treaty One"]
    assert bases("CA", TODAY) == ["Act 1"]


def test_what_only_one_belongs_to_is_shown_apart_with_the_roles_of_the_day(world):
    found = ask(world, "AD", MLA)
    assert [tie.network.code for tie in found.one_sided] == ["T-ORG"]
    roles = [each.role for each in found.one_sided[0].requested]
    assert sorted(roles) == ["member", "secretariat"]


def test_a_network_that_came_into_use_later_says_so(world):
    world_before = ask(world, "AD", MLA, on="2018-05-01")
    assert not world_before.shared
    make.make_membership(
        make.make_body("T-NEW", "network", operational_from=day("2026-12-01")), world["T-A"]
    )
    [tie] = [t for t in ask(world, "AD", MLA).one_sided if t.network.code == "T-NEW"]
    assert tie.not_yet_in_use


def test_it_takes_three_queries_however_much_is_recorded(world, django_assert_num_queries):
    viewer = make.make_user()
    for number in range(20):
        office(world["T-A"], "central_authority", f"Office {number}", [MLA], TODAY)
        member(make.make_body(kind="network"), world["T-A"])
    with django_assert_num_queries(3):
        assert ask(world, "BA", MLA, viewer=viewer).requested.authorities
