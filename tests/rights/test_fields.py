"""What is sent beyond what is asked: forged fields, foreign links, questions by the back door."""

import datetime

import pytest
from django.db import models
from django.test import Client

from tests.rights.people import ASSESSOR, FOCAL_A, FOCAL_B, VIEWER
from tests.rights.records import Record
from tests.rights.routes import Browser
from tests.rights.test_routes import told
from tracker.models import Assessment, Designation, Evidence, Report
from tracker.rights import Act

pytestmark = pytest.mark.django_db
#: What may be written of each classified noun over REST, by the model's own field names.
WRITABLE = {
    "report": {"position", "text", "classification"},
    "assessment": {"result", "effect", "basis", "rationale", "classification"},
    "evidence": {
        "title", "kind", "independence", "body", "event_on", "published_on", "retrieved_on",
        "valid_until", "language", "url", "note", "classification", "source",
    },
}  # fmt: skip
PLACES = {"report": "reports", "assessment": "assessments", "evidence": "evidence"}
WRITERS = {"report": FOCAL_A, "assessment": ASSESSOR, "evidence": FOCAL_A}


def forged(field: models.Field):
    """A value that the field could hold, and that no form offers."""
    if field.is_relation:
        return 1
    if field.choices:
        return [key for key, _label in field.choices][-1]
    if isinstance(field, models.DateField):
        return datetime.date(2001, 1, 1).isoformat()
    if isinstance(field, models.IntegerField):
        return 77
    return f"forged-{field.name}"


def row_of(record: Record) -> dict:
    """The row as the database holds it."""
    return type(record.obj).objects.filter(pk=record.obj.pk).values().get()


def draft(world, noun) -> Record:
    """The record of that noun that can be changed."""
    return next(each for each in world.of(noun) if each.state == "draft" or noun == "evidence")


@pytest.mark.parametrize("noun", WRITABLE)
def test_no_field_is_changed_over_rest_that_is_not_meant_to_be(world, noun):
    record, browser = draft(world, noun), Browser(WRITERS[noun], world)
    path = f"/api/v1/{PLACES[noun]}/{record.key}/"
    browser.keep = True
    for field in type(record.obj)._meta.concrete_fields:
        before = row_of(record)
        etag = browser.send("GET", path)["ETag"]
        answer = browser.send(
            "PATCH", path, {field.name: forged(field)}, as_json=True, headers={"If-Match": etag}
        )
        after = row_of(record)
        changed = {name for name in after if after[name] != before[name]} - {"version"}
        assert answer.status_code in (200, 400), field.name
        assert changed <= ({field.attname} & WRITABLE[noun]), field.name
        if field.name not in WRITABLE[noun]:
            assert changed == set() and after["version"] == before["version"], field.name


@pytest.mark.parametrize("noun", ["report", "assessment"])
def test_no_field_is_changed_by_a_form_that_it_does_not_show(world, noun):
    record, browser = draft(world, noun), Browser(WRITERS[noun], world)
    browser.keep = True
    before = row_of(record)
    fields = [field for field in type(record.obj)._meta.concrete_fields if field.name != "version"]
    more = {field.name: forged(field) for field in fields if field.name not in WRITABLE[noun]}
    sent = {name: before[name] for name in WRITABLE[noun]} | {"version": before["version"]}
    answer = browser.send("POST", f"/{PLACES[noun]}/{record.key}/", {**sent, **more, "act": "save"})
    assert answer.status_code == 302
    assert row_of(record) == before


@pytest.mark.parametrize("noun", ["report", "assessment"])
def test_a_new_draft_begins_as_a_draft_whatever_is_sent(world, noun):
    browser = Browser(WRITERS[noun], world)
    browser.keep = True
    model = type(world.records[noun][0].obj)
    commitment = world.of("commitment")[0]
    sent = {
        "report": {"commitment": commitment.key, "position": "planned", "text": "Text"},
        "assessment": {
            "commitment": commitment.key, "result": "fully_implemented", "basis": "visit",
        },
    }[noun]  # fmt: skip
    number = model.objects.count()
    for field in model._meta.concrete_fields:
        if field.name in WRITABLE[noun] | {"commitment"}:
            continue
        forged_too = {**sent, field.name: forged(field)}
        answer = browser.send("POST", f"/api/v1/{PLACES[noun]}/", forged_too, as_json=True)
        assert (answer.status_code, model.objects.count()) == (400, number), field.name


STEPS = ("send", "comment", "review", "return", "adopt", "withdraw", "claim", "release")


@pytest.mark.parametrize("step", STEPS)
def test_a_step_takes_no_field_of_the_record(world, step):
    """Somebody with the right, the right version, and one field too many."""
    role = {"comment": FOCAL_A}.get(step, ASSESSOR)
    record = next(each for each in world.of("assessment") if each.state == "sent")
    browser = Browser(role, world)
    path = f"/api/v1/assessments/{record.key}/"
    headers = {"If-Match": browser.send("GET", path)["ETag"]}
    before = row_of(record)
    for name in ("step", "adopted_by", "drafted_by", "version", "result", "classification"):
        answer = browser.send("POST", f"{path}{step}/", {name: "adopted"}, as_json=True,
                              headers=headers)  # fmt: skip
        assert answer.status_code in (400, 403), (step, name)
    assert row_of(record) == before


def test_nobody_cites_what_they_do_not_see(world):
    hidden = next(each for each in world.records["evidence"]
                  if (each.body, each.classification) == ("b", "restricted"))  # fmt: skip
    report = draft(world, "report")
    browser = Browser(FOCAL_A, world)
    api, page = f"/api/v1/reports/{report.key}/citations/", f"/reports/{report.key}/"
    for key in (hidden.key, "E-2222222222"):
        answers = [
            browser.send("POST", api, {"evidence": key}, as_json=True),
            browser.send("POST", page, {"act": "cite", "evidence": key}),
        ]
        assert [answer.status_code for answer in answers] == [400, 400]
        for answer in answers:
            assert not world.canaries.foreign(answer.body, FOCAL_A) or key == hidden.key
    there = told(browser.send("POST", api, {"evidence": hidden.key}, as_json=True), hidden.key)
    nowhere = told(
        browser.send("POST", api, {"evidence": "E-2222222222"}, as_json=True), "E-2222222222"
    )
    assert there == nowhere


def test_nobody_moves_a_record_to_a_body_of_others(world):
    piece = draft(world, "evidence")
    browser = Browser(FOCAL_A, world)
    path = f"/api/v1/evidence/{piece.key}/"
    headers = {"If-Match": browser.send("GET", path)["ETag"]}
    for body in (world.bodies["b"].code, None):
        answer = browser.send("PATCH", path, {"body": body}, as_json=True, headers=headers)
        assert answer.status_code == 403
    assert Evidence.objects.get(pk=piece.obj.pk).body == world.bodies["a"]


#: List → its noun; questions are asked by somebody who sees few of its rows.
LISTS = {
    "reports": Report, "assessments": Assessment, "evidence": Evidence,
    "designations": Designation,
}  # fmt: skip
LOOKUPS = ("", "__startswith", "__gt")


WHOLE = pytest.mark.exhaustive


@pytest.mark.parametrize("door", [pytest.param("/", marks=WHOLE), "/api/v1/"])
@pytest.mark.parametrize("name", LISTS)
def test_no_field_can_be_asked_for_by_the_back_door(world, name, door):
    browser, refused = Browser(FOCAL_B, world), 0
    known = {"kind", "body", "network", "independence", "language", "classification", "position",
             "commitment", "step", "result", "basis", "file"}  # fmt: skip
    for field in LISTS[name]._meta.get_fields():
        for lookup in LOOKUPS:
            if f"{field.name}{lookup}" in known:
                continue
            query = f"{field.name}{lookup}=zq10001qz"
            answer = browser.send("GET", f"{door}{name}/?{query}")
            assert answer.status_code == 400, query
            refused += 1
    for order in ("text", "rationale", "person_name", "-note", "added_by__username", "key"):
        assert browser.send("GET", f"{door}{name}/?sort={order}").status_code == 400, order
    assert refused > 20


def foreign_words(world, actor, nouns=("report", "assessment", "evidence")):
    """One word of each field that ``actor`` may not read."""
    found = {}
    for word, (where, may_read) in world.canaries.words.items():
        if where.startswith(nouns) and not may_read(actor):
            found.setdefault(where.split(":")[1] + where.split()[0], word.decode())
    return list(found.values())


@pytest.mark.parametrize(
    "actor", [VIEWER, pytest.param(FOCAL_B, marks=WHOLE)], ids=lambda actor: actor.name
)
def test_searching_for_what_is_not_open_answers_like_searching_for_nothing(world, actor):
    browser = Browser(actor, world)
    words = foreign_words(world, actor)
    assert len(words) > 8
    for path in ("/reports/", "/assessments/", "/evidence/", "/search/", "/changes/",
                 "/api/v1/commitments/"):  # fmt: skip
        nothing = told(browser.send("GET", f"{path}?q=zq99999qz"), "zq99999qz")
        for word in words:
            assert told(browser.send("GET", f"{path}?q={word}"), word) == nothing, (path, word)


@pytest.mark.parametrize("path", ["/inbox/seen/", "/logout/"])
def test_no_other_site_posts_for_a_person(world, path):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.users["viewer"])
    assert browser.post(path).status_code == 403
    assert browser.get("/inbox/").status_code == 200


def test_who_loses_a_right_loses_it_with_the_next_request(world):
    """Within one session, and whatever the browser has kept."""
    record = next(each for each in world.of("evidence") if each.classification == "restricted")
    browser = Browser(FOCAL_A, world)
    path = f"/api/v1/evidence/{record.key}/"
    first = browser.send("GET", path)
    assert first.status_code == 200
    world.users[FOCAL_A.name].bodies.set([])
    kept = {"If-None-Match": first["ETag"]}
    for address in (path, f"{path}file/", f"/evidence/{record.key}/"):
        assert browser.send("GET", address, headers=kept).status_code == 404
    assert not FOCAL_B.has(Act.READ_RESTRICTED, "a")
