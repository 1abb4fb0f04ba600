"""Lists: the rows of the FilterSet, in pages, as of a day."""

import datetime

import pytest
import time_machine

from tests.make import make_body, make_membership, make_view
from tracker.filters import (
    AssessmentFilter,
    BodyFilter,
    ChangeFilter,
    CommitmentFilter,
    CrosswalkFilter,
    DeadlineFilter,
    DesignationFilter,
    DocumentFilter,
    EvidenceFilter,
    MembershipFilter,
    ProvisionFilter,
    ReportFilter,
    ResolutionFilter,
    ThemeFilter,
    ViewFilter,
)
from tracker.listings import listing
from tracker.vocabulary import RESULTS

LISTS = {
    "resolutions": ResolutionFilter,
    "provisions": ProvisionFilter,
    "bodies": BodyFilter,
    "memberships": MembershipFilter,
    "designations": DesignationFilter,
    "themes": ThemeFilter,
    "documents": DocumentFilter,
    "crosswalk": CrosswalkFilter,
    "commitments": CommitmentFilter,
    "deadlines": DeadlineFilter,
    "reports": ReportFilter,
    "assessments": AssessmentFilter,
    "evidence": EvidenceFilter,
    "changes": ChangeFilter,
    "views": ViewFilter,
}


@pytest.fixture(autouse=True)
def one_view(db):
    """The demonstration holds no saved view; here is one that everybody finds."""
    make_view(visibility="team")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_shows_the_rows_of_its_filterset_in_their_order(viewer, name):
    day = {"on": "2024-06-30"} if "on" in LISTS[name].base_filters else {}
    answer = viewer.get(f"/api/v1/{name}/", {"page_size": 200, **day}).json()
    person = viewer.get("/api/v1/me/").wsgi_request.user
    rows = listing(LISTS[name], day, viewer=person, today=None).qs
    assert answer["count"] == rows.count() > 0
    keys = [row.public_key for row in rows[:200]]
    assert [key_of(row) for row in answer["results"]] == keys


def key_of(row: dict) -> str:
    """What a row is called, whatever its list calls that."""
    return str(next(row[name] for name in ("key", "code", "slug", "sequence") if name in row))


def test_the_envelope_names_the_day_and_the_neighbouring_pages(viewer):
    answer = viewer.get("/api/v1/commitments/?page=2&page_size=3&on=2020-01-31").json()
    assert list(answer) == ["count", "on", "next", "previous", "results"]
    assert answer["on"] == "2020-01-31"
    assert answer["next"].endswith("/commitments/?on=2020-01-31&page=3&page_size=3")
    assert answer["previous"].endswith("/commitments/?on=2020-01-31&page_size=3")


@time_machine.travel("2021-04-05", tick=False)
def test_without_a_day_a_list_shows_today(viewer):
    assert viewer.get("/api/v1/bodies/").json()["on"] == "2021-04-05"


def test_a_membership_is_listed_only_while_it_is_in_force(viewer):
    network = make_body("TESTNET", kind="network")
    make_membership(network, from_on=datetime.date(2018, 1, 1), until_on=datetime.date(2019, 1, 1))
    counts = {
        on: viewer.get(f"/api/v1/memberships/?organization=TESTNET&on={on}").json()["count"]
        for on in ("2017-12-31", "2018-01-01", "2019-01-01", "2019-01-02")
    }
    assert list(counts.values()) == [0, 1, 1, 0]


def test_a_resolution_counts_its_commitments_by_result(viewer):
    [row] = viewer.get("/api/v1/resolutions/?q=2322").json()["results"]
    assert list(row["results"]) == [key for key, _label in RESULTS]
    addressees = viewer.get("/api/v1/commitments/?resolution=S/RES/2322(2016)&role=addressee")
    assert sum(row["results"].values()) == addressees.json()["count"]
    for result, number in row["results"].items():
        query = f"resolution=S/RES/2322(2016)&role=addressee&result={result}"
        assert viewer.get(f"/api/v1/commitments/?{query}").json()["count"] == number, result


def test_before_the_adoption_nothing_was_asked(viewer):
    assert viewer.get("/api/v1/resolutions/?q=2322&on=2016-12-11").json()["count"] == 0
    [row] = viewer.get("/api/v1/resolutions/?q=2322&on=2016-12-12").json()["results"]
    assert row["results"]["not_assessed"] == sum(row["results"].values()) > 0


def test_a_commitment_shows_its_four_facts_each_with_its_date(viewer):
    [row] = viewer.get("/api/v1/commitments/?result=fully_implemented&page_size=1").json()[
        "results"
    ]
    assert set(row["reported"]) == {"position", "on"}
    assert set(row["evidence"]) == {"count"}
    assert set(row["assessment"]) == {"result", "effect", "on", "follow_up_on"}
    assert set(row["timing"]) == {"state", "due_on", "delivered_on"}
    assert row["assessment"]["on"] and row["assessment"]["result"] == "fully_implemented"


WRONG = [
    ("resolutions", "sybmol=2322", "sybmol", "chapter_vii"),
    ("resolutions", "year=16", "year", "2016"),
    ("provisions", "force=orders", "force", "calls_upon"),
    ("provisions", "on=30.6.2026", "on", "2026-06-30"),
    ("provisions", "on=2026-02-30", "on", "2026-06-30"),
    ("bodies", "kind=planet", "kind", "regional_organization"),
    ("bodies", "member_of=NOBODY", "member_of", "NOBODY"),
    ("commitments", "resolution=2322", "resolution", "S/RES/2322(2016)"),
    ("commitments", "sort=colour", "sort", "follow_up"),
    ("commitments", "sort=body&sort=due", "sort", "once"),
    ("commitments", "page=99999", "page", "the last page is"),
    ("commitments", "page=0", "page", "from 1 on"),
    ("commitments", "page=last", "page", "from 1 on"),
    ("commitments", f"page={'9' * 5000}", "page", "from 1 on"),
    ("commitments", "page=1&page=2", "page", "from 1 on"),
    ("commitments", "page_size=201", "page_size", "from 1 to 200"),
    ("commitments", "page_size=٣", "page_size", "from 1 to 200"),
    ("commitments", "format=xml", "format", "json"),
]


@pytest.mark.parametrize(("name", "query", "parameter", "told"), WRONG)
def test_a_wrong_parameter_is_named_with_what_is_allowed(viewer, name, query, parameter, told):
    response = viewer.get(f"/api/v1/{name}/?{query}")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [parameter]
    assert told in str(response.json()["errors"][parameter])


def test_every_wrong_parameter_is_named_at_once(viewer):
    response = viewer.get("/api/v1/bodies/?kind=planet&colour=red&on=never")
    assert set(response.json()["errors"]) == {"kind", "colour", "on"}


def test_a_page_beyond_the_last_names_the_last(viewer):
    response = viewer.get("/api/v1/themes/?page=3&page_size=200")
    assert response.json()["errors"] == {"page": ["There is no page 3; the last page is 1."]}
