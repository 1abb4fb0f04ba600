"""The error file: every refused row with line, column, value and reason, and no live formula."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from tests import make
from tests.api.people import signed_in
from tests.tables.files import text, workbook
from tracker.exports.cells import unguarded
from tracker.tables.plan import examine
from tracker.tables.refused import NAMES, error_file
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
ROWS = (
    "code,name,kind,founded_on",
    "TT-A,One,other,",
    "TT-B,Two,=1+1,06/07/2026",
    '"TT-C","Three"',
)


def lines(data: str) -> list[list[str]]:
    """The rows of an error file, without its names."""
    names, *rows = csv.reader(io.StringIO(data, newline=""))
    assert tuple(names) == NAMES
    return rows


def test_each_problem_has_its_line_column_value_and_reason():
    found = lines(error_file(examine("bodies", text(*ROWS), by=None).refused))
    told = [(line, record, column, unguarded(value)) for line, record, column, value, _why in found]
    assert told == [
        ("3", "TT-B", "kind", "=1+1"),
        ("3", "TT-B", "founded_on", "06/07/2026"),
        ("4", "", "", ""),
    ]
    assert all(why for *_where, why in found)
    # Nothing that a spreadsheet would run, in any cell.
    assert not [cell for row in found for cell in row if cell[:1] in "=+-@\t" and cell]


def test_what_is_refused_late_names_its_cell_too():
    rows = "code,name,kind,parent", "TT-A,One,other,NOBODY", "TT-A,Two,other,"
    found = lines(error_file(examine("bodies", text(*rows), by=None).refused))
    assert [each[:4] for each in found] == [
        ["2", "TT-A", "parent", "NOBODY"],
        ["3", "TT-A", "code", "TT-A"],
    ]


def test_a_workbook_tells_its_values_as_they_are_shown():
    file = workbook(["code", "name", "kind", "founded_on"], ["TT-A", "One", 7, 46203])
    found = lines(error_file(examine("bodies", file, by=None).refused))
    assert [each[2:4] for each in found] == [["kind", "7"], ["founded_on", "46203"]]


def test_the_command_writes_it_beside(tmp_path, capsys):
    table, errors = tmp_path / "table.csv", tmp_path / "errors.csv"
    table.write_bytes(text(*ROWS).read())
    call_command("import_table", "bodies", str(table), "--errors", str(errors))
    assert len(lines(errors.read_text())) == 3
    errors.unlink()
    told = ("--apply", "--reason", "x", "--errors", str(errors))
    with pytest.raises(CommandError, match="Rows are refused"):
        call_command("import_table", "bodies", str(table), *told)
    assert len(lines(errors.read_text())) == 3
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("import_table", "bodies", str(table), "--errors", str(tmp_path))


def test_it_can_be_had_over_rest_without_writing():
    client = signed_in(make.make_user(Role.ADMINISTRATOR))

    def send(**more):
        file = text(*ROWS)
        file.name = "list.csv"
        path = "/api/v1/imports/bodies/?format=csv"
        return client.post(path, {"file": file, **more}, format="multipart")

    answer = send()
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv")
    assert 'filename="list.errors.csv"' in answer["Content-Disposition"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert len(lines(answer.content.decode())) == 3
    refused = send(apply="true", reason="x")
    assert refused.status_code == 400 and "apply" in refused.json()["errors"]
