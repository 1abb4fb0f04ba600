"""What is refused: who may not, and what cannot be, each by the name of what to mend."""

import datetime
import re
from types import SimpleNamespace

import pytest
from django.urls import get_resolver
from rest_framework.test import APIClient

from tests.api.people import signed_in
from tests.make import (
    make_assessment,
    make_attempt,
    make_body,
    make_citation,
    make_delivery,
    make_designation,
    make_evidence,
    make_extension,
    make_job,
    make_membership,
    make_provision,
    make_report,
    make_resolution,
    make_theme,
    make_token,
    make_user,
    make_view,
    make_webhook,
)
from tracker.models import Change, Commitment
from tracker.rights import RIGHTS as TABLE
from tracker.rights import Act
from tracker.vocabulary import Role

PLACES = {
    "resolution": "S/RES/2322(2016)",
    "provision": "S/RES/2322(2016)/1",
    "expand": "S/RES/2322(2016)/1",
    "body": "CTED",
    "body-profile": "CTED",
    "body-brief": "CTED",
    "theme": "central-authorities",
    "document": "concept-note-2322",
    "problem": "stale",
    "network": "COE-24-7",
    "checked-commitments": "report-and-assessment-differ",
    "checked-designations": "designations-not-confirmed",
}
WRITING = ("post", "put", "patch", "delete")


def addresses():
    """Every address of the API, read from its sitemap, with the view behind it."""
    [api] = [each for each in get_resolver().url_patterns if str(each.pattern) == "api/v1/"]
    for pattern in api.url_patterns:
        if pattern.name:
            path = re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern))
            yield pattern.name, f"/api/v1/{path}", pattern.callback.view_class


def writable():
    """Every address with every method that writes to it."""
    for name, path, view in addresses():
        for method in sorted(set(WRITING) & set(view.http_method_names)):
            if hasattr(view, method):
                yield pytest.param(name, path, method, id=f"{method} {path}")


def placed(name, path):
    """The address of a record that is there."""
    keys = {}
    if "{row}" in path:
        keys["key"], keys["row"] = ROWS[name]()
    elif "{key}" in path:
        keys["key"] = PLACES.get(name) or MADE[path.split("/")[3]]().public_key
    return path.format(**keys)


def _row(row, key, owner):
    return owner(row).public_key, key(row)


MADE = {
    "memberships": make_membership,
    "designations": make_designation,
    "commitments": lambda: Commitment.objects.first(),
    "reports": make_report,
    "assessments": make_assessment,
    "evidence": make_evidence,
    "bodies": make_body,
    "views": lambda: make_view(visibility="team"),
    "tokens": make_token,
    "jobs": make_job,
    "webhooks": make_webhook,
    "changes": lambda: Change.objects.filter(noun="body").first(),
    "batches": lambda: SimpleNamespace(
        public_key=str(Change.objects.filter(noun="body", batch__isnull=False).first().batch)
    ),
}
#: Rows under another record: the key of that record, and what tells the row apart.
ROWS = {
    "delivery": lambda: _row(make_delivery(), lambda row: row.pk, lambda row: row.commitment),
    "extension": lambda: _row(make_extension(), lambda row: row.pk, lambda row: row.commitment),
    "report-citation": lambda: _row(
        make_citation(), lambda row: row.evidence.key, lambda row: row.report
    ),
    "assessment-citation": lambda: _row(
        make_citation(assessment=make_assessment()),
        lambda row: row.evidence.key,
        lambda row: row.assessment,
    ),
}


for _name in ("webhook-delivery", "webhook-resend"):
    ROWS[_name] = lambda: _row(make_attempt(), lambda row: row.pk, lambda row: row.webhook)

ALL = [pytest.param(name, path, id=path) for name, path, _view in addresses() if name != "docs"]
#: These are everybody's own: `tests/api/test_tokens.py`, `tests/jobs/test_rest.py`,
#: `tests/webhooks/test_api.py`.
OWN = ("token", "inbox", "job", "webhook")
WRITABLE = [case for case in writable() if not case.values[0].startswith(OWN)]
RIGHTS = {name: getattr(view, "act", None) for name, _path, view in addresses()}
#: What is a part of the register itself, and written by nobody but an administrator.
REGISTER = [
    case
    for case in WRITABLE
    if RIGHTS[case.values[0]] == Act.EDIT_REGISTER
    and not case.values[0].endswith(("-bulk", "-import"))
]


@pytest.mark.parametrize(("name", "path"), ALL)
def test_nobody_reads_without_signing_in(anonymous, name, path):
    response = anonymous.get(placed(name, path))
    assert response.status_code == 401
    assert b"credentials were not provided" in response.content
    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(("name", "path"), [case for case in ALL if "{key}" in case.values[1]])
def test_what_may_be_asked_is_told_without_looking_at_a_record(administrator, name, path):
    places = placed(name, path), path.format(key="none", row="1")
    answers = [administrator.options(place).json() for place in places]
    assert answers[0] == answers[1]
    assert "actions" not in answers[0]


def test_the_documentation_asks_a_visitor_to_sign_in(anonymous):
    response = anonymous.get("/api/v1/docs/")
    assert (response.status_code, response.url) == (302, "/login/?next=/api/v1/docs/")


def test_the_sitemap_is_read_at_all():
    assert len(ALL) > 18
    assert len(REGISTER) == 6 + 6 * 3 + 1
    assert len(WRITABLE) >= len(REGISTER) + 25


#: What everybody may write who reads the register: views of their own.
OWN = [case for case in WRITABLE if RIGHTS[case.values[0]] == Act.READ_REGISTER]


@pytest.mark.parametrize(("name", "path", "method"), [c for c in WRITABLE if c not in OWN])
def test_only_who_has_the_right_in_the_table_writes(db, name, path, method):
    address = placed(name, path)
    before = Change.objects.count()
    without = [role for role in Role if role not in TABLE[RIGHTS[name]]]
    assert Role.VIEWER in without
    for role in without:
        response = getattr(signed_in(make_user(role)), method)(address, {"reason": "x"})
        assert response.status_code == 403, role
        assert response.json()["detail"]
    assert Change.objects.count() == before


@pytest.mark.parametrize(("name", "path", "method"), REGISTER)
def test_the_actions_refuse_what_the_door_let_through(viewer, monkeypatch, name, path, method):
    monkeypatch.setattr("tracker.api.permissions.may", lambda user, act, body=None: True)
    address = placed(name, path)
    before = Change.objects.count()
    tag = viewer.tag(address.removesuffix("expand/"))
    response = getattr(viewer, method)(address, BODIES.get(name, {}), HTTP_IF_MATCH=tag)
    assert response.status_code == 403, response.content
    assert "Only an administrator" in response.json()["detail"]
    assert Change.objects.count() == before


BODIES = {
    "resolutions": {"number": 9001, "year": 2025},
    "provisions": {"resolution": "S/RES/2322(2016)", "number": "99", "summary": "Do it."},
    "provision": {"resolution": "S/RES/2322(2016)", "number": "1", "summary": "Do it."},
    "resolution": {"number": 2322, "year": 2016},
    "bodies": {"code": "NEWBODY", "kind": "un_entity", "name": "A new body"},
    "body": {"code": "CTED", "kind": "un_entity", "name": "A new body"},
    "memberships": {"organization": "CTED", "member": "CTC"},
    "membership": {"organization": "CTED", "member": "CTC"},
    "designations": {"body": "CTED", "kind": "contact_point", "office": "Desk"},
    "designation": {"body": "CTED", "kind": "contact_point", "office": "Desk"},
    "themes": {"slug": "a-new-theme", "name": "A new theme"},
    "theme": {"slug": "central-authorities", "name": "A new theme"},
}


def test_name_and_password_open_nothing_here(db):
    person = make_user(username="script")
    person.set_password("a long password")
    person.save()
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION="Basic c2NyaXB0OmEgbG9uZyBwYXNzd29yZA==")
    answer = client.get("/api/v1/me/")
    assert (answer.status_code, "/me/tokens/" in answer.json()["detail"]) == (401, True)


def test_a_session_writes_only_with_its_csrf_token(db):
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(make_user(Role.ADMINISTRATOR))
    response = client.post("/api/v1/themes/", {"slug": "x", "name": "x"})
    assert response.status_code == 403
    assert "CSRF" in response.json()["detail"]


def body(**values):
    return "bodies", {"code": "NEW", "kind": "state", "name": "New", **values}


def resolution(**values):
    return "resolutions", {"number": 9001, "year": 2025, **values}


def provision(**values):
    sent = {"resolution": "S/RES/2322(2016)", "number": "99", "summary": "Do it."}
    return "provisions", {**sent, **values}


def membership(**values):
    return "memberships", {"organization": "CTED", "member": "CTC", **values}


def deadline(**values):
    return provision(deadlines=[{"label": "Report", "kind": "adoption", **values}])


WRONG = {
    "a second provision with the same number": (
        provision(number="13(e)"),
        "number",
        "give another number",
    ),
    "a paragraph whose own paragraph is missing": (
        provision(number="77(a)"),
        "number",
        "add that one first",
    ),
    "a number that is none": (provision(number="e13"), "number", "write it like 13 or 13(e)"),
    "a parent in another resolution": (
        provision(number="13(z)", parent="S/RES/2395(2017)/31"),
        "parent",
        "S/RES/2322(2016)/13",
    ),
    "a parent of the top level": (provision(parent="S/RES/2322(2016)/1"), "parent", "send null"),
    "a component that is none": (provision(component="appendix"), "component", "annex_1"),
    "a resolution that is not held": (
        provision(resolution="S/RES/9999(2016)"),
        "resolution",
        "No resolution is held as",
    ),
    "a malformed symbol": (provision(resolution="2322"), "resolution", "S/RES/2322(2016)"),
    "a symbol that is no text": (provision(resolution=2322), "resolution", "as text"),
    "a symbol with a NUL": (provision(resolution="S/RES\x00"), "resolution", "as text"),
    "a lifecycle without its day": (provision(lifecycle="expired"), "lifecycle_from", "the day"),
    "a theme that is not held": (provision(themes=["nothing"]), "themes", "nothing"),
    "themes that are no list": (provision(themes="mla"), "themes", "list"),
    "a text with a NUL": (provision(summary="a\x00b"), "summary", "Null"),
    "a deadline beyond all centuries": (deadline(offset_months=10**6), "deadlines", "1200"),
    "a deadline without an offset": (deadline(), "deadlines", "months"),
    "a membership that ends before it starts": (
        membership(from_on="2020-01-01", until_on="2019-12-31"),
        "until_on",
        "ends on or after the day it starts",
    ),
    "a member of itself": (membership(member="CTED"), "member", "of itself"),
    "a role that is none": (membership(role="boss"), "role", "boss"),
    "a date that is none": (membership(from_on="31.12.2020"), "from_on", "YYYY-MM-DD"),
    "a date beyond the calendar": (membership(from_on="9999-12-31"), "from_on", "2999"),
    "a symbol without a year": (("resolutions", {"number": 9001}), "year", "required"),
    "a number too large for the database": (resolution(number=10**30), "number", "9999"),
    "votes too large for the database": (resolution(votes_for=2**40), "votes_for", "32767"),
    "fewer than no votes": (resolution(votes_against=-1), "votes_against", "0"),
    "a year before the Council": (resolution(year=1900), "year", "1946"),
    "a resolution twice": (resolution(number=2322, year=2016), "number", "held already"),
    "an adoption in another year": (
        resolution(adopted_on="2024-01-01"),
        "adopted_on",
        "outside the year",
    ),
    "a derived field": (resolution(key="S/RES/1(2000)"), "key", "leave it out"),
    "an unknown field": (resolution(tittle="x"), "tittle", "short_title"),
    "a version": (resolution(version=1), "version", "leave it out"),
    "a reason that is no text": (resolution(reason=["x"]), "reason", "string"),
    "a code that is none": (body(code="new body"), "code", ""),
    "a code twice": (body(code="CTED"), "code", "already exists"),
    "a kind that is a list": (body(kind=["state"]), "kind", "choice"),
    "a region that is none": (body(region="999"), "region", "No region"),
    "a website that is none": (body(website="javascript:alert(1)"), "website", "URL"),
    "a dissolution before the founding": (
        body(founded_on="2020-01-01", dissolved_on="2019-01-01"),
        "dissolved_on",
        "before the founding",
    ),
    "a UNBIS id that is none": (
        ("themes", {"slug": "x", "name": "x", "unbis_id": "12"}),
        "unbis_id",
        "seven digits",
    ),
    "a list where a record belongs": (("themes", ["x"]), "non_field_errors", "dictionary"),
    "two rows that are the same": (
        provision(addressees=[{"kind": "states"}, {"kind": "states"}]),
        "addressees",
        "already",
    ),
    "a derived field inside a row": (deadline(due_on="2020-01-01"), "deadlines", "derived"),
    "rows that are none": (provision(addressees=["all"]), "addressees", "dictionary"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_named_by_its_field_and_changes_nothing(administrator, case):
    (name, sent), field, told = WRONG[case]
    before = Change.objects.count()
    response = administrator.post(f"/api/v1/{name}/", sent)
    assert response.status_code == 400, response.content
    assert list(response.json()["errors"]) == [field], response.json()
    assert told in str(response.json()["errors"][field])
    assert Change.objects.count() == before


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b'{"number": NaN}',
        b'{"slug": 1' + b"0" * 5000 + b"}",
        b"\xff\xfe",
        b'{"slug": "\\ud800"}',
        b'{"\\ud800": 1}',
    ],
    ids=["nothing", "half", "deep", "NaN", "long number", "no text", "surrogate", "its name"],
)
def test_malformed_json_is_refused(administrator, sent):
    response = administrator.generic(
        "POST", "/api/v1/themes/", sent, content_type="application/json"
    )
    assert response.status_code == 400
    assert response.json()


def test_another_format_than_json_is_refused(administrator):
    response = administrator.post("/api/v1/themes/", {"slug": "x"}, format="multipart")
    assert response.status_code == 415


@pytest.mark.parametrize("path", ["themes/", "themes/central-authorities/"])
def test_a_write_refuses_parameters(administrator, path):
    method = "post" if path == "themes/" else "patch"
    response = getattr(administrator, method)(f"/api/v1/{path}?on=2020-01-01", {})
    assert (response.status_code, list(response.json()["errors"])) == (400, ["on"])


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("resolutions/S/RES/2322(2016)/", {"number": 2323}),
        ("provisions/S/RES/2322(2016)/1/", {"number": "1(a)"}),
        ("bodies/CTED/", {"code": "DETC"}),
        ("themes/central-authorities/", {"slug": "authorities"}),
    ],
)
def test_what_addresses_are_made_of_is_fixed(administrator, path, sent):
    response = administrator.patch(f"/api/v1/{path}", sent)
    assert response.status_code == 400, response.json()
    assert list(response.json()["errors"]) == list(sent)


def test_a_theme_does_not_lie_under_itself(administrator):
    above = make_theme("above")
    make_theme("below", parent=above)
    response = administrator.patch("/api/v1/themes/above/", {"parent": "below"})
    assert (response.status_code, list(response.json()["errors"])) == (400, ["parent"])


def test_a_reason_for_a_deletion_is_text(administrator):
    make_theme("x")
    response = administrator.delete("/api/v1/themes/x/?reason=%00")
    assert (response.status_code, list(response.json()["errors"])) == (400, ["reason"])


def test_a_second_open_membership_is_refused(administrator):
    open_now = make_membership(make_body("NETWORK", kind="network"), make_body("MEMBER"))
    sent = {"organization": "NETWORK", "member": "MEMBER", "from_on": "2020-01-01"}
    response = administrator.post("/api/v1/memberships/", sent)
    assert list(response.json()["errors"]) == ["member"]
    assert open_now.until_on is None


def test_a_far_future_deadline_is_refused_not_computed(administrator):
    place = make_provision(make_resolution(adopted_on=datetime.date(2016, 1, 1)))
    sent = [
        {"label": "x", "kind": "event", "event": "x", "event_on": "9999-01-01", "offset_days": 9}
    ]
    response = administrator.patch(f"/api/v1/provisions/{place.key}/", {"deadlines": sent})
    assert response.status_code == 400
