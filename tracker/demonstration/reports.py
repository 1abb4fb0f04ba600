"""What fictional bodies say of their own commitments."""

from collections.abc import Iterator

from tracker.demonstration.chance import chance_of, day_between, pick
from tracker.demonstration.form import row
from tracker.demonstration.people import FOCAL_POINTS
from tracker.models import Commitment

POSITIONS = {"planned": 2, "under_way": 4, "completed": 4, "not_applicable": 1, "overtaken": 1}
LATER = {"planned": "under_way", "under_way": "completed"}
TEXTS = {
    "planned": "Demonstration: work on this is planned for the coming year.",
    "under_way": "Demonstration: a draft has been prepared and is being discussed.",
    "completed": "Demonstration: the measure has been adopted and is applied.",
    "not_applicable": "Demonstration: this does not arise in our legal order.",
    "overtaken": "Demonstration: a later arrangement has replaced this measure.",
}
CLASSIFICATIONS = {"public": 5, "internal": 4, "restricted": 1}
AUTHORS = {code: username for username, code in FOCAL_POINTS.items()}


def label(commitment: Commitment) -> str:
    """Return the part of a key that names the commitment: ``DEMO-XAA-13e``."""
    number = commitment.provision.number.replace("(", "").replace(")", "")
    return f"DEMO-{commitment.body.code}-{number}"


def report_rows(commitment: Commitment) -> Iterator[dict]:
    """Yield no report, one, or one and a later one; a few are drafts."""
    chance = chance_of("report", commitment.public_key)
    if chance.random() > 0.65:
        return
    position = pick(chance, POSITIONS)
    yield _report(chance, commitment, 1, position, day_between(chance, 2018, 2022))
    if chance.random() < 0.4:
        draft = chance.random() < 0.2
        day = None if draft else day_between(chance, 2023, 2026)
        yield _report(chance, commitment, 2, LATER.get(position, position), day)


def _report(chance, commitment, place, position, day):
    author = AUTHORS.get(commitment.body.code)
    return row(
        "report",
        key=f"{label(commitment)}-R{place}",
        commitment=list(commitment.natural_key()),
        position=position,
        text=TEXTS[position],
        submitted_on=day,
        author=[author] if author else None,
        classification=pick(chance, CLASSIFICATIONS),
    )
