"""Fictional States, networks and authorities: who they are and what they belong to."""

from tracker.demonstration.chance import chance_of, day_between
from tracker.demonstration.designations import designation_rows
from tracker.demonstration.form import row

REASON = "Invented for demonstration"

#: Name and M49 region; the codes XAA, XAB … lie in the range that ISO 3166-1 leaves to users.
PLACES = (
    ("Ambrel", "015"),
    ("Brindovar", "011"),
    ("Corvane", "014"),
    ("Dunmarrow", "017"),
    ("Eldwick", "018"),
    ("Farrowmere", "021"),
    ("Galdren", "029"),
    ("Hestrova", "013"),
    ("Iveldan", "005"),
    ("Jorrenby", "143"),
    ("Kelmaris", "145"),
    ("Lunderholt", "030"),
    ("Mirrowen", "034"),
    ("Neldane", "035"),
    ("Ostrenna", "151"),
    ("Pellvary", "154"),
    ("Quillane", "155"),
    ("Rosmarrow", "039"),
    ("Saltrane", "053"),
    ("Tavendry", "054"),
    ("Ulverin", "057"),
    ("Vendrake", "061"),
    ("Wexmoor", "011"),
    ("Xandell", "014"),
    ("Yarrowby", "145"),
    ("Zephrane", "034"),
    ("Amberlow", "005"),
    ("Birchenby", "029"),
    ("Caldermere", "154"),
    ("Dovenhall", "039"),
)
CODES = [f"X{'AB'[place // 26]}{chr(ord('A') + place % 26)}" for place in range(len(PLACES))]
STATES = {code: name for code, (name, _region) in zip(CODES, PLACES, strict=True)}
#: The last one is an observer State, so that “All States” and “Member States” differ.
OBSERVER = CODES[-1]
#: States whose Central Authority is a body of its own.
WITH_AUTHORITY = CODES[:4]

ORGANIZATION = "DEMO-ORGANIZATION"
AUTHORITIES = "DEMO-CENTRAL-AUTHORITIES"
CONTACT_POINTS = "DEMO-24-7"


def rows() -> list[dict]:
    """Return the fictional bodies with names, memberships and designations as fixture rows."""
    return [
        *_state_rows(),
        *_organization_rows(),
        *_authority_rows(),
        *_name_rows(),
        *_membership_rows(),
        *designation_rows(STATES, authorities=AUTHORITIES, contact_points=CONTACT_POINTS),
    ]


def _body(code, kind, name, **fields):
    return row("body", code=code, kind=kind, name=name, is_fictional=True, source=REASON, **fields)


def _state_rows():
    for code, (name, region) in zip(CODES, PLACES, strict=True):
        kind = "observer_state" if code == OBSERVER else "state"
        yield _body(code, kind, name, region=[region], description="A fictional State.")


def _organization_rows():
    yield _body(
        ORGANIZATION,
        "regional_organization",
        "Demonstration Organization for Cooperation",
        description="A fictional organization, secretariat of the two demonstration networks.",
        founded_on="2010-06-01",
    )
    yield _body(
        AUTHORITIES,
        "network",
        "Demonstration Network of Central Authorities",
        description="A fictional network of Central Authorities.",
        host=[ORGANIZATION],
        founded_on="2017-03-01",
    )
    yield _body(
        CONTACT_POINTS,
        "network",
        "Demonstration 24/7 Contact Network",
        description="A fictional network of contact points, in use before its treaty was in force.",
        host=[ORGANIZATION],
        operational_from="2018-05-01",
        operational_precision="month",
        instrument="Demonstration Protocol on Contact Points",
        in_force_from="2019-01-01",
    )


def _authority_rows():
    for code in WITH_AUTHORITY:
        yield _body(
            f"{code}-CA",
            "national_authority",
            f"Central Authority of {STATES[code]}",
            description="A fictional national authority.",
            state=[code],
            parent=[code],
        )


def _name_rows():
    for code, name in STATES.items():
        for form, text in (("short", name), ("formal", f"the Fictional State of {name}")):
            yield row("bodyname", body=[code], language="en", form=form, text=text)
    yield row("bodyname", body=[AUTHORITIES], language="en", form="acronym", text="DNCA")


def _membership_rows():
    for network in (AUTHORITIES, CONTACT_POINTS):
        yield _membership(network, ORGANIZATION, "secretariat", "2019-01-01", None)
    for code in CODES:
        chance = chance_of("memberships", code)
        for network, share in ((AUTHORITIES, 0.8), (CONTACT_POINTS, 0.6)):
            if chance.random() < share:
                yield _membership_of_state(chance, network, code)
        chance = chance_of("organization", code)
        if chance.random() < 0.55:
            yield _membership_of_organization(chance, code)


def _membership_of_state(chance, network, code):
    start = day_between(chance, 2017 if network == AUTHORITIES else 2019, 2022)
    ended = chance.random() < 0.08
    end = day_between(chance, 2023, 2025) if ended else None
    role = "observer" if code == OBSERVER or chance.random() < 0.12 else "member"
    return _membership(network, code, role, start, end)


def _membership_of_organization(chance, code):
    """Founders since its first day, others later; of some the beginning is not known."""
    founder = chance.random() < 0.3
    start = "2010-06-01" if founder else day_between(chance, 2011, 2020)
    known = founder or chance.random() < 0.8
    role = "founder" if founder else "member"
    return _membership(ORGANIZATION, code, role, start if known else None, None)


def _membership(network, member, role, start, end):
    return row(
        "membership",
        key=f"{network}.{member}.{role}" + (f".{start}" if start else ""),
        organization=[network],
        member=[member],
        role=role,
        from_on=start,
        until_on=end,
        source=REASON,
    )
