"""Deliveries and extensions on the dashboard: recorded, shown with who and why, taken back."""

import datetime

import pytest

from tests import REFERENCE_DAY
from tests.make import make_commitment, make_deadline
from tracker.models import Change, Delivery, Extension
from tracker.vocabulary import Door

DAY = datetime.timedelta(days=1)


@pytest.fixture
def series(desk):
    """Two dates of one series: the first has passed, the second has not."""
    provision = desk.commitment.provision
    first, last = REFERENCE_DAY - 30 * DAY, REFERENCE_DAY + 340 * DAY
    return make_deadline(
        provision, "Report", "fixed", fixed_on=first, every_months=12, last_on=last
    )


def facts(desk):
    answer = desk.browser("viewer").get(desk.address)
    return answer.context["commitment"].timing, answer.context["commitment"].due_on


def test_a_late_delivery_is_recorded_shown_and_taken_back(desk, series):
    client = desk.browser("assessor")
    assert facts(desk)[0] == "overdue"
    page = client.get(f"{desk.address}deliver/?date=1/Report")
    assert page.context["form"]["date"].value() == "1/Report"
    data = {
        "act": "deliver",
        "date": "1/Report",
        "delivered_on": "2026-10-30",
        "source": "S/2026/1",
    }
    answer = client.post(f"{desk.address}deliver/", data)
    assert answer["Location"] == f"{desk.address}dates/"
    shown = client.get(answer["Location"]).content.decode()
    assert "Delivered after the date" in shown and "30 October 2026" in shown
    assert "S/2026/1" in shown
    assert facts(desk) == ("upcoming", series.due_dates.get(number=2).due_on)
    delivery = Delivery.objects.get(commitment=desk.commitment)
    [change] = Change.objects.of(delivery)
    assert change.door == Door.DASHBOARD
    back = {"act": "take-back", "which": delivery.public_key}
    assert client.post(f"{desk.address}dates/", {**back, "reason": ""}).status_code == 400
    assert client.post(f"{desk.address}dates/", {**back, "reason": "Typo"}).status_code == 302
    assert facts(desk)[0] == "overdue"
    assert "Typo" in client.get(f"{desk.address}dates/").content.decode()


def test_an_extension_needs_its_reason_and_changes_the_timing(desk, series):
    client, page = desk.browser("reviewer"), f"{desk.address}extend/"
    data = {"act": "extend", "date": "1/Report", "until_on": "2026-12-01", "why": ""}
    refused = client.post(page, data)
    assert refused.status_code == 400
    assert refused.context["form"].errors["why"]
    assert client.post(page, {**data, "why": "Elections"}).status_code == 302
    assert facts(desk) == ("due_soon", datetime.date(2026, 12, 1))
    shown = desk.browser("viewer").get(f"{desk.address}dates/").content.decode()
    assert "Elections" in shown and "1 December 2026" in shown
    before = desk.browser("viewer").get(f"{desk.address}dates/?on=2026-10-31").content.decode()
    assert "1 December 2026" not in before
    early = client.post(page, {**data, "until_on": "2026-01-01", "why": "Earlier"})
    assert early.status_code == 400 and "Earlier" in early.content.decode()
    extension = Extension.objects.get()
    back = {"act": "take-back", "which": extension.public_key, "reason": "Wrong body"}
    assert client.post(f"{desk.address}dates/", back).status_code == 302
    assert not Extension.objects.exists()


@pytest.mark.parametrize("name", ["viewer", "focal", "stranger", "administrator", "auditor"])
def test_only_the_desk_sets_dates(desk, series, name):
    client = desk.browser(name)
    data = {"date": "1/Report", "delivered_on": "2026-10-30", "until_on": "2027-01-01", "why": "x"}
    for act, page in (("deliver", "deliver"), ("extend", "extend"), ("take-back", "dates")):
        status = client.post(f"{desk.address}{page}/", {"act": act, **data, "which": "x"})
        assert status.status_code in (400, 403, 404)
        shown = client.get(f"{desk.address}{page}/")
        assert shown.status_code == (200 if page == "dates" else 403)
    assert "Record a delivery" not in client.get(desk.address).content.decode()
    assert not Delivery.objects.exists() and not Extension.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {"date": "9/Report", "delivered_on": "2026-10-30"},
        {"date": "", "delivered_on": "2026-10-30"},
        {"date": "1/Report", "delivered_on": "soon"},
        {},
    ],
)
def test_bad_input_is_told(desk, series, data):
    answer = desk.browser("assessor").post(f"{desk.address}deliver/", {"act": "deliver", **data})
    assert answer.status_code == 400
    assert not Delivery.objects.exists()


def test_without_an_open_date_there_is_nothing_to_record(desk):
    shown = desk.browser("assessor").get(f"{desk.address}deliver/").content.decode()
    assert "No date is open here" in shown
    supporting = make_commitment(desk.commitment.provision, role="supporting")
    page = f"/commitments/{supporting.public_key}/"
    assert desk.browser("assessor").get(f"{page}extend/").status_code == 404
    assert desk.browser("assessor").get(f"{page}dates/").status_code == 200


def test_a_wrong_day_is_told(desk, series):
    assert desk.browser("viewer").get(f"{desk.address}dates/?on=soon").status_code == 400
    assert desk.browser("viewer").get(f"{desk.address}dates/?of=1").status_code == 400


def test_what_is_typed_into_a_date_form_is_kept(desk, series):
    client, page = desk.browser("assessor"), f"{desk.address}extend/"
    data = {"act": "keep", "form": "extension", "date": "1/Report", "why": "A long reason"}
    assert client.post(page, data).status_code == 200
    assert "A long reason" in client.get(page).content.decode()
