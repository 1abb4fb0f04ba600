"""Many rows in one request: all or none, each answered for, within a constant number of rows."""

import pytest

from tests.api.people import signed_in
from tests.make import make_commitment, make_evidence, make_report, make_theme, make_user
from tracker.models import Change, Evidence, Theme
from tracker.vocabulary import Role

LIST = "/api/v1/themes/bulk/"


def send(client, *rows, path=LIST, **more):
    return client.post(path, {"rows": list(rows), **more})


def test_rows_are_made_changed_and_left_as_they_are(administrator):
    one, same = make_theme("one"), make_theme("same", name="Same")
    answer = send(
        administrator,
        {"slug": "new", "name": "New"},
        {"key": "one", "version": one.version, "name": "Another"},
        {"key": "same", "version": same.version, "name": "Same"},
        reason="Yearly",
    )
    assert answer.status_code == 200, answer.json()
    rows = answer.json()["results"]
    assert [(row["row"], row["status"], row["key"]) for row in rows] == [
        (0, "created", "new"),
        (1, "updated", "one"),
        (2, "same", "same"),
    ]
    assert [row["version"] for row in rows] == [1, one.version + 1, same.version]
    assert Change.objects.filter(noun="theme", reason="Yearly").count() == 2


def test_one_wrong_row_stops_all_and_every_wrong_row_is_named(administrator):
    one = make_theme("one")
    before = Change.objects.count()
    answer = send(
        administrator,
        {"slug": "new", "name": "New"},
        {"slug": "new", "name": ""},
        {"key": "one", "version": one.version + 1, "name": "x"},
        {"key": "one", "name": "x"},
        {"key": "nothing", "version": 1, "name": "x"},
        {"slug": "other", "name": "Other", "colour": "red"},
        {"slug": "central-authorities", "name": "Twice"},
    )
    told = answer.json()
    assert (answer.status_code, told["code"], list(told["errors"])) == (400, "invalid", ["rows"])
    wrong = {row["row"]: (row["code"], list(row.get("errors", {}))) for row in told["rows"]}
    assert wrong == {
        1: ("invalid", ["name"]),
        2: ("stale", []),
        3: ("invalid", ["version"]),
        4: ("not_found", []),
        5: ("invalid", ["colour"]),
        6: ("invalid", ["slug"]),
    }
    assert (Change.objects.count(), Theme.objects.filter(slug="new").exists()) == (before, False)


def test_the_same_row_twice_is_refused_as_its_own_address_would(administrator):
    answer = send(administrator, {"slug": "x", "name": "x"}, {"slug": "x", "name": "x"})
    assert [row["row"] for row in answer.json()["rows"]] == [1]


@pytest.mark.parametrize("rows", [[], "x", [1], {"slug": "x"}])
def test_what_are_no_rows_is_refused(administrator, rows):
    answer = administrator.post(LIST, {"rows": rows})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["rows"])


def test_more_than_five_hundred_are_too_many(administrator):
    answer = send(administrator, *({"slug": f"x-{n}", "name": "x"} for n in range(501)))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert not Theme.objects.filter(slug__startswith="x-").exists()


def test_rows_of_others_and_rows_that_may_not_be_seen_are_refused(db):
    mine, theirs = make_commitment(), make_commitment()
    own = signed_in(make_user(Role.FOCAL_POINT, bodies=[mine.body]))
    draft, other = (make_report(each, submitted_on=None) for each in (mine, theirs))
    answer = send(
        own,
        {"key": draft.key, "version": draft.version, "text": "Mine."},
        {"key": other.key, "version": other.version, "text": "Theirs."},
        {"commitment": theirs.public_key, "position": "planned", "text": "x"},
        path="/api/v1/reports/bulk/",
    )
    assert [(row["row"], row["code"]) for row in answer.json()["rows"]] == [
        (1, "not_found"),
        (2, "permission_denied"),
    ]
    done = send(
        own,
        {"key": draft.key, "version": draft.version, "text": "Mine."},
        {"commitment": mine.public_key, "position": "planned", "text": "Soon."},
        path="/api/v1/reports/bulk/",
    )
    assert done.status_code == 200, done.json()


def test_the_actions_refuse_the_rows_that_the_door_let_through(viewer, monkeypatch):
    monkeypatch.setattr("tracker.api.permissions.may", lambda user, act, body=None: True)
    answer = send(viewer, {"slug": "new", "name": "New"})
    assert [row["code"] for row in answer.json()["rows"]] == ["permission_denied"]
    assert not Theme.objects.filter(slug="new").exists()


def test_a_key_makes_many_rows_once(db):
    desk = signed_in(make_user(Role.ASSESSOR))
    make_evidence()
    rows = [
        {"title": f"T {n}", "kind": "legislation", "independence": "body_itself"} for n in (1, 2)
    ]
    number = Evidence.objects.count()
    for _time in range(2):
        answer = desk.post("/api/v1/evidence/bulk/", {"rows": rows}, HTTP_IDEMPOTENCY_KEY="k")
        assert answer.status_code == 200
    assert Evidence.objects.count() == number + 2
