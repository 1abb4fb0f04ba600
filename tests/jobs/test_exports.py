"""Lists as files that a worker prepares: asked for, made, handed out, and closed again."""

import csv
import datetime
import hashlib
import io
import os
import re

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests import make
from tests.dashboard.pages import read
from tracker import actions
from tracker.actions.jobs import MOST_FILES, MOST_OPEN
from tracker.exports import books
from tracker.jobs import exports, folder, shown
from tracker.jobs.runner import expire, reap, run_next
from tracker.models import Body, Job
from tracker.vocabulary import JobState, Role

pytestmark = pytest.mark.django_db
ADDRESS = "https://tracker.example.org/bodies/?on=2026-11-26"


@pytest.fixture
def person(client):
    found = make.make_user(Role.ASSESSOR)
    client.force_login(found)
    return found


def ask(person, asked="/bodies/?kind=network&on=2026-11-26&format=csv"):
    return exports.ask_file(asked, by=person, address=ADDRESS, at=timezone.now())


def status_of(client, job):
    """How the file is answered; it is read to its end, so that it is closed."""
    answer = client.get(f"/jobs/{job.key}/file/")
    b"".join(answer) if answer.streaming else None
    return answer.status_code


def work():
    while run_next():
        pass


def test_a_list_is_prepared_and_is_the_list(client, person):
    sent = {"asked": "/bodies/?kind=network&on=2026-11-26", "format": "csv"}
    at = client.post("/jobs/", sent)["Location"]
    waiting = client.get(at)
    assert "Waiting for its turn" in waiting.content.decode()
    assert client.get(f"{at}file/").status_code == 404
    work()
    job = Job.objects.get(owner=person)
    assert (job.state, job.attempt, job.asked) == ("done", 1, f"{sent['asked']}&format=csv")
    page = client.get(at).content.decode()
    assert "Download the file" in page and job.checksum in page and "<bdi>Bodies (CSV)" in page
    answer = client.get(f"{at}file/")
    data = b"".join(answer.streaming_content)
    direct = client.get("/bodies/?kind=network&on=2026-11-26&format=csv")
    assert data == b"".join(direct.streaming_content)
    assert hashlib.sha256(data).hexdigest() == job.checksum and len(data) == job.file_size
    rows = list(csv.reader(io.StringIO(data.decode())))
    assert len(rows) - 1 == job.receipt["rows"] == Body.objects.filter(kind="network").count()
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert folder.path_of(job, folder.READY).stat().st_mode & 0o077 == 0


def test_while_it_runs_the_page_tells_rows_and_time_and_is_gone_with_a_click(client, person):
    job = ask(person)
    assert actions.claim_job(at=timezone.now()) == job
    job.refresh_from_db()
    begun = timezone.now().timestamp() - 10
    folder.tell(job, folder.Told("preparing", 1000, 4000, begun))
    page = client.get(f"/jobs/{job.key}/")
    text = page.content.decode()
    assert "1,000 of 4,000 rows" in text and "about 30 s left" in text
    assert '<progress aria-labelledby="job-count" max="4000" value="1000">' in text
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in text
    part = client.get(f"/jobs/{job.key}/?seen=", HTTP_HX_REQUEST="true").content.decode()
    assert "hx-swap-oob" in part and "Preparing the file" in part and "<html" not in part
    seen = client.get(f"/jobs/{job.key}/?seen=Preparing the file", HTTP_HX_REQUEST="true")
    assert "hx-swap-oob" not in seen.content.decode()
    client.post(f"/jobs/{job.key}/", {"act": "cancel"})
    assert "Being cancelled" in client.get(f"/jobs/{job.key}/").content.decode()


def test_nothing_is_said_of_the_time_in_the_first_seconds(person):
    job = ask(person)
    actions.claim_job(at=timezone.now())
    job.refresh_from_db()
    now = timezone.now()
    folder.tell(job, folder.Told("preparing", 10, 40, now.timestamp() - 4))
    assert shown.Shown(job, now).seconds_left is None


def test_cancelling_leaves_nothing(person, monkeypatch):
    waiting, running = ask(person), ask(person)
    shown.cancel(waiting, by=person, at=timezone.now())
    waiting.refresh_from_db()
    assert waiting.state == JobState.CANCELLED
    monkeypatch.setattr("tracker.jobs.progress.EVERY", 0)
    write = books.xlsx

    def cancelled_half_way(sheet, rows, about):
        for number, piece in enumerate(write(sheet, rows, about)):
            yield piece
            if number == 0:
                folder.ask_to_stop(running)

    running.asked = running.asked.replace("csv", "xlsx")
    running.save()
    form = exports.forms_of(Body)["xlsx"]
    monkeypatch.setitem(exports.forms_of(Body), "xlsx", type(form)(**{
        **form.__dict__, "write": cancelled_half_way}))  # fmt: skip
    work()
    running.refresh_from_db()
    assert (running.state, running.file_size) == (JobState.CANCELLED, None)
    assert not list(folder.folder().glob(f"{running.key}*"))


def test_a_worker_that_stops_puts_its_job_back(person):
    job = ask(person)
    assert run_next(lambda: True)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.WAITING, 1)
    work()
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.DONE, 2)


def test_a_job_whose_worker_is_gone_is_interrupted_and_can_be_done_again(client, person):
    job = ask(person)
    actions.claim_job(at=timezone.now())
    job.refresh_from_db()
    folder.tell(job, folder.Told("preparing", 1, 2, 0))
    later = timezone.now() + datetime.timedelta(minutes=1)
    reap(at=timezone.now())
    assert Job.objects.get().state == JobState.RUNNING
    assert shown.Shown(job, later).state == JobState.INTERRUPTED
    reap(at=later)
    job.refresh_from_db()
    assert job.state == JobState.INTERRUPTED
    assert "Do it once more" in client.get(f"/jobs/{job.key}/").content.decode()
    client.post(f"/jobs/{job.key}/", {"act": "again"})
    work()
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.DONE, 2)


def test_an_attempt_that_was_taken_for_dead_says_nothing_and_spoils_nothing(person):
    job = ask(person)
    old = actions.claim_job(at=timezone.now())
    reap(at=timezone.now() + datetime.timedelta(minutes=1))
    job.refresh_from_db()
    shown.again(job, by=person, at=timezone.now())
    new = actions.claim_job(at=timezone.now())
    assert not actions.end_job(old, JobState.DONE, at=timezone.now())
    assert actions.put_back_job(new)
    work()
    folder.path_of(old, folder.READY).write_bytes(b"late")
    assert not actions.end_job(old, JobState.CANCELLED, at=timezone.now())
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert folder.path_of(job, folder.READY).stat().st_size == job.file_size


def test_a_job_is_claimed_once(person):
    job = ask(person)
    first = actions.claim_job(at=timezone.now())
    assert first == job and actions.claim_job(at=timezone.now()) is None
    # Whoever saw it wait a moment ago comes too late.
    assert not actions.cancel_waiting(job, by=person, at=timezone.now())
    assert Job.objects.get().state == JobState.RUNNING


def test_it_runs_with_the_rights_of_then(client):
    secret = make.make_evidence(body=make.make_body(), classification="restricted")
    speaker = make.make_user(Role.FOCAL_POINT, bodies=[secret.body])
    client.force_login(speaker)
    asked = "/evidence/?on=2026-11-26&format=jsonl"
    before, after = ask(speaker, asked), ask(speaker, asked)
    assert run_next()
    before.refresh_from_db()
    held = folder.path_of(before, folder.READY).read_text()
    assert f'"{secret.key}"' in held
    assert status_of(client, before) == 200
    speaker.bodies.clear()
    work()
    after.refresh_from_db()
    assert f'"{secret.key}"' not in folder.path_of(after, folder.READY).read_text()
    # And what was made under other rights is not handed out any more.
    assert status_of(client, before) == 404
    assert "has changed since" in client.get(f"/jobs/{before.key}/").content.decode()
    assert status_of(client, after) == 200


def test_a_record_that_was_closed_closes_the_file(client):
    piece = make.make_evidence()
    client.force_login(make.make_user(Role.VIEWER))
    viewer = client.get("/").wsgi_request.user
    job = ask(viewer, "/evidence/?on=2026-11-26&format=csv")
    work()
    desk = make.make_user(Role.ASSESSOR)
    piece.note = "More"
    actions.save_evidence(piece, by=desk, reason="Because")
    assert status_of(client, job) == 200
    piece.classification = "restricted"
    actions.save_evidence(piece, by=desk, reason="Because")
    assert status_of(client, job) == 404


def test_somebody_who_may_not_sign_in_any_more_gets_nothing(person):
    job = ask(person)
    person.is_active = False
    person.save()
    work()
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.REFUSED, "Your role does not allow this.")


def test_a_token_that_was_revoked_does_nothing_any_more(person):
    token = make.make_token(person)
    told = {"address": ADDRESS}
    job = actions.ask_job(
        "export", "/bodies/?format=csv", by=person, at=timezone.now(), told=told, token=token
    )
    actions.revoke_token(token, by=person, at=timezone.now(), reason="Lost")
    work()
    job.refresh_from_db()
    assert job.state == JobState.REFUSED and "token" in job.message


def test_the_jobs_of_somebody_else_are_not_there(client, person):
    job = ask(make.make_user(Role.ADMINISTRATOR))
    work()
    none = client.get("/jobs/nobodys/")
    for method, path in (("get", ""), ("post", ""), ("get", "file/")):
        answer = getattr(client, method)(f"/jobs/{job.key}/{path}", {"act": "cancel"})
        assert answer.status_code == 404
    same = client.get(f"/jobs/{job.key}/").content.decode().replace(job.key, "nobodys")
    # But for the tokens of forms, which are other ones each time.
    told = [re.sub(r'value="\w{64}"', "", each) for each in (same, none.content.decode())]
    assert told[0] == told[1]
    assert job.key not in client.get("/jobs/").content.decode()
    assert client.get("/jobs/a%00b/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("", "asked"),
        ("/planets/?format=csv", "asked"),
        ("https://elsewhere.example.org/bodies/?format=csv", "asked"),
        ("//elsewhere.example.org/bodies/?format=csv", "asked"),
        ("http://[bad/bodies/", "asked"),
        ("/bodies/?format=tea", "format"),
        ("/bodies/", "format"),
        ("/bodies/?format=about", "format"),
        ("/bodies/?kind=planet&format=csv", "kind"),
        ("/bodies/?on=soon&format=csv", "on"),
        ("/bodies/?q=a%00b&format=csv", "q"),
    ],
)
def test_what_is_no_list_is_refused_by_name(client, person, asked, field):
    answer = client.post("/jobs/", {"asked": asked})
    assert answer.status_code == 400
    assert f"<li><bdi>{field}</bdi>" in answer.content.decode()
    assert not Job.objects.exists()


def test_papers_keep_their_limit_also_as_jobs(person, monkeypatch):
    form = exports.forms_of(Body)["pdf"]
    monkeypatch.setitem(exports.forms_of(Body), "pdf", type(form)(**{**form.__dict__, "most": 1}))
    with pytest.raises(ValidationError, match="PDF takes 1 rows at most"):
        ask(person, "/bodies/?format=pdf")


def test_a_long_workbook_is_a_job_and_offered_as_one(client, person, monkeypatch):
    form = exports.forms_of(Body)["xlsx"]
    direct = type(form)(**{**form.__dict__, "direct": 1})
    monkeypatch.setitem(exports.forms_of(Body), "xlsx", direct)
    refused = client.get("/bodies/?format=xlsx")
    assert refused.status_code == 400 and "have it prepared" in refused.content.decode()
    monkeypatch.setattr("tracker.dashboard.results.LONG", 1)
    page = client.get("/bodies/?kind=network&on=2026-06-30")
    hrefs = [each.attributes.get("href", "") for each in read(page).all("a")]
    assert not [href for href in hrefs if "format=xlsx" in href]
    [asked] = [each.attributes["value"] for each in read(page).all("input")
               if each.attributes.get("name") == "asked"]  # fmt: skip
    assert asked == "/bodies/?kind=network&on=2026-06-30"
    at = client.post("/jobs/", {"asked": asked, "format": "xlsx"})["Location"]
    work()
    data = b"".join(client.get(f"{at}file/").streaming_content)
    rows = list(openpyxl.load_workbook(io.BytesIO(data))["Rows"].values)
    assert len(rows) - 1 == Job.objects.get().receipt["rows"]


def test_the_whole_register_is_prepared_too(client, person):
    at = client.post("/jobs/", {"asked": "/datapackage/?on=2026-11-26"})["Location"]
    work()
    assert b"".join(client.get(f"{at}file/").streaming_content).startswith(b"PK")


def test_so_many_wait_and_no_more(client, person):
    for _number in range(MOST_OPEN):
        ask(person)
    answer = client.post("/jobs/", {"asked": "/bodies/?format=csv"})
    assert answer.status_code == 400 and "wait or are under way" in answer.content.decode()
    # Somebody else is not kept from it.
    assert ask(make.make_user())


def test_files_go_after_their_time_and_beyond_so_many(client, person):
    job = ask(person)
    work()
    job.refresh_from_db()
    path = folder.path_of(job, folder.READY)
    stray = folder.folder() / "0123.1.file"
    stray.touch()
    expire(at=timezone.now())
    assert path.exists() and not stray.exists()
    late = job.expires_at + datetime.timedelta(seconds=1)
    assert shown.Shown(job, late).why_no_file
    expire(at=late)
    assert not path.exists()
    page = client.get(f"/jobs/{job.key}/").content.decode()
    assert "not kept any more" in page and "Do it once more" in page
    client.post(f"/jobs/{job.key}/", {"act": "again"})
    work()
    assert status_of(client, job) == 200
    for _number in range(MOST_FILES):
        ask(person)
        work()
    expire(at=timezone.now())
    assert Job.objects.with_file().count() == MOST_FILES
    assert status_of(client, job) == 404
    expire(at=timezone.now() + datetime.timedelta(days=91))
    assert not Job.objects.exists()


def test_what_nobody_foresaw_is_said_and_logged(person, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise RuntimeError("secret detail")

    job = ask(person)
    monkeypatch.setattr("tracker.jobs.runner.prepare", broken)
    work()
    job.refresh_from_db()
    assert job.state == JobState.REFUSED and "nobody foresaw" in job.message
    assert "secret detail" not in job.message and "secret detail" in caplog.text


def test_without_a_worker_the_page_says_how_to_start_one(client, person):
    job = ask(person)
    pulse = folder.folder() / folder.WORKER
    pulse.unlink(missing_ok=True)
    for path in (f"/jobs/{job.key}/", "/jobs/"):
        assert "manage.py work" in client.get(path).content.decode()
    folder.sign(pulse)
    assert "manage.py work" not in client.get(f"/jobs/{job.key}/").content.decode()
    os.utime(pulse, (0, 0))
    assert "manage.py work" in client.get(f"/jobs/{job.key}/").content.decode()
