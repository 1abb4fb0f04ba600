"""A database that others keep busy: 503 and when to come again, never a fault, by every door."""

import sqlite3

import pytest
from django.db import OperationalError, connection

from tests.api.people import signed_in
from tests.make import make_body, make_user
from tracker import actions
from tracker.busy import is_busy
from tracker.models import Body
from tracker.vocabulary import Role


def locked(path) -> OperationalError:
    """What comes of writing to a file that somebody else is writing to."""
    first = sqlite3.connect(path, isolation_level=None)
    second = sqlite3.connect(path, isolation_level=None, timeout=0)
    first.execute("BEGIN IMMEDIATE")
    try:
        second.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        told = OperationalError(*error.args)
        told.__cause__ = error
        return told
    finally:
        first.close()
        second.close()


@pytest.fixture
def kept_busy(tmp_path, monkeypatch):
    """Every write waits in vain."""
    error = locked(tmp_path / "other.sqlite3")

    def in_vain(*args, **kwargs):
        raise error

    monkeypatch.setattr(actions, "save", in_vain)
    return error


def test_what_is_busy_is_told_from_what_is_broken(tmp_path):
    assert is_busy(locked(tmp_path / "other.sqlite3"))
    with pytest.raises(sqlite3.OperationalError) as broken:
        sqlite3.connect(":memory:").execute("SELECT * FROM nowhere")
    told = OperationalError("no such table")
    told.__cause__ = broken.value
    assert not is_busy(told)
    assert not is_busy(ValueError("database is locked"))
    assert not is_busy(None)


@pytest.mark.django_db
def test_a_lock_that_is_not_had_is_busy_on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has its own test")
    with pytest.raises(OperationalError) as error, connection.cursor() as cursor:
        cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'waited' USING ERRCODE = '55P03'; END $$")
    assert is_busy(error.value)


@pytest.mark.django_db
def test_the_api_says_when_to_come_again(kept_busy):
    body, client = make_body(), signed_in(make_user(Role.ADMINISTRATOR))
    read = client.get(f"/api/v1/bodies/{body.code}/")
    sent = {"name": "Another", "reason": "Because"}
    answer = client.patch(
        f"/api/v1/bodies/{body.code}/",
        sent,
        content_type="application/json",
        headers={"If-Match": read["ETag"]},
    )
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert answer["Retry-After"] == "5"
    assert answer["Content-Type"].startswith("application/problem+json")
    assert Body.objects.get(pk=body.pk).name == body.name


@pytest.mark.django_db
def test_a_page_says_it_in_words(client, kept_busy, monkeypatch):
    def in_vain(*args, **kwargs):
        raise kept_busy

    client.force_login(make_user())
    client.raise_request_exception = False
    monkeypatch.setattr("tracker.dashboard.home.overview", in_vain)
    answer = client.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Nothing was changed" in answer.content.decode()
    assert answer["X-Request-ID"] in answer.content.decode()
