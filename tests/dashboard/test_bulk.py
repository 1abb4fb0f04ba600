"""Bulk acts in the browser: choose, see the effect, do it once, read what was refused."""

import datetime

import pytest

from tests import REFERENCE_DAY, make
from tests.dashboard.pages import read
from tracker.actions import bulk
from tracker.models import Assessment, Change, Delivery
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessor(client):
    person = make.make_user(Role.ASSESSOR)
    client.force_login(person)
    return person


@pytest.fixture
def drafts():
    theme = make.make_theme("many")
    provision = make.make_provision(themes=[theme])
    steps = ("draft", "returned", "under_review")
    return [
        make.make_assessment(make.make_commitment(provision), adopted_on=None, step=step)
        for step in steps
    ]


def fields(answer):
    """What the form of a page would send, buttons left out."""
    sent = {}
    for each in read(answer).all("input"):
        name = each.attributes.get("name", "")
        if each.attributes.get("type") == "hidden" and name != "csrfmiddlewaretoken":
            sent.setdefault(name, []).append(each.attributes["value"])
    return sent


def test_from_the_choice_over_the_preview_to_the_result(client, assessor, drafts):
    page = client.get("/assessments/?theme=many")
    boxes = [b for b in read(page).all("input") if b.attributes.get("name") == "row"]
    assert {box.attributes["value"] for box in boxes} == {each.key for each in drafts}
    address = "/assessments/bulk/?theme=many"
    keys = [each.key for each in drafts]
    chosen = client.post(address, {"act": "send", "row": keys})
    assert chosen.status_code == 200
    assert set(fields(chosen)["row"]) == set(keys)

    before = Change.objects.count()
    shown = client.post(address, {**fields(chosen), "step": "preview", "reason": "All of them"})
    text = " ".join(shown.content.decode().split())
    assert "2 rows change, 1 is refused" in text
    assert "Under review" in text
    assert Change.objects.count() == before
    assert Assessment.objects.filter(pk__in=[d.pk for d in drafts], step="draft").count() == 1

    sent = {**fields(shown), "step": "apply", "reason": "All of them"}
    result = client.post(address, sent, follow=True)
    made = Change.objects.filter(reason="All of them")
    [batch] = set(made.values_list("batch", flat=True))
    assert made.count() == 2
    assert result.redirect_chain[0][0] == f"/bulk/{batch}/"
    text = " ".join(result.content.decode().split())
    assert "2 changes were written" in text
    assert "1 row stays as it was" in text
    assert f"/changes/?batch={batch}" in text

    again = client.post(address, sent)
    assert again.status_code == 409
    assert "0 rows change, 3 are refused" in " ".join(again.content.decode().split())
    client.force_login(make.make_user(Role.ASSESSOR))
    assert client.get(f"/bulk/{batch}/").status_code == 404


def test_all_that_match_means_the_query_of_the_list(client, assessor, drafts):
    address = "/assessments/bulk/?theme=many&step=draft"
    shown = client.post(
        address, {"act": "send", "all": "yes", "step": "preview", "reason": "Every one"}
    )
    assert fields(shown)["expected"] == [drafts[0].key]
    wrong = client.post("/assessments/bulk/?theme=nothing", {"act": "send", "all": "yes"})
    assert wrong.status_code == 400


def test_deliveries_are_recorded_for_the_commitments_ticked(client, assessor):
    deadline = make.make_deadline(kind="fixed", fixed_on=REFERENCE_DAY)
    rows = [make.make_commitment(deadline.provision) for _ in range(3)]
    sent = {
        "act": "deliver",
        "row": [row.public_key for row in rows[:2]] + ["nonsense", "S/RES/1(1946)/1/XAA"],
        "delivered_on": "2026-10-30",
        "reason": "Letters of October",
    }
    shown = client.post("/commitments/bulk/", {**sent, "step": "preview"})
    expected = fields(shown)["expected"]
    assert expected == [row.public_key for row in rows[:2]]
    client.post("/commitments/bulk/", {**sent, "step": "apply", "expected": expected})
    made = Delivery.objects.filter(deadline=deadline)
    assert {each.commitment for each in made} == set(rows[:2])
    assert {each.delivered_on for each in made} == {datetime.date(2026, 10, 30)}


def test_what_is_wrong_is_said_beside_what_was_typed(client, assessor, drafts):
    sent = {"act": "send", "row": [drafts[0].key], "step": "preview", "reason": " "}
    answer = client.post("/assessments/bulk/", sent)
    assert answer.status_code == 400
    assert "This field is required" in answer.content.decode()
    answer = client.post(
        "/commitments/bulk/",
        {
            "act": "extend",
            "row": [drafts[0].commitment.public_key],
            "step": "preview",
            "until_on": "soon",
            "reason": "More time",
        },
    )
    assert answer.status_code == 400
    assert "More time" in answer.content.decode()
    assert client.post("/assessments/bulk/", {"act": "send"})["Location"] == "/assessments/"
    assert client.get("/assessments/bulk/?theme=x")["Location"] == "/assessments/?theme=x"
    assert client.post("/assessments/bulk/", {"act": "explode"}).status_code == 400


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUDITOR, Role.FOCAL_POINT])
def test_who_may_do_nothing_sees_no_boxes_and_is_refused(client, drafts, role):
    client.force_login(make.make_user(role))
    for path in ("/assessments/", "/commitments/"):
        assert 'name="row"' not in client.get(path).content.decode()
        for name, act in bulk.ACTS.items():
            if act.noun.__name__.lower() in path:
                sent = {"act": name, "row": [drafts[0].key], "step": "apply", "reason": "Try"}
                assert client.post(f"{path}bulk/", sent).status_code == 400
    assert not Change.objects.filter(reason="Try").exists()


def test_a_past_day_offers_no_acts(client, assessor):
    assert 'name="row"' in client.get("/commitments/").content.decode()
    assert 'name="row"' not in client.get("/commitments/?on=2020-01-01").content.decode()
