"""Reports and assessments over REST: the whole way, what only a step sets, and who sees what."""

import datetime

import pytest
import time_machine

from tests.api.people import said, signed_in
from tests.make import (
    make_assessment,
    make_body,
    make_citation,
    make_commitment,
    make_deadline,
    make_evidence,
    make_provision,
    make_report,
    make_user,
)
from tracker.models import Assessment, Change, Citation, Report
from tracker.vocabulary import Role

TODAY = datetime.date(2026, 11, 1)


@pytest.fixture
def work(db):
    """A commitment with its people, each with a client: own, other, assessor, reviewer, …"""
    body = make_body("TESTLAND")
    made = Work()
    made.body, made.commitment = body, make_commitment(make_provision(), body)
    made.key = made.commitment.public_key
    made.own = signed_in(make_user(Role.FOCAL_POINT, [body]))
    made.other = signed_in(make_user(Role.FOCAL_POINT, [make_body()]))
    for role in (Role.VIEWER, Role.ASSESSOR, Role.REVIEWER, Role.ADMINISTRATOR, Role.AUDITOR):
        setattr(made, role.value, signed_in(make_user(role)))
    with time_machine.travel(TODAY, tick=False):
        yield made


class Work:
    """Who works on what."""

    def report(self, **sent):
        """A new draft of the body, and its address."""
        sent = {"commitment": self.key, "position": "under_way", "text": "We began.", **sent}
        response = self.own.post("/api/v1/reports/", sent)
        assert response.status_code == 201, response.json()
        return response.headers["Location"]

    def assessment(self, **sent):
        """A new draft of the assessor, and its address."""
        sent = {"commitment": self.key, **JUDGED, **sent}
        response = self.assessor.post("/api/v1/assessments/", sent)
        assert response.status_code == 201, response.json()
        return response.headers["Location"]


JUDGED = {"result": "partially_implemented", "basis": "desk_review", "rationale": "Half is there."}


def test_a_body_reports_from_draft_to_submission_and_copies_what_it_said(work):
    address = work.report()
    law = make_evidence(body=work.body)
    cited = work.own.post(f"{address}citations/", {"evidence": law.key, "pinpoint": "Art. 3"})
    assert (cited.status_code, cited.json()["pinpoint"]) == (201, "Art. 3")
    assert work.own.get(cited.headers["Location"]).headers["ETag"] == cited.headers["ETag"]
    changed = work.own.patch(address, {"text": "We finished.", "position": "completed"})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    submitted = work.own.act(address, "submit", {"reason": "Ready"})
    assert submitted.json()["submitted_on"] == TODAY.isoformat()
    assert submitted.headers["ETag"] == work.own.tag(address)
    for refused in (
        work.own.patch(address, {"text": "Else"}),
        work.own.delete(address),
        work.own.act(address, "submit"),
        work.own.delete(cited.headers["Location"]),
        work.own.post(f"{address}citations/", {"evidence": make_evidence(body=work.body).key}),
    ):
        assert refused.status_code == 400, refused.content
    copy = work.own.post(f"/api/v1/commitments/{work.key}/reports/copy/", {})
    assert (copy.status_code, copy.json()["text"]) == (201, "We finished.")
    assert copy.json()["submitted_on"] is None
    assert len(work.own.get(copy.json()["citations"]).json()["results"]) == 1
    assert work.own.delete(f"{copy.headers['Location']}?reason=Not+now").status_code == 204
    assert Change.objects.filter(noun="report", verb="submitted", reason="Ready").count() == 1


def test_an_assessment_goes_from_draft_to_adoption(work):
    address = work.assessment()
    assert work.assessor.patch(address, {"effect": "low"}).json()["effect"] == "low"
    assert work.own.get(address).status_code == 404
    sent = work.assessor.act(address, "send").json()
    assert (sent["step"], sent["comments_due_on"]) == ("sent_to_body", "2026-12-01")
    early = work.assessor.act(address, "review")
    assert (early.status_code, "comment until" in str(early.json())) == (400, True)
    assert work.own.get(address).json()["drafted_by"] is None
    comment = work.own.act(address, "comment", {"body_comment": "More is there."})
    assert comment.json()["body_comment"] == "More is there."
    assert work.assessor.act(address, "review").json()["step"] == "under_review"
    claimed = work.reviewer.act(address, "claim").json()
    assert claimed["claimed_by"] == work.reviewer.get("/api/v1/me/").json()["username"]
    assert work.reviewer.act(address, "release").json()["claimed_by"] is None
    nameless = work.reviewer.act(address, "return")
    assert list(nameless.json()["errors"]) == ["reason"]
    returned = work.reviewer.act(address, "return", {"reason": "Say more"})
    assert returned.json()["step"] == "returned"
    for client, act, more in (
        (work.assessor, "send", {}),
        (work.own, "comment", {"body_comment": "As before."}),
        (work.assessor, "review", {}),
        (work.reviewer, "adopt", {}),
    ):
        assert client.act(address, act, more).status_code == 200, act
    adopted = work.viewer.get(address).json()
    assert (adopted["step"], adopted["follow_up_on"]) == ("adopted", "2027-11-01")
    assert work.assessor.patch(address, {"effect": "high"}).status_code == 400
    shown = work.viewer.get(f"/api/v1/commitments/{work.key}/").json()["assessment"]
    assert (shown["result"], shown["on"]) == ("partially_implemented", "2026-11-01")
    gone = work.assessment()
    assert work.assessor.act(gone, "withdraw", {"reason": "x"}).json()["step"] == "withdrawn"


def test_who_drafted_does_not_adopt(work):
    address = work.assessment()
    assert work.reviewer.patch(address, {"effect": "low"}).status_code == 200
    Assessment.objects.filter(commitment=work.commitment).update(step="under_review", version=9)
    response = work.reviewer.act(address, "adopt")
    assert (response.status_code, "drafted" in response.json()["detail"]) == (403, True)


#: What only a step or the actions set; sent with a draft it is refused by name.
DERIVED = {
    "reports": "url key submitted_on author version citations id pk commitment_id",
    "assessments": (
        "url key step body_comment drafted_by adopted_by claimed_by sent_on comments_due_on "
        "comments_on adopted_on follow_up_on follows source_scale source_value version id"
    ),
}


@pytest.mark.parametrize("name", DERIVED)
def test_what_only_a_step_sets_is_refused_by_name(work, name):
    client, address = {
        "reports": (work.own, work.report()),
        "assessments": (work.assessor, work.assessment()),
    }[name]
    before = client.get(address).json()
    for field in [*DERIVED[name].split(), "commitment"]:
        response = client.patch(address, {field: before.get(field)})
        assert (response.status_code, list(response.json()["errors"])) == (400, [field])
        if field != "commitment":
            made = client.post(f"/api/v1/{name}/", {"commitment": work.key, **JUDGED, field: "x"})
            assert (made.status_code, field in made.json()["errors"]) == (400, True)
    assert client.get(address).json() == before


def test_what_somebody_may_not_see_answers_like_what_is_not_there(work):
    """Each client, at each record it may not see, hears the same as at one that is not there."""
    drafted, judged = work.report(), work.assessment()
    secret = make_report(work.commitment, classification="restricted")
    concluded = make_assessment(work.commitment, classification="restricted")
    addresses = {
        "reports": [drafted, f"/api/v1/reports/{secret.key}/"],
        "assessments": [judged, f"/api/v1/assessments/{concluded.key}/"],
    }
    steps = {"reports": ["submit", "citations"], "assessments": ["send", "adopt", "citations"]}
    for client in (work.viewer, work.other, work.administrator):
        for name, found in addresses.items():
            listed = client.get(f"/api/v1/{name}/?commitment={work.key}").json()
            assert listed["results"] == []
            for address in found:
                key = address.rstrip("/").rpartition("/")[2]
                for method, tail in (
                    ("get", ""),
                    ("patch", ""),
                    *(("post", f"{step}/") for step in steps[name]),
                ):
                    there = getattr(client, method)(f"{address}{tail}")
                    missing = getattr(client, method)(f"/api/v1/{name}/none/{tail}")
                    assert there.status_code == missing.status_code in (403, 404)
                    assert said(there).replace(key, "none") == said(missing)


def test_one_may_cite_only_what_one_may_see(work):
    address = work.report()
    foreign = make_evidence(body=make_body(), classification="restricted")
    answers = []
    for key in (foreign.key, "missing"):
        response = work.own.post(f"{address}citations/", {"evidence": key})
        assert response.status_code == 400
        answers.append(said(response).replace(key, ""))
    assert answers[0] == answers[1]
    assert not Citation.objects.filter(evidence=foreign).exists()


def test_a_citation_of_what_one_may_not_see_is_not_listed(work):
    report = make_report(work.commitment)
    foreign = make_evidence(body=make_body(), classification="restricted")
    make_citation(foreign, report)
    path = f"/api/v1/reports/{report.key}/citations/"
    assert work.own.get(path).json()["count"] == 0
    assert work.own.get(f"{path}{foreign.key}/").status_code == 404
    assert work.auditor.get(path).json()["count"] == 1


def test_the_assessment_that_one_follows_is_named_only_to_who_may_see_it(work):
    earlier = make_assessment(work.commitment, classification="restricted")
    later = make_assessment(work.commitment, follows=earlier)
    for client, seen in ((work.viewer, False), (work.own, True), (work.auditor, True)):
        record = client.get(f"/api/v1/assessments/{later.key}/")
        listed = client.get(f"/api/v1/assessments/?commitment={work.key}")
        assert (earlier.key in record.content.decode()) is seen
        assert (earlier.key in listed.content.decode()) is seen


def test_an_act_names_the_version_it_was_decided_on(work):
    drafted, judged = work.report(), work.assessment()
    moved = make_assessment(make_commitment(), adopted_on=None, step="under_review")
    for client, address, act in (
        (work.own, drafted, "submit"),
        (work.assessor, judged, "send"),
        (work.reviewer, f"/api/v1/assessments/{moved.key}/", "adopt"),
        (work.reviewer, f"/api/v1/assessments/{moved.key}/", "claim"),
    ):
        before = client.get(address)
        for tag, status in ((None, 428), ("*", 428), ('"report-1-1"', 412)):
            assert client.act(address, act, HTTP_IF_MATCH=tag).status_code == status
        assert client.get(address).json() == before.json()


def test_what_falls_due_is_delivered_extended_and_taken_back(work):
    make_deadline(work.commitment.provision, every_months=12, last_on=datetime.date(2019, 1, 1))
    path = f"/api/v1/commitments/{work.key}/"
    late = {"deadline": "Report", "number": 2, "until_on": "2019-03-01", "why": "Asked for"}
    extended = work.assessor.post(f"{path}extensions/", late)
    assert (extended.status_code, extended.json()["granted_on"]) == (201, "2026-11-01")
    met = {"deadline": "Report", "number": 1, "delivered_on": "2017-10-01"}
    delivered = work.assessor.post(f"{path}deliveries/", met)
    assert delivered.status_code == 201
    assert work.assessor.post(f"{path}deliveries/", met).status_code == 400
    dates = work.viewer.get(path).json()["dates"]
    assert dates[0] == {
        "deadline": "Report",
        "number": 1,
        "due_on": "2017-10-12",
        "extended_until": None,
        "delivered_on": "2017-10-01",
    }
    assert (dates[1]["extended_until"], dates[1]["delivered_on"]) == ("2019-03-01", None)
    then = work.viewer.get(f"{path}?on=2017-09-30").json()["dates"]
    assert {row["delivered_on"] or row["extended_until"] for row in then} == {None}
    for address in (delivered.headers["Location"], extended.headers["Location"]):
        assert work.assessor.delete(address, HTTP_IF_MATCH=None).status_code == 428
        assert work.assessor.delete(address, HTTP_IF_MATCH='"delivery-1-9"').status_code == 412
        assert work.assessor.delete(f"{address}?reason=Error").status_code == 204
        assert work.assessor.get(address).status_code == 404
    for sent, field in (
        ({**met, "deadline": "Nothing"}, "deadline"),
        ({**met, "number": 99}, "number"),
        ({**met, "number": 10**9}, "number"),
        ({**met, "delivered_on": "9999-12-31"}, "delivered_on"),
        ({**met, "granted_on": "2020-01-01"}, "granted_on"),
    ):
        response = work.assessor.post(f"{path}deliveries/", sent)
        assert (response.status_code, list(response.json()["errors"])) == (400, [field])
    nameless = work.assessor.post(f"{path}extensions/", {**late, "why": ""})
    assert (nameless.status_code, list(nameless.json()["errors"])) == (400, ["why"])


@pytest.mark.parametrize("sent", [{}, [], "x", {"text": []}, {"text": "a\x00b"}, {"x": 1}])
def test_whatever_is_sent_to_a_step_is_taken_or_refused(work, sent):
    before = Report.objects.count(), Assessment.objects.count()
    drafted, judged = work.report(), work.assessment()
    for client, address, act in (
        (work.own, drafted, "citations"),
        (work.own, drafted, "submit"),
        (work.assessor, judged, "return"),
        (work.assessor, judged, "withdraw"),
        (work.assessor, judged, "send"),
    ):
        tag = client.tag(address)
        response = client.post(f"{address}{act}/", sent, HTTP_IF_MATCH=tag)
        assert response.status_code in (200, 400, 403), (act, response.status_code)
    for name, client in (("reports", work.own), ("assessments", work.assessor)):
        assert client.post(f"/api/v1/{name}/", sent).status_code == 400
    assert (Report.objects.count(), Assessment.objects.count()) == tuple(n + 1 for n in before)
