"""The matrix as a file: every cell of every page, and the same numbers as on the page."""

import csv
import io
import json

import pytest

from tests import REFERENCE_DAY, make
from tests.exports.reading import texts
from tests.exports.test_lists import number_of_rows
from tracker.exports.forms import FORMS
from tracker.vocabulary import RESULTS, Role

pytestmark = pytest.mark.django_db
BOTH = ["/matrix/", "/api/v1/matrix/"]


@pytest.fixture(autouse=True)
def the_day(time_machine):
    time_machine.move_to(REFERENCE_DAY)


@pytest.fixture
def reader(client):
    client.force_login(make.make_user(Role.REVIEWER))
    return client


def rows(reader, path, query="") -> list[dict]:
    response = reader.get(f"{path}?format=csv{query}")
    assert response.status_code == 200
    found = list(csv.DictReader(io.StringIO(response.getvalue().decode(), newline="")))
    assert len(found) == int(response["X-Row-Count"])
    return found


@pytest.mark.parametrize("path", BOTH)
def test_each_cell_is_a_row_and_counts_the_list_behind_it(reader, path):
    found = rows(reader, path)
    pages = reader.get("/api/v1/matrix/").json()
    cells = [(row["key"], cell) for row in pages["rows"] for cell in row["cells"]]
    assert pages["pages"] == 1
    assert len(found) == len(cells) > 10
    for line, (key, cell) in zip(found, cells, strict=True):
        assert (line["row"], line["column"]) == (key, cell["column"])
        assert int(line["total"]) == cell["total"]
        assert int(line["assessed"]) == cell["assessed"]
        assert [int(line[result]) for result, _label in RESULTS] == list(cell["results"].values())


def test_it_holds_all_pages_of_rows(reader):
    answer = reader.get("/api/v1/matrix/?rows=provision&columns=body").json()
    found = rows(reader, "/matrix/", "&rows=provision&columns=body")
    total = sum(int(line["total"]) for line in found)
    assert total == answer["whole"]["total"]


def test_two_days_are_told_apart(reader):
    found = rows(reader, "/matrix/", "&against=2024-01-01")
    assert {line["on"] for line in found} == {"2024-01-01", "2026-11-01"}


def test_every_form_is_there_and_says_what_it_is(reader):
    for form in FORMS:
        response = reader.get(f"/matrix/?format={form}")
        data = response.getvalue()
        assert response["Content-Type"] == FORMS[form].media_type
        assert "matrix.2026-11-01.restricted." in response["Content-Disposition"]
        assert number_of_rows(form, data) in (int(response["X-Row-Count"]), None)
        if form == "pdf":
            assert all("RESTRICTED" in page and "Source" in page for page in texts(data))
        if form == "about":
            assert json.loads(data)["title"] == "Matrix"
        assert f"format={form}" in reader.get("/matrix/").content.decode()


@pytest.mark.parametrize("path", BOTH)
@pytest.mark.parametrize("query", ["format=xml", "format=csv&page=2", "format=csv&rows=colour"])
def test_a_wrong_request_is_refused(reader, path, query):
    assert reader.get(f"{path}?{query}").status_code == 400


def test_too_many_cells_are_refused(reader, monkeypatch):
    monkeypatch.setattr("tracker.handouts.MOST_CELLS", 10)
    for path in BOTH:
        assert reader.get(f"{path}?format=csv").status_code == 400
