"""Changes over REST: read as far as they are open, and taken back."""

import uuid

import pytest

from tests import make
from tests.api.people import signed_in
from tests.api.test_budgets import queries_of
from tests.story import tell_story
from tests.thorough import some
from tracker import actions
from tracker.models import Change, Theme
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return tell_story()


@pytest.fixture
def theme():
    """A theme that was renamed once."""
    theme = make.make_theme(name="Before")
    theme.name = "After"
    actions.save(theme, by=make.make_user(Role.ADMINISTRATOR, username="anna"), reason="Spelling")
    return theme


def address(change, rest=""):
    return f"/api/v1/changes/{change.sequence}/{rest}"


def test_a_change_says_who_when_why_and_what(viewer, theme):
    change = Change.objects.of(theme).get()
    shown = viewer.get(address(change)).json()
    assert shown["differences"] == {"name": ["Before", "After"]}
    assert (shown["by"], shown["reason"], shown["noun"]) == ("anna", "Spelling", "theme")
    assert (shown["record"], shown["hash"], shown["verb"]) == (theme.slug, change.hash, "updated")
    listed = viewer.get("/api/v1/changes/?by=anna&noun=theme").json()
    assert listed["results"] == [shown]
    for path in ("changes/0/", "changes/x/", "changes/99999999999999999999/"):
        assert viewer.get(f"/api/v1/{path}").status_code == 404
    assert viewer.get("/api/v1/changes/?on=2020-01-01").status_code == 400


@pytest.mark.parametrize("who", some(Role.VIEWER, "stranger", Role.ADMINISTRATOR, "focal"))
def test_no_door_tells_what_the_scope_keeps_back(story, who):
    people, first, _report, _draft = story
    client = signed_in(people[who])
    text = client.get("/api/v1/changes/?page_size=200&q=-").content.decode()
    rows = client.get("/api/v1/changes/?page_size=200").json()["results"]
    assert {row["sequence"] for row in rows if row["sequence"] > first} == set(
        Change.objects.visible_to(people[who])
        .filter(sequence__gt=first)
        .values_list("sequence", flat=True)
    )
    for change in Change.objects.filter(sequence__gt=first):
        seen = Change.objects.visible_to(people[who]).filter(pk=change.pk).exists()
        assert client.get(address(change)).status_code == (200 if seen else 404)
        if not seen and who != Role.VIEWER:
            sent = client.post(address(change, "undo/"), {"reason": "x"})
            assert sent.status_code == (403 if who == Role.VIEWER else 404)
    assert "Canary return" not in text


def test_stand_ins_for_persons_are_not_shown(administrator):
    office = make.make_designation(person_name="One")
    office.person_name = "Two"
    change = actions.save(office, by=make.make_user(Role.ADMINISTRATOR))
    shown = administrator.get(address(change)).content.decode()
    assert "masked:" in str(change.differences)
    assert "masked:" not in shown and "(not shown)" in shown


def test_a_change_is_taken_back_and_repeated(administrator, theme):
    change = Change.objects.of(theme).get()
    sent = administrator.post(address(change, "undo/"), {"reason": ""})
    assert (sent.status_code, list(sent.json()["errors"])) == (400, ["reason"])
    done = administrator.post(address(change, "undo/"), {"reason": "In error"})
    assert done.status_code == 201
    assert done.json()["undoes"] == change.sequence
    assert done.headers["Location"] == done.json()["url"]
    assert Theme.objects.get(pk=theme.pk).name == "Before"
    assert administrator.post(address(change, "undo/"), {"reason": "x"}).status_code == 400
    again = administrator.post(done.json()["url"] + "undo/", {"reason": "Right after all"})
    assert again.status_code == 201
    assert Theme.objects.get(pk=theme.pk).name == "After"


def test_who_may_not_write_it_is_refused_and_what_is_held_stays(viewer, administrator, theme):
    body = make.Body(code="UNDONE", kind="network", name="Undone")
    made = actions.save(body, by=None)
    make.make_membership(body)
    assert viewer.post(address(made, "undo/"), {"reason": "x"}).status_code == 403
    desk = signed_in(make.make_user(Role.ASSESSOR))
    assert desk.post(address(made, "undo/"), {"reason": "x"}).status_code == 403
    assert administrator.post(address(made, "undo/"), {"reason": "x"}).status_code == 409
    assert make.Body.objects.filter(code="UNDONE").exists()


def test_a_bulk_change_is_taken_back_as_a_whole(administrator):
    batch = uuid.uuid4()
    themes = [Theme(slug=f"bulk-{n}", name=f"Bulk {n}") for n in range(3)]
    actions.create_many(themes, by=None, batch=batch)
    path = f"/api/v1/batches/{batch}/undo/"
    assert administrator.post(path, {"reason": " "}).status_code == 400
    done = administrator.post(path, {"reason": "In error"})
    assert done.status_code == 201
    assert {each["verb"] for each in done.json()["changes"]} == {"deleted"}
    assert not Theme.objects.filter(slug__startswith="bulk-").exists()
    for missing in (f"/api/v1/batches/{uuid.uuid4()}/undo/", "/api/v1/batches/x/undo/"):
        assert administrator.post(missing, {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FOCAL_POINT, Role.ASSESSOR])
def test_one_row_costs_as_much_as_two_hundred(role):
    client = signed_in(make.make_user(role, bodies=[make.make_body()]))
    few, many = (queries_of(client, f"/api/v1/changes/?page_size={n}") for n in (1, 200))
    assert few == many <= 12
