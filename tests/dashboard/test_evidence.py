"""Evidence in the dashboard: listed, shown, added with its file, handed out to be saved."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import make
from tests.dashboard.pages import links, read
from tests.files.corpus import HTML, pdf
from tests.files.keeping import kept_in, upload
from tests.thorough import some
from tracker import actions
from tracker.models import Change, Evidence
from tracker.rights import RIGHTS, Act, Reach
from tracker.vocabulary import Classification, Door, Role

pytestmark = pytest.mark.django_db
TYPED = {
    "title": "Act on mutual assistance",
    "kind": "legislation",
    "independence": "body_itself",
    "classification": "internal",
    "published_on": "2020-05-06",
    "url": "https://example.org/act",
}


@pytest.fixture
def body():
    return make.make_body("EVIDENT")


@pytest.fixture
def desk(client):
    """A browser in which an assessor is signed in."""
    client.force_login(make.make_user(Role.ASSESSOR))
    return client


def sent(content=None, name="Act.pdf", **fields):
    """What the form sends."""
    file = {} if content is None else {"file": SimpleUploadedFile(name, content)}
    return {**TYPED, **file, **fields}


def words(answer) -> str:
    """What a page says, without the tokens that differ each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def with_file(**fields) -> Evidence:
    """Evidence with a file."""
    row = Evidence(title="An act", kind="legislation", independence="body_itself", **fields)
    actions.save_evidence(row, by=None, upload=upload(pdf(), "Åct “2026”.pdf"), again=True)
    return row


def test_evidence_is_added_with_its_file_and_shown(desk, folder, body):
    answer = desk.post("/evidence/new/", sent(pdf(), body="EVIDENT", reason="Received today"))
    row = Evidence.objects.get(title=TYPED["title"])
    assert (answer.status_code, answer["Location"]) == (302, f"/evidence/{row.key}/")
    assert (row.body, row.file_name, row.file_size) == (body, "Act.pdf", len(pdf()))
    assert kept_in(folder) == [pdf()]
    [change] = Change.objects.of(row)
    assert (change.door, change.reason) == (Door.DASHBOARD, "Received today")
    page = desk.get(answer["Location"])
    shown = page.content.decode()
    assert row.checksum in shown and "6 May 2020" in shown and "The evidence is saved." in shown
    assert row.file.name not in shown
    assert links(read(page))["https://example.org/act"] == "https://example.org/act"


def test_a_file_that_is_not_taken_is_told_beside_what_was_typed(desk, folder):
    answer = desk.post("/evidence/new/", sent(HTML, "page.txt", note="Typed with care."))
    assert answer.status_code == 400
    shown = answer.content.decode()
    assert "holds a web page" in shown and "Typed with care." in shown
    assert '<a href="#f-file">' in shown and 'id="e-file"' in shown
    assert desk.post("/evidence/new/", sent(b"", "empty.pdf")).status_code == 400
    assert desk.post("/evidence/new/", sent(pdf(), "evil.php.pdf")).status_code == 400
    assert not Evidence.objects.filter(title=TYPED["title"]).exists()
    assert kept_in(folder) == []


def test_what_an_upload_hides_in_its_name_does_not_survive(desk, folder):
    """The server takes paths and hidden signs from names before anything reads them."""
    for name in ("../../evil.pdf", "evil\u202efdp.pdf", "C:\\evil.pdf"):
        desk.post("/evidence/new/", sent(pdf(), name, again="on"))
    names = Evidence.objects.filter(title=TYPED["title"]).values_list("file_name", flat=True)
    assert set(names) == {"evil.pdf", "evilfdp.pdf"}
    assert all(path.is_relative_to(folder) for path in folder.rglob("*"))


def test_the_same_file_is_noticed_and_added_again_only_when_asked(desk, folder):
    held = with_file()
    answer = desk.post("/evidence/new/", sent(pdf(), "Other name.pdf"))
    assert answer.status_code == 400
    assert links(read(answer))[held.title] == f"/evidence/{held.key}/"
    assert 'name="again"' in answer.content.decode()
    assert desk.post("/evidence/new/", sent(pdf(), again="on")).status_code == 302
    assert len(kept_in(folder)) == 2


WRONG = [
    ({"title": ""}, "title"),
    ({"kind": "rumour"}, "kind"),
    ({"body": "NOBODY"}, "body"),
    ({"published_on": "6.5.2020"}, "published_on"),
    ({"valid_until": "2019-01-01"}, "valid_until"),
    ({"url": "javascript:alert(1)"}, "url"),
    ({"title": "a\x00b"}, "title"),
]


@pytest.mark.parametrize(("fields", "wrong"), WRONG)
def test_what_is_wrong_is_told_by_its_field(desk, folder, fields, wrong):
    answer = desk.post("/evidence/new/", sent(pdf(), **fields))
    assert answer.status_code == 400
    assert f'id="e-{wrong}"' in answer.content.decode()
    assert kept_in(folder) == []


def test_a_row_with_a_dangerous_address_shows_it_as_text(desk):
    row = make.make_evidence(url="javascript:alert(1)")
    page = read(desk.get(f"/evidence/{row.key}/"))
    assert "javascript:alert(1)" in page.all("main")[0].text
    assert not any("javascript" in link.attributes["href"] for link in page.all("a"))


def test_what_is_said_is_changed_and_the_file_stays(desk, folder):
    row = with_file()
    path = f"/evidence/{row.key}/edit/"
    assert 'name="file"' not in desk.get(path).content.decode()
    typed = {**TYPED, "version": row.version, "title": "Better title", "file": "other"}
    assert desk.post(path, typed).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.file_name) == ("Better title", "Åct “2026”.pdf")
    assert kept_in(folder) == [pdf()]


def test_a_conflict_shows_both_texts_and_loses_neither(desk):
    row = make.make_evidence()
    other = Evidence.objects.get(pk=row.pk)
    other.title = "Theirs"
    actions.save_evidence(other, by=None)
    typed = {**TYPED, "version": 1, "title": "Mine"}
    answer = desk.post(f"/evidence/{row.key}/edit/", typed)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in shown and "Mine" in shown
    row.refresh_from_db()
    assert row.title == "Theirs"
    assert desk.post(f"/evidence/{row.key}/edit/", {**typed, "version": 2}).status_code == 302


def test_only_what_nothing_cites_is_deleted(desk, folder, django_capture_on_commit_callbacks):
    row = with_file()
    citation = make.make_citation(row, make.make_report(submitted_on=None))
    path = f"/evidence/{row.key}/edit/"
    answer = desk.post(path, {"act": "delete"})
    assert (answer.status_code, "it stays" in answer.content.decode()) == (409, True)
    citation.delete()
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(path, {"act": "delete"})["Location"] == "/evidence/"
    assert desk.get(f"/evidence/{row.key}/").status_code == 404
    assert kept_in(folder) == []


def test_a_piece_says_where_it_is_cited_as_far_as_the_reader_may_see(client):
    row = make.make_evidence(classification="public")
    open_report = make.make_report(submitted_on=datetime.date(2020, 1, 1))
    hidden = make.make_report(classification="restricted")
    draft = make.make_report(submitted_on=None)
    for report in (open_report, hidden, draft):
        make.make_citation(row, report, pinpoint="Article 4")
    client.force_login(make.make_user())
    page = client.get(f"/evidence/{row.key}/")
    assert [each.report for each in page.context["citations"]] == [open_report]
    assert page.context["evidence"].citation_count == 1
    place = f"/commitments/{open_report.commitment.public_key}/#{open_report.key}"
    assert any(link.attributes.get("href") == place for link in read(page).all("a"))
    assert client.get(f"/evidence/{row.key}/?on=2019-12-31").context["citations"] == []


def test_a_file_is_handed_out_to_be_saved_and_never_shown(desk, folder):
    row = with_file()
    answer = desk.get(f"/evidence/{row.key}/file/", headers={"Range": "bytes=0-3"})
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == pdf()
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "filename*=utf-8''%C3%85ct" in answer["Content-Disposition"]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"] and answer["Accept-Ranges"] == "none"
    assert row.file.name not in str(answer.headers)


@pytest.mark.parametrize("classification", some(*reversed(Classification)))
def test_who_may_not_see_it_finds_nothing_at_any_of_its_addresses(
    client, folder, body, classification
):
    """Every role, own body and another's: the file follows the row, guesses lead nowhere."""
    row = with_file(body=body, classification=classification)
    stored, restricted = row.file.name, classification == Classification.RESTRICTED
    for role in Role:
        for own in (True, False):
            reach = RIGHTS[Act.READ_RESTRICTED].get(role, Reach.NONE)
            sees = not restricted or reach == Reach.ALL or (reach == Reach.OWN and own)
            bodies = [body] if own else [make.make_body()]
            client.force_login(make.make_user(role, bodies))
            for door in (f"/evidence/{row.key}/file/", f"/api/v1/evidence/{row.key}/file/"):
                answer = client.get(door)
                assert answer.status_code == (200 if sees else 404), (role, own, door)
                assert (b"".join(answer) == pdf()) == sees
            there = client.get(f"/evidence/{row.key}/")
            assert there.status_code == (200 if sees else 404)
            if not sees:
                missing = client.get("/evidence/E-missing/")
                assert words(there).replace(row.key, "E-missing") == words(missing)
                assert client.post(f"/evidence/{row.key}/edit/").status_code == 404
            for guess in (stored, row.checksum, row.file_name):
                for path in (f"/evidence/{guess}/", f"/media/{guess}", f"/evidence/{guess}/file/"):
                    assert client.get(path).status_code == 404
    client.logout()
    for path in (f"/evidence/{row.key}/", f"/evidence/{row.key}/file/", "/evidence/new/"):
        assert client.get(path)["Location"].startswith("/login/")


def test_a_file_that_is_gone_answers_like_one_that_never_was(desk, folder):
    row = with_file()
    row.file.storage.delete(row.file.name)
    for key in (row.key, make.make_evidence().key):
        assert desk.get(f"/evidence/{key}/file/").status_code == 404


def test_only_who_may_add_evidence_is_offered_it(client, body):
    row = make.make_evidence(body=body)
    for role in Role:
        client.force_login(make.make_user(role, [body]))
        allowed = RIGHTS[Act.ADD_EVIDENCE].get(role, Reach.NONE) != Reach.NONE
        assert ("Add evidence" in client.get("/evidence/").content.decode()) == allowed
        for path in ("/evidence/new/", f"/evidence/{row.key}/edit/"):
            assert client.get(path).status_code == (200 if allowed else 403)
            assert client.post(path, TYPED).status_code in ((302, 400, 409) if allowed else (403,))


def test_a_focal_point_chooses_among_the_own_bodies(client, folder, body):
    client.force_login(make.make_user(Role.FOCAL_POINT, [body]))
    other = make.make_body("OTHER")
    page = client.get("/evidence/new/?body=EVIDENT")
    assert page.context["form"].fields["body"].choices == [("EVIDENT", body.name)]
    for code in (other.code, ""):
        assert client.post("/evidence/new/", sent(pdf(), body=code)).status_code in (400, 403)
    assert client.post("/evidence/new/", sent(pdf(), body="EVIDENT")).status_code == 302
    theirs = make.make_evidence(body=other)
    assert client.post(f"/evidence/{theirs.key}/edit/", TYPED).status_code == 403
    assert len(kept_in(folder)) == 1
