"""Columns: any of a list in any order, in the address; the names are known to every door."""

import pytest

from tests.dashboard.pages import LISTS, read
from tests.make import make_user
from tests.thorough import some
from tracker.dashboard.columns import Column, choose
from tracker.saved_views import COLUMNS, columns_of
from tracker.vocabulary import ListName

pytestmark = pytest.mark.django_db


def shown(page) -> list[str]:
    """The heads of the table, in order."""
    return [each.text.strip() for each in page.all("th") if each.attributes.get("scope") == "col"]


def cells(page) -> list[str]:
    """What the cells of the first row say they are."""
    rows = [e for e in page.elements if e.tag in ("th", "td") and "data-label" in e.attributes]
    found = []
    for cell in rows:
        if cell.attributes["data-label"] in found:
            break
        found.append(cell.attributes["data-label"])
    return found


@pytest.mark.parametrize("path", some("/bodies/", "/review/", "/changes/", *LISTS, quick=3))
def test_every_column_of_a_list_can_stand_alone_and_anywhere(client, path):
    client.force_login(make_user("reviewer"))
    columns = client.get(path).context["results"].columns
    backwards = "&".join(f"cols={column.name}" for column in reversed(columns))
    page = read(client.get(f"{path}?{backwards}&page_size=1"))
    assert shown(page) == [str(column.label) for column in reversed(columns)]
    if path != "/review/":
        assert cells(page) == shown(page)
    naming = [column for column in columns if column.names_row]
    assert len(naming) == 1
    for column in columns:
        page = read(client.get(f"{path}?cols={column.name}&page_size=1"))
        wanted = [column] if column.names_row else [*naming, column]
        assert shown(page) == [str(each.label) for each in wanted]


@pytest.mark.parametrize("name", ListName.values)
def test_the_columns_that_a_view_may_keep_are_those_of_the_dashboard(client, name):
    client.force_login(make_user("reviewer"))
    columns = client.get(f"/{name}/").context["results"].columns
    assert columns_of(name) == [column.name for column in columns]
    usual, _bar, extra = COLUMNS[name].partition(" | ")
    assert usual.split() == [column.name for column in columns if not column.extra]
    assert extra.split() == [column.name for column in columns if column.extra]


def test_an_unknown_column_is_refused_with_those_there_are(viewer):
    answer = viewer.get("/commitments/?cols=colour")
    assert answer.status_code == 400
    [problem] = answer.context["results"].problems
    assert (problem.name, problem.href) == ("cols", "/commitments/")
    assert "provision, body, reported" in problem.message


def test_the_chooser_keeps_the_rest_of_the_address_and_shows_the_order(viewer):
    page = read(viewer.get("/commitments/?result=not_assessed&cols=timing&cols=body&sort=-due"))
    chosen = [
        each.attributes["value"] for each in page.all("option") if "selected" in each.attributes
    ]
    assert chosen == ["provision", "timing", "body"]
    hidden = {
        (each.attributes.get("name"), each.attributes.get("value")) for each in page.all("input")
    }
    assert {("result", "not_assessed"), ("sort", "-due"), ("cols", "timing")} <= hidden


def test_empty_and_repeated_places_leave_nothing_behind():
    columns = (Column("a", "A", names_row=True), Column("b", "B"), Column("c", "C", extra=True))
    assert [each.name for each in choose(columns, ["", "c", "c", ""])] == ["a", "c"]
    assert [each.name for each in choose(columns, [""])] == ["a", "b"]
