"""Who is signed in is read anew for every request: what was taken from a person is gone at once."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests import make
from tracker.models import User
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
ME = "/api/v1/me/"


@pytest.fixture
def person(client):
    """Somebody who is signed in."""
    person = make.make_user(Role.AUDITOR)
    client.force_login(person)
    assert client.get(ME).json()["role"] == Role.AUDITOR
    return person


def test_another_role_is_the_role_of_the_next_request(client, person):
    User.objects.filter(pk=person.pk).update(role=Role.VIEWER)
    assert client.get(ME).json()["role"] == Role.VIEWER


@pytest.mark.parametrize("taken", [{"is_active": False}, {"password": "another"}])
def test_who_may_not_come_in_any_more_is_out_with_the_next_request(client, person, taken):
    User.objects.filter(pk=person.pk).update(**taken)
    assert client.get(ME).status_code in (401, 403)


def test_who_is_gone_is_out(client, person):
    User.objects.filter(pk=person.pk).delete()
    assert client.get(ME).status_code in (401, 403)


def test_a_session_ends_when_its_time_is_over_or_it_is_taken(client, person):
    Session.objects.update(expire_date=timezone.now() + datetime.timedelta(seconds=60))
    assert client.get(ME).status_code == 200
    Session.objects.update(expire_date=timezone.now() - datetime.timedelta(seconds=1))
    assert client.get(ME).status_code in (401, 403)
    Session.objects.all().delete()
    assert client.get(ME).status_code in (401, 403)


def test_a_person_is_read_as_the_model_reads_one(client, person):
    [read] = [client.get(ME).wsgi_request.user]
    stored = User.objects.get(pk=person.pk)
    names = [field.attname for field in User._meta.concrete_fields]
    assert [getattr(read, name) for name in names] == [getattr(stored, name) for name in names]


def test_finding_out_who_asks_takes_two_statements(client, person, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get("/api/v1/")
