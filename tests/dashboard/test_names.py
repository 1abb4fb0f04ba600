"""Bodies are called as the language of the page calls them, where the register holds that name."""

import datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tracker.reports.names import forget_names

pytestmark = pytest.mark.django_db

PAGES = [
    "/bodies/?q=Testland",
    "/bodies/T-LAND/",
    "/bodies/T-LAND/brief/",
    "/commitments/?body=T-LAND",
    "/matrix/?rows=provision&columns=body&body=T-LAND",
    "/compare/?body=T-LAND&body=XAA",
    "/networks/channel/?to=T-LAND",
]


@pytest.fixture
def land(db):
    """A State with names, of which some are no longer or not yet in use."""
    forget_names()
    body = make.make_body("T-LAND", name="Testland")
    commitment = make.make_commitment(body=body)
    for language, text in (("fr", "Pays d’essai"), ("ar", "بلد الاختبار")):
        make.make_body_name(body, text, language)
        for n, days in enumerate((("2000-01-01", "2010-01-01"), ("2990-01-01", None))):
            first, last = (each and datetime.date.fromisoformat(each) for each in days)
            make.make_body_name(body, f"{text} {n}", language, from_on=first, until_on=last)
    make.make_body_name(body, "République d’essai", "fr", "formal")
    yield commitment
    forget_names()


def read_in(viewer, language, path) -> str:
    viewer.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = viewer.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_pages_say_the_name_in_their_language(viewer, land, path):
    assert "Testland" in read_in(viewer, "en", path)
    for language, name in (("fr", "Pays d’essai"), ("ar", "بلد الاختبار")):
        page = read_in(viewer, language, path)
        assert name in page
        assert '<bdi lang="en">Testland</bdi>' not in page
        assert f"{name} 0" not in page.replace("T-LAND", "") or path == "/bodies/T-LAND/"


def test_a_name_that_two_bodies_share_names_neither(viewer, land):
    make.make_body_name(make.make_body(name="Testland"), "Autre pays", "fr")
    page = read_in(viewer, "fr", "/commitments/?body=T-LAND")
    assert '<bdi lang="en">Testland</bdi>' in page


def test_names_cost_one_query_and_then_none(viewer, land):
    path, counts = "/commitments/?body=T-LAND", []
    viewer.get(path)
    for language in ("en", "fr", "fr"):
        with CaptureQueriesContext(connection) as queries:
            read_in(viewer, language, path)
        counts.append(len(queries))
    assert counts == [counts[0], counts[0] + 1, counts[0]]
