"""The matrix as a page: links, words for those who do not see it, two days, the address."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.dashboard.pages import figures, read
from tests.dashboard.test_numbers import rows_behind
from tests.make import make_user
from tests.thorough import some
from tracker.dashboard.matrix import pack
from tracker.reports.axes import Head
from tracker.vocabulary import RESULTS, Role

pytestmark = pytest.mark.django_db


def cells_of(answer):
    return re.findall(r"<td[^>]*>.*?(?=<t[dh]|</tr>)", answer.content.decode(), re.DOTALL)


@pytest.mark.parametrize(
    "path",
    some(
        "/matrix/?on=2021-06-30&region=002",
        "/matrix/?rows=resolution&against=2024-06-30",
        "/matrix/?open_row=judicial-cooperation&open_column=150&kind=state&on=2020-01-01",
        "/matrix/?rows=provision&columns=region&theme=extradition",
        quick=2,
    ),
)
def test_every_number_leads_to_as_many_rows(client, path):
    client.force_login(make_user(Role.REVIEWER))
    known = {}
    for number, address in figures(client.get(path)):
        known.setdefault(address, rows_behind(client, address))
        assert known[address] == number, address
    assert len(known) > 20


def test_a_cell_of_one_commitment_says_its_result_and_leads_to_it(viewer):
    answer = viewer.get("/matrix/?rows=provision&columns=body&region=150&on=2022-06-30")
    linked = [cell for cell in cells_of(answer) if "<a " in cell]
    assert len(linked) > 100
    labels = {str(label) for _key, label in RESULTS}
    for cell in linked:
        text = re.sub(r"<[^>]+>", "", cell)
        assert any(label in text for label in labels), cell
    address = re.search(r'href="([^"]+)"', linked[0])[1].replace("&amp;", "&")
    assert rows_behind(viewer, address) == 1
    assert parse_qs(urlsplit(address).query)["on"] == ["2022-06-30"]


def test_what_is_not_assessed_is_in_no_cell_of_what_is_not_implemented(viewer):
    answer = viewer.get("/matrix/?rows=provision&columns=body&region=150")
    for cell in cells_of(answer):
        assert not (cell.startswith("<td class=n>") and "Not assessed" in cell)
    assert any(cell.startswith("<td><a") and "Not assessed" in cell for cell in cells_of(answer))


def test_a_row_opens_and_closes_in_the_address(viewer):
    closed = viewer.get("/matrix/?region=150&on=2022-06-30")
    opening = toggles(closed)["Show the parts of Judicial cooperation"]
    assert parse_qs(urlsplit(opening).query) == {
        "region": ["150"],
        "on": ["2022-06-30"],
        "open_row": ["judicial-cooperation"],
    }
    opened = viewer.get(opening)
    assert "Show the parts of Extradition" in toggles(opened)
    closing = toggles(opened)["Hide the parts of Judicial cooperation"]
    assert parse_qs(urlsplit(closing).query) == {"region": ["150"], "on": ["2022-06-30"]}


def toggles(answer):
    return {
        link.attributes["aria-label"]: link.attributes["href"]
        for link in read(answer).all("a")
        if link.attributes.get("class") == "toggle"
    }


def test_a_region_opens_into_subregions_and_then_into_states(viewer):
    page = viewer.get("/matrix/?open_column=002")
    assert "Show the parts of Sub-Saharan Africa" in toggles(page)
    columns = viewer.get("/matrix/?open_column=002&open_column=202").context["matrix"].columns
    kinds = [(head.kind, head.depth) for head in columns if head.depth > 1]
    assert ("region", 2) in kinds
    assert ("body", 3) in kinds


def test_two_days_show_what_moved_with_sign_and_word(viewer):
    answer = viewer.get("/matrix/?rows=provision&columns=body&against=2024-06-30&region=150")
    changed = [cell for cell in cells_of(answer) if re.match(r'<td class="?[^>]*c"?>', cell)]
    assert changed
    assert all("→" in cell and "changed, was" in cell for cell in changed)
    moved = answer.context["moved"]
    assert moved.total > 0
    assert rows_behind(viewer, answer.context["moved_query"]) == moved.total
    for row in moved.rows:
        assert row.result != row.result_then
    whole = viewer.get("/matrix/?against=2024-06-30").content.decode()
    assert "≠ changed</b> was " in whole


def test_it_says_how_confidential_it_is(client):
    for role, level in ((Role.VIEWER, "internal"), (Role.REVIEWER, "restricted")):
        client.force_login(make_user(role))
        assert f"Classification: {level}" in client.get("/matrix/").content.decode()
    early = client.get("/matrix/?on=2017-01-01").content.decode()
    assert "Classification: public" in early


def test_a_refresh_gets_the_part_that_changes(viewer):
    part = viewer.get("/matrix/?rows=provision", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div class="results picture"')
    assert "<h1" not in part


def test_the_filters_carry_on_how_the_picture_looks(viewer):
    page = read(viewer.get("/matrix/?rows=provision&columns=body&open_row=extradition"))
    hidden = {
        field.attributes["name"]: field.attributes["value"]
        for field in page.all("input")
        if field.attributes.get("type") == "hidden"
    }
    assert hidden["open_row"] == "extradition"
    assert (hidden["rows"], hidden["columns"]) == ("provision", "body")


def test_nothing_to_count_says_what_to_do(viewer):
    nothing = viewer.get("/matrix/?on=2010-01-01").content.decode()
    assert "Nothing to show on that day" in nothing
    filtered = viewer.get("/matrix/?theme=extradition&kind=network").content.decode()
    assert "Clear all filters" in filtered


def test_tables_take_whole_regions_as_far_as_they_have_room():
    def heads(block, number):
        return [Head("body", n, f"{block}{n}", f"{block}{n}", block=block) for n in range(number)]

    columns = [*heads("A", 54), *heads("B", 35), *heads("C", 20), *heads("D", 70), *heads("", 2)]
    sizes = [[len(group) for group in table] for table in pack(columns)]
    assert sizes == [[54], [35, 20], [70], [2]]
