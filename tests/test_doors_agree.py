"""One query string, three doors: the same rows in the same order, or the same refusal."""

import pytest

from tests import REFERENCE_DAY, make
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db

#: List → name of the noun in the admin.
LISTS = {
    "resolutions": "resolution",
    "provisions": "provision",
    "bodies": "body",
    "memberships": "membership",
    "designations": "designation",
    "documents": "document",
    "evidence": "evidence",
    "commitments": "commitment",
}

#: What the API calls a row's key, where that is not "key".
KEYS = {"bodies": "code", "documents": "slug"}

QUERIES = [
    ("resolutions", ""),
    ("resolutions", "q=2322"),
    ("resolutions", "q=S/RES/2322 (2016)"),
    ("resolutions", "year=2016&year=2017&sort=-adopted"),
    ("resolutions", "chapter_vii=unconfirmed&sort=provisions"),
    ("resolutions", "provisions=held&on=2017-01-01"),
    ("resolutions", "theme=central-authorities&sort=-commitments"),
    ("provisions", ""),
    ("provisions", "q=2322 13(e)"),
    ("provisions", "q=2322 13e"),
    ("provisions", "resolution=S/RES/2322(2016)&softened=yes"),
    ("provisions", "force=requests&force=directs"),
    ("provisions", "theme=mutual-legal-assistance&sort=-symbol"),
    ("provisions", "addressee=all_states&deadline=without&sort=force"),
    ("provisions", "lifecycle=active&commitments=some&on=2018-06-30"),
    ("bodies", ""),
    ("bodies", "q=CTED"),
    ("bodies", "kind=state&region=002&sort=-name"),
    ("bodies", "kind=network&kind=un_organ&sort=kind"),
    ("bodies", "standing=dissolved&sort=members"),
    ("bodies", "member_of=SAHEL-PLATFORM"),
    ("bodies", "part_of=SC&sort=commitments"),
    ("bodies", "designation=none&kind=state"),
    ("bodies", "q=Бюро"),
    ("bodies", "kind=state&not_recorded=extradition&region=002"),
    ("bodies", "not_recorded=contact_point&not_recorded=national_central_bureau&on=2020-01-01"),
    ("memberships", ""),
    ("memberships", "role=observer&sort=-member"),
    ("memberships", "on=2019-01-01&sort=from"),
    ("memberships", "organization=DEMO-24-7&also_in=DEMO-CENTRAL-AUTHORITIES"),
    ("designations", ""),
    ("designations", "kind=central_authority&function=extradition&sort=confirmed"),
    ("designations", "function=extradition&function=mutual_legal_assistance"),
    ("designations", "confirmed_before=2025-01-01&sort=-confirmed"),
    ("documents", ""),
    ("documents", "kind=concept_note&kind=press_release&sort=-dated"),
    ("evidence", ""),
    ("evidence", "q=statistics&kind=statistics&sort=-valid"),
    ("evidence", "body=XAA&cited=yes&sort=-citations&on=2022-01-01"),
    ("evidence", "independence=independent&file=no&classification=public&sort=body"),
    ("evidence", "region=002&published_after=2020-01-01&published_before=2021-01-01"),
    ("commitments", ""),
    ("commitments", "page=2"),
    ("commitments", "q=XAA"),
    ("commitments", "q=2322 13(e)&sort=-body"),
    ("commitments", "resolution=S/RES/2322(2016)&result=not_assessed&sort=body"),
    ("commitments", "provision=S/RES/2322(2016)/13&result=fully_implemented&sort=-assessed"),
    ("commitments", "theme=mutual-legal-assistance&region=002&region=142"),
    ("commitments", "timing=overdue&timing=upcoming&sort=due"),
    ("commitments", "timing=upcoming&on=2017-01-01&sort=-due"),
    ("commitments", "position=completed&result=not_implemented&sort=reported"),
    ("commitments", "evidence=none&result=fully_implemented&sort=-evidence"),
    ("commitments", "role=supporting&kind=un_entity"),
    ("commitments", "force=encourages&softened=yes&effect=high"),
    ("commitments", "follow_up_after=2026-11-01&follow_up_before=2026-12-01&sort=follow_up"),
    ("commitments", "assessed_before=2020-12-31&on=2021-01-01&sort=assessed"),
    ("commitments", "on=2015-01-01"),
    ("commitments", "due_before=2017-10-12&due_after=2017-10-01"),
]

REFUSED = [
    ("resolutions", "colour=red"),
    ("resolutions", "on=soon"),
    ("provisions", "force=shouts"),
    ("provisions", "resolution=2322"),
    ("bodies", "region=Africa"),
    ("bodies", "sort=height"),
    ("bodies", "not_recorded=everything"),
    ("memberships", "also_in=NOBODY"),
    ("memberships", "organization=NOBODY"),
    ("designations", "confirmed_before=2025"),
    ("documents", "kind=poem"),
    ("evidence", "file=maybe&body=NOBODY"),
    ("commitments", "timing=late"),
    ("commitments", "timing=overdue&timing=late&on=2020-13-01"),
    ("commitments", "provision=13(e)&body=NOBODY"),
    ("commitments", "page=9999"),
    ("commitments", "page=0"),
    ("commitments", "page_size=100000"),
    ("commitments", "q=a&q=b"),
]


@pytest.fixture
def person(client):
    """Somebody for whom every door is open."""
    user = make.make_user(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def the_day(time_machine):
    time_machine.move_to(REFERENCE_DAY)


def dashboard(client, name, query):
    response = client.get(f"/{name}/?{query}")
    results = response.context["results"]
    refused = sorted({problem.name for problem in results.problems})
    return (
        response.status_code,
        results.total,
        [str(row.public_key) for row in results.rows],
        refused,
    )


def api(client, name, query):
    response = client.get(f"/api/v1/{name}/?{query}")
    if response.status_code != 200:
        return response.status_code, 0, [], sorted(response.json()["errors"])
    found = response.json()
    keys = [row[KEYS.get(name, "key")] for row in found["results"]]
    return 200, found["count"], keys, []


def admin(client, name, query):
    response = client.get(f"/admin/tracker/{LISTS[name]}/?{query}")
    shown = response.context["cl"]
    rows = [str(row.public_key) for row in shown.result_list]
    return response.status_code, shown.result_count, rows, sorted(shown.problems)


@pytest.mark.parametrize(("name", "query"), QUERIES)
def test_the_doors_show_the_same_rows_in_the_same_order(client, person, name, query):
    sized = f"{query}&page_size=40".lstrip("&")
    wanted = dashboard(client, name, sized)
    assert wanted[0] == 200
    assert api(client, name, sized) == wanted
    assert admin(client, name, sized) == wanted


def test_most_queries_of_the_table_find_something(client, person):
    """A table of empty lists would prove nothing."""
    empty = [pair for pair in QUERIES if dashboard(client, *pair)[1] == 0]
    assert len(empty) <= 8, empty


MATRICES = [
    "",
    "rows=resolution&columns=body&kind=state",
    "rows=provision&columns=body&region=002&on=2021-06-30",
    "rows=provision&columns=region&theme=extradition&against=2024-06-30",
    "open_row=judicial-cooperation&open_column=150&open_column=none&force=calls_upon",
    "rows=theme&theme=extradition&resolution=S/RES/2322(2016)&open_row=extradition",
    "on=2010-01-01",
]
TRENDS = [
    "step=year",
    "theme=extradition&from=2019-03-31&to=2022-12-31&step=quarter",
    "body=XAA&step=month&from=2024-01-01",
    "resolution=S/RES/1373(2001)",
]


@pytest.mark.parametrize("query", MATRICES)
def test_the_matrix_is_the_same_at_both_doors(client, person, query):
    shown = client.get(f"/matrix/?{query}").context["matrix"]
    told = client.get(f"/api/v1/matrix/?{query}").json()
    assert [row["key"] for row in told["rows"]] == [row.key for row in shown.rows]
    assert [each["key"] for each in told["columns"]] == [each.key for each in shown.columns]
    assert told["whole"]["results"] == shown.whole.bar.as_dict
    for row, line in zip(shown.rows, told["rows"], strict=True):
        cells = [(column.key, shown.cell(row, column)) for column in shown.columns]
        assert [(cell["column"], cell["results"], cell["moved"]) for cell in line["cells"]] == [
            (key, cell.bar.as_dict, cell.moved) for key, cell in cells if cell
        ]


def test_a_cell_of_the_matrix_over_rest_names_the_list_that_it_counts(client, person):
    told = client.get("/api/v1/matrix/?rows=theme&columns=region&region=150&on=2022-01-01").json()
    cells = [cell for row in told["rows"] for cell in row["cells"]]
    assert cells
    for cell in cells:
        assert client.get(cell["list"]).json()["count"] == cell["total"], cell["list"]


@pytest.mark.parametrize("query", TRENDS)
def test_the_trends_are_the_same_at_both_doors(client, person, query):
    shown = client.get(f"/trends/?{query}").context["points"]
    told = client.get(f"/api/v1/trends/?{query}").json()["points"]
    assert [(each["on"], each["results"]) for each in told] == [
        (point.on.isoformat(), point.bar.as_dict) for point in shown
    ]
    for each in told[:3]:
        assert client.get(each["list"]).json()["count"] == each["total"]


@pytest.mark.parametrize(
    "path",
    [
        "matrix/?rows=planets&columns=x",
        "matrix/?against=2026-11-01",
        "matrix/?open_row=nothing&open_column=999&page_size=3",
        "matrix/?page=2",
        "matrix/?result=not_assessed",
        "trends/?from=2020-01-01&to=2019-01-01",
        "trends/?to=2027-01-01&step=day",
        "trends/?from=1990-01-01&step=month",
        "trends/?page=1",
    ],
)
def test_the_doors_refuse_the_same_parameters_of_pictures(client, person, path):
    answer = client.get(f"/{path}")
    assert answer.status_code == 400
    refused = {problem.name for problem in answer.context["picture"].problems}
    told = client.get(f"/api/v1/{path}")
    assert (told.status_code, set(told.json()["errors"])) == (400, refused)


@pytest.mark.parametrize(("name", "query"), REFUSED)
def test_the_doors_refuse_the_same_parameters(client, person, name, query):
    status, total, rows, names = dashboard(client, name, query)
    assert (status, rows) == (400, [])
    assert names
    assert api(client, name, query) == (400, 0, [], names)
    assert admin(client, name, query)[2:] == ([], names)
