"""The commitment's page says whose turn it is and offers only what the reader may do today."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.make import make_assessment, make_report

OFFERS = {
    "viewer": set(),
    "stranger": set(),
    "administrator": set(),
    "auditor": {"Open the draft report", "Open the assessment under way"},
    "focal": {"Open the draft report", "New report"},
    "assessor": {"Open the assessment under way"},
    "reviewer": {"Open the assessment under way"},
}


@pytest.mark.parametrize("name", OFFERS)
def test_each_is_offered_what_the_table_of_rights_gives(desk, name):
    make_report(desk.commitment)
    make_report(desk.commitment, submitted_on=None)
    make_assessment(desk.commitment, adopted_on=None)
    client = desk.browser(name)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(desk.address)
    assert {link.words for link in answer.context["work"].links} == OFFERS[name]
    assert answer.context["work"].copies == (name == "focal")
    assert len(captured) <= 12
    for link in answer.context["work"].links:
        assert client.get(link.href).status_code == 200


def test_the_turn_tells_nothing_of_a_draft_that_the_reader_may_not_see(desk):
    make_assessment(desk.commitment, adopted_on=None)
    assert "being drafted" in desk.browser("assessor").get(desk.address).content.decode()
    assert "being drafted" not in desk.browser("focal").get(desk.address).content.decode()


def test_a_past_day_offers_nothing(desk):
    past = desk.browser("focal").get(f"{desk.address}?on=2020-01-01")
    assert past.context["work"] is None
    assert "New report" not in past.content.decode()
