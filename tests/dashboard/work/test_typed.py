"""Nothing typed is lost: not by a pause, a sign-out, an old token, a refusal or the Back button."""

import json

import pytest
from django.test import Client

from tests.make import make_assessment, make_report, make_user
from tracker.dashboard.work.authors import signed
from tracker.models import Change, Unsaved

WORDS = {"position": "under_way", "text": "Typed with care.", "classification": "public"}
JUDGED = {"result": "largely_implemented", "basis": "visit", "classification": "internal"}
NOT_SAVED = "It is kept and shown here, but not saved yet."


def draft(desk):
    report = make_report(desk.commitment, submitted_on=None, text="As it was")
    return report, f"/reports/{report.key}/"


def keep(client, path, form="report", **data):
    return client.post(path, {**WORDS, "act": "keep", "form": form, "version": 1, **data})


def test_what_is_typed_is_kept_shown_again_and_forgotten_once_saved(desk):
    client, (report, path) = desk.browser("focal"), draft(desk)
    answer = keep(client, path, text="Typed\0 with care.")
    assert answer.status_code == 200
    assert answer.content.decode() == "Kept at 00:00, not saved yet."
    report.refresh_from_db()
    assert (report.text, Change.objects.of(report).count()) == ("As it was", 0)
    shown = client.get(path).content.decode()
    assert NOT_SAVED in shown and "Typed with care." in shown
    kept_at = answer["X-Kept-At"]
    assert f'name="kept_at" value="{kept_at}"' in shown
    saved = client.post(path, {**WORDS, "act": "save", "version": 1, "kept_at": kept_at})
    assert saved.status_code == 302
    assert not Unsaved.objects.exists()
    assert NOT_SAVED not in client.get(path).content.decode()


def test_what_is_typed_is_for_its_own_eyes(desk):
    _report, path = draft(desk)
    keep(desk.browser("focal"), path)
    colleague = Client()
    colleague.force_login(make_user("focal_point", [desk.body]))
    shown = colleague.get(path).content.decode()
    assert "Typed with care." not in shown and "As it was" in shown
    assert keep(desk.browser("stranger"), path).status_code == 404
    assert keep(desk.browser("auditor"), path).status_code == 403


def test_it_is_discarded_with_a_press(desk):
    client, (_report, path) = desk.browser("focal"), draft(desk)
    keep(client, path)
    assert client.post(path, {"act": "drop", "form": "report"}).status_code == 302
    shown = client.get(path).content.decode()
    assert "As it was" in shown and "Typed with care." not in shown


def test_new_forms_keep_too(desk):
    focal, assessor = desk.browser("focal"), desk.browser("assessor")
    assert keep(focal, f"{desk.address}report/").status_code == 200
    assert "Typed with care." in focal.get(f"{desk.address}report/").content.decode()
    page = f"{desk.address}assess/"
    assert keep(assessor, page, "assessment", rationale="Because so.").status_code == 200
    assert "Because so." in assessor.get(page).content.decode()
    assert keep(assessor, "/evidence/new/", "evidence", note="A note.").status_code == 200
    assert "A note." in assessor.get("/evidence/new/").content.decode()


def test_two_windows_do_not_overwrite_each_other(desk):
    client, (_report, path) = desk.browser("focal"), draft(desk)
    first = keep(client, path)
    assert keep(client, path, text="In another window").status_code == 409
    again = keep(client, path, text="Typed on", kept_at=first["X-Kept-At"])
    assert again.status_code == 200
    # Saving in the other window forgets nothing that this one typed.
    client.post(path, {**WORDS, "text": "Other", "act": "save", "version": 1, "kept_at": ""})
    assert Unsaved.objects.get().fields["text"] == "Typed on"


@pytest.mark.parametrize(
    ("data", "status"),
    [({"form": "nonsense"}, 400), ({"form": ""}, 400), ({"text": "x" * 200_001}, 400)],
)
def test_what_cannot_be_kept_says_so(desk, data, status):
    client, (_report, path) = desk.browser("focal"), draft(desk)
    answer = keep(client, path, **data)
    assert (answer.status_code, answer["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert not Unsaved.objects.exists()


def test_what_could_not_be_saved_is_there_after_the_back_button(desk):
    client, (_report, path) = desk.browser("focal"), draft(desk)
    assert client.post(path, {**WORDS, "position": "?", "act": "save"}).status_code == 400
    assert "Typed with care." in client.get(path).content.decode()


SENT = {**WORDS, "act": "save", "form": "report", "version": 1}


def test_the_form_says_signed_who_types(desk):
    _report, path = draft(desk)
    shown = desk.browser("focal").get(path).content.decode()
    assert f'name="author" value="{signed(desk.people["focal"])}"' in shown


@pytest.mark.parametrize("author", ["", "1", "1:forged", None])
def test_text_goes_to_nobody_but_its_author(desk, client, author):
    """Who signs in at a page that somebody else's text waits on does not get it."""
    _report, path = draft(desk)
    author = signed(desk.people["assessor"]) if author is None else author
    carried = client.post(path, {**SENT, "author": author}).context["carried"]
    person = desk.people["focal"]
    person.set_password("secret-enough")
    person.save()
    data = {"username": person.username, "password": "secret-enough", "next": path}
    assert client.post("/login/", {**data, "carried": carried}).status_code == 302
    assert not Unsaved.objects.exists()


def test_a_session_that_ended_costs_no_text(desk, client):
    _report, path = draft(desk)
    assert keep(client, path).status_code == 401
    person = desk.people["focal"]
    answer = client.post(path, {**SENT, "author": signed(person)})
    assert answer.status_code == 403
    person.set_password("secret-enough")
    person.save()
    carried = answer.context["carried"]
    assert "Typed with care." in carried
    data = {"username": person.username, "next": path, "carried": carried}
    wrong = client.post("/login/", {**data, "password": "wrong"})
    assert wrong.context["carried"] == carried
    right = client.post("/login/", {**data, "password": "secret-enough"})
    assert (right.status_code, right["Location"]) == (302, path)
    shown = client.get(path).content.decode()
    assert NOT_SAVED in shown and "Typed with care." in shown


@pytest.mark.parametrize(
    ("path", "carried"),
    [
        ("/", "{}"),
        ("/reports/R-x/", "nonsense"),
        ("/reports/R-x/", '{"form": "report", "fields": []}'),
        ("/nowhere", '{"form": "report", "fields": {"text": "x"}}'),
        ("/bodies/", '{"form": "report", "fields": {"text": "x"}}'),
    ],
)
def test_signing_in_keeps_nothing_that_belongs_to_no_form(desk, client, path, carried):
    person = desk.people["focal"]
    person.set_password("secret-enough")
    person.save()
    data = {"username": person.username, "password": "secret-enough", "next": path}
    assert client.post("/login/", {**data, "carried": carried}).status_code == 302
    assert not Unsaved.objects.exists()


def test_an_old_token_shows_the_text_again_and_writes_nothing(desk):
    report, path = draft(desk)
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.people["focal"])
    data = {**WORDS, "act": "submit", "form": "report", "version": 1}
    answer = client.post(path, data)
    shown = answer.content.decode()
    assert answer.status_code == 403
    assert "Typed with care." in shown and "press the button again" in shown
    report.refresh_from_db()
    assert (report.text, report.submitted_on) == ("As it was", None)
    token = client.cookies["csrftoken"].value
    assert client.post(path, {**data, "csrfmiddlewaretoken": token}).status_code == 302
    report.refresh_from_db()
    assert report.text == "Typed with care."


def test_what_came_from_another_site_is_not_shown_in_our_form(desk):
    _report, path = draft(desk)
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.people["focal"])
    data = {**WORDS, "act": "save", "form": "report"}
    answer = client.post(path, data, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert "Typed with care." not in answer.content.decode()


def test_text_whose_form_is_gone_can_still_be_copied(desk):
    assessor, colleague = desk.browser("assessor"), desk.browser("reviewer")
    row = make_assessment(desk.commitment, adopted_on=None)
    path = f"/assessments/{row.key}/"
    typed = {**JUDGED, "rationale": "Long thought about.", "form": "assessment", "version": 1}
    colleague.post(path, {**JUDGED, "rationale": "Short.", "act": "send", "version": 1})
    answer = assessor.post(path, {**typed, "act": "save"})
    assert answer.status_code in (400, 409)
    assert "Long thought about." in answer.content.decode()
    assert "What you typed, not saved" in assessor.get(path).content.decode()
    report, place = draft(desk)
    report.delete()
    gone = desk.browser("focal").post(place, {**WORDS, "form": "report", "act": "save"})
    assert gone.status_code == 404
    assert "Typed with care." in gone.content.decode()


def test_a_conflict_lets_each_text_be_chosen_and_keeps_both(desk):
    client, (report, path) = desk.browser("focal"), draft(desk)
    mine = {**WORDS, "text": "Mine at length", "version": 1, "form": "report"}
    client.post(path, {**WORDS, "text": "Theirs at length", "act": "save", "version": 1})
    asked = client.post(path, {**mine, "act": "save"})
    assert asked.status_code == 409
    [difference] = asked.context["conflict"]
    assert difference.words == [("-", "Theirs "), ("+", "Mine "), ("=", "at length")]
    again = {**mine, "version": 2, "mine-version": "1", "mine-text": "Mine at length"}
    for which, text in (
        ("theirs", "Theirs at length"),
        ("both", "Theirs at length\n\nMine at length"),
        ("mine", "Mine at length"),
    ):
        answer = client.post(path, {**again, "choose": f"text:{which}"})
        assert answer.status_code == 200
        assert answer.context["form"]["text"].value() == text
        assert answer.context["conflict"][0].mine == "Mine at length"
    # Opened again later, it is still the text typed before theirs was saved.
    assert client.get(path).context["form"]["version"].value() == "1"
    assert client.post(path, {**again, "choose": "nonsense"}).status_code == 200
    assert client.post(path, {**again, "text": "Both in one", "act": "save"}).status_code == 302
    report.refresh_from_db()
    assert report.text == "Both in one"


def test_a_choice_without_a_row_has_no_meaning(desk):
    client = desk.browser("focal")
    data = {**WORDS, "form": "report", "choose": "text:mine"}
    assert client.post(f"{desk.address}report/", data).status_code == 400


def test_carried_text_is_read_as_text_only(desk, client):
    _report, path = draft(desk)
    answer = client.post(path, {**WORDS, "act": "save", "form": "report", "evil": "x"})
    assert set(json.loads(answer.context["carried"])["fields"]) == set(WORDS)
