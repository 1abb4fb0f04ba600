"""Rows that are put together in Python: as safe as a template, and a page stays as light."""

import datetime
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dashboard.pages import read
from tests.make import make_body, make_commitment, make_provision, make_region
from tracker.dashboard.addresses import Day, address, addresses

#: What a page of fifty rows of the demonstration weighs at most, in bytes, plain and packed.
#: It may get lighter, and grows only with what its readers gain.
MOST, MOST_PACKED = 110_000, 12_500
MARKUP = "<b onclick=alert(1)>&\"'é"
COLUMNS = ("provision", "body", "reported", "evidence", "assessment", "timing")
MORE = ("force", "role", "kind", "region", "follow_up")


@given(st.text("abc()&'\" é<%+:@ä1", min_size=1, max_size=20))
def test_addresses_are_spelled_one_after_the_other_as_one_by_one(key):
    assert addresses("commitment")(f"S/{key}/X") == address("commitment", f"S/{key}/X")


def test_addresses_keep_the_day():
    day = Day(on=datetime.date(2019, 1, 2), today=datetime.date(2020, 1, 1))
    assert addresses("body", day)("XAA") == "/bodies/XAA/?on=2019-01-02"


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("path", ["/commitments/", "/provisions/{provision}/", "/bodies/{body}/"])
def test_what_the_register_holds_is_text(viewer, language, path):
    provision = make_provision(summary=f"{MARKUP} summary", number="7")
    body = make_body("XZQ", name=f"{MARKUP} name", region=make_region(name=f"{MARKUP} region"))
    make_commitment(provision, body)
    path = path.format(provision=provision.key, body=body.code)
    query = {"body": "XZQ", "cols": [*COLUMNS, *MORE]} if path == "/commitments/" else {}
    answer = viewer.get(path, query, headers={"Accept-Language": language})
    assert answer.status_code == 200
    page = read(answer)
    assert "onclick" not in {name for each in page.elements for name in each.attributes}
    shown = "".join(each.text for each in page.all("tbody"))
    told = {"/commitments/": ("summary", "name", "region"), f"/bodies/{body.code}/": ("summary",)}
    for word in told.get(path, ("name",) if "provisions" in path else ("summary",)):
        assert f"{MARKUP} {word}" in shown


def test_a_page_of_fifty_rows_stays_light(viewer):
    page = viewer.get("/commitments/?role=addressee&sort=body").content
    assert page.count(b"<tr>") == 51
    assert len(page) <= MOST
    assert len(gzip.compress(page, 6)) <= MOST_PACKED
