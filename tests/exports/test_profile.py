"""The profile of a body and the brief on it in the forms of lists: the same figures and words."""

import csv
import io
import json

import openpyxl
import pytest

from tests import REFERENCE_DAY, make
from tracker.exports.cells import unguarded
from tracker.exports.fitting import BRIEFS
from tracker.exports.forms import FORMS
from tracker.vocabulary import RESULTS, Role

pytestmark = pytest.mark.django_db
PROFILE, PAGE = "/api/v1/bodies/XAA/profile/", "/bodies/XAA/"


@pytest.fixture(autouse=True)
def the_day(time_machine):
    time_machine.move_to(REFERENCE_DAY)


@pytest.fixture
def reader(client):
    client.force_login(make.make_user(Role.REVIEWER))
    return client


def lines(response) -> list[dict]:
    return [json.loads(line) for line in response.getvalue().decode().splitlines()]


def test_the_rows_are_the_bars_of_the_profile(reader):
    answer = reader.get(f"{PROFILE}?format=jsonl")
    rows, told = lines(answer), reader.get(PROFILE).json()
    assert int(answer["X-Row-Count"]) == len(rows) == len(told["themes"]) + 1 > 3
    bars = [told["results"], *(each["results"] for each in told["themes"])]
    for row, bar in zip(rows, bars, strict=True):
        assert {key: row[key] for key, _label in RESULTS} == bar
        assert row["total"] == sum(bar.values())
    assert rows[0]["theme"] == "" and {row["body"] for row in rows} == {"XAA"}


@pytest.mark.parametrize("form", FORMS)
def test_the_page_gives_the_same_profile_as_the_api(reader, form):
    page = reader.get(f"{PAGE}?format={form}")
    assert page["Content-Type"] == FORMS[form].media_type
    assert page["X-As-Of"] == REFERENCE_DAY.isoformat()
    assert f"profile-XAA.{REFERENCE_DAY}.{page['X-Classification']}" in page["Content-Disposition"]
    if form == "json":  # The API has the profile itself.
        assert json.loads(page.getvalue())["about"]["rows"] == int(page["X-Row-Count"])
        return
    there = reader.get(f"{PROFILE}?format={form}")
    assert there["X-Row-Count"] == page["X-Row-Count"]
    if form in ("csv", "jsonl"):
        assert there.getvalue() == page.getvalue()


def test_a_part_of_the_profile_is_no_file_and_a_form_that_is_none_is_named(reader):
    refused = reader.get(f"{PROFILE}?format=csv&fields=results")
    assert refused.status_code == 400 and "fields" in refused.json()["errors"]
    assert reader.get(f"{PAGE}?format=gif").status_code == 400
    assert reader.get(f"{PROFILE}?format=gif").status_code == 400
    assert reader.get("/bodies/NOBODY/?format=csv").status_code == 404


def test_the_brief_as_a_list_says_all_that_it_says_as_data(reader):
    told = reader.get("/bodies/XAA/brief/?format=json").json()
    rows = lines(reader.get("/bodies/XAA/brief/?format=jsonl"))
    assert {row["section"] for row in rows} == {each["key"] for each in told["sections"]}
    for section in told["sections"]:
        mine = [row for row in rows if row["section"] == section["key"]]
        cells = [(name, cell["text"]) for row in section["rows"] for name, cell in row.items()]
        assert [(row["what"], row["text"]) for row in mine if row["what"]] == cells
        said = {row["text"] for row in mine}
        assert {each["text"] for each in (*section["lines"], *section["quotes"])} <= said
    assert any(row["address"].startswith("http") for row in rows)


def test_no_text_of_a_brief_is_a_formula(reader):
    commitment = make.make_commitment()
    make.make_report(commitment, text="=1+1")
    path = f"/bodies/{commitment.body.code}/brief/?format="
    cells = [
        row["text"]
        for row in csv.DictReader(io.StringIO(reader.get(f"{path}csv").content.decode()))
    ]
    assert "'=1+1" in cells and "=1+1" in map(unguarded, cells)
    sheet = openpyxl.load_workbook(io.BytesIO(reader.get(f"{path}xlsx").content))["Rows"]
    [cell] = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert cell.data_type == "s"


@pytest.mark.parametrize("form", BRIEFS)
def test_each_form_of_the_brief_says_its_day_and_level(reader, form):
    answer = reader.get(f"/bodies/XAA/brief/?format={form}")
    assert answer["X-As-Of"] == REFERENCE_DAY.isoformat()
    assert answer["X-Classification"] == "restricted"
