"""Query budgets: what a list or a record costs does not grow with what it shows."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.make import (
    make_addressee,
    make_assessment,
    make_body,
    make_body_name,
    make_citation,
    make_commitment,
    make_competence,
    make_deadline,
    make_delivery,
    make_designation,
    make_document,
    make_evidence,
    make_extension,
    make_membership,
    make_provision,
    make_provision_link,
    make_report,
    make_resolution,
    make_resolution_link,
    make_theme,
)

#: Queries of a signed-in request, two of which find the session and its person.
LISTS = {
    "resolutions": 5,
    "provisions": 9,
    "bodies": 5,
    "memberships": 4,
    "designations": 5,
    "themes": 4,
    "documents": 4,
    "crosswalk": 4,
    "commitments": 5,
    "deadlines": 4,
    "reports": 4,
    "assessments": 5,
    "evidence": 4,
}
RECORDS = {
    "resolutions": 7,
    "provisions": 9,
    "bodies": 8,
    "memberships": 3,
    "designations": 4,
    "themes": 3,
    "documents": 3,
    "commitments": 6,
    "reports": 3,
    "assessments": 4,
    "evidence": 3,
}
MOST = 12


@pytest.fixture
def growing(db):
    """A function that adds rows of every noun around one resolution, one body and one theme."""
    resolution = make_resolution(9322, 2016)
    body, theme = make_body("GROWING", kind="network"), make_theme("growing")
    first = make_provision(resolution, "1", themes=[theme])
    office = make_designation(body)
    commitment = make_commitment(first, body)
    membership = make_membership(body)
    document = make_document("growing", resolution=resolution)
    report = make_report(commitment)
    assessment = make_assessment(commitment, follows=make_assessment(commitment))
    evidence = make_evidence(body=body)

    def grow(start, stop):
        for number in range(start, stop):
            make_citation(evidence, make_report(commitment))
            _grow(number, resolution, body, theme, first)
            _grow_work(number, commitment, assessment)

    grow.keys = {
        "resolutions": resolution.key,
        "provisions": first.key,
        "bodies": body.code,
        "memberships": membership.key,
        "designations": office.key,
        "themes": theme.slug,
        "documents": document.slug,
        "commitments": commitment.public_key,
        "reports": report.key,
        "assessments": assessment.key,
        "evidence": evidence.key,
    }
    return grow


def _grow(number, resolution, body, theme, first):
    provision = make_provision(resolution, f"{number}", themes=[theme])
    make_provision_link(provision, first)
    make_provision_link(first, provision, "relates")
    make_addressee(provision)
    make_deadline(provision)
    other = make_body(f"GROWING-{number}", parent=body)
    make_body_name(body, text=f"Nom {number}")
    make_theme(f"growing-{number}", parent=theme)
    make_membership(body, other)
    make_membership(other, body)
    make_competence(make_designation(body, office=f"Office {number}", network=other))
    make_document(f"growing-{number}", resolution=resolution)
    later = make_resolution(number, 2017, datetime.date(2017, 1, 1))
    make_resolution_link(later, resolution)
    make_resolution_link(resolution, later, "amends")
    commitment = make_commitment(first, other)
    make_report(commitment)
    make_assessment(commitment)


def _grow_work(number, commitment, assessment):
    deadline = make_deadline(commitment.provision, f"Report {number}")
    make_delivery(commitment, deadline)
    make_extension(commitment, deadline)
    make_citation(make_evidence(), make_report(commitment))
    make_assessment(commitment, follows=assessment)


def queries_of(client, path) -> int:
    """How many queries it takes to answer."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.exhaustive
def test_lists_and_records_cost_the_same_with_3_rows_and_with_300(viewer, growing):
    growing(101, 104)
    before = costs(viewer, growing.keys)
    growing(104, 401)
    assert costs(viewer, growing.keys) == before
    assert before == (LISTS, RECORDS)
    assert max(*LISTS.values(), *RECORDS.values()) <= MOST


def costs(client, keys) -> tuple[dict, dict]:
    """What every list and every record costs now."""
    lists = {name: queries_of(client, f"/api/v1/{name}/?page_size=200") for name in LISTS}
    records = {name: queries_of(client, f"/api/v1/{name}/{keys[name]}/") for name in RECORDS}
    return lists, records


@pytest.mark.parametrize("name", LISTS)
def test_one_row_costs_as_much_as_two_hundred(viewer, name):
    few, many = (
        queries_of(viewer, f"/api/v1/{name}/?page_size={size}&sort={SORT[name]}")
        for size in (1, 200)
    )
    assert few == many == LISTS[name]


SORT = {
    "crosswalk": "later",
    "resolutions": "-commitments",
    "provisions": "-commitments",
    "bodies": "-commitments",
    "memberships": "member",
    "designations": "-confirmed",
    "themes": "-provisions",
    "documents": "dated",
    "deadlines": "due",
    "commitments": "-evidence",
    "evidence": "-citations",
    "reports": "-submitted",
    "assessments": "-adopted",
}
