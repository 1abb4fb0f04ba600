"""The real register: the States, their names and what the resolution asks of them."""

import json
from collections import Counter

import pytest
from django.core.management import call_command

from tracker.importers.registers import SHARED, STATES_OF_THE_UN, fixture, load_un
from tracker.models import Body, BodyName, Change, Commitment, Membership, Region
from tracker.vocabulary import Language, NameForm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("un_register")]


def states():
    return Body.objects.states().filter(is_fictional=False)


def test_193_member_states_and_two_observers():
    assert Counter(states().values_list("kind", flat=True)) == {"state": 193, "observer_state": 2}
    observers = states().filter(kind="observer_state")
    assert sorted(observers.values_list("name", flat=True)) == ["Holy See", "State of Palestine"]


def test_each_has_a_short_and_a_formal_name_in_six_languages():
    expected = {(language, form) for language in Language.values for form in ("short", "formal")}
    held = {}
    for code, *name in BodyName.objects.filter(body__in=states()).values_list(
        "body__code", "language", "form"
    ):
        held.setdefault(code, []).append(tuple(name))
    assert len(held) == 195
    for code, names in held.items():
        assert len(names) == 12, code
        assert set(names) == expected, code


def test_names_are_free_of_the_marks_of_their_source():
    names = BodyName.objects.filter(body__in=states())
    assert not names.filter(text__contains="*").exists()
    assert not names.filter(text__contains="  ").exists()
    assert not states().filter(name__endswith="(the)").exists()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("RUS", "Russian Federation"),
        ("CIV", "Côte d'Ivoire"),
        ("TUR", "Türkiye"),
        ("GBR", "United Kingdom of Great Britain and Northern Ireland"),
        ("BOL", "Bolivia (Plurinational State of)"),
    ],
)
def test_the_english_name_reads_well_in_a_list(code, name):
    assert Body.objects.get(code=code).name == name


def test_the_form_of_the_source_is_kept_among_the_names():
    short = BodyName.objects.get(body__code="RUS", language="en", form=NameForm.SHORT)
    assert short.text == "Russian Federation (the)"


def test_each_has_its_codes_and_the_closest_region():
    for state in states().select_related("region"):
        assert (state.code, len(state.iso2), len(state.m49)) == (state.iso3, 2, 3)
        assert not state.region.children.exists(), state
    assert Body.objects.get(code="AFG").m49 == "004"
    assert Body.objects.get(code="KEN").region.path == "001/002/202/014"
    assert Region.objects.filter(level=3).count() == 7


def test_what_is_asked_of_the_states():
    asked = Commitment.objects.filter(body__in=states(), role="addressee")
    assert asked.filter(body__kind="state").count() == 193 * 27
    assert asked.filter(body__kind="observer_state").count() == 2 * 23
    assert asked.count() == 5257


def test_networks_hold_the_members_that_a_source_confirms():
    members = Counter(
        Membership.objects.filter(member__in=states()).values_list("organization__code", "role")
    )
    assert members == {
        ("WACAP", "member"): 17,
        ("SAHEL-PLATFORM", "member"): 4,
        ("SAHEL-PLATFORM", "observer"): 2,
        ("GCTF", "member"): 2,
    }
    assert not Membership.objects.filter(member__in=states(), source="").exists()


def test_nothing_is_said_about_what_a_real_state_did():
    asked = Commitment.objects.filter(body__is_fictional=False)
    for said in ("assessments", "reports", "citations", "deliveries"):
        assert not asked.filter(**{f"{said}__isnull": False}).exists(), said


def test_a_second_load_writes_nothing():
    last = Change.objects.latest("sequence")
    for name, counts in load_un(by=None):
        assert (counts["new"], counts["changed"]) == (0, 0), name
    assert Change.objects.latest("sequence") == last


def test_plain_loaddata_reads_the_files_too():
    before = Body.objects.count()
    call_command("loaddata", *SHARED, *STATES_OF_THE_UN, verbosity=0)
    assert Body.objects.count() == before


def test_the_files_can_be_read_by_people():
    for name in (*SHARED, *STATES_OF_THE_UN):
        text = fixture(name).read_text(encoding="utf-8")
        assert "\\u" not in text, f"{name}: write letters as they are"
        assert json.loads(text), name
