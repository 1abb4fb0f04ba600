"""The door of the API asks for the right to the body itself; the actions ask once more."""

from types import SimpleNamespace

import pytest

from tests.make import make_report, make_user
from tracker.api.permissions import RegisterPermission
from tracker.rights import Act
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
VIEW = SimpleNamespace(act=Act.REPORT, body_of=lambda report: report.commitment.body)


def lets_through(user, report, method="PATCH") -> bool:
    request = SimpleNamespace(user=user, method=method)
    return RegisterPermission().has_object_permission(request, VIEW, report)


def test_the_door_lets_a_focal_point_write_for_its_own_body_only():
    report, other = make_report(), make_report()
    person = make_user(Role.FOCAL_POINT, bodies=[report.commitment.body])
    assert lets_through(person, report)
    assert not lets_through(person, other)
    assert lets_through(person, other, method="GET")
