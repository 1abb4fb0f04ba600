"""A focal point drafts, cites and submits; nobody else does, and nothing typed is lost."""

import datetime

import pytest

from tests.make import make_evidence, make_report
from tracker.models import Change

WORDS = {"position": "under_way", "text": "A law is before parliament.", "classification": "public"}
NOBODY_ELSE = ["viewer", "assessor", "reviewer", "administrator", "auditor", "stranger"]


def drafted(desk):
    return make_report(desk.commitment, submitted_on=None, text="As it was")


def test_a_report_is_drafted_cited_and_submitted(desk):
    client = desk.browser("focal")
    assert client.get(f"{desk.address}report/").status_code == 200
    answer = client.post(f"{desk.address}report/", {**WORDS, "act": "save"}, follow=True)
    assert "The draft is saved." in answer.content.decode()
    report = desk.commitment.reports.get()
    path = f"/reports/{report.key}/"
    evidence = make_evidence(body=desk.body, title="Gazette")
    make_evidence(body=desk.people["stranger"].bodies.get(), title="Of another body")
    shown = client.get(path).content.decode()
    assert "Gazette" in shown
    assert "Of another body" not in shown
    assert "Gazette" not in client.get(path, {"q": "other words"}).content.decode()
    client.post(path, {"act": "cite", "evidence": evidence.key, "pinpoint": "Art. 4"})
    assert "(Art. 4)" in client.get(path).content.decode()
    client.post(path, {"act": "uncite", "citation": report.citations.get().key})
    assert not report.citations.exists()
    again = {**WORDS, "text": "In force.", "act": "submit", "version": report.version}
    assert client.post(path, again)["Location"] == desk.address
    report.refresh_from_db()
    assert (report.text, report.submitted_on) == ("In force.", datetime.date(2026, 11, 1))
    assert client.post(path, {**again, "version": report.version}).status_code == 400
    assert "In force." in desk.browser("viewer").get(path).content.decode()


def test_the_last_report_is_copied_with_a_press(desk):
    client = desk.browser("focal")
    make_report(desk.commitment, text="Last year")
    answer = client.post(f"{desk.address}report/copy/")
    assert desk.commitment.reports.get(submitted_on=None).text == "Last year"
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(f"{desk.address}report/copy/").status_code == 405


def test_a_copy_of_nothing_says_so(desk):
    answer = desk.browser("focal").post(f"{desk.address}report/copy/", follow=True)
    assert answer.status_code == 200
    assert "There is no earlier report to copy" in answer.content.decode()


def test_a_draft_is_discarded(desk):
    report = drafted(desk)
    desk.browser("focal").post(f"/reports/{report.key}/", {"act": "discard", "version": 1})
    assert not desk.commitment.reports.exists()


@pytest.mark.parametrize("name", NOBODY_ELSE)
def test_nobody_else_reports(desk, name):
    client, report = desk.browser(name), drafted(desk)
    assert client.get(f"{desk.address}report/").status_code == 403
    assert client.post(f"{desk.address}report/", {**WORDS, "act": "save"}).status_code == 403
    assert client.post(f"{desk.address}report/copy/").status_code == 403
    data = {**WORDS, "act": "save", "version": 1}
    status = client.post(f"/reports/{report.key}/", data).status_code
    assert status == (403 if name == "auditor" else 404)
    missing = client.get("/reports/R-nothing/")
    assert missing.status_code == 404
    if name != "auditor":
        hidden = client.get(f"/reports/{report.key}/").content.decode()
        assert "As it was" not in hidden
    report.refresh_from_db()
    assert (report.text, desk.commitment.reports.count()) == ("As it was", 1)


@pytest.mark.parametrize(
    "data",
    [
        {**WORDS, "act": "save", "position": "nonsense"},
        {**WORDS, "act": "submit", "text": ""},
        {**WORDS, "act": "save", "version": "x"},
        {"act": "nonsense"},
        {"act": "cite", "evidence": "E-nothing"},
        {"act": "cite", "evidence": "\0"},
        {},
    ],
)
def test_bad_input_is_told_and_kept(desk, data):
    client, report = desk.browser("focal"), drafted(desk)
    answer = client.post(f"/reports/{report.key}/", {"version": 1, **data})
    assert answer.status_code == 400
    assert "autofocus" in answer.content.decode() or "act" not in data or data["act"] == "nonsense"
    if data.get("text"):
        assert data["text"] in answer.content.decode()
    report.refresh_from_db()
    assert (report.text, report.version, Change.objects.of(report).count()) == ("As it was", 1, 0)


def test_two_windows_show_both_texts_and_lose_neither(desk):
    client, report = desk.browser("focal"), drafted(desk)
    path = f"/reports/{report.key}/"
    first = {**WORDS, "text": "From the first window", "act": "save", "version": 1}
    second = {**WORDS, "text": "From the second window", "act": "save", "version": 1}
    assert client.post(path, first).status_code == 302
    answer = client.post(path, second)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "+ second" in shown and "− first" in shown  # marked by signs
    assert "From the first window" in shown
    report.refresh_from_db()
    assert report.text == "From the first window"
    assert f'name="version" value="{report.version}"' in shown
    merged = {**second, "text": "From both", "version": report.version}
    assert client.post(path, merged).status_code == 302
    report.refresh_from_db()
    assert report.text == "From both"
