"""The profile of a body: every number is that of its list, on any day, for everybody."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import REFERENCE_DAY, make
from tests.dashboard.pages import read
from tests.thorough import examples, some
from tracker.models import Body
from tracker.reports.chronicle import HORIZON, chronicle
from tracker.vocabulary import Position, Result, Role, Timing

pytestmark = pytest.mark.django_db

BODIES = ["XAA", "XAB", "XAE", "CTED", "CTC", "DEMO-24-7", "INTERPOL"]
DAYS = ["2026-11-01", "2021-03-31", "2017-10-20"]
#: Each figure with the list and the query behind it.
LISTS = {
    "reports": "/reports/?state=submitted",
    "assessments": "/assessments/?step=adopted",
    "evidence": "/evidence/?",
    "overdue": "/commitments/?timing=overdue",
    "due_soon": "/commitments/?timing=due_soon",
}


@pytest.fixture(autouse=True)
def the_day(time_machine):
    time_machine.move_to(REFERENCE_DAY)


def total(client, address):
    return client.get(address).context["results"].total


@pytest.mark.parametrize("role", some(Role.VIEWER, Role.REVIEWER))
@pytest.mark.parametrize("on", DAYS)
def test_the_figures_are_those_of_the_lists_at_both_doors(client, role, on):
    client.force_login(make.make_user(role))
    for code in BODIES:
        shown = client.get(f"/bodies/{code}/?on={on}")
        if shown.status_code == 404:
            assert client.get(f"/api/v1/bodies/{code}/profile/?on={on}").status_code == 404
            continue
        told = client.get(f"/api/v1/bodies/{code}/profile/?on={on}").json()
        found = shown.context["chronicle"]
        assert told["numbers"] == found.figures
        for name, address in LISTS.items():
            assert total(client, f"{address}&body={code}&on={on}") == told["numbers"][name], name
        assert [each["key"] for each in told["past"]] == [each.key for each in found.past]
        assert [row["key"] for row in told["requests"]] == [r.event.key for r in found.requests]
        bars = {row["theme"]["key"]: row["results"] for row in told["themes"]}
        themes = shown.context["profile"].themes
        assert bars == {each.node.slug: each.bar.as_dict for each in themes}
        assert told["results"] == shown.context["profile"].bar.as_dict


def test_a_past_day_shows_nothing_under_way(client):
    client.force_login(make.make_user(Role.REVIEWER))
    assert client.get("/bodies/XAB/").context["chronicle"].requests
    assert not client.get("/bodies/XAB/?on=2026-10-30").context["chronicle"].requests


def test_who_may_not_see_drafts_learns_nothing_of_them(client):
    client.force_login(make.make_user())
    assert client.get("/bodies/XAB/").context["chronicle"].requests == []
    assert client.get("/api/v1/bodies/XAB/profile/").json()["requests"] == []


def test_persons_stand_neither_on_the_page_nor_in_the_api(client):
    client.force_login(make.make_user(Role.ADMINISTRATOR))
    body = make.make_body("MASKED")
    make.make_commitment(body=body)
    make.make_designation(body, person_name="Jane Hidden", person_mail="jane@example.org")
    for path in ("/bodies/MASKED/", "/api/v1/bodies/MASKED/profile/"):
        assert "Hidden" not in client.get(path).content.decode()
        assert "jane@" not in client.get(path).content.decode()


days = st.dates(datetime.date(2017, 6, 1), datetime.date(2017, 6, 20))
reports = st.lists(st.tuples(days, st.sampled_from(Position.values), st.booleans()), max_size=4)
concluded = st.lists(st.tuples(days, st.sampled_from(Result.values), st.booleans()), max_size=4)
dates = st.lists(st.tuples(days, st.none() | days, st.none() | st.tuples(days, days)), max_size=3)


@settings(max_examples=examples(30), deadline=None)
@given(reports=reports, concluded=concluded, dates=dates, on=days)
def test_events_equal_a_recount(reports, concluded, dates, on):
    body, viewer = make.make_body(), make.make_user()
    commitment = make.make_commitment(body=body)
    for day, position, hidden in reports:
        word = "restricted" if hidden else "public"
        make.make_report(commitment, position, submitted_on=day, classification=word)
    for day, result, hidden in concluded:
        word = "restricted" if hidden else "public"
        make.make_assessment(commitment, result, adopted_on=day, classification=word)
    expected_open, expected_met = [], []
    for n, (due, delivered, extended) in enumerate(dates):
        deadline = make.make_deadline(
            commitment.provision, label=f"Date {n}", kind="fixed", fixed_on=due
        )
        until = due
        if extended:
            granted, later = extended
            make.make_extension(commitment, deadline, until_on=later, granted_on=granted)
            until = later if granted <= on else due
        if delivered:
            make.make_delivery(commitment, deadline, delivered_on=delivered)
        if delivered and delivered <= on:
            late = Timing.DELIVERED_LATE if delivered > until else Timing.DELIVERED
            expected_met.append((delivered, str(late)))
        else:
            expected_open.append(until)
    found = chronicle(body, viewer=viewer, on=on, today=True)

    def of(kind):
        return sorted((e.day, e.word) for e in found.events if e.kind == kind)

    assert of("report") == sorted((d, p) for d, p, hidden in reports if d <= on and not hidden)
    assert of("assessment") == sorted((d, r) for d, r, hid in concluded if d <= on and not hid)
    assert of("delivery") == sorted(expected_met)
    assert sorted(e.day for e in [*found.passed, *found.ahead]) == sorted(expected_open)
    assert all(e.day < on for e in found.passed) and all(e.day >= on for e in found.ahead)
    assert [e.day for e in found.past] == sorted((e.day for e in found.past), reverse=True)


def test_recurring_dates_are_shown_for_a_year(client):
    client.force_login(make.make_user())
    body = make.make_body("YEARLY")
    commitment = make.make_commitment(body=body)
    make.make_deadline(
        commitment.provision, kind="fixed", fixed_on=datetime.date(2026, 1, 1), every_months=3
    )
    found = client.get("/bodies/YEARLY/").context["chronicle"]
    last = REFERENCE_DAY + datetime.timedelta(days=HORIZON)
    assert [each.day.month for each in found.passed] == [1, 4, 7, 10]
    assert [each.day.month for each in found.ahead] == [1, 4, 7, 10]
    assert all(each.day <= last for each in found.ahead)
    assert found.timings[Timing.OVERDUE] == 1


def test_the_page_makes_sense_for_every_kind_of_body(client):
    client.force_login(make.make_user())
    kinds = {}
    for body in Body.objects.order_by("kind", "code"):
        kinds.setdefault(body.kind, body.code)
    assert len(kinds) >= 7
    for code in kinds.values():
        page = client.get(f"/bodies/{code}/")
        assert page.status_code == 200
        headings = [each.tag for each in read(page).elements if each.tag in ("h1", "h2", "h3")]
        assert headings[0] == "h1" and headings.count("h1") == 1
        assert client.get(f"/api/v1/bodies/{code}/profile/").status_code == 200


def test_the_profile_refuses_what_it_does_not_know(client):
    client.force_login(make.make_user())
    for query, name in (("colour=red", "colour"), ("on=soon", "on")):
        told = client.get(f"/api/v1/bodies/CTED/profile/?{query}")
        assert (told.status_code, list(told.json()["errors"])) == (400, [name])
    assert client.get("/api/v1/bodies/NOBODY/profile/").status_code == 404
