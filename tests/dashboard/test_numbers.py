"""Number = list: every figure on every page leads to a list with that many rows."""

import re

import pytest

from tests.dashboard.pages import LISTS, PAGES, figures, read
from tests.make import make_user
from tests.thorough import THOROUGH, thorough
from tracker.models import Body
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db

#: The same on days in the past, and behind filters.
CHOSEN = [
    "/?on=2018-06-30",
    "/bodies/?on=2017-03-01",
    "/resolutions/S/RES/2322(2016)/?on=2019-12-31",
    "/bodies/XAA/?on=2020-01-01",
    "/themes/?on=2017-01-01",
    "/commitments/?timing=overdue&body=XAA&theme=biometrics",
]

#: Links that lead to another day, or to a page that is the same on any.
UNDATED = (
    "Today",
    "Show today",
    "Changes",
    "History",
    "Keys",
    "Tokens",
    "Webhooks",
    "API",
    "Switch keys on or off",
)
#: Pages of a person's own, which know no day.
OWN = ("/me/", "/views/", "/imports/", "/jobs/")


def rows_behind(client, address) -> int:
    """How many rows the list has; its table part with one row says it soonest."""
    sized = f"{address}{'&' if '?' in address else '?'}page_size=1"
    answer = client.get(sized, headers={"HX-Request": "true"})
    assert answer.status_code == 200, address
    return answer.context["results"].total


def follow(client, paths, *, every: int = 1) -> int:
    """Follow each figure of some pages to its list, or one of so many; returns how many."""
    known, followed = {}, 0
    for path in paths:
        for number, address in figures(client.get(path))[::every]:
            if address not in known:
                known[address] = rows_behind(client, address)
            assert known[address] == number, f"{path}: {number}, but {address} has {known[address]}"
            followed += 1
    return followed


def person(role):
    """Somebody with that role; a focal point speaks for a State that has everything."""
    bodies = Body.objects.filter(code="XAA") if role == Role.FOCAL_POINT else ()
    return make_user(role, bodies=bodies)


@pytest.mark.parametrize(
    ("role", "paths", "least"),
    # Several parts, so that processes can share them; together well over a thousand figures.
    [
        (Role.VIEWER, LISTS, 200),
        pytest.param(Role.VIEWER, PAGES, 450, marks=pytest.mark.exhaustive),
        pytest.param(Role.VIEWER, CHOSEN, 400, marks=pytest.mark.exhaustive),
        pytest.param(Role.REVIEWER, ["/", "/bodies/XAA/"], 100, marks=thorough),
    ],
)
def test_every_number_is_the_number_of_rows_behind_it(client, role, paths, least):
    client.force_login(person(role))
    every = 1 if THOROUGH else 4
    assert follow(client, paths, every=every) > least // every


@pytest.mark.exhaustive
@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("part", range(4))
def test_every_number_of_every_screen_for_every_role(client, role, part):
    client.force_login(person(role))
    screens = [*LISTS, *PAGES, *CHOSEN]
    assert follow(client, screens[part::4]) > 100


def test_the_numbers_of_a_bar_add_up(viewer):
    drawn = viewer.get("/").context["overview"].bar
    assert sum(segment.count for segment in drawn.segments) == drawn.total
    assert drawn.assessed + drawn.not_assessed == drawn.total


def test_no_percentage_is_given_for_fewer_than_five(viewer):
    few = viewer.get("/provisions/S/RES/2322(2016)/21/").content.decode()
    many = viewer.get("/provisions/S/RES/2322(2016)/13(e)/").content.decode()
    assert "\N{NO-BREAK SPACE}% assessed" not in few
    assert "\N{NO-BREAK SPACE}% assessed" in many


@pytest.mark.parametrize("path", ["/", "/resolutions/S/RES/2322(2016)/", "/bodies/XAA/"])
def test_every_link_of_a_page_stays_on_its_day(viewer, path):
    page = read(viewer.get(f"{path}?on=2019-06-30"))
    assert "As it stood on 30 June 2019" in "".join(band.text for band in page.all("p"))
    for link in page.all("a"):
        address = link.attributes["href"]
        undated = link.text.strip() in UNDATED or address in OWN
        if address.startswith("/") and not undated:
            assert "on=2019-06-30" in address, link


def test_today_stands_in_no_address(viewer):
    page = read(viewer.get("/?on=2026-11-01"))
    assert not [link for link in page.all("a") if re.search(r"[?&]on=", link.link)]
