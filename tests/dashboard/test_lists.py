"""What every list does: chips, count, order, pages, an empty state, and clear refusals."""

import re

import pytest

from tests.dashboard.pages import LISTS, links, read

pytestmark = pytest.mark.django_db

TWO = "/commitments/?result=not_assessed&result=not_implemented&theme=biometrics&sort=-body&page=1"


def results(client, address):
    return client.get(address).context["results"]


def part(client, address):
    """The same, and nothing of the page is drawn but its table part."""
    return client.get(address, headers={"HX-Request": "true"}).context["results"]


def test_a_chip_drops_exactly_its_value(viewer):
    shown = results(viewer, TWO)
    assert [(chip.label, chip.words) for chip in shown.chips] == [
        ("Theme", "Biometrics"),
        ("Assessment", "Not assessed"),
        ("Assessment", "Not implemented"),
    ]
    chip = shown.chips[1]
    assert chip.href == "/commitments/?result=not_implemented&theme=biometrics&sort=-body"
    assert [each.words for each in results(viewer, chip.href).chips] == [
        "Biometrics",
        "Not implemented",
    ]


def test_clear_all_keeps_the_day_and_the_order(viewer):
    shown = results(viewer, f"{TWO}&on=2019-06-30")
    assert shown.clear_href == "/commitments/?sort=-body&on=2019-06-30"


def test_chips_are_links_on_the_page(viewer):
    page = read(viewer.get(TWO))
    chips = [link for link in page.all("a") if link.attributes.get("class") == "chip"]
    assert len(chips) == 3
    assert all("remove" in chip.text for chip in chips)


def test_the_panel_shows_what_is_chosen(viewer):
    boxes = [
        (box.attributes["name"], box.attributes["value"])
        for box in read(viewer.get(TWO)).all("input")
        if "checked" in box.attributes
    ]
    assert sorted(boxes) == [("result", "not_assessed"), ("result", "not_implemented")]


def test_the_panel_keeps_day_and_order(viewer):
    hidden = {
        (field.attributes["name"], field.attributes["value"])
        for field in read(viewer.get(f"{TWO}&on=2019-06-30")).all("input")
        if field.attributes.get("type") == "hidden"
    }
    assert {("sort", "-body"), ("on", "2019-06-30")} <= hidden


@pytest.mark.parametrize("path", LISTS)
def test_every_heading_sorts_and_says_so(viewer, path):
    for heading in part(viewer, f"{path}?page_size=1").headings:
        if not heading.href:
            continue
        first = part(viewer, heading.href)
        [sorted_by] = [each for each in first.headings if each.sorted]
        assert sorted_by.column == heading.column
        assert not first.problems
        again = part(viewer, sorted_by.href)
        assert {each.sorted for each in again.headings} - {""} != {sorted_by.sorted}


def test_sorting_turns_the_rows_round(viewer):
    up = results(viewer, "/bodies/?sort=name&page_size=200").rows
    down = results(viewer, "/bodies/?sort=-name&page_size=200").rows
    assert [row.code for row in up] == [row.code for row in reversed(down)]


def test_pages_follow_each_other_without_overlap(viewer):
    address, seen = "/commitments/", []
    while address:
        shown = results(viewer, address)
        seen += [row.pk for row in shown.rows]
        address = shown.next_href
    assert len(seen) == len(set(seen)) == shown.total
    assert shown.previous_href == f"/commitments/?page={shown.pages - 1}"


def test_a_refresh_gets_the_table_part_of_the_page(viewer):
    for path in LISTS:
        whole = viewer.get(path).content.decode()
        part = viewer.get(path, headers={"HX-Request": "true"}).content.decode()
        assert part.strip().startswith('<div class="results"')
        assert "<html" not in part
        assert part.strip() in whole


def test_going_back_in_the_browser_gets_the_whole_page(viewer):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert b"<html" in viewer.get("/commitments/", headers=headers).content


def test_an_empty_list_says_which_filter_to_drop(viewer):
    address = "/commitments/?timing=overdue&body=XAA&theme=biometrics"
    answer = viewer.get(address)
    [drop] = answer.context["results"].drops
    assert (drop.words, drop.count) == ("Timing: Past the indicated date", 1)
    assert drop.href == "/commitments/?body=XAA&theme=biometrics"
    assert "Without <em>Timing: Past the indicated date</em> there is" in answer.content.decode()


def test_an_empty_list_names_the_values_of_a_filter_together(viewer):
    shown = results(viewer, "/commitments/?timing=overdue&timing=due_soon&body=XAA")
    assert shown.drops[-1].words == "Timing: Past the indicated date or Due within 30 days"


def test_nothing_before_there_was_anything(viewer):
    answer = viewer.get("/commitments/?on=2000-01-01")
    assert answer.status_code == 200
    assert "Nothing to show on that day" in answer.content.decode()


REFUSED = [
    ("/commitments/?foo=1", "foo", "This list has no filter “foo”; it has: assessed_after"),
    ("/commitments/?timing=late", "timing", "“late” is not one of: no_date, upcoming"),
    ("/commitments/?due_after=soon", "due_after", "write it like 2026-06-30"),
    ("/commitments/?on=2026-02-30", "on", "write it like 2026-06-30"),
    ("/commitments/?body=NOBODY", "body", "No body has the code “NOBODY”"),
    ("/commitments/?provision=13x)", "provision", "write it like S/RES/2322(2016)/13(e)"),
    ("/commitments/?sort=luck", "sort", "is no order of this list"),
    ("/commitments/?page=99", "page", "There is no page 99; the last page is 18."),
    ("/commitments/?page=0", "page", "“0” is no whole number from 1 on."),
    ("/commitments/?page=two", "page", "“two” is no whole number from 1 on."),
    ("/commitments/?page=-1", "page", "“-1” is no whole number from 1 on."),
    ("/commitments/?page_size=1000", "page_size", "from 1 to 200"),
    ("/commitments/?format=xml", "format", "csv, xlsx"),
    ("/commitments/?q=a&q=b", "q", "Give this parameter once."),
    ("/resolutions/?year=16", "year", "“16” is not a year; write it like 2016."),
    ("/resolutions/?resolution=2322", "resolution", "This list has no filter"),
    ("/provisions/?resolution=S/RES/22x", "resolution", "write it like S/RES/2322(2016)"),
    ("/bodies/?region=Africa", "region", "No region has the M49 code “Africa”"),
    ("/designations/?kind=embassy", "kind", "“embassy” is not one of: central_authority"),
    ("/provisions/S/RES/2322(2016)/13(e)/?result=good", "result", "is not one of: fully"),
]


@pytest.mark.parametrize(("address", "name", "sentence"), REFUSED)
def test_what_cannot_be_read_is_named_and_no_row_is_shown(viewer, address, name, sentence):
    answer = viewer.get(address)
    assert answer.status_code == 400
    shown = answer.context["results"]
    assert [problem.name for problem in shown.problems] == [name]
    assert sentence in shown.problems[0].message
    page = read(answer)
    assert sentence in re.sub(r"\s+", " ", page.all("section")[-1].text)
    assert not page.all("tbody")


def test_a_page_too_far_links_to_the_last_one(viewer):
    page = read(viewer.get("/commitments/?result=not_assessed&page=99"))
    target = links(page)["page"]
    assert re.fullmatch(r"/commitments/\?result=not_assessed&page=\d+", target)
    assert viewer.get(target).status_code == 200


def test_the_form_keeps_what_was_typed(viewer):
    page = read(viewer.get("/commitments/?timing=late&due_after=soon&body=NOBODY&result=x"))
    typed = {
        (field.attributes.get("name"), field.attributes.get("value"))
        for field in page.all("input")
        if field.attributes.get("type") != "checkbox" or "checked" in field.attributes
    }
    assert {("timing", "late"), ("due_after", "soon"), ("body", "NOBODY"), ("result", "x")} <= typed


def test_several_problems_are_told_at_once(viewer):
    shown = results(viewer, "/commitments/?foo=1&timing=late&page=x")
    assert [problem.name for problem in shown.problems] == ["timing", "foo", "page"]


def test_a_refresh_that_cannot_be_read_gets_the_reason(viewer):
    answer = viewer.get("/commitments/?timing=late", headers={"HX-Request": "true"})
    assert answer.status_code == 400
    assert answer.content.decode().strip().startswith('<div class="results"')
