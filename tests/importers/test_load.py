"""Fixture rows are compared with the register and applied through the actions."""

import datetime

import pytest

from tests import make
from tracker import actions
from tracker.importers.load import load_rows
from tracker.importers.registers import SHARED, load_files
from tracker.models import Body, Change, Commitment, Membership, Provision, Theme

pytestmark = pytest.mark.django_db

BODY = {"code": "TEST-NEW", "kind": "other", "name": "New", "source": "A test"}


def row(model, **fields):
    return {"model": f"tracker.{model}", "fields": fields}


def load(*rows):
    return dict(load_rows(rows, by=None, reason="Test"))


def test_what_is_new_is_added_with_a_change():
    assert load(row("body", **BODY)) == {"new": 1, "changed": 0, "same": 0}
    change = Change.objects.of(Body.objects.get(code="TEST-NEW")).get()
    assert (change.verb, change.reason) == ("created", "Test")


def test_a_second_load_writes_nothing():
    load(row("body", **BODY))
    last = Change.objects.latest("sequence")
    assert load(row("body", **BODY)) == {"new": 0, "changed": 0, "same": 1}
    assert Change.objects.latest("sequence") == last


def test_what_differs_is_changed_and_says_how():
    load(row("body", **BODY))
    assert load(row("body", **BODY | {"name": "Newer"}))["changed"] == 1
    change = Change.objects.of(Body.objects.get(code="TEST-NEW")).first()
    assert change.differences == {"name": ["New", "Newer"]}


def test_a_row_may_refer_to_one_before_it_in_the_same_file():
    load(row("body", **BODY), row("body", **BODY | {"code": "TEST-PART", "parent": ["TEST-NEW"]}))
    assert Body.objects.get(code="TEST-PART").parent.code == "TEST-NEW"


def test_a_relation_to_several_rows_is_compared_too():
    provision = make.make_provision()
    themes = [make.make_theme(slug=slug) for slug in ("one-theme", "other-theme")]
    fields = {
        "key": provision.key,
        "resolution": [provision.resolution.key],
        "number": provision.number,
    }
    assert load(row("provision", **fields, themes=[["one-theme"], ["other-theme"]]))["changed"] == 1
    assert set(provision.themes.all()) == set(themes)
    assert load(row("provision", **fields, themes=[["other-theme"], ["one-theme"]]))["same"] == 1


def test_a_date_is_read_as_a_date():
    load(row("body", **BODY, founded_on="2017-03-01"))
    assert Body.objects.get(code="TEST-NEW").founded_on == datetime.date(2017, 3, 1)
    assert load(row("body", **BODY, founded_on="2017-03-01"))["same"] == 1


def test_a_reference_to_nothing_names_the_field_and_writes_nothing():
    with pytest.raises(ValueError, match="“part of”|“parent” refers to NOWHERE"):
        load(row("body", **BODY), row("body", **BODY | {"code": "T", "parent": ["NOWHERE"]}))
    assert not Body.objects.filter(code="TEST-NEW").exists()


def test_the_shared_files_are_loaded_already():
    last = Change.objects.latest("sequence")
    for name, counts in load_files(SHARED, by=None):
        assert (counts["new"], counts["changed"]) == (0, 0), name
    assert Change.objects.latest("sequence") == last


def test_a_row_that_somebody_edited_is_set_back():
    theme = Theme.objects.get(slug="extradition")
    theme.name = "Something else"
    actions.save(theme, by=None)
    changed = {name for name, counts in load_files(SHARED, by=None) if counts["changed"]}
    assert changed == {"themes"}
    assert Theme.objects.get(slug="extradition").name == "Extradition"


def test_a_row_that_somebody_added_stays():
    make.make_membership(Body.objects.get(code="WACAP"))
    before = Membership.objects.count()
    list(load_files(SHARED, by=None))
    assert Membership.objects.count() == before


def test_a_state_added_later_is_brought_in():
    state = make.make_body(code="XZZ")
    made = actions.expand_commitments(
        Provision.objects.all(), by=None, bodies=Body.objects.filter(pk=state.pk)
    )
    assert {commitment.body for commitment in made} == {state}
    asked = Commitment.objects.filter(body=state)
    assert asked.filter(role="addressee").count() == 27
    assert asked.filter(role="supporting").count() == 1
    assert actions.expand_commitments(Provision.objects.all(), by=None) == []
