"""Tables in the browser: bring, look, apply, read the receipt, take all of it back."""

import io

import pytest

from tests import make
from tests.dashboard.pages import read
from tests.tables.files import text
from tracker.actions.imports import MOST_WAITING
from tracker.models import Body, Change, Report, TableImport
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
ROWS = ("Acronym,name,kind,members", "TT-A,One,other,3", "TT-B,Two,planet,", "CTED,New,un_entity,")


@pytest.fixture
def keeper(client):
    person = make.make_user(Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def named(file, name="table.csv"):
    file.name = name
    return file


def bring(client, *rows, noun="bodies"):
    return client.post("/imports/", {"noun": noun, "file": named(text(*rows))})


def words(response):
    return " ".join(read(response).elements[0].text.split())


def test_from_the_file_to_the_receipt_and_back(client, keeper):
    page = bring(client, *ROWS)
    assert page.status_code == 302
    at = page["Location"]
    shown = client.get(at)
    assert "needs the columns code" in words(shown)
    assert "needs the columns code" in words(client.get(f"{at}errors/"))
    assert client.post(at, {"act": "columns", "column-0": "code"})["Location"] == at
    shown = client.get(at)
    said = words(shown)
    for each in ("TT-A", "One", "“planet” is none of", "follows from other records"):
        assert each in said
    assert not Body.objects.filter(code="TT-A").exists()

    assert f'href="{at}errors/"' in shown.content.decode()
    before = client.get(f"{at}errors/")
    assert '"TT-B","kind","planet"' in before.content.decode()

    sent = {"act": "apply", "reason": "List of March", "expected": expected(shown)}
    refused = client.post(at, sent)
    assert refused.status_code == 409
    assert "Rows are refused" in words(refused)
    assert 'value="List of March"' in refused.content.decode()
    assert not Body.objects.filter(code="TT-A").exists()

    done = client.post(at, {**sent, "skip_refused": "on"})
    assert done["Location"] == at
    receipt = client.get(at)
    kept = TableImport.objects.get(by=keeper)
    assert bytes(kept.content) == b""
    # The bytes are gone; which rows were left out is still there to be mended.
    assert client.get(f"{at}errors/").content == before.content
    assert f"/changes/?batch={kept.batch}" in receipt.content.decode()
    assert "“planet” is none of" in words(receipt)
    assert Change.objects.filter(batch=kept.batch, reason="List of March").count() == 2
    # Asked twice, it is done once.
    assert client.post(at, {**sent, "skip_refused": "on"})["Location"] == at
    assert Change.objects.filter(reason="List of March").count() == 2

    [form] = [each for each in read(receipt).all("form")
              if each.attributes.get("action", "").startswith("/changes/")]  # fmt: skip
    back = client.post(form.attributes["action"], {"reason": "Wrong list", "whole": "on"})
    assert back.status_code == 302
    assert not Body.objects.filter(code="TT-A").exists()
    assert "All of it was taken back" in words(client.get(at))


def expected(page):
    [field] = [
        each for each in read(page).all("input") if each.attributes.get("name") == "expected"
    ]
    return field.attributes["value"]


def test_what_was_brought_waits_through_errors_until_it_is_dropped(client, keeper):
    at = bring(client, *ROWS[:1], "TT-A,One,other,")["Location"]
    client.post(at, {"act": "columns", "column-0": "code"})
    assert client.post(at, {"act": "apply"}).status_code == 400
    shown = client.get(at)
    make.make_body("TT-A")  # Somebody else was faster.
    late = client.post(at, {"act": "apply", "reason": "Because", "expected": expected(shown)})
    assert late.status_code == 409 and "in the meantime" in words(late)
    assert at in client.get("/imports/").content.decode()
    assert client.post(at, {"act": "drop"})["Location"] == "/imports/"
    assert client.get(at).status_code == 404


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (io.BytesIO(b""), "is empty"),
        (io.BytesIO(b"%PDF-1.7"), "a PDF"),
        (io.BytesIO("n\u00e9".encode("latin-1") + b"\nx"), "Line 1 is not written in UTF-8"),
        (io.BytesIO(b"x" * (10 * 1024**2 + 1)), "at most 10.0 MB"),
    ],
    ids=["empty", "pdf", "latin-1", "large"],
)
def test_a_file_that_cannot_be_read_is_refused_on_the_same_page(client, keeper, file, says):
    file.seek(0)
    answer = client.post("/imports/", {"noun": "memberships", "file": named(file)})
    assert answer.status_code == 400
    assert says in words(answer)
    assert 'value="memberships" selected' in answer.content.decode()
    assert not TableImport.objects.exists()


def test_so_many_wait_and_no_more(client, keeper):
    for _number in range(MOST_WAITING):
        make.make_import(keeper)
    assert bring(client, "code,name", "CTED,x").status_code == 400


def test_the_import_of_somebody_else_is_not_there(client, keeper):
    at = f"/imports/{make.make_import().pk}/"
    assert client.get(at).status_code == client.post(at, {"act": "drop"}).status_code == 404
    assert client.get(f"{at}errors/").status_code == 404
    assert TableImport.objects.count() == 1
    assert client.get("/imports/123456789123456789123456789/").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_each_role_is_offered_what_it_may_import(client, role):
    client.force_login(make.make_user(role))
    page = client.get("/imports/")
    offered = {each.attributes["value"] for each in read(page).all("option")} & {
        "reports", "bodies", "memberships", "commitments",
    }  # fmt: skip
    allowed = {
        Role.FOCAL_POINT: {"reports"},
        Role.ADMINISTRATOR: {"bodies", "memberships", "commitments"},
    }.get(role, set())
    assert offered == allowed
    for noun in ("reports", "bodies", "memberships", "commitments"):
        answer = bring(client, "code,key,commitment,position", "x,x,x,x", noun=noun)
        assert answer.status_code == (302 if noun in allowed else 400)
    linked = 'href="/imports/"' in client.get("/").content.decode()
    assert linked == bool(allowed)


def test_a_focal_point_brings_the_reports_of_the_own_body(client):
    own, other = make.make_commitment(), make.make_commitment()
    client.force_login(make.make_user(Role.FOCAL_POINT, bodies=[own.body]))
    rows = [f"{each.public_key},planned,=1+1" for each in (own, other)]
    at = bring(client, "commitment,position,text", *rows, noun="reports")["Location"]
    shown = client.get(at)
    assert "No commitment that you may report on" in words(shown)
    sent = {"act": "apply", "reason": "x", "expected": expected(shown), "skip_refused": "on"}
    client.post(at, sent)
    report = Report.objects.get(commitment=own)
    assert (report.text, report.submitted_on) == ("=1+1", None)
    assert not Report.objects.filter(commitment=other).exists()
