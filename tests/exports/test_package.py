"""The data package: every list as the reader sees it, and a description that holds."""

import hashlib
import io
import json
import tracemalloc
import zipfile

import pytest

from tests import REFERENCE_DAY, make
from tests.exports.reading import needs
from tests.exports.test_lists import ABOUT, HARD, Filled, row_of
from tracker.exports.package import Part, package
from tracker.exports.sheets import SHEETS
from tracker.handouts import PACKAGED
from tracker.models import Report
from tracker.vocabulary import Role

BOTH = ["/datapackage/", "/api/v1/datapackage/"]


@pytest.fixture(autouse=True)
def the_day(time_machine):
    time_machine.move_to(REFERENCE_DAY)


def fetched(client, path="/datapackage/", role=Role.REVIEWER) -> tuple[dict, zipfile.ZipFile]:
    client.force_login(make.make_user(role))
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    book = zipfile.ZipFile(io.BytesIO(response.getvalue()))
    assert book.testzip() is None
    return json.loads(book.read("datapackage.json")), book


@pytest.mark.django_db
@pytest.mark.parametrize("path", BOTH)
def test_each_list_is_there_with_its_rows_and_its_schema(client, path):
    described, book = fetched(client, path)
    assert described["classification"] == "restricted"
    assert described["asOf"] == "2026-11-01"
    assert "no legal finding" in described["description"]
    resources = {each["name"]: each for each in described["resources"]}
    assert list(resources) == list(PACKAGED)
    for name, resource in resources.items():
        data = book.read(resource["path"])
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        count = client.get(f"/api/v1/{name}/").json()["count"]
        assert resource["rows"] == count, name
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert data.decode().splitlines()[0] == ",".join(f'"{each}"' for each in names)


@pytest.mark.django_db
def test_it_holds_what_its_reader_may_see(client):
    make.make_report(text="Secret words.", classification="restricted")
    for role, shown in ((Role.VIEWER, False), (Role.REVIEWER, True)):
        described, book = fetched(client, role=role)
        assert (b"Secret words." in book.read("reports.csv")) == shown
        assert described["classification"] == ("restricted" if shown else "internal")


@pytest.mark.django_db
@pytest.mark.parametrize("path", BOTH)
def test_it_is_asked_for_by_day_and_by_nothing_else(client, path):
    client.force_login(make.make_user())
    assert client.get(path, {"on": "2020-01-01"}).status_code == 200
    for wrong in ({"on": "soon"}, {"theme": "biometrics"}):
        assert client.get(path, wrong).status_code == 400


def test_it_is_written_in_constant_memory():
    sheet = SHEETS[Report]

    def peak(number):
        rows = (row_of(sheet, f"Text {each} of some length") for each in range(number))
        tracemalloc.start()
        for _piece in package([Part("reports", "Reports", Filled(sheet), rows)], ABOUT):
            pass
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(100)
    assert peak(3000) < peak(300) + 300_000


@needs("frictionless")
@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore")
def test_the_validator_of_frictionless_finds_nothing(client, tmp_path):
    import frictionless

    body = make.make_body()
    for number, text in enumerate(HARD):
        make.make_report(make.make_commitment(body=body), key=f"r-{number:03}", text=text)
    described, book = fetched(client)
    book.extractall(tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "note", "rowNumber", "fieldName"])[:5]
    assert len(report.tasks) == len(described["resources"])
    told = {task.name: task.stats["rows"] for task in report.tasks}
    assert told == {each["name"]: each["rows"] for each in described["resources"]}
