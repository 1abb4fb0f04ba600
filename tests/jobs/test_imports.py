"""Long tables: tried, written and taken back by jobs, with a receipt and an error file."""

import io
import sys

import pytest

from tests import make
from tests.dashboard.test_imports import bring, expected, words
from tracker.jobs import folder
from tracker.jobs.runner import run_next
from tracker.models import Body, Change, Job, TableImport
from tracker.tables.plan import examine
from tracker.vocabulary import JobState, Role

pytestmark = pytest.mark.django_db
LONG = ("code,name,kind", *(f"TT-{number},Body {number},other" for number in range(8)))
WRONG = (*LONG, "TT-X,Other,=planet")


@pytest.fixture(autouse=True)
def _soon_long(monkeypatch):
    monkeypatch.setattr("tracker.tables.kept.LONG", 5)
    monkeypatch.setattr("tracker.jobs.progress.EVERY", 0)


@pytest.fixture
def keeper(client):
    person = make.make_user(Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def work() -> Job:
    """Do what waits; the last job."""
    while run_next():
        pass
    return Job.objects.first()


def tried(client, *rows) -> tuple[str, str]:
    """Bring a table and have it tried; its address and what its page says."""
    at = bring(client, *rows)["Location"]
    assert at == f"/jobs/{Job.objects.get().key}/"
    job = work()
    assert job.state == JobState.DONE, job.message
    return f"/imports/{job.table_id}/", at


def test_from_the_file_to_the_receipt_and_back(client, keeper, monkeypatch):
    at, trial = tried(client, *LONG)
    assert not Body.objects.filter(code="TT-1").exists()
    assert at in client.get(trial).content.decode()
    page = client.get(at)
    assert TableImport.objects.get().trial["counts"]["new"] == 8
    assert "Write these 8 rows" in words(page)
    done = client.post(at, {"act": "apply", "reason": "List", "expected": expected(page)})
    job = work()
    assert done["Location"] == f"/jobs/{job.key}/"
    assert (job.state, job.receipt["counts"]["new"]) == (JobState.DONE, 8)
    assert Change.objects.filter(batch=job.receipt["batch"], door="dashboard").count() == 8
    assert Change.objects.filter(batch=job.receipt["batch"], request_id=job.key).count() == 8
    receipt = client.get(done["Location"]).content.decode()
    assert f"/changes/?batch={job.receipt['batch']}" in receipt and f'href="{at}"' in receipt
    # The same once more has one effect.
    client.post(at, {"act": "apply", "reason": "List", "expected": ""})
    assert Job.objects.count() == 2
    # And what is too long to wait for is taken back by a job.
    monkeypatch.setattr("tracker.dashboard.imports.LARGEST_BATCH", 5)
    monkeypatch.setattr(sys.modules["tracker.actions.undo"], "LARGEST_BATCH", 5)
    assert 'name="act" value="undo"' in client.get(at).content.decode()
    client.post(at, {"act": "undo", "reason": "Wrong list"})
    job = work()
    assert (job.kind, job.state, job.receipt["taken_back"]) == ("undo", JobState.DONE, 8)
    assert not Body.objects.filter(code__startswith="TT-").exists()
    assert "All of it was taken back" in words(client.get(at))


def test_refused_rows_are_a_file_of_the_job_and_of_the_table(client, keeper):
    at, trial = tried(client, *WRONG)
    for path in (f"{trial}file/", f"{at}errors/"):
        answer = client.get(path)
        data = b"".join(answer)
        assert b'"kind","\'=planet"' in data
    page = client.get(at)
    sent = {"act": "apply", "reason": "List", "expected": expected(page)}
    client.post(at, sent)
    job = work()
    assert job.state == JobState.REFUSED and "Rows are refused" in job.message
    assert not Body.objects.filter(code="TT-1").exists()
    client.post(at, {**sent, "skip_refused": "on"})
    job = work()
    assert (job.state, job.receipt["counts"]["refused"]) == (JobState.DONE, 1)
    assert Body.objects.filter(code__startswith="TT-").count() == 8


def test_a_trial_says_what_a_trial_while_one_waits_says(client, keeper):
    at, _trial = tried(client, *WRONG)
    kept = TableImport.objects.get()
    plan = examine("bodies", io.BytesIO(bytes(kept.content)), by=keeper)
    assert kept.trial["counts"] == dict(plan.counts)
    assert kept.trial["fingerprint"] == plan.fingerprint


def test_other_columns_are_tried_anew(client, keeper):
    at, _trial = tried(client, *LONG)
    answer = client.post(at, {"act": "columns", "column-1": ""})
    assert TableImport.objects.get().trial == {}
    assert answer["Location"] == f"/jobs/{Job.objects.first().key}/"
    job = work()
    assert job.receipt["counts"]["refused"] == 8


@pytest.mark.parametrize("row", [1, 4, 8])
def test_cancelling_an_import_takes_all_of_it_back(client, keeper, monkeypatch, row):
    at, _trial = tried(client, *LONG)
    page = client.get(at)
    client.post(at, {"act": "apply", "reason": "List", "expected": expected(page)})
    job, before = Job.objects.first(), Change.objects.count()
    tell = folder.tell

    def at_a_row(told_job, told):
        tell(told_job, told)
        if told.stage == "writing" and told.done == row:
            folder.ask_to_stop(told_job)

    monkeypatch.setattr("tracker.jobs.progress.tell", at_a_row)
    job = work()
    # What was written to its last row before anybody heard is done.
    assert job.state == (JobState.CANCELLED if row < 8 else JobState.DONE)
    assert Change.objects.count() == before + (0 if row < 8 else 8)
    assert not list(folder.folder().glob(f"{job.key}*"))
    monkeypatch.setattr("tracker.jobs.progress.tell", tell)
    if row < 8:
        assert client.get(at).status_code == 200
        client.post(f"/jobs/{job.key}/", {"act": "again"})
        assert work().state == JobState.DONE
        assert Body.objects.filter(code__startswith="TT-").count() == 8


def test_it_writes_with_the_rights_of_then(client, keeper):
    at, _trial = tried(client, *LONG)
    client.post(at, {"act": "apply", "reason": "List", "expected": ""})
    keeper.role = Role.VIEWER
    keeper.save()
    job = work()
    assert job.state == JobState.REFUSED and "role does not allow" in job.message
    assert not Body.objects.filter(code="TT-1").exists()


def test_a_table_that_was_dropped_is_not_written(client, keeper):
    at, _trial = tried(client, *LONG)
    client.post(at, {"act": "apply", "reason": "List", "expected": ""})
    client.post(at, {"act": "drop"})
    job = work()
    assert job.state == JobState.REFUSED and "was dropped" in job.message
