"""Suggestions: keys and names of several kinds of record, in one query."""

import pytest

from tests.make import make_body, make_theme, make_user
from tracker.reports.suggestions import suggestions

pytestmark = pytest.mark.django_db


def test_each_kind_lists_its_keys_and_names_in_order(django_assert_num_queries):
    make_theme("zz-last", name="Last of all")
    make_body("LINKED", kind="network", name="Aaa network")
    viewer = make_user()
    with django_assert_num_queries(1):
        found = suggestions(viewer, {"theme", "body", "network", "resolution", "region"})
    assert found["theme"][-1] == ("zz-last", "Last of all")
    assert found["network"][0] == ("LINKED", "Aaa network")
    assert ("LINKED", "Aaa network") in found["body"]
    assert "S/RES/2322(2016)" in dict(found["resolution"])
    assert found["region"][0] == ("001", "World")


def test_only_the_kinds_asked_for_come_back():
    assert set(suggestions(make_user(), {"theme"})) == {"theme"}
