"""Examples in the schema: keys and bodies that answer on the demonstration register."""

from drf_spectacular.utils import OpenApiExample

COMMITMENT = "S/RES/2322(2016)/13(e)/XAA"
#: The first part of an address → a key that its record has.
KEYS = {
    "bodies": "CTED",
    "checks": "designations-not-confirmed",
    "commitments": COMMITMENT,
    "designations": "XAA.central_authority.2018-08-19",
    "documents": "concept-note-2322",
    "evidence": "DEMO-XAA-F1",
    "networks": "COE-24-7",
    "problems": "stale",
    "provisions": "S/RES/2322(2016)/13(e)",
    "resolutions": "S/RES/2322(2016)",
    "themes": "central-authorities",
}
NEW_EVIDENCE = {
    "title": "An act on extradition",
    "kind": "legislation",
    "independence": "body_itself",
    "body": "XAA",
}
NEW_REPORT = {"commitment": COMMITMENT, "position": "under_way", "text": "A bill was tabled."}
NEW_ASSESSMENT = {
    "commitment": COMMITMENT,
    "result": "partially_implemented",
    "basis": "desk_review",
    "rationale": "The bill covers some of it.",
}
#: The first part of an address → what may be sent there to make a record.
SENT = {
    "assessments": NEW_ASSESSMENT,
    "bodies": {"code": "NEWBODY", "kind": "un_entity", "name": "A new body"},
    "designations": {"body": "CTED", "kind": "contact_point", "office": "Desk"},
    "evidence": NEW_EVIDENCE,
    "memberships": {"organization": "CTED", "member": "CTC", "role": "partner"},
    "provisions": {"resolution": "S/RES/2322(2016)", "number": "99", "summary": "Do it."},
    "reports": NEW_REPORT,
    "resolutions": {"number": 9001, "year": 2025, "adopted_on": "2025-03-04"},
    "themes": {"slug": "a-new-theme", "name": "A new theme"},
    "tokens": {"name": "Weekly table", "scopes": ["read"], "days": 30},
    "webhooks": {"name": "Our archive", "address": "https://hooks.example.org/in"},
    "views": {"list": "commitments", "name": "Past the date", "query": "timing=overdue"},
}


def of_key(noun: str) -> list[OpenApiExample]:
    """A key of the demonstration register, where one stands there always."""
    return [OpenApiExample(KEYS[noun], value=KEYS[noun])] if noun in KEYS else []


def of_body(parts: list[str]) -> list[OpenApiExample]:
    """What may be sent to a list, or row by row to its bulk address."""
    if parts[0] not in SENT or parts[1:] not in ([], ["bulk"]):
        return []
    sent = SENT[parts[0]]
    value = {"rows": [sent], "reason": "Received"} if parts[1:] else sent
    return [OpenApiExample("A new one", value=value, request_only=True)]
