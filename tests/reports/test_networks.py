"""The page of a network, and what is not recorded: dated members, regions, overlaps, gaps."""

import datetime

import pytest

from tests import make
from tests.dashboard.pages import figures
from tracker.dashboard.steps import HEIGHT, UNDER, draw_steps
from tracker.models import Body, Region
from tracker.reports.gaps import gap_table
from tracker.reports.networks import network_picture
from tracker.vocabulary import Role, Unnamed

pytestmark = pytest.mark.django_db
ON = datetime.date(2026, 11, 1)


def day(year, month=1, number=1):
    return datetime.date(year, month, number)


@pytest.fixture
def network(db):
    """Three States and an organization, whose memberships begin and end."""
    network = make.make_body("T-NET", "network")
    africa, europe = (Region.objects.get(code=code) for code in ("015", "151"))
    a, b, c = (
        make.make_body(f"T-{x}", region=region)
        for x, region in (("A", africa), ("B", europe), ("C", europe))
    )
    make.make_membership(network, a, from_on=day(2018, 6, 1))
    make.make_membership(network, b, from_on=day(2019, 3, 1), until_on=day(2020, 12, 31))
    make.make_membership(network, c, role="observer", from_on=day(2020, 1, 1))
    make.make_membership(network, make.make_body("T-ORG", "other"), role="secretariat")
    make.make_membership(network, make.make_body("T-LATER"), from_on=day(2027))
    return network


def picture(network, on=ON):
    return network_picture(network, viewer=make.make_user(), on=on)


def test_members_stand_under_their_region_by_name_and_the_others_last(network):
    groups = [
        (g.region.name if g.region else "", [each.member.code for each in g.memberships])
        for g in picture(network).regions
    ]
    assert groups == [("Africa", ["T-A"]), ("Europe", ["T-C"]), ("", ["T-ORG"])]


def test_the_years_count_who_belonged_on_their_last_day(network):
    found = picture(network)
    years = [(each.on.isoformat(), each.total) for each in found.years]
    assert years[:4] == [
        ("2018-12-31", 2),  # the one without a beginning counts in every year
        ("2019-12-31", 3),
        ("2020-12-31", 4),
        ("2021-12-31", 3),
    ]
    assert years[-1] == ("2026-11-01", 3)
    assert found.undated == 1
    assert found.years[2].by_role == {"member": 2, "observer": 1, "secretariat": 1}
    assert found.roles == ["member", "observer", "secretariat"]


def test_as_of_a_day_nothing_later_is_known(network):
    found = picture(network, on=day(2019, 6, 30))
    assert [each.on.year for each in found.years] == [2018, 2019]
    assert {each.member.code for each in found.memberships} == {"T-A", "T-B", "T-ORG"}


def test_overlaps_count_the_memberships_that_members_of_this_one_hold(network):
    other, ended = make.make_body("T-N2", "network"), make.make_body("T-N3", "network")
    for code in ("T-A", "T-C", "T-LATER"):
        make.make_membership(other, Body.objects.get(code=code))
    make.make_membership(ended, Body.objects.get(code="T-A"), until_on=day(2020))
    found = picture(network).overlaps
    assert [(each.network.code, each.number) for each in found] == [("T-N2", 2)]


def test_a_step_line_starts_from_zero_and_has_one_step_a_year():
    drawn = draw_steps([(2018, 2), (2019, 4)])
    assert drawn.path.count("H") == 2
    assert f"V{HEIGHT - UNDER}" in drawn.area
    assert [mark.text for mark in drawn.years] == ["2018", "2019"]
    assert [mark.text for mark in drawn.lines] == ["0", "4"]
    assert draw_steps([(2018, 2)]) is None


def test_many_years_are_not_all_written():
    drawn = draw_steps([(year, 1) for year in range(1923, 2027)])
    assert len(drawn.years) <= 12


def test_a_state_that_named_nobody_counts_in_every_column(db):
    before = gap_table(make.make_user(), on=ON).rows[0]
    state = make.make_body("T-NONE", region=Region.objects.get(code="015"))
    rows = gap_table(make.make_user(), on=ON).rows
    assert rows[0].states == before.states + 1
    assert rows[0].lacking == {key: number + 1 for key, number in before.lacking.items()}
    [africa] = [row for row in rows if row.region and row.region.name == "Africa"]
    assert set(africa.lacking) == set(Unnamed.values)
    Body.objects.filter(pk=state.pk).update(dissolved_on=day(2020))
    assert gap_table(make.make_user(), on=ON).rows[0] == before


def lacks(state, what, on=ON, viewer=None):
    viewer = viewer or make.make_user()
    return Body.objects.without(what, on=on, viewer=viewer).filter(pk=state.pk).exists()


def test_what_is_named_counts_by_kind_function_day_and_right(db):
    state = make.make_body()
    authority = make.make_body(kind="national_authority", state=state)
    office = make.make_designation(
        authority, from_on=day(2020), until_on=day(2025), classification="restricted"
    )
    make.make_competence(office, "extradition")
    # A focal point that takes such requests is no Central Authority.
    make.make_competence(make.make_designation(state, "focal_point"), "mutual_legal_assistance")
    reviewer, during = make.make_user(Role.REVIEWER), day(2022)
    assert not lacks(state, "extradition", during, reviewer)
    assert not lacks(state, "central_authority", during, reviewer)
    assert lacks(state, "mutual_legal_assistance", during, reviewer)
    assert lacks(state, "contact_point", during, reviewer)
    assert lacks(state, "extradition", day(2026), reviewer)
    assert lacks(state, "extradition", during)  # as if it were not there


def test_where_nothing_is_recorded_the_page_says_so_and_implies_nothing(client):
    from tracker.models import Designation, DesignationCompetence

    client.force_login(make.make_user())
    said = "they say nothing about what States have named"
    assert said not in client.get("/networks/gaps/").content.decode()
    DesignationCompetence.objects.all().delete()
    Designation.objects.all().delete()
    assert said in client.get("/networks/gaps/").content.decode()


def test_the_page_of_a_network_counts_what_its_lists_hold(client, network):
    client.force_login(make.make_user())
    found = figures(client.get("/networks/T-NET/?on=2020-06-30"))
    assert len(found) > 10
    for number, address in found:
        rows = client.get(address, headers={"HX-Request": "true"}).context["results"]
        assert rows.total == number, address


def test_a_body_that_others_do_not_belong_to_has_no_such_page(client):
    client.force_login(make.make_user())
    assert client.get("/networks/CTED/").status_code == 404
    assert client.get("/networks/demo-24-7/")["Location"] == "/networks/DEMO-24-7/"
