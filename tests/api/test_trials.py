"""``dry_run=true``: tells what would be, on every address that writes, and leaves nothing."""

import datetime
import json
import re
import uuid

import pytest
import time_machine

from tests.api.people import signed_in
from tests.api.test_refusals import WRITABLE
from tests.api.test_writing import CHANGE, NEW
from tests.files.corpus import pdf
from tests.held import Held
from tests.make import (
    make_addressee,
    make_assessment,
    make_body,
    make_citation,
    make_commitment,
    make_deadline,
    make_delivery,
    make_designation,
    make_evidence,
    make_extension,
    make_provision,
    make_report,
    make_user,
    make_view,
)
from tracker import actions
from tracker.models import Change, Theme
from tracker.vocabulary import Role

TODAY = datetime.date(2026, 11, 1)


#: What differs each time that something is made: random keys, numbers of rows and of changes.
FIELDS = "key|url|id|sequence|at|request_id|batch|deliveries|extensions|citations|hash|rows"
MADE = re.compile(rf'"({FIELDS})": ("[^"]*"|\d+)')


def told(response) -> tuple:
    """What an answer says, without what is drawn anew each time."""
    text = json.dumps(response.json(), sort_keys=True) if response.content else ""
    version = response.headers.get("ETag", "").rpartition("-")[2].partition(".")[0]
    return (
        response.status_code,
        MADE.sub(r'"\1"', re.sub(r"[\w.-]*\d{6,}[\w.-]*", "", text)),
        version,
    )


class World:
    """Whoever writes, and a record for each address."""

    def __init__(self):
        self.commitment = make_commitment(make_provision())
        body = self.commitment.body
        self.own = signed_in(make_user(Role.FOCAL_POINT, [body]))
        self.assessor = signed_in(make_user(Role.ASSESSOR))
        self.reviewer = signed_in(make_user(Role.REVIEWER))
        self.administrator = signed_in(make_user(Role.ADMINISTRATOR))
        self.deadline = make_deadline(self.commitment.provision, "Plan")
        self.about = {"commitment": self.commitment.public_key}

    def request(self, name, path, method):
        """Who sends what where, for one address and method."""
        if name in NEW or name in ONE:
            return self._register(name, method)
        if name.endswith("-bulk"):
            return self._bulk(name.removesuffix("-bulk"))
        client, key, sent = getattr(self, name.replace("-", "_"))(method)
        sent = dict(sent) if sent else None
        row, query = (sent or {}).pop("row", ""), (sent or {}).pop("address", "")
        return client, path.format(key=key, row=row) + (f"?{query}" if query else ""), sent

    def _register(self, name, method):
        many = ONE.get(name, name)
        if method == "post":
            return self.administrator, f"/api/v1/{many}/", NEW[many]
        made = self.administrator.post(f"/api/v1/{many}/", NEW[many]).headers["Location"]
        sent = {"put": {**NEW[many], **CHANGE[many]}, "patch": CHANGE[many]}.get(method)
        return self.administrator, made.replace("http://testserver", ""), sent

    def _bulk(self, name):
        rows = [NEW.get(name)]
        client = self.administrator
        if name == "evidence":
            client, rows = self.assessor, [EVIDENCE, {**EVIDENCE, "title": "Other"}]
        elif name == "reports":
            client, rows = self.own, [{**self.about, "position": "planned", "text": "Soon."}]
        elif name == "assessments":
            client, rows = self.assessor, [{**self.about, **JUDGED}]
        return client, f"/api/v1/{name}/bulk/", {"rows": rows, "reason": "Many"}

    def expand(self, method):
        make_addressee(self.commitment.provision, "body", body=make_body())
        return self.administrator, self.commitment.provision.key, {"reason": "New"}

    def views(self, method):
        sent = {"name": "Mine", "list": "commitments", "query": "result=not_assessed"}
        return self.administrator, "", sent

    def view(self, method):
        person = make_user(Role.VIEWER)
        view = make_view(person)
        sent = {"name": "Yours", "list": "commitments", "query": ""}
        return signed_in(person), view.slug, None if method == "delete" else sent

    def designation_confirm(self, method):
        office = make_designation(last_confirmed_on=datetime.date(2020, 1, 1))
        return self.administrator, office.key, {"reason": "Still so"}

    def report_copy(self, method):
        make_report(self.commitment)
        return self.own, self.commitment.public_key, {}

    def deliveries(self, method):
        sent = {"deadline": "Plan", "delivered_on": "2026-10-01"}
        return self.assessor, self.commitment.public_key, sent

    def extensions(self, method):
        sent = {"deadline": "Plan", "until_on": "2199-01-01", "why": "Asked for"}
        return self.assessor, self.commitment.public_key, sent

    def delivery(self, method):
        row = make_delivery(self.commitment, self.deadline)
        return self.assessor, self.commitment.public_key, {"row": row.pk, "address": "reason=Wrong"}

    def extension(self, method):
        row = make_extension(self.commitment, self.deadline)
        return self.assessor, self.commitment.public_key, {"row": row.pk, "address": "reason=Wrong"}

    def evidence(self, method):
        return self.assessor, "", EVIDENCE

    def evidence_record(self, method):
        row = make_evidence(body=self.commitment.body)
        sent = {"delete": None, "patch": {"note": "Read"}}.get(method, {**EVIDENCE, "note": "Read"})
        return self.assessor, row.key, sent

    def reports(self, method):
        return self.own, "", {**self.about, "position": "planned", "text": "Soon."}

    def draft(self):
        return make_report(self.commitment, submitted_on=None, text="We began.")

    def report_submit(self, method):
        return self.own, self.draft().key, {"reason": "Ready"}

    def report(self, method):
        return self.own, self.draft().key, {"text": "Later."} if method == "patch" else None

    def report_citations(self, method):
        seen = make_evidence(body=self.commitment.body)
        return self.own, self.draft().key, {"evidence": seen.key, "pinpoint": "Art. 1"}

    def report_citation(self, method):
        cited = make_citation(make_evidence(body=self.commitment.body), self.draft())
        return self.own, cited.report.key, {"row": cited.evidence.key}

    def judged(self, step="draft", **fields):
        return make_assessment(self.commitment, adopted_on=None, step=step, **fields)

    def assessments(self, method):
        return self.assessor, "", {**self.about, **JUDGED}

    def assessment(self, method):
        return self.assessor, self.judged().key, {"rationale": "Because of that."}

    def assessment_send(self, method):
        return self.assessor, self.judged().key, {"reason": "Ready"}

    def sent(self):
        days = {
            "sent_on": datetime.date(2026, 10, 1),
            "comments_due_on": datetime.date(2026, 10, 31),
        }
        return self.judged("sent_to_body", **days)

    def assessment_comment(self, method):
        return self.own, self.sent().key, {"body_comment": "More is there."}

    def assessment_review(self, method):
        return self.assessor, self.sent().key, {}

    def under_review(self):
        row = self.sent()
        type(row).objects.filter(pk=row.pk).update(step="under_review")
        return row

    def assessment_return(self, method):
        return self.reviewer, self.under_review().key, {"reason": "Say more"}

    def assessment_adopt(self, method):
        return self.reviewer, self.under_review().key, {}

    def assessment_withdraw(self, method):
        return self.assessor, self.judged().key, {"reason": "In error"}

    def assessment_claim(self, method):
        return self.reviewer, self.under_review().key, {}

    def assessment_release(self, method):
        row = self.under_review()
        self.reviewer.act(f"/api/v1/assessments/{row.key}/", "claim")
        return self.reviewer, row.key, {}

    def assessment_citations(self, method):
        return self.assessor, self.judged().key, {"evidence": make_evidence().key}

    def assessment_citation(self, method):
        cited = make_citation(assessment=self.judged())
        return self.assessor, cited.assessment.key, {"row": cited.evidence.key}

    def change_undo(self, method):
        change = actions.save(Theme(slug="undone", name="Undone"), by=None)
        return self.administrator, change.sequence, {"reason": "In error"}

    def batch_undo(self, method):
        batch = uuid.uuid4()
        actions.create_many([Theme(slug="undone", name="Undone")], by=None, batch=batch)
        return self.administrator, batch, {"reason": "In error"}


ONE = {
    "resolution": "resolutions",
    "provision": "provisions",
    "body": "bodies",
    "membership": "memberships",
    "designation": "designations",
    "theme": "themes",
}
EVIDENCE = {"title": "An act", "kind": "legislation", "independence": "body_itself"}
JUDGED = {"result": "partially_implemented", "basis": "desk_review", "rationale": "Half is there."}
#: Shows what is kept nowhere, so it cannot be tried.
SECRET = ("designation-reveal",)
#: Tables are files: `tests/api/test_imports.py`.
CASES = [
    case
    for case in WRITABLE
    if case.values[0] not in SECRET and not case.values[0].endswith("-import")
]


@pytest.mark.parametrize(("name", "path", "method"), CASES)
def test_a_trial_tells_what_the_write_then_does_and_leaves_no_trace(db, name, path, method):
    with time_machine.travel(TODAY, tick=False):
        client, address, sent = World().request(name, path, method)
        record = re.sub(r"(confirm|submit|expand|send|comment|review|return|adopt|withdraw|claim|"
                        r"release)/$", "", address)  # fmt: skip
        tag = client.tag(record)
        more = (
            {} if tag is None or address.endswith(("/bulk/", "copy/")) else {"HTTP_IF_MATCH": tag}
        )
        before, number = Held(), Change.objects.count()
        mark = "&" if "?" in address else "?"
        tried = getattr(client, method)(f"{address}{mark}dry_run=true", sent, **more)
        assert tried.status_code < 300, tried.content
        assert (Held(), Change.objects.count()) == (before, number)
        assert tried.headers["Dry-Run"] == "true" and "Location" not in tried.headers
        done = getattr(client, method)(address, sent, **more)
        assert told(done) == told(tried)
        assert Held() != before
        assert "Dry-Run" not in done.headers


def test_what_is_refused_is_refused_in_a_trial_in_the_same_words(administrator):
    for sent in ({}, {"slug": "x"}, {"slug": "central-authorities", "name": "x"}):
        tried = administrator.post("/api/v1/themes/?dry_run=true", sent)
        done = administrator.post("/api/v1/themes/", sent)
        assert tried.status_code == done.status_code == 400
        assert tried.json()["errors"] == done.json()["errors"]


def test_a_trial_with_a_file_leaves_no_file(db, folder):
    desk = signed_in(make_user(Role.ASSESSOR))
    from tests.api.test_evidence import file

    sent = {**EVIDENCE, "file": file(pdf())}
    answer = desk.post("/api/v1/evidence/?dry_run=true", sent, format="multipart")
    assert (answer.status_code, answer.json()["file"]["type"]) == (201, "application/pdf")
    assert not [each for each in folder.rglob("*") if each.is_file()]


@pytest.mark.parametrize("value", ["", "yes", "1", "True"])
def test_neither_true_nor_false_is_refused(administrator, value):
    answer = administrator.post(f"/api/v1/themes/?dry_run={value}", {"slug": "x", "name": "x"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["dry_run"])
    assert not Theme.objects.filter(slug="x").exists()


def test_reading_knows_no_trial(viewer):
    assert viewer.get("/api/v1/themes/?dry_run=true").status_code == 400


def test_who_is_behind_an_office_is_not_shown_in_a_trial_nor_kept_for_a_repetition(db):
    office = make_designation(person_name="Canary Person")
    desk = signed_in(make_user(Role.ASSESSOR))
    path = f"/api/v1/designations/{office.key}/reveal/"
    before = Change.objects.count()
    for address, more, name in (
        (f"{path}?dry_run=true", {}, "dry_run"),
        (path, {"HTTP_IDEMPOTENCY_KEY": "k"}, "Idempotency-Key"),
    ):
        answer = desk.post(address, {"reason": "x"}, **more)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [name])
        assert "Canary" not in answer.content.decode()
    assert Change.objects.count() == before
