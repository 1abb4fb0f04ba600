"""Query budgets: what a page costs does not grow with what it shows, and is twelve at most."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.dashboard.pages import LISTS, PAGES
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
    make_membership,
    make_provision,
    make_provision_link,
    make_report,
    make_resolution,
    make_resolution_link,
    make_theme,
)
from tracker.models import Evidence

MOST = 12
#: A brief gathers on one page what five lists and a profile hold.
MOST_OF_A_BRIEF = 18
KEY = "S/RES/9322(2016)"
#: Queries of a page, three of which find the session, its person and the mark of fiction.
BUDGETS = {
    "/": 11,
    "/resolutions/": 6,
    f"/resolutions/{KEY}/": 10,
    "/provisions/": 12,
    f"/provisions/{KEY}/1/": 11,
    "/bodies/": 8,
    "/bodies/GROWING/": 12,
    "/networks/": 7,
    "/networks/GROWING/": 7,
    "/networks/gaps/": 7,
    "/memberships/": 6,
    "/commitments/": 9,
    f"/commitments/{KEY}/1/GROWING/": 11,
    "/deadlines/": 6,
    "/deadlines/?drawn=calendar": 7,
    "/designations/": 7,
    "/documents/": 6,
    "/evidence/": 6,
    "/evidence/GROWING/": 5,
    "/crosswalk/": 6,
    "/themes/": 6,
    "/themes/growing/": 6,
    "/search/?q=GROWING": 10,
}


@pytest.fixture
def grow(db):
    """A function that adds rows of every noun around one resolution, one body and one theme."""
    resolution = make_resolution(9322, 2016, short_title="Growing")
    body, theme = make_body("GROWING", kind="network"), make_theme("growing")
    first = make_provision(resolution, "1", themes=[theme], summary="Growing")
    commitment = make_commitment(first, body)
    make_evidence(key="GROWING", body=body)

    def add(start, stop):
        for number in range(start, stop):
            _add(number, resolution, body, theme, first, commitment)

    return add


def _add(number, resolution, body, theme, first, commitment):
    provision = make_provision(resolution, f"{number}", themes=[theme], summary="Growing")
    make_provision_link(provision, first)
    make_addressee(provision)
    make_addressee(first, kind="body", body=make_body(f"NAMED-{number}"))
    make_delivery(commitment, make_deadline(first, label=f"Report {number}"))
    other = make_body(f"GROWING-{number}", parent=body)
    make_body_name(body, text=f"Nom {number}")
    make_theme(f"growing-{number}", parent=theme)
    make_membership(body, other)
    make_membership(other, body)
    make_competence(make_designation(body, office=f"Office {number}", network=other))
    make_document(f"growing-{number}", resolution=resolution)
    later = make_resolution(number, 2017, datetime.date(2017, 1, 1), short_title="Growing")
    make_resolution_link(later, resolution)
    make_commitment(provision, body)
    make_citation(Evidence.objects.get(key="GROWING"), make_report(commitment))
    make_citation(assessment=make_assessment(commitment))
    make_assessment(make_commitment(first, other))


def cost(client, path) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200, path
    return len(captured)


def costs(client) -> dict[str, int]:
    return {path: cost(client, path) for path in BUDGETS}


@pytest.mark.exhaustive
def test_pages_cost_the_same_with_3_rows_and_with_300(viewer, grow):
    grow(101, 104)
    assert costs(viewer) == BUDGETS
    grow(104, 401)
    assert costs(viewer) == BUDGETS
    assert max(BUDGETS.values()) <= MOST


@pytest.mark.parametrize("path", [*LISTS, *PAGES])
def test_no_page_of_the_demonstration_takes_more_than_twelve(viewer, path):
    assert cost(viewer, path) <= (MOST_OF_A_BRIEF if path.endswith("/brief/") else MOST)


def test_filters_and_the_empty_state_stay_within_the_budget(viewer):
    filters = "theme=biometrics&resolution=S/RES/2322(2016)&body=XAA&region=002"
    assert cost(viewer, f"/commitments/?{filters}&timing=overdue") <= MOST
