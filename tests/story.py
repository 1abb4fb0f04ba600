"""A commitment with a past in which each kind of change happens, for tests of who is told what."""

import datetime

from tests import make
from tracker import actions
from tracker.models import Change
from tracker.vocabulary import Role

DAY = datetime.date(2026, 1, 10)


def tell_story():
    """A commitment with a submitted report and an adopted assessment, and one of each in draft.

    Returns the people by role, the number of the last change before it, the report and the draft.
    """
    people = {role: make.make_user(role) for role in Role}
    commitment, other = make.make_commitment(), make.make_commitment()
    focal, desk, chief = (
        make.make_user(Role.FOCAL_POINT, bodies=[commitment.body]),
        people[Role.ASSESSOR],
        people[Role.REVIEWER],
    )
    first = Change.objects.order_by("-sequence").first().sequence
    law = make.make_evidence(body=commitment.body, classification="restricted")
    law.title = "Canary title"
    actions.save_evidence(law, by=desk)
    report = actions.draft_report(commitment, by=focal, position="planned", text="Canary draft")
    actions.cite(law, by=focal, report=report)
    report.text = "What was done."
    actions.submit_report(report, by=focal, on=DAY)
    draft = actions.draft_report(commitment, by=focal, position="planned", text="Canary later")
    judged = actions.draft_assessment(
        commitment, by=desk, result="not_implemented", basis="desk_review", rationale="Canary"
    )
    actions.cite(law, by=desk, assessment=judged)
    actions.send(judged, by=desk, on=DAY)
    actions.comment(judged, by=focal, on=DAY, text="No.")
    actions.review(judged, by=desk, on=DAY)
    actions.return_to_draft(judged, by=chief, reason="Canary return")
    actions.send(judged, by=desk, on=DAY)
    actions.review(judged, by=desk, on=DAY + datetime.timedelta(days=31))
    actions.adopt(judged, by=chief, on=DAY + datetime.timedelta(days=31))
    actions.discard_report(
        actions.draft_report(commitment, by=focal, position="planned", text="Gone"), by=focal
    )
    office = make.make_designation(other.body, classification="restricted")
    actions.reveal_contact(office, by=desk, reason="Canary urgent")
    person = people[Role.VIEWER]
    person.first_name = "Canary name"
    actions.save(person, by=people[Role.ADMINISTRATOR])
    body = commitment.body
    body.name = "Renamed"
    actions.save(body, by=people[Role.ADMINISTRATOR])
    people["focal"] = focal
    people["stranger"] = make.make_user(Role.FOCAL_POINT, bodies=[make.make_body()])
    return people, first, report, draft
