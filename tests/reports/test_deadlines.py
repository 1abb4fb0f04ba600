"""Deadlines: each date of each body, as extended, past from the day after, delivered ones kept."""

import datetime

import pytest
from django.http import QueryDict

from tests import make
from tests.dashboard.pages import figures
from tracker.filters import DeadlineFilter
from tracker.listings import listing
from tracker.models import Body, Commitment, Due, Region
from tracker.reports.calendars import strip, weeks
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
DUE = datetime.date(2020, 3, 31)


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.fixture
def asked(db):
    """A paragraph that asks two States for a report every year from March 2020 on."""
    provision = make.make_provision(summary="Report every year.")
    series = make.make_deadline(
        provision, "Yearly", "fixed", fixed_on=DUE, every_months=12, last_on=day("2023-12-31")
    )
    one = make.make_commitment(provision, make.make_body("T-ONE", region=region("015")))
    two = make.make_commitment(provision, make.make_body("T-TWO", region=region("151")))
    make.make_commitment(provision, make.make_body("T-BESIDE"), role="supporting")
    return provision, series, one, two


def region(code):
    return Region.objects.get(code=code)


def rows(asked, on, query="", viewer=None):
    """What the list shows of the paragraph, as (body, day, timing)."""
    provision = asked[0]
    data = QueryDict(f"provision={provision.key}&on={on}&{query}".rstrip("&"))
    found = listing(DeadlineFilter, data, viewer=viewer or make.make_user(), today=None)
    assert found.is_valid(), found.errors
    return [(row.body_code, f"{row.until_on:%Y-%m}", row.timing) for row in found.qs]


def test_a_series_has_one_row_for_each_date_of_each_addressee(asked):
    found = rows(asked, "2019-06-30")
    assert len(found) == 8
    assert {body for body, _day, _timing in found} == {"T-ONE", "T-TWO"}
    assert {timing for _body, _day, timing in found} == {"upcoming"}


@pytest.mark.parametrize(
    ("on", "timing"),
    [
        ("2020-02-29", "upcoming"),  # 31 days before
        ("2020-03-01", "due_soon"),
        ("2020-03-31", "due_soon"),  # the day itself has not ended
        ("2020-04-01", "overdue"),
    ],
)
def test_a_date_is_past_once_its_day_has_ended(asked, on, timing):
    assert rows(asked, on, "body=T-ONE&due_before=2020-12-31") == [("T-ONE", "2020-03", timing)]


@pytest.mark.parametrize(
    ("moment", "timing"),
    [("2020-03-31T23:59:30+00:00", "due_soon"), ("2020-04-01T00:00:30+00:00", "overdue")],
)
def test_the_doors_say_the_same_at_either_side_of_midnight(
    asked, client, time_machine, moment, timing
):
    time_machine.move_to(datetime.datetime.fromisoformat(moment))
    client.force_login(make.make_user())
    query = f"body=T-ONE&provision={asked[0].key}&due_before=2020-12-31"
    [row] = client.get(f"/api/v1/deadlines/?{query}").json()["results"]
    [shown] = client.get(f"/deadlines/?{query}").context["results"].rows
    commitment = client.get(f"/api/v1/commitments/{shown.commitment.public_key}/").json()
    assert row["timing"] == shown.timing == commitment["timing"]["state"] == timing


def test_what_is_past_comes_first_and_what_was_delivered_stays(asked):
    provision, series, one, two = asked
    make.make_delivery(one, series, day("2020-03-20"))
    make.make_delivery(two, series, day("2020-05-01"))
    make.make_delivery(one, series, day("2021-04-02"), number=2)
    found = rows(asked, "2022-04-01", "due_before=2022-12-31")
    assert found == [
        ("T-TWO", "2021-03", "overdue"),
        ("T-ONE", "2022-03", "overdue"),
        ("T-TWO", "2022-03", "overdue"),
        ("T-TWO", "2020-03", "delivered_late"),
        ("T-ONE", "2021-03", "delivered_late"),
        ("T-ONE", "2020-03", "delivered"),
    ]
    assert rows(asked, "2021-04-01", "body=T-ONE&timing=delivered_late") == []


def test_an_extension_shows_both_dates_from_the_day_it_was_granted(asked):
    _provision, series, one, _two = asked
    make.make_extension(one, series, day("2020-06-30"), granted_on=day("2020-03-15"))
    first = "body=T-ONE&due_before=2020-12-31"
    assert rows(asked, "2020-04-01", first) == [("T-ONE", "2020-06", "upcoming")]
    assert rows(asked, "2020-03-14", first) == [("T-ONE", "2020-03", "due_soon")]
    extended = rows(asked, "2020-04-01", "extended=yes")
    assert extended == [("T-ONE", "2020-06", "upcoming")]
    [row] = Due.objects.for_listing(on=day("2020-04-01"), viewer=make.make_user()).filter(
        commitment_id=one.pk, number=1
    )
    assert (row.is_extended, row.due_on) == (True, DUE)
    make.make_delivery(one, series, day("2020-06-30"))
    assert rows(asked, "2020-07-01", first) == [("T-ONE", "2020-06", "delivered")]


def test_filters_reach_body_region_theme_and_my_bodies(asked):
    provision, *_rest = asked
    theme = make.make_theme("dated")
    provision.themes.add(theme)
    focal = make.make_user(Role.FOCAL_POINT, [Body.objects.get(code="T-TWO")])
    on = "2019-06-30"
    assert {row[0] for row in rows(asked, on, "region=002")} == {"T-ONE"}
    assert {row[0] for row in rows(asked, on, "theme=dated")} == {"T-ONE", "T-TWO"}
    assert {row[0] for row in rows(asked, on, "mine=yes", focal)} == {"T-TWO"}
    assert rows(asked, on, "month=2021-03&body=T-ONE") == [("T-ONE", "2021-03", "upcoming")]
    assert rows(asked, on, "month=2021-04") == []


def test_a_commitment_that_has_ended_has_no_dates_any_more(asked):
    Commitment.objects.filter(pk=asked[2].pk).update(ends_on=day("2021-01-01"))
    assert {row[0] for row in rows(asked, "2021-06-30")} == {"T-TWO"}


@pytest.mark.parametrize(
    "on", ["2019-12-31", "2020-03-31", "2020-04-01", "2021-03-20", "2024-05-05"]
)
def test_the_earliest_open_date_says_what_the_commitment_says(asked, on):
    """The list of commitments and this one never disagree."""
    _provision, series, one, two = asked
    make.make_delivery(one, series, day("2020-05-05"))
    make.make_extension(two, series, day("2020-09-30"), granted_on=day("2020-02-01"))
    viewer = make.make_user()
    for commitment in Commitment.objects.for_listing(on=day(on), viewer=viewer).filter(
        pk__in=(one.pk, two.pk)
    ):
        dates = Due.objects.for_listing(on=day(on), viewer=viewer)
        open_ = dates.filter(commitment_id=commitment.pk, delivered_on=None).order_by("until_on")
        assert open_[0].timing == commitment.timing
        assert open_[0].until_on == commitment.due_on


def test_a_month_holds_its_days_and_a_strip_what_is_open_from_before(asked):
    viewer = make.make_user()
    dates = Due.objects.for_listing(on=day("2021-04-01"), viewer=viewer)
    mine = dates.filter(deadline=asked[1])
    days = [each for week in weeks(mine, day("2021-03-01")) for each in week if each]
    assert len(days) == 31
    assert [(each.first.day, each.in_order) for each in days if each.total] == [
        (31, [("overdue", 2)])
    ]
    found = strip(mine, on=day("2021-06-15"))
    assert [each.first for each in found.months][::11] == [day("2021-04-01"), day("2022-03-01")]
    assert found.earlier.in_order == [("overdue", 4)]
    assert found.months[-1].in_order == [("upcoming", 2)]


@pytest.mark.parametrize("query", ["", "&month=2021-03", "&body=T-ONE&month=2021-03"])
def test_every_number_of_a_calendar_is_the_number_of_rows_behind_it(asked, client, query):
    client.force_login(make.make_user())
    make.make_delivery(asked[2], asked[1], day("2021-03-30"), number=2)
    page = client.get(f"/deadlines/?drawn=calendar&on=2021-04-01&provision={asked[0].key}{query}")
    found = figures(page)
    assert found
    for number, address in found:
        behind = client.get(address, headers={"HX-Request": "true"}).context["results"]
        assert behind.total == number, address


AGREE = [
    "",
    "on=2017-10-12",
    "on=2017-10-13&timing=overdue",
    "timing=overdue&timing=upcoming&sort=-due",
    "resolution=S/RES/2322(2016)&kind=un_entity&kind=un_organ&sort=body",
    "q=2322 21&due_after=2017-01-01&due_before=2018-01-01",
    "month=2017-12&drawn=calendar",
    "extended=no&sort=symbol",
]


@pytest.mark.parametrize("query", AGREE)
def test_page_and_api_show_the_same_rows_in_the_same_order(asked, client, query):
    client.force_login(make.make_user())
    results = client.get(f"/deadlines/?{query}").context["results"]
    api = client.get(f"/api/v1/deadlines/?{query}").json()
    assert api["count"] == results.total
    assert [row["key"] for row in api["results"]] == [row.public_key for row in results.rows]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("month=2026-13", "month"),
        ("month=2026-1", "month"),
        ("month=1066-10", "month"),
        ("month=٢٠٢٦-٠٦", "month"),
        ("drawn=poem", "drawn"),
        ("timing=no_date", "timing"),
        ("extended=maybe", "extended"),
        ("sort=colour", "sort"),
        ("body=NOBODY", "body"),
    ],
)
def test_both_refuse_the_same_values(client, query, name):
    client.force_login(make.make_user())
    page = client.get(f"/deadlines/?{query}")
    api = client.get(f"/api/v1/deadlines/?{query}")
    assert (page.status_code, api.status_code) == (400, 400)
    assert (
        [each.name for each in page.context["results"].problems]
        == list(api.json()["errors"])
        == [name]
    )


def test_the_list_links_the_commitment_and_shows_both_dates(asked, client):
    _provision, series, one, _two = asked
    make.make_extension(one, series, day("2020-06-30"), granted_on=day("2020-03-15"))
    client.force_login(make.make_user())
    page = client.get(f"/deadlines/?on=2020-04-01&provision={asked[0].key}").content.decode()
    assert "extended; was set for 31 March 2020" in page
    assert f"/commitments/{one.public_key}/?on=2020-04-01" in page
    assert "no. 1 of a series" in page


def test_it_costs_the_same_with_many_rows(asked, client, django_assert_num_queries):
    client.force_login(make.make_user())
    for number in range(40):
        make.make_commitment(asked[0], make.make_body(f"T-MANY-{number}"))
    client.get("/deadlines/")
    with django_assert_num_queries(6):
        assert client.get("/deadlines/").context["results"].total > 160
