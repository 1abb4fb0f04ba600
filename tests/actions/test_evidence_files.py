"""A file of evidence: taken by its content, kept with its row or not at all."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from tests import make
from tests.files.corpus import BENIGN, HOSTILE, pdf
from tests.files.keeping import kept_in, upload
from tracker import actions
from tracker.models import Change, Evidence
from tracker.vocabulary import Classification, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return make.make_body()


@pytest.fixture
def focal(body):
    return make.make_user(Role.FOCAL_POINT, [body])


@pytest.fixture
def assessor():
    return make.make_user(Role.ASSESSOR)


def evidence(**fields) -> Evidence:
    """A piece of evidence that is not saved yet."""
    given = {"title": "An act", "kind": "legislation", "independence": "body_itself"}
    return Evidence(**{**given, **fields})


def test_a_file_is_kept_under_a_name_that_says_nothing(folder, assessor, body):
    row = evidence(body=body)
    actions.save_evidence(row, by=assessor, upload=upload(pdf(), " Act  2026.PDF"))
    held = Evidence.objects.get(key=row.key)
    assert (held.file_name, held.file_type) == ("Act 2026.PDF", "application/pdf")
    assert (held.file_size, len(held.checksum)) == (len(pdf()), 64)
    assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{32}", held.file.name)
    assert kept_in(folder) == [pdf()]
    [path] = [each for each in folder.rglob("*") if each.is_file()]
    assert path.stat().st_mode & 0o077 == 0


def test_no_hostile_file_is_kept_and_every_benign_one_is(folder, assessor):
    for name, content in HOSTILE.values():
        with pytest.raises(ValidationError) as refused:
            actions.save_evidence(evidence(), by=assessor, upload=upload(content, name))
        assert list(refused.value.message_dict) == ["file"], name
    assert kept_in(folder) == []
    for name, content in BENIGN.items():
        row = evidence(title=name)
        actions.save_evidence(row, by=assessor, upload=upload(content, name), again=True)
    assert kept_in(folder) == sorted(BENIGN.values())


def test_the_record_of_changes_says_what_the_file_is_and_not_where_it_lies(folder, assessor):
    row = evidence()
    change = actions.save_evidence(row, by=assessor, upload=upload(pdf(), "Act.pdf"))
    assert change.differences["file_name"] == [None, "Act.pdf"]
    assert change.differences["checksum"] == [None, row.checksum]
    assert "file" not in change.differences
    assert row.file.name not in str(change.differences)


def broken(*args, **kwargs):
    raise RuntimeError("broken on purpose")


@pytest.mark.parametrize("step", ["tracker.actions.changes.record", "tracker.models.Evidence.save"])
def test_a_write_that_breaks_leaves_neither_row_nor_file(folder, assessor, monkeypatch, step):
    monkeypatch.setattr(step, broken)
    row = evidence()
    with pytest.raises(RuntimeError):
        actions.save_evidence(row, by=assessor, upload=upload(pdf(), "Act.pdf"))
    assert not Evidence.objects.filter(key=row.key).exists()
    assert kept_in(folder) == []


def test_what_is_said_wrongly_keeps_no_file(folder, assessor):
    row = evidence(published_on=datetime.date(2020, 1, 1), valid_until=datetime.date(2019, 1, 1))
    with pytest.raises(ValidationError) as refused:
        actions.save_evidence(row, by=assessor, upload=upload(pdf(), "Act.pdf"))
    assert list(refused.value.message_dict) == ["valid_until"]
    assert kept_in(folder) == []


def test_a_file_is_not_kept_inside_a_transaction_that_could_still_go_back(folder):
    """Rolled back from outside, the row would go and the file would stay."""
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        actions.save_evidence(evidence(), by=None, upload=upload(pdf(), "Act.pdf"))
    assert kept_in(folder) == []


def test_the_file_goes_with_its_row_once_that_is_certain(
    folder, assessor, django_capture_on_commit_callbacks
):
    row = evidence()
    actions.save_evidence(row, by=assessor, upload=upload(pdf(), "Act.pdf"))
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_evidence(row, by=assessor)
        assert kept_in(folder) == [pdf()]
    assert kept_in(folder) == []


def test_a_file_stays_as_it_came(folder, assessor):
    row = evidence()
    actions.save_evidence(row, by=assessor, upload=upload(pdf(), "Act.pdf"))
    with pytest.raises(ValidationError, match="stays"):
        actions.save_evidence(row, by=assessor, upload=upload(pdf(b"other"), "Act.pdf"))
    for field, value in (("file", "ab/forged"), ("checksum", "0" * 64), ("file", "")):
        row = Evidence.objects.get(pk=row.pk)
        setattr(row, field, value)
        with pytest.raises(ValidationError, match="stays"):
            actions.save_evidence(row, by=assessor)
    with pytest.raises(ValidationError, match="stays"):
        actions.save_evidence(evidence(file="../../etc/passwd", checksum="0" * 64), by=assessor)
    assert kept_in(folder) == [pdf()]


def test_the_files_of_a_body_stay_within_its_quota(folder, assessor, body, settings):
    settings.EVIDENCE_QUOTA = len(pdf()) * 2
    for number in (b"1", b"2"):
        row = evidence(body=body)
        actions.save_evidence(row, by=assessor, upload=upload(pdf(number * 33), "Act.pdf"))
    with pytest.raises(ValidationError, match="does not fit"):
        actions.save_evidence(evidence(body=body), by=assessor, upload=upload(b"one more", "a.txt"))
    other = evidence(body=make.make_body())
    actions.save_evidence(other, by=assessor, upload=upload(b"one more", "a.txt"))
    other.body = body
    with pytest.raises(ValidationError, match="does not fit"):
        actions.save_evidence(other, by=assessor)
    row.title = "Another title"
    assert actions.save_evidence(row, by=assessor)
    assert len(kept_in(folder)) == 3


def test_what_is_too_large_is_refused(folder, assessor, settings):
    settings.EVIDENCE_LARGEST = 100
    with pytest.raises(ValidationError, match="Make it smaller"):
        actions.save_evidence(evidence(), by=assessor, upload=upload(b"x" * 101, "a.txt"))
    assert kept_in(folder) == []


def test_the_same_file_is_noticed_by_those_who_may_see_it(folder, assessor, focal, body):
    first = evidence(body=make.make_body(), classification=Classification.RESTRICTED)
    actions.save_evidence(first, by=assessor, upload=upload(pdf(), "Act.pdf"))
    with pytest.raises(actions.SameFile) as noticed:
        actions.save_evidence(evidence(), by=assessor, upload=upload(pdf(), "Other name.pdf"))
    assert noticed.value.held == [first]
    assert first.title in noticed.value.message_dict["file"][0]
    # Whoever may not see it learns nothing of it.
    actions.save_evidence(evidence(body=body), by=focal, upload=upload(pdf(), "Mine.pdf"))
    actions.save_evidence(evidence(), by=assessor, upload=upload(pdf(), "Act.pdf"), again=True)
    assert kept_in(folder) == [pdf()] * 3


def test_a_focal_point_adds_evidence_of_the_own_bodies_alone(folder, focal, body):
    for other in (None, make.make_body()):
        with pytest.raises(actions.Refused):
            actions.save_evidence(evidence(body=other), by=focal, upload=upload(pdf(), "a.pdf"))
    row = evidence(body=body)
    actions.save_evidence(row, by=focal, upload=upload(pdf(), "a.pdf"))
    row.body = make.make_body()
    with pytest.raises(actions.Refused):
        actions.save_evidence(row, by=focal)
    for role in (Role.VIEWER, Role.AUDITOR, Role.ADMINISTRATOR):
        with pytest.raises(actions.Refused):
            person = make.make_user(role)
            actions.save_evidence(evidence(body=body), by=person, upload=upload(pdf(), "b.pdf"))
    assert kept_in(folder) == [pdf()]


ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//evil.example/",
    " \tjavascript:alert(1)",
    "java\nscript:alert(1)",
    "ftp://example.org/act.pdf",
    "https:evil",
    "http://",
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_leads_to_the_web_and_nowhere_else(assessor, url):
    with pytest.raises(ValidationError) as refused:
        actions.save_evidence(evidence(url=url), by=assessor)
    assert list(refused.value.message_dict) == ["url"]


def test_evidence_that_is_cited_stays_and_only_visible_citations_are_named(focal, body):
    row = make.make_evidence(body=body)
    commitment = make.make_commitment(body=body)
    make.make_citation(row, assessment=make.make_assessment(commitment, adopted_on=None))
    before = Change.objects.count()
    with pytest.raises(actions.Held) as refused:
        actions.delete_evidence(row, by=focal)
    assert (refused.value.holders, str(refused.value)) == ([], "This is cited, so it stays.")
    seen = make.make_citation(row, report=make.make_report(commitment))
    with pytest.raises(actions.Held) as refused:
        actions.delete_evidence(row, by=focal)
    assert refused.value.holders == [seen]
    assert Change.objects.count() == before
