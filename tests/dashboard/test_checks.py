"""The pages of the consistency checks: neutral words, filters, a way to mend each row."""

import pytest

from tests import make
from tests.dashboard.pages import figures, links, read
from tracker.reports.checks import CHECKS
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REVIEWER])
def test_every_check_has_its_number_its_definition_and_its_rows(client, role):
    client.force_login(make.make_user(role))
    page = client.get("/checks/")
    numbers = {address: number for number, address in figures(page)}
    for check in CHECKS:
        answer = client.get(f"/checks/{check.key}/")
        results = answer.context["results"]
        assert results.total == numbers[f"/checks/{check.key}/"]
        assert str(check.definition) in read(page).all("table")[0].text
        way = "designation" if check.is_of_designations else "commitment"
        for row in results.rows[:3]:
            assert f'href="/{way}s/{row.public_key}/"' in answer.content.decode()


def test_a_check_takes_the_filters_of_its_list_and_the_day(viewer):
    narrowed = viewer.get("/checks/report-and-assessment-differ/?body=XAA").context["results"]
    assert {row.body.code for row in narrowed.rows} <= {"XAA"}
    assert viewer.get("/checks/without-follow-up/?on=2010-01-01").context["results"].total == 0
    assert viewer.get("/checks/without-follow-up/?colour=red").status_code == 400
    assert viewer.get("/checks/?on=soon").status_code == 400
    past = read(viewer.get("/checks/?on=2020-01-01"))
    assert links(past)["Evidence past its validity"].endswith("?on=2020-01-01")


def test_a_check_that_is_none_is_not_held(viewer, client):
    assert viewer.get("/checks/nothing/").status_code == 404
    client.logout()
    assert client.get("/checks/nothing/")["Location"].startswith("/login/")
