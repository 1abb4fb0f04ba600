"""The page of the channel finder: its form, its errors, its answer; and the same over REST."""

import datetime

import pytest

from tests import make
from tests.dashboard.pages import links, read
from tracker.models import Designation
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
PAGE = "/networks/channel/"


@pytest.fixture
def pair(db):
    """Two States, one of which has named an authority with a person behind it."""
    asking, asked = make.make_body("T-ONE", name="One"), make.make_body("T-TWO", name="Two")
    office = make.make_designation(
        asked, office="Justice of Two", person_name="Canary Person", classification="public"
    )
    make.make_competence(office, "extradition")
    return asking, asked


def ask(client, query, path=PAGE):
    return client.get(f"{path}?{query}")


def text(response):
    return " ".join(response.content.decode().split())


def test_it_begins_with_three_choices_and_no_error(viewer):
    answer = viewer.get(PAGE)
    assert answer.status_code == 200
    names = [each.attributes["name"] for each in read(answer).all("select")]
    assert names == ["from", "to", "purpose"]
    assert "Still to choose: Requesting State, Requested State, Purpose." in text(answer)


def test_who_speaks_for_one_state_asks_for_it(client, pair):
    asking, asked = pair
    for bodies, wanted in (([asking], ["One"]), ([asking, asked], [])):
        client.force_login(make.make_user(Role.FOCAL_POINT, bodies))
        answer = client.get(PAGE)
        assert wanted == [o.text for o in read(answer).all("option") if "selected" in o.attributes]
        assert ("Still to choose: Requested State" in text(answer)) == bool(wanted)
    client.force_login(make.make_user(Role.FOCAL_POINT, [asking]))
    other = read(ask(client, "from=T-TWO")).all("option")
    assert [o.text for o in other if "selected" in o.attributes] == ["Two"]


def test_a_link_that_names_one_state_leaves_the_others_to_choose(viewer, pair):
    answer = ask(viewer, "to=T-TWO")
    assert answer.status_code == 200
    chosen = [o.text for o in read(answer).all("option") if "selected" in o.attributes]
    assert chosen == ["Two"]
    assert "Still to choose: Requesting State, Purpose." in text(answer)


def test_the_answer_comes_first_and_names_office_and_state(viewer, pair):
    answer = ask(viewer, "from=T-ONE&to=T-TWO&purpose=extradition&urgent=yes")
    assert answer.status_code == 200
    headings = [each.text.strip() for each in read(answer).all("h2")]
    assert headings[0] == "Send the request to: Justice of Two"
    assert "No urgent procedure is recorded for the office." in text(answer)


def test_without_an_authority_it_says_so_and_does_not_say_that_there_is_none(viewer, pair):
    answer = ask(viewer, "from=T-TWO&to=T-ONE&purpose=extradition")
    said = text(answer)
    assert "No authority that takes requests for extradition is recorded for One" in said
    assert "does not mean that there is none" in said


def test_the_person_stays_masked_and_the_page_of_the_office_shows_it_to_those_who_may(viewer, pair):
    query = "from=T-ONE&to=T-TWO&purpose=extradition"
    page, api = ask(viewer, query), ask(viewer, query, "/api/v1/networks/channel/")
    office = Designation.objects.get(office="Justice of Two")
    assert "Canary" not in text(page) + api.content.decode()
    assert links(read(page))["Held, masked."] == f"/designations/{office.key}/#person"


WRONG = [
    ("from=&to=T-TWO&purpose=extradition", "from", "Choose the requesting State."),
    ("from=NOBODY", "from", "No body has the code “NOBODY”. Choose a State."),
    ("from=CTED", "from", "is no State; choose a State."),
    ("from=%00", "from", "Null characters are not allowed."),
    ("from=T-ONE&to=T-ONE&purpose=extradition", "to", "choose two different States"),
    ("to=T-TWO&purpose=tea", "purpose", "“tea” is not one of: mutual_legal_assistance, "),
    ("urgent=maybe", "urgent", "“maybe” is not one of: yes, no."),
    ("from=T-ONE&from=T-TWO", "from", "Give this parameter once."),
    ("colour=red", "colour", "has no filter “colour”"),
    ("on=soon", "on", "This is not a day"),
    ("from=T-OLD&on=2020-01-01", "from", "Old did not exist on 2020-01-01."),
]


@pytest.mark.parametrize(("query", "name", "said"), WRONG)
def test_what_is_wrong_is_said_by_name_with_how_to_mend_it(viewer, pair, query, name, said):
    make.make_body("T-OLD", name="Old", dissolved_on=datetime.date(2019, 1, 1))
    answer = ask(viewer, query)
    assert answer.status_code == 400
    [problem] = [each for each in answer.context["problems"]]
    assert problem.name == name
    assert said in problem.message
    assert said.replace("’", "&#x27;") in answer.content.decode()
    refused = ask(viewer, query, "/api/v1/networks/channel/")
    assert refused.status_code == 400
    assert said in refused.json()["errors"][name][0]


def test_an_error_gives_no_answer_beside_it(viewer, pair):
    answer = ask(viewer, "from=T-ONE&to=T-TWO&purpose=extradition&colour=red")
    assert answer.status_code == 400
    assert "Justice of Two" not in answer.content.decode()


def test_the_doors_give_the_same_answer(viewer):
    """For every pair of the first States, in both directions, for two purposes."""
    codes = ["XAA", "XAB", "XAC", "XAD"]
    for asking in codes:
        for asked in codes:
            for purpose in ("mutual_legal_assistance", "police_cooperation"):
                query = f"from={asking}&to={asked}&purpose={purpose}&on=2024-06-30"
                page, api = ask(viewer, query), ask(viewer, query, "/api/v1/networks/channel/")
                assert page.status_code == api.status_code == (400 if asking == asked else 200)
                if asking != asked:
                    assert_same(page.context["found"], api.json())


def assert_same(found, answer):
    first = found.requested.first
    told = answer["authority"] and answer["authority"]["designation"]["key"]
    assert told == (first.designation.key if first else None)
    assert [each["code"] for each in answer["missing"]] == [each.code for each in found.missing]
    assert [each["network"]["key"] for each in answer["networks"]] == [
        tie.network.code for tie in found.ties
    ]


def test_over_rest_all_three_must_be_given(viewer):
    answer = viewer.get("/api/v1/networks/channel/")
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"from", "to", "purpose"}


def test_nobody_is_answered_without_signing_in(client):
    assert client.get(PAGE).status_code == 302
    assert client.get("/api/v1/networks/channel/").status_code == 401


def test_a_restricted_office_is_there_for_a_reviewer_and_not_for_a_viewer(client, pair):
    Designation.objects.filter(office="Justice of Two").update(classification="restricted")
    query = "from=T-ONE&to=T-TWO&purpose=extradition"
    for role, there in ((Role.VIEWER, False), (Role.REVIEWER, True)):
        client.force_login(make.make_user(role))
        assert ("Justice of Two" in text(ask(client, query))) is there


def test_it_takes_few_queries(viewer, pair, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        ask(viewer, "from=T-ONE&to=T-TWO&purpose=extradition")
