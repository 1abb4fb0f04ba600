"""What fictional States have designated: a few have not, and some were not confirmed for long."""

from collections.abc import Iterator

from tracker.demonstration.chance import chance_of, day_between, pick
from tracker.demonstration.form import row

#: Kind → office, share of States that have one, functions.
OFFICES = {
    "central_authority": (
        "International cooperation unit, Ministry of Justice",
        0.88,
        (
            "mutual_legal_assistance",
            "extradition",
            "electronic_evidence",
            "transfer_of_proceedings",
        ),
    ),
    "national_central_bureau": ("National Central Bureau", 0.92, ("police_cooperation",)),
    "contact_point": ("24/7 desk of the public prosecutor", 0.65, ("electronic_evidence",)),
    "focal_point": (
        "Focal point of the prosecution service",
        0.3,
        ("mutual_legal_assistance", "transfer_of_proceedings"),
    ),
}
CHANNELS = {"Secure network": 4, "Encrypted electronic mail": 3, "Diplomatic channel": 2, "": 1}
LANGUAGES = {"English": 4, "English, French": 3, "French": 2, "English, Spanish": 2, "Arabic": 1}
CLASSIFICATIONS = {"public": 3, "internal": 5, "restricted": 2}


def designation_rows(
    states: dict[str, str], *, authorities: str, contact_points: str
) -> Iterator[dict]:
    """Yield the designations of each State, each followed by its competences."""
    networks = {
        "central_authority": authorities,
        "contact_point": contact_points,
        "focal_point": authorities,
    }
    for code, name in states.items():
        for kind, (office, share, functions) in OFFICES.items():
            chance = chance_of("designation", code, kind)
            if chance.random() < share:
                label = f"{office} of {name}"
                made = _designation(chance, code, kind, label, networks.get(kind))
                yield made
                yield from _competences(chance, made["fields"]["key"], functions)


def _designation(chance, code, kind, office, network):
    start = day_between(chance, 2017, 2021)
    stale = chance.random() < 0.25
    ended = chance.random() < 0.06
    person = _person(chance_of("person", code, kind), code)
    return row(
        "designation",
        key=f"{code}.{kind}.{start}",
        body=[code],
        kind=kind,
        office=office,
        network=[network] if network else None,
        channel=pick(chance, CHANNELS),
        languages=pick(chance, LANGUAGES),
        urgent_procedure="By telephone at any hour" if chance.random() < 0.5 else "",
        legal_basis="Demonstration Act on Mutual Assistance" if chance.random() < 0.7 else "",
        from_on=start,
        until_on=day_between(chance, 2023, 2025) if ended else None,
        last_confirmed_on=_confirmed(chance, code, kind, stale),
        classification=pick(chance, CLASSIFICATIONS),
        source="Invented for demonstration",
        **person,
    )


def _confirmed(chance, code, kind, stale):
    """When somebody said that it is still correct; of a few nobody ever did."""
    day = day_between(chance, *((2022, 2023) if stale else (2025, 2026)))
    return None if chance_of("confirmed", code, kind).random() < 0.06 else day


def _person(chance, code):
    """The person behind an office; some offices have told none. Nobody has these addresses."""
    if chance.random() > 0.7:
        return {}
    number = chance.randint(100, 999)
    return {
        "person_name": f"Demonstration Person {code} {number}",
        "person_phone": f"+000 {number} {chance.randint(1000, 9999)}",
        "person_mail": f"person-{number}.{code.lower()}@example.org",
    }


def _competences(chance, key, functions):
    for place, function in enumerate(functions):
        if place == 0 or chance.random() < 0.7:
            yield row("designationcompetence", designation=[key], function=function)
