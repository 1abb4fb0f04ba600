"""Assessments of fictional commitments: adopted ones over the years, and some under way."""

import datetime

from tracker.demonstration.chance import REFERENCE_DAY, chance_of, day_between, days_after, pick
from tracker.demonstration.form import row
from tracker.demonstration.people import ASSESSORS, REVIEWERS
from tracker.demonstration.reports import label
from tracker.models import Commitment
from tracker.models.base import add_months

#: In these M49 regions little has been assessed.
THIN_REGIONS = {"017", "054", "057", "061"}
SHARE, THIN_SHARE = 0.62, 0.2
COMMENT_DAYS, FOLLOW_UP_MONTHS = 30, 12
LATEST = (REFERENCE_DAY - datetime.timedelta(days=1)).isoformat()

LADDER = (
    "not_implemented",
    "partially_implemented",
    "largely_implemented",
    "fully_implemented",
)
RESULTS = {
    "not_implemented": 3,
    "partially_implemented": 6,
    "largely_implemented": 5,
    "fully_implemented": 3,
    "insufficient_information": 2,
    "not_applicable": 1,
}
EFFECTS = {"low": 2, "moderate": 3, "substantial": 3, "high": 1}
BASES = {"self_report": 3, "desk_review": 4, "visit": 2, "third_party": 1}
CLASSIFICATIONS = {"public": 5, "internal": 4, "restricted": 1}
OPEN_STEPS = {
    "draft": 3,
    "sent_to_body": 2,
    "comments_received": 2,
    "under_review": 2,
    "returned": 1,
    "withdrawn": 1,
}
RATIONALES = {
    "not_implemented": "Demonstration: no measure was found by the day of the review.",
    "partially_implemented": "Demonstration: a law is in place, but it is not applied yet.",
    "largely_implemented": "Demonstration: applied in most cases; one gap remains.",
    "fully_implemented": "Demonstration: law, authority and practice are in place.",
    "insufficient_information": "Demonstration: the sources do not allow a conclusion.",
    "not_applicable": "Demonstration: the situation does not arise for this body.",
}


def assessment_rounds(commitment: Commitment) -> list[dict]:
    """Return the assessments of one commitment, each following the one before it."""
    chance = chance_of("assessment", commitment.public_key)
    made = _adopted_rounds(chance, commitment)
    if chance.random() < 0.14:
        made.append(_open(chance, commitment, made))
    return made


def _adopted_rounds(chance, commitment):
    made = []
    if chance.random() < _share(commitment):
        result, day = pick(chance, RESULTS), day_between(chance, 2018, 2025)
        while day <= LATEST:
            made.append(_adopted(chance, commitment, made, result, day))
            if chance.random() < 0.45:
                break
            result, day = _next(chance, result), days_after(day, chance.randint(400, 1100))
    return made


def _share(commitment):
    region = commitment.body.region
    return THIN_SHARE if region and region.code in THIN_REGIONS else SHARE


def _next(chance, result):
    """The result of a later review: mostly one rung higher, sometimes the same or lower."""
    if result not in LADDER:
        return pick(chance, RESULTS)
    rung = LADDER.index(result) + chance.choices((1, 0, -1), weights=(5, 4, 1))[0]
    return LADDER[max(0, min(rung, len(LADDER) - 1))]


def _adopted(chance, commitment, earlier, result, day):
    sent = days_after(day, -chance.randint(50, 90))
    dates = _dates(chance, sent)
    follow_up = add_months(datetime.date.fromisoformat(day), FOLLOW_UP_MONTHS)
    return _assessment(
        chance,
        commitment,
        earlier,
        step="adopted",
        result=result,
        adopted_by=[chance_of("reviewer", commitment.public_key, day).choice(REVIEWERS)],
        adopted_on=day,
        follow_up_on=follow_up.isoformat(),
        body_comment="Demonstration: we agree." if dates["comments_on"] else "",
        **dates,
    )


def _open(chance, commitment, earlier):
    step = pick(chance, OPEN_STEPS)
    # Of those that the body has, some have days left for comments and some have none.
    sent = days_after(LATEST, -chance.randint(*((3, 60) if step == "sent_to_body" else (35, 120))))
    dates = _dates(chance, sent) if step not in ("draft", "withdrawn") else {}
    if step == "sent_to_body":
        dates["comments_on"] = None
    return _assessment(
        chance, commitment, earlier, step=step, result=pick(chance, RESULTS), **dates
    )


def _dates(chance, sent):
    answered = chance.random() < 0.7
    return {
        "sent_on": sent,
        "comments_due_on": days_after(sent, COMMENT_DAYS),
        "comments_on": days_after(sent, chance.randint(5, COMMENT_DAYS)) if answered else None,
    }


def _assessment(chance, commitment, earlier, *, result, **fields):
    judged = result in LADDER
    return row(
        "assessment",
        key=f"{label(commitment)}-{len(earlier) + 1}",
        commitment=list(commitment.natural_key()),
        result=result,
        effect=pick(chance, EFFECTS) if judged and chance.random() < 0.5 else "",
        basis=pick(chance, BASES),
        rationale=RATIONALES[result],
        drafted_by=[chance.choice(ASSESSORS)],
        follows=[earlier[-1]["fields"]["key"]] if earlier else None,
        classification=pick(chance, CLASSIFICATIONS),
        **fields,
    )
