"""Expanding addressees into commitments."""

import datetime

import pytest

from tests import make
from tracker import actions
from tracker.models import Body, Change, Commitment, Provision
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def provision():
    return make.make_provision()


def only(provision):
    return Provision.objects.filter(pk=provision.pk)


def expand(provision, bodies):
    ids = [body.pk for body in bodies]
    made = actions.expand_commitments(
        only(provision), by=None, reason="Test", bodies=Body.objects.filter(pk__in=ids)
    )
    return {commitment.body: commitment.role for commitment in made}


def one_of_each_kind():
    kinds = (
        "state",
        "observer_state",
        "un_entity",
        "international_organization",
        "regional_organization",
        "network",
    )
    return {kind: make.make_body(kind=kind) for kind in kinds}


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        ("all_states", {"state", "observer_state"}),
        ("states", {"state", "observer_state"}),
        ("member_states", {"state"}),
        ("organizations", {"international_organization", "regional_organization"}),
        ("regional_organizations", {"regional_organization"}),
    ],
)
def test_a_family_stands_for_its_kinds_of_body(provision, family, expected):
    bodies = one_of_each_kind()
    make.make_addressee(provision, family)
    assert set(expand(provision, bodies.values())) == {bodies[kind] for kind in expected}


def test_one_body_is_one_commitment_in_its_role(provision):
    body, other = make.make_body(kind="un_entity"), make.make_body(kind="un_entity")
    make.make_addressee(provision, "body", body=body, role="supporting")
    assert expand(provision, [body, other]) == {body: "supporting"}


def test_who_is_addressed_and_named_in_support_is_an_addressee(provision):
    body = make.make_body(kind="regional_organization")
    make.make_addressee(provision, "body", body=body, role="supporting")
    make.make_addressee(provision, "organizations")
    assert expand(provision, [body]) == {body: "addressee"}


def test_expanding_again_makes_nothing(provision):
    make.make_addressee(provision)
    state = make.make_body()
    assert len(expand(provision, [state])) == 1
    before = Change.objects.count()
    assert expand(provision, [state]) == {}
    assert Change.objects.count() == before


def test_a_state_added_later_is_brought_in(provision):
    make.make_addressee(provision)
    expand(provision, [make.make_body()])
    newcomer = make.make_body(founded_on=datetime.date(2020, 7, 1))
    assert newcomer in expand(provision, [newcomer])
    commitment = Commitment.objects.get(provision=provision, body=newcomer)
    assert commitment.starts_on == datetime.date(2020, 7, 1)


def test_a_body_dissolved_before_the_adoption_is_not_addressed(provision):
    make.make_addressee(provision)
    gone = make.make_body(dissolved_on=datetime.date(2010, 1, 1))
    went_later = make.make_body(dissolved_on=datetime.date(2020, 1, 1))
    assert set(expand(provision, [gone, went_later])) == {went_later}


def test_opening_words_and_declaratory_paragraphs_make_none(provision):
    letter = make.make_provision(provision.resolution, "1(a)")
    declaratory = make.make_provision(provision.resolution, "2", force="reaffirms")
    uncoded = make.make_provision(provision.resolution, "3", force="")
    state = make.make_body()
    for each in (provision, letter, declaratory, uncoded):
        make.make_addressee(each)
    for each in (provision, declaratory, uncoded):
        assert expand(each, [state]) == {}
    assert expand(letter, [state]) == {state: "addressee"}


def test_each_commitment_leaves_one_change_in_one_batch(provision):
    make.make_addressee(provision)
    states = [make.make_body() for _ in range(3)]
    expand(provision, states)
    changes = Change.objects.filter(
        noun="commitment", object_id__in=Commitment.objects.filter(provision=provision).values("pk")
    )
    assert changes.count() == 3
    assert changes.values("batch").distinct().count() == 1


def test_only_an_administrator_expands(provision):
    make.make_addressee(provision)
    with pytest.raises(actions.Refused):
        actions.expand_commitments(only(provision), by=make.make_user(Role.ASSESSOR))
