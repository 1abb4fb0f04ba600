"""Tables over REST: a trial by itself, applied when told to, once for its key, and back."""

import pytest

from tests import make
from tests.api.people import signed_in
from tests.tables.files import text
from tracker.models import Body, Change
from tracker.tables.plan import NOUNS
from tracker.vocabulary import Role

PATH = "/api/v1/imports/bodies/"
ROWS = ("Acronym,name,kind,members", "TT-A,One,other,3", "CTED,New,un_entity,")
COLUMNS = '{"Acronym": "code"}'


def send(client, *rows, path=PATH, **more):
    headers = {name: more.pop(name) for name in list(more) if name.startswith("HTTP_")}
    file = text(*rows)
    file.name = "table.csv"
    return client.post(path, {"file": file, **more}, format="multipart", **headers)


def test_it_is_a_trial_unless_told_to_apply(administrator):
    before = Change.objects.count()
    answer = send(administrator, *ROWS, columns=COLUMNS)
    assert answer.status_code == 200
    told = answer.json()
    assert told["counts"] == {"new": 1, "changed": 1, "same": 0, "refused": 0}
    assert (told["applied"], told["batch"], told["derived"]) == (False, None, ["members"])
    assert told["rows"][1]["differences"]["name"][1] == "New"
    assert Change.objects.count() == before
    done = send(
        administrator,
        *ROWS,
        columns=COLUMNS,
        apply="true",
        reason="x",
        expected=told["fingerprint"],
    ).json()
    assert done["rows"] == told["rows"]
    assert Change.objects.filter(batch=done["batch"], door="api", reason="x").count() == 2
    assert send(administrator, *ROWS, columns=COLUMNS).json()["counts"]["same"] == 2
    back = administrator.post(f"/api/v1/batches/{done['batch']}/undo/", {"reason": "Wrong"})
    assert back.status_code < 300
    assert not Body.objects.filter(code="TT-A").exists()


def test_the_trial_of_every_address_leaves_nothing_either(administrator):
    before = Change.objects.count()
    path = f"{PATH}?dry_run=true"
    answer = send(administrator, *ROWS, columns=COLUMNS, apply="true", reason="x", path=path)
    assert (answer.status_code, answer.json()["applied"]) == (200, True)
    assert answer.headers["Dry-Run"] == "true"
    assert Change.objects.count() == before


def test_refused_rows_are_named_and_nothing_is_written(administrator):
    rows = "code,name,kind", "TT-A,One,other", "TT-B,Two,planet"
    answer = send(administrator, *rows, apply="true", reason="x")
    assert answer.status_code == 400
    told = answer.json()
    assert told["code"] == "invalid"
    [row] = [each for each in told["rows"] if each["verdict"] == "refused"]
    assert (row["line"], row["problems"][0]["column"]) == (3, "kind")
    assert not Body.objects.filter(code="TT-A").exists()
    answer = send(administrator, *rows, apply="true", reason="x", skip_refused="true")
    assert answer.json()["counts"] == {"new": 1, "changed": 0, "same": 0, "refused": 1}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"columns": "[]"}, "columns"),
        ({"columns": '{"Acronym": 1}'}, "columns"),
        ({"columns": '{"Nothing": "code"}'}, "file"),
        ({"apply": "perhaps"}, "apply"),
        ({"apply": "true", "columns": COLUMNS}, "reason"),
        ({"apply": "true", "columns": COLUMNS, "reason": "x", "expected": "other"}, "file"),
        ({"sheet": "2"}, "sheet"),
        ({}, "file"),
    ],
)
def test_what_is_wrong_is_named(administrator, sent, field):
    answer = send(administrator, *ROWS, **sent)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not Body.objects.filter(code="TT-A").exists()


def test_the_same_key_has_one_effect(administrator):
    sent = {"columns": COLUMNS, "apply": "true", "reason": "x", "HTTP_IDEMPOTENCY_KEY": "k"}
    first, second = (send(administrator, *ROWS, **sent) for _time in range(2))
    assert first.json() == second.json()
    assert Change.objects.filter(batch=first.json()["batch"]).count() == 2


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("role", Role)
def test_the_table_of_rights_says_who_may(db, noun, role):
    allowed = {Role.FOCAL_POINT: {"reports"}, Role.ADMINISTRATOR: set(NOUNS) - {"reports"}}
    rows = "key,commitment,position,code,organization,member", "x,x,x,x,x,x"
    answer = send(signed_in(make.make_user(role)), *rows, path=f"/api/v1/imports/{noun}/")
    assert answer.status_code == (200 if noun in allowed.get(role, ()) else 403)


def test_it_takes_forms_alone(administrator):
    assert administrator.post(PATH, {"file": "x"}).status_code == 415
