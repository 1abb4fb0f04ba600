"""FilterSets refuse what they do not know and order totally; chips say what narrows."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from tests import make
from tracker.filters import BodyFilter, CommitmentFilter, ProvisionFilter, ResolutionFilter
from tracker.listings import NOUNS, listing
from tracker.models import Body

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 1)


def ask(filterset, query, viewer=None):
    return listing(filterset, QueryDict(query), viewer=viewer or make.make_user(), today=TODAY)


def codes(filterset):
    assert filterset.is_valid(), filterset.errors
    return [body.code for body in filterset.qs]


@pytest.mark.parametrize("filterset", NOUNS, ids=lambda each: each.__name__)
def test_an_unknown_parameter_is_an_error_that_names_the_known_ones(filterset):
    errors = ask(filterset, "colour=red").errors
    assert list(errors) == ["colour"]
    assert "sort" in errors["colour"][0]


@pytest.mark.parametrize("filterset", NOUNS, ids=lambda each: each.__name__)
def test_every_list_is_scoped_and_empty_for_a_stranger(filterset):
    assert list(ask(filterset, "", AnonymousUser()).qs) == []


WRONG = [
    ("on=9999-12-31", "on", "2199-12-31"),
    ("on=1066-10-14", "on", "1945-10-24"),
    ("on=yesterday", "on", "2026-06-30"),
    ("on=2026-02-30", "on", "2026-06-30"),
    ("on=٢٠٢٦-٠٦-٣٠", "on", "2026-06-30"),
    ("on=2026-6-3", "on", "2026-06-30"),
    ("on=2024-01-01&on=2025-01-01", "on", "once"),
    ("timing=late", "timing", "overdue"),
    ("timing=overdue&timing=late", "timing", "overdue"),
    ("result=good", "result", "fully_implemented"),
    ("position=x", "position", "not_reported"),
    ("evidence=yes", "evidence", "some"),
    ("softened=maybe", "softened", "yes"),
    ("force=shouts", "force", "calls_upon"),
    ("resolution=2322", "resolution", "S/RES/2322(2016)"),
    ("resolution=S/RES/1(1946)", "resolution", "No resolution is held"),
    ("provision=13(e)", "provision", "S/RES/2322(2016)/13(e)"),
    ("body=NOWHERE", "body", "No body has the code"),
    ("region=Europe", "region", "M49"),
    ("theme=unknown", "theme", "No theme"),
    ("due_before=soon", "due_before", "2026-06-30"),
    ("sort=colour", "sort", "-due"),
    ("sort=due&sort=body", "sort", "once"),
    ("q=a&q=b", "q", "once"),
    ("q=" + "x" * 201, "q", "200"),
    ("q=%00", "q", "Null"),
    ("body=%00", "body", "Null"),
]


@pytest.mark.parametrize(("query", "field", "said"), WRONG)
def test_a_wrong_value_is_an_error_that_says_what_is_allowed(query, field, said):
    filterset = ask(CommitmentFilter, query)
    assert not filterset.is_valid()
    assert said in " ".join(filterset.errors[field])


def test_repeating_a_parameter_means_or_and_different_ones_mean_and():
    make.make_body("OR-A", kind="network")
    make.make_body("OR-B", kind="un_entity", dissolved_on=datetime.date(2017, 1, 1))
    assert codes(ask(BodyFilter, "q=or-&kind=network&kind=un_entity")) == ["OR-A", "OR-B"]
    assert codes(ask(BodyFilter, "q=or-&kind=un_entity&standing=dissolved")) == ["OR-B"]


def test_standing_is_that_of_the_day_asked_for():
    make.make_body("GONE-1", dissolved_on=datetime.date(2017, 1, 1))
    assert codes(ask(BodyFilter, "q=gone-1&standing=existing&on=2016-12-31")) == ["GONE-1"]
    assert codes(ask(BodyFilter, "q=gone-1&standing=existing&on=2017-01-01")) == []


def test_a_region_holds_the_regions_within_it():
    world = make.make_region("971")
    inner = make.make_region("972", parent=world, level=1)
    make.make_body("INNER-1", region=inner)
    assert codes(ask(BodyFilter, "region=971")) == ["INNER-1"]


def test_members_are_those_of_the_day_asked_for():
    network = make.make_body("NET-1", kind="network")
    member = make.make_body("MEM-1")
    make.make_membership(
        network,
        member,
        from_on=datetime.date(2018, 1, 1),
        until_on=datetime.date(2020, 12, 31),
    )
    assert codes(ask(BodyFilter, "member_of=NET-1&on=2017-12-31")) == []
    assert codes(ask(BodyFilter, "member_of=NET-1&on=2020-12-31")) == ["MEM-1"]
    assert codes(ask(BodyFilter, "member_of=NET-1&on=2021-01-01")) == []


def test_a_theme_finds_what_is_nested_in_it_and_nothing_that_only_begins_alike():
    top, alike = make.make_theme("topic"), make.make_theme("topic-2")
    nested = make.make_theme("nested", parent=top)
    wanted = make.make_provision(themes=[nested])
    make.make_provision(themes=[alike])
    assert [p.key for p in ask(ProvisionFilter, "theme=topic").qs] == [wanted.key]


def test_a_chapeau_finds_the_commitments_of_its_letters():
    chapeau = make.make_provision(number="1")
    letter = make.make_provision(chapeau.resolution, "1(a)")
    other = make.make_provision(chapeau.resolution, "10")
    wanted, _unwanted = make.make_commitment(letter), make.make_commitment(other)
    assert list(ask(CommitmentFilter, f"provision={chapeau.key}").qs) == [wanted]


def test_search_reads_symbols_and_words_and_names_in_any_language():
    body = make.make_body("SRCH-1", name="Ruritania")
    make.make_body_name(body, "روريتانيا", language="ar")
    provision = make.make_provision(make.make_resolution(8765), "13")
    make.make_commitment(provision, body)
    for text in ("8765", "8765 13", "S/RES/8765 (2016)", "ruritan", "روريتانيا"):
        assert ask(CommitmentFilter, f"q={text}").qs.count() == 1, text
    assert ask(CommitmentFilter, "q=8765 14").qs.count() == 0


def test_rows_without_a_value_come_last_in_both_directions():
    late = make.make_resolution(8101, adopted_on=datetime.date(2016, 12, 1))
    early = make.make_resolution(8102, adopted_on=datetime.date(2016, 1, 1))
    none = make.make_resolution(8103, adopted_on=None)
    mine = {late.key, early.key, none.key}
    for sort, expected in [("adopted", [early, late, none]), ("-adopted", [late, early, none])]:
        rows = ask(ResolutionFilter, f"year=2016&sort={sort}").qs
        assert [row for row in rows if row.key in mine] == expected


@pytest.mark.parametrize("filterset", NOUNS, ids=lambda each: each.__name__)
def test_every_order_ends_in_a_unique_key(filterset):
    """So that pages never overlap: the last tie-breaker is unique, alone or with the others."""
    ties = filterset.base_filters["sort"].ties
    model = NOUNS[filterset]
    unique_alone = {f.name for f in model._meta.fields if f.unique}
    pair = {"provision__path", "body__code"} <= set(ties)
    assert ties[-1].lstrip("-") in unique_alone or pair


def test_chips_name_each_value_in_words():
    filterset = ask(CommitmentFilter, "timing=overdue&timing=no_date&q=abc&on=2020-01-01")
    assert [(name, value) for name, value, _label, _words in filterset.active] == [
        ("q", "abc"),
        ("timing", "overdue"),
        ("timing", "no_date"),
    ]
    assert filterset.active[1][3] == "Past the indicated date"


def test_a_list_costs_one_query_however_long_it_is(django_assert_num_queries):
    viewer = make.make_user()
    for _ in range(5):
        make.make_body(kind="network")
    with django_assert_num_queries(1):
        filterset = ask(BodyFilter, "kind=network", viewer)
        assert filterset.is_valid()
        list(filterset.qs)
    assert Body.objects.filter(kind="network").count() >= 5


def test_force_sorts_from_binding_to_declaratory_and_what_is_not_coded_comes_last():
    resolution = make.make_resolution()
    for number, force in enumerate(["", "notes", "encourages", "decides", "requests"], 1):
        make.make_provision(resolution, str(number), force=force)
    found = ask(ProvisionFilter, f"resolution={resolution.key}&sort=force").qs
    assert [row.force for row in found] == ["decides", "requests", "encourages", "notes", ""]
