"""The trends as a page: a finding in neutral words, numbers that lead to lists, a plain table."""

import re

import pytest

from tests.dashboard.pages import figures, read
from tests.dashboard.test_numbers import rows_behind
from tests.make import make_user
from tracker.dashboard.curves import BETWEEN, FLOOR, TOP, draw_curve
from tracker.reports.bars import Bar
from tracker.reports.trends import Point
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.VIEWER, "/trends/?theme=extradition&step=year&from=2019-01-01"),
        (Role.REVIEWER, "/trends/?body=XAA&step=year&on=2022-06-30"),
    ],
)
def test_every_number_leads_to_as_many_rows_on_its_day(client, role, path):
    client.force_login(make_user(role))
    found = figures(client.get(path))
    assert len(found) > 40
    for number, address in found:
        assert "on=" in address
        assert rows_behind(client, address) == number, address


def test_the_heading_says_the_finding(viewer):
    page = read(viewer.get("/trends/?on=2026-06-30"))
    [heading] = [each for each in page.all("h2") if each.attributes.get("id") == "count"]
    text = " ".join(heading.text.split())
    assert re.fullmatch(
        r"By 30 June 2026, \d+ of \d+ commitments were assessed, \d+ more than a year before", text
    )


def test_no_share_is_given_for_fewer_than_five(viewer):
    few = viewer.get("/trends/?provision=S/RES/2322(2016)/21&step=year")
    assert all(row.share is None for row in few.context["rows"])


def test_an_empty_register_says_what_to_do(viewer):
    assert "No commitments to count" in viewer.get("/trends/?to=2010-01-01").content.decode()


def test_columns_stand_on_the_floor_and_labels_do_not_touch(viewer):
    point = viewer.get("/trends/?step=year").context["points"][-1]
    small = Bar({**point.bar.counts, "not_applicable": 1, "insufficient_information": 1})
    drawn = draw_curve([point, Point(point.on, small)], step="year")
    assert max(float(box.y) + float(box.height) for box in drawn.boxes) == pytest.approx(
        FLOOR, 0.01
    )
    assert min(float(box.y) for box in drawn.boxes) >= TOP - 1
    places = sorted(float(label.y) for label in drawn.labels)
    assert all(b - a >= BETWEEN - 0.2 for a, b in zip(places, places[1:], strict=False))
