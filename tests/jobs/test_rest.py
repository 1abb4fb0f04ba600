"""Jobs over REST: asked for with ``Prefer``, followed, fetched, cancelled; everybody's own."""

import pytest

from tests import make
from tests.api.people import signed_in
from tests.api.test_imports import send
from tests.api.test_tokens import issue, program
from tracker import actions
from tracker.jobs.runner import run_next
from tracker.models import Body, Job, TableImport, Token
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
ASYNC = {"HTTP_PREFER": "respond-async, wait=10"}
LIST = "/api/v1/bodies/?kind=network&on=2026-11-26&format=csv"


@pytest.fixture
def person():
    return make.make_user(Role.ADMINISTRATOR)


def work():
    while run_next():
        pass


def test_a_list_is_asked_for_followed_and_fetched(person):
    client = program(issue(person, "read"))
    answer = client.get(LIST, **ASYNC)
    assert answer.status_code == 202
    assert answer["Preference-Applied"] == "respond-async"
    told = answer.json()
    assert answer["Location"] == told["url"] and (told["state"], told["file"]) == ("waiting", None)
    assert client.get(f"{told['url']}file/").status_code == 404
    work()
    told = client.get(told["url"]).json()
    assert (told["state"], told["receipt"]["classification"]) == ("done", "public")
    assert told["receipt"]["rows"] == Body.objects.filter(kind="network").count()
    assert [each["key"] for each in client.get("/api/v1/jobs/").json()["results"]] == [told["key"]]
    data = b"".join(client.get(told["file"]["url"]))
    assert data == b"".join(client.get(LIST))
    assert len(data) == told["file"]["size"]
    assert Job.objects.get().token == Token.objects.get()


def test_what_no_job_does_is_answered_as_ever(person):
    client = signed_in(person)
    for path in ("/api/v1/bodies/", "/api/v1/themes/?format=csv"):
        assert client.get(path, **ASYNC).status_code == 200
    refused = client.get("/api/v1/bodies/?kind=planet&format=csv", **ASYNC)
    assert list(refused.json()["errors"]) == ["kind"]
    refused = client.get("/api/v1/bodies/?page=2&format=csv", **ASYNC)
    assert list(refused.json()["errors"]) == ["page"]
    assert not Job.objects.exists()


def test_a_job_is_cancelled_and_asked_for_again(person):
    client = signed_in(person)
    at = client.get(LIST, **ASYNC)["Location"]
    assert client.delete(f"{at}?dry_run=true").status_code == 204
    assert client.get(at).json()["state"] == "waiting"
    assert client.delete(at).status_code == 204
    assert client.get(at).json()["state"] == "cancelled"
    tried = client.post(f"{at}again/?dry_run=true", {})
    assert (tried.status_code, tried.json()["state"]) == (202, "cancelled")
    assert client.post(f"{at}again/", {}).json()["state"] == "waiting"
    work()
    assert client.get(at).json()["state"] == "done"
    assert client.delete(at).status_code == 204
    assert client.get(at).json()["state"] == "done"


def test_those_of_somebody_else_are_not_there(person):
    at = signed_in(person).get(LIST, **ASYNC)["Location"]
    work()
    other = signed_in(make.make_user(Role.ADMINISTRATOR))
    for method, path in (
        ("get", at),
        ("delete", at),
        ("post", f"{at}again/"),
        ("get", f"{at}file/"),
    ):
        answer, none = (
            getattr(other, method)(each, {} if method == "post" else None)
            for each in (path, path.replace(Job.objects.get().key, "nobodys"))
        )
        assert answer.status_code == none.status_code == 404
        assert (
            answer.json()["detail"].replace(Job.objects.get().key, "nobodys")
            == (none.json()["detail"])
        )
    assert other.get("/api/v1/jobs/").json()["count"] == 0


ROWS = ("Acronym,name,kind", "TT-A,One,other", "TT-B,Two,planet")
COLUMNS = '{"Acronym": "code"}'


def test_a_table_is_tried_then_written_by_jobs(person):
    client = signed_in(person)
    answer = send(client, *ROWS, columns=COLUMNS, **ASYNC)
    assert answer.status_code == 202, answer.content
    work()
    told = client.get(answer["Location"]).json()
    assert (told["kind"], told["state"]) == ("trial", "done")
    assert told["receipt"]["counts"] == {"new": 1, "changed": 0, "same": 0, "refused": 1}
    assert b'"kind","planet"' in b"".join(client.get(told["file"]["url"]))
    # A trial leaves no table that waits.
    assert not TableImport.objects.exists()
    sent = {"columns": COLUMNS, "apply": "true", "expected": told["receipt"]["fingerprint"]}
    unreasoned = send(client, *ROWS, **sent, **ASYNC)
    assert list(unreasoned.json()["errors"]) == ["reason"]
    sent |= {"reason": "List", "HTTP_IDEMPOTENCY_KEY": "once", **ASYNC}
    first, second = (send(client, *ROWS, **sent, skip_refused="true") for _time in range(2))
    assert first.json()["key"] == second.json()["key"]
    work()
    done = client.get(first["Location"]).json()
    assert (done["kind"], done["state"]) == ("import", "done")
    assert Body.objects.get(code="TT-A").name == "One"
    back = client.post(f"/api/v1/batches/{done['receipt']['batch']}/undo/", {"reason": "Wrong"})
    assert back.status_code < 300


def test_a_table_is_written_within_the_token_it_was_sent_with(person):
    client = program(issue(person, "administer"))
    rows = ("code,name,kind", "TT-A,One,other")
    at = send(client, *rows, apply="true", reason="List", **ASYNC)["Location"]
    actions.revoke_token(Token.objects.get(), by=None, at=Job.objects.get().asked_at)
    work()
    told = signed_in(person).get(at).json()
    assert told["state"] == "refused" and "token" in told["message"]
    assert not Body.objects.filter(code="TT-A").exists()


def test_what_cannot_be_read_is_refused_at_once(person):
    answer = send(signed_in(person), "code,name", **ASYNC)
    assert list(answer.json()["errors"]) == ["file"]
    assert not Job.objects.exists() and not TableImport.objects.exists()
