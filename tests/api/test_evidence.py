"""Evidence over REST: described, sent with its file, handed out, changed at its version."""

import io
import json

import pytest

from tests.api.people import signed_in
from tests.files.corpus import BENIGN, HOSTILE, pdf
from tests.files.keeping import kept_in
from tests.make import make_body, make_citation, make_evidence, make_report, make_user
from tracker.models import Change, Evidence
from tracker.rights import RIGHTS, Act, Reach
from tracker.vocabulary import Door, Role

pytestmark = pytest.mark.django_db
LIST = "/api/v1/evidence/"
SENT = {"title": "An act", "kind": "legislation", "independence": "body_itself"}
SHOWN = {
    *("url", "key", "title", "kind", "independence", "body", "event_on", "published_on"),
    *("retrieved_on", "valid_until", "language", "address", "file", "note", "classification"),
    *("source", "citation_count", "version"),
}


@pytest.fixture
def desk():
    """An assessor."""
    return signed_in(make_user(Role.ASSESSOR))


def file(content, name="Act.pdf"):
    """A file as one part of a form."""
    stream = io.BytesIO(content)
    stream.name = name
    return stream


def send(client, content, name="Act.pdf", **fields):
    """Send a piece with its file."""
    return client.post(LIST, {**SENT, **fields, "file": file(content, name)}, format="multipart")


def test_a_piece_is_sent_with_its_file_and_handed_out_again(desk, folder):
    make_body("EVIDENT")
    made = send(desk, pdf(), "Åct.pdf", body="EVIDENT", reason="Received", address="https://a.org/")
    assert made.status_code == 201, made.json()
    shown = made.json()
    assert set(shown) == SHOWN
    assert shown == desk.get(made.headers["Location"]).json()
    row = Evidence.objects.get(key=shown["key"])
    assert shown["file"] == {
        "name": "Åct.pdf",
        "type": "application/pdf",
        "size": len(pdf()),
        "checksum": row.checksum,
        "url": f"http://testserver{LIST}{row.key}/file/",
    }
    assert (shown["body"]["key"], shown["address"]) == ("EVIDENT", "https://a.org/")
    assert row.file.name not in json.dumps(shown)
    answer = desk.get(shown["file"]["url"], HTTP_ACCEPT="application/pdf", HTTP_RANGE="bytes=0-1")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, pdf())
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    [change] = Change.objects.of(row)
    assert (change.door, change.reason) == (Door.API, "Received")
    assert kept_in(folder) == [pdf()]


def test_no_hostile_file_is_taken_over_rest_and_every_benign_one_is(desk, folder):
    """What the server takes from a name before it is read is no part of the corpus here."""
    for case, (name, content) in HOSTILE.items():
        if name.isprintable() and not set(name) & set("/\\"):
            answer = send(desk, content, name)
            assert (answer.status_code, list(answer.json()["errors"])) == (400, ["file"]), case
    assert kept_in(folder) == []
    for name, content in BENIGN.items():
        answer = send(desk, content, name, again="true")
        assert answer.status_code == 201, (name, answer.json())
    assert len(kept_in(folder)) == len(BENIGN)


def test_a_piece_without_a_file_is_plain_json(desk):
    answer = desk.post(LIST, SENT)
    assert (answer.status_code, answer.json()["file"]) == (201, None)
    path = answer.headers["Location"]
    assert desk.get(f"{path}file/").status_code == 404
    changed = desk.patch(path, {"title": "Another", "language": "fr"})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert desk.patch(path, {"title": "Lost"}, HTTP_IF_MATCH=None).status_code == 428
    stale = desk.patch(path, {"title": "Lost"}, HTTP_IF_MATCH=answer.headers["ETag"])
    assert stale.status_code == 412
    assert desk.get(path).json()["title"] == "Another"
    assert desk.delete(path).status_code == 204
    assert desk.get(path).status_code == 404


def test_the_same_file_is_noticed(desk, folder):
    key = send(desk, pdf()).json()["key"]
    again = send(desk, pdf(), "Other.pdf")
    assert (again.status_code, key in again.json()["errors"]["file"][0]) == (400, True)
    assert send(desk, pdf(), again="true").status_code == 201
    assert len(kept_in(folder)) == 2


WRONG = [
    ({"kind": "rumour"}, "kind"),
    ({"title": ""}, "title"),
    ({"body": "NOBODY"}, "body"),
    ({"address": "javascript:alert(1)"}, "address"),
    ({"published_on": "2020-01-02", "valid_until": "2020-01-01"}, "valid_until"),
    ({"checksum": "0" * 64}, "checksum"),
    ({"key": "E-mine"}, "key"),
    ({"file": "ab/forged"}, "file"),
]


@pytest.mark.parametrize(("fields", "wrong"), WRONG)
def test_what_cannot_be_is_named_by_its_field(desk, fields, wrong):
    answer = desk.post(LIST, {**SENT, **fields})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [wrong])


def test_what_is_cited_stays_and_names_only_what_the_reader_may_see(desk):
    row = make_evidence()
    make_citation(row, make_report(submitted_on=None))
    answer = desk.delete(f"{LIST}{row.key}/")
    assert (answer.status_code, answer.json()["holders"]) == (409, [])
    seen = make_citation(row)
    assert [each["key"] for each in desk.delete(f"{LIST}{row.key}/").json()["holders"]] == [
        seen.key
    ]


@pytest.mark.parametrize("role", Role)
def test_who_may_add_evidence_writes_it_and_nobody_else(folder, role):
    own, other = make_body(), make_body()
    person, reach = signed_in(make_user(role, [own])), RIGHTS[Act.ADD_EVIDENCE].get(role)
    for body in (own, other):
        allowed = reach == Reach.ALL or (reach == Reach.OWN and body == own)
        row = make_evidence(body=body)
        before = Change.objects.count()
        made = send(person, pdf(body.code.encode()), body=body.code).status_code
        changed = person.patch(f"{LIST}{row.key}/", {"title": "Changed"}).status_code
        gone = person.delete(f"{LIST}{row.key}/").status_code
        assert (made, changed, gone) == ((201, 200, 204) if allowed else (403, 403, 403))
        assert Change.objects.count() - before == (3 if allowed else 0)


def test_a_restricted_piece_is_there_for_those_concerned_alone(folder):
    body = make_body()
    row = make_evidence(body=body, classification="restricted")
    stranger = signed_in(make_user(Role.FOCAL_POINT, [make_body()]))
    for method in ("get", "patch", "delete"):
        answer = getattr(stranger, method)(f"{LIST}{row.key}/")
        missing = getattr(stranger, method)(f"{LIST}E-missing/")
        assert answer.status_code == missing.status_code == 404
        assert answer.json()["detail"].replace(row.key, "E-missing") == missing.json()["detail"]
    assert stranger.get(f"{LIST}?q={row.key}").json()["count"] == 0
    own = signed_in(make_user(Role.FOCAL_POINT, [body]))
    assert own.get(f"{LIST}{row.key}/").status_code == 200
