"""The pages of the real register, some 5,500 commitments: each in at most 12 queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tracker.models import Body, Commitment, Provision, Resolution
from tracker.vocabulary import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("un_register")]

MOST_QUERIES = 12
LARGEST_PAGE = 200_000  # bytes

PAGES = [
    "/",
    "/?on=2019-06-30",
    "/resolutions/",
    "/resolutions/S/RES/2322(2016)/",
    "/provisions/",
    "/provisions/S/RES/2322(2016)/13/",
    "/provisions/S/RES/2322(2016)/13(e)/",
    "/provisions/S/RES/2322(2016)/21/",
    "/bodies/",
    "/bodies/?kind=state&region=150",
    "/bodies/CTED/",
    "/bodies/FRA/",
    "/networks/",
    "/networks/WACAP/",
    "/networks/gaps/",
    "/networks/channel/?from=FRA&to=DEU&purpose=extradition",
    "/bodies/WACAP/",
    "/memberships/",
    "/commitments/",
    "/commitments/?page=50",
    "/commitments/?theme=mutual-legal-assistance&region=002&result=not_assessed&sort=-body",
    "/commitments/S/RES/2322(2016)/13(e)/FRA/",
    "/deadlines/",
    "/deadlines/?drawn=calendar",
    "/designations/",
    "/documents/",
    "/crosswalk/",
    "/compare/?body=FRA&body=BRA&body=KEN&body=JPN",
    "/provisions/S/RES/2617(2021)/39/",
    "/matrix/",
    "/matrix/?against=2024-06-30",
    "/matrix/?rows=resolution&open_row=S/RES/2322(2016)",
    "/matrix/?rows=provision&columns=body",
    "/matrix/?rows=provision&columns=body&against=2024-06-30&region=142",
    "/matrix/?open_row=judicial-cooperation&open_row=extradition&open_column=002",
    "/matrix/?open_column=002&open_column=202&open_column=none",
    "/trends/",
    "/api/v1/matrix/",
    "/api/v1/trends/",
    "/themes/",
    "/themes/mutual-legal-assistance/",
    "/search/?q=central",
    "/api/v1/resolutions/",
    "/api/v1/resolutions/S/RES/2322(2016)/",
    "/api/v1/provisions/",
    "/api/v1/provisions/S/RES/2322(2016)/13(e)/",
    "/api/v1/bodies/?page_size=200",
    "/api/v1/bodies/FRA/",
    "/api/v1/bodies/FRA/profile/",
    "/api/v1/bodies/CTED/profile/",
    "/api/v1/commitments/?page_size=200",
    "/api/v1/commitments/S/RES/2322(2016)/13(e)/FRA/",
    "/api/v1/deadlines/?page_size=200",
    "/api/v1/memberships/",
    "/api/v1/networks/channel/?from=FRA&to=DEU&purpose=extradition",
    "/api/v1/themes/",
    "/api/v1/crosswalk/",
    "/api/v1/compare/?body=FRA&body=BRA&body=KEN&body=JPN",
    "/admin/",
    "/admin/tracker/resolution/",
    "/admin/tracker/provision/",
    "/admin/tracker/body/",
    "/admin/tracker/membership/",
    "/admin/tracker/commitment/",
    "/admin/tracker/change/",
]


@pytest.fixture
def person(client):
    """Somebody for whom every door is open."""
    client.force_login(make.make_user(Role.ADMINISTRATOR))


def queries(client, path):
    client.get(path)  # what a process learns once is not counted
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200, path
    return len(captured), response


def test_it_holds_every_pair():
    held = Commitment.objects.filter(body__is_fictional=False)
    assert 5_000 < held.count() < 6_000


@pytest.mark.parametrize("path", PAGES)
def test_a_page_takes_at_most_12_queries(client, person, path):
    number, response = queries(client, path)
    assert number <= MOST_QUERIES, path
    if path.startswith("/api/"):
        return
    assert len(response.content) < LARGEST_PAGE, path


def test_so_do_the_forms_of_the_admin(client, person):
    forms = [
        Resolution.objects.get(number=2322),
        Provision.objects.get(key="S/RES/2322(2016)/13(e)"),
        Body.objects.get(code="FRA"),
    ]
    for obj in forms:
        path = f"/admin/tracker/{obj._meta.model_name}/{obj.pk}/change/"
        assert queries(client, path)[0] <= MOST_QUERIES, path
