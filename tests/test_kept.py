"""What is kept in memory is what would be worked out anew, whatever was written meanwhile."""

import datetime
import random

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.actions.test_known import Story
from tests.thorough import THOROUGH, examples
from tracker import actions, kept, models
from tracker.actions import tallies
from tracker.actions.changes import is_recorded
from tracker.api.views import pictures
from tracker.models import Known, Theme, User
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
#: Derived rows that answers are made of, besides all that is recorded.
DERIVED = {"Known", "Tally", "DatedTally", "Due", "DueDate", "SearchEntry"}


@pytest.fixture(autouse=True)
def small_registers_too(settings, monkeypatch):
    """Kept from the first commitment on."""
    settings.COLUMNS_FROM = 0
    monkeypatch.setattr(pictures, "_pictures", kept.Keeper(most=64))


def version():
    return kept.version(kept.database())


def everything():
    """All rows that answers are made of, but for what only says that somebody came in."""
    for model in vars(models).values():
        if isinstance(model, type) and (model.__name__ in DERIVED or is_recorded(model)):
            rows = model._base_manager.order_by("pk").values()
            yield model, [{**row, "last_login": 0, "last_used_at": 0} for row in rows]
            for field in model._meta.many_to_many:
                yield field, sorted(field.remote_field.through.objects.values_list())


@settings(
    max_examples=examples(10),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
def test_no_act_changes_anything_and_leaves_the_version(seed):
    story = Story(random.Random(seed))
    before, rows = version(), list(everything())
    for _act in range(12 if THOROUGH else 5):
        story.act()
        after, now = version(), list(everything())
        assert (now == rows) or (after != before)
        before, rows = after, now


def test_a_recount_is_another_version():
    make.make_assessment(make.make_commitment())
    before = version()
    tallies.rebuild()
    assert version() != before


def test_something_is_worked_out_once_until_something_is_written():
    keeper, asked = kept.Keeper(most=2), []

    def made(key):
        return keeper.now().get(key, lambda: asked.append(key) or f"{key}!")

    assert [made("a"), made("a"), made("b")] == ["a!", "a!", "b!"]
    assert asked == ["a", "b"]
    actions.save(Theme(slug="kept-theme", name="Kept"), by=None)
    made("a")
    assert asked == ["a", "b", "a"]
    for key in ("b", "c", "a"):
        made(key)
    assert asked == ["a", "b", "a", "b", "c", "a"], "no more than two are held"


@pytest.fixture
def name_of():
    """The name of a theme, as it is kept."""
    keeper = kept.Keeper(most=2)
    return lambda theme: keeper.now().get(theme.pk, lambda: Theme.objects.get(pk=theme.pk).name)


def test_what_was_taken_back_is_forgotten(name_of):
    theme = make.make_theme()
    before = name_of(theme)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        theme.name = "Taken back"
        actions.save(theme, by=None)
        assert name_of(theme) == "Taken back"
        raise ZeroDivisionError
    assert name_of(theme) == before


def test_within_a_transaction_nothing_is_kept(name_of):
    """A row may be written there before the change that tells of it."""
    theme = make.make_theme()
    assert name_of(theme) == theme.name
    with transaction.atomic():
        Theme.objects.filter(pk=theme.pk).update(name="Written")
        assert name_of(theme) == "Written"


def test_a_small_register_keeps_nothing(settings):
    settings.COLUMNS_FROM = Known.objects.latest("pk").pk + 1
    keeper = kept.Keeper(most=2)
    assert keeper.now().get("a", lambda: 1) == 1
    assert keeper.now().get("a", lambda: 2) == 2


PICTURES = ("matrix/", "matrix/?on=2018-01-05", "matrix/?against=2018-01-03", "trends/?step=year")


@settings(
    max_examples=examples(4),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
def test_pictures_are_those_of_the_register_as_it_stands(seed, settings):
    """After any acts, for each role, and for somebody who is given another role."""
    story, clients = Story(random.Random(seed)), [Client() for _ in range(5)]
    roles = (Role.VIEWER, Role.AUDITOR, Role.FOCAL_POINT, Role.VIEWER, Role.FOCAL_POINT)
    bodies = [each.body for each in story.commitments]
    people = [make.make_user(role, bodies=bodies[: len(roles) - n]) for n, role in enumerate(roles)]
    people[4].bodies.clear()
    for client, person in zip(clients, people, strict=True):
        client.force_login(person)
    for number in range(4 if THOROUGH else 2):
        story.act()
        User.objects.filter(pk=people[3].pk).update(role=roles[number % 2])
        for path in PICTURES:
            shown = []
            for since in (0, 0, 10**9):
                settings.COLUMNS_FROM = since
                shown.append([each.get(f"/api/v1/{path}").json() for each in clients])
            assert shown[0] == shown[1] == shown[2], path


def test_a_picture_is_kept_for_all_who_may_read_the_same(client, django_assert_num_queries):
    for role in (Role.VIEWER, Role.VIEWER, Role.ADMINISTRATOR):
        client.force_login(make.make_user(role))
        client.get("/api/v1/matrix/")
    # Session, person, and how far the register has come.
    with django_assert_num_queries(3):
        assert client.get("/api/v1/matrix/").json()["rows"]


def test_what_only_some_read_of_their_own_bodies_is_shown_to_no_other(client):
    commitment = make.make_commitment()
    day = datetime.date(2020, 1, 1)
    make.make_assessment(commitment, adopted_on=day, classification="restricted")
    assessed = []
    for bodies in ([], [commitment.body], []):
        client.force_login(make.make_user(Role.FOCAL_POINT, bodies=bodies))
        assessed.append(client.get("/api/v1/matrix/").json()["whole"]["assessed"])
    assert assessed[0] + 1 == assessed[1] == assessed[2] + 1
