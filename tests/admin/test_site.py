"""The frame: first page, search boxes, security headers, the way out."""

import json
import re

import pytest

from tests.admin.pages import change_of, list_of, said
from tests.make import make_body, make_provision, make_resolution, make_theme
from tracker.models import Body, Change, Commitment, Provision, Resolution

pytestmark = pytest.mark.django_db


def test_the_first_page_orders_the_nouns_by_story(desk):
    stories = desk.get("/admin/").context["app_list"]
    assert [(story["name"], [m["object_name"] for m in story["models"]]) for story in stories] == [
        ("Register", ["Resolution", "Provision", "Theme", "Document"]),
        ("Bodies", ["Body", "Membership", "Designation", "Region"]),
        ("Implementation", ["Commitment", "Report", "Evidence", "Assessment"]),
        ("Record", ["Change"]),
        ("People", ["User"]),
    ]


def test_every_number_of_the_first_page_is_that_of_its_list(desk):
    for story in desk.get("/admin/").context["app_list"]:
        for model in story["models"]:
            listed = desk.get(model["admin_url"]).context["cl"].result_count
            assert model["count"] == listed, model["object_name"]


def test_the_first_page_takes_few_queries(desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        desk.get("/admin/")


def test_the_latest_changes_that_one_may_see_stand_on_the_first_page(desk):
    page = desk.get("/admin/").context
    seen = Change.objects.visible_to(page["user"]).order_by("-sequence")
    assert len(page["latest"]) > 5
    assert list(page["latest"]) == list(seen[: len(page["latest"])])


def test_the_application_has_no_page_of_its_own(desk):
    assert desk.get("/admin/tracker/").headers["Location"] == "/admin/"


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/login/",
        "/admin/tracker/body/",
        "/admin/tracker/body/add/",
        "/admin/jsi18n/",
    ],
)
def test_the_policy_allows_nothing_inline(desk, address):
    answer = desk.get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    if answer.headers["Content-Type"].startswith("text/html"):
        assert not re.search(rb"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", answer.content)


def test_a_demonstration_is_marked_on_every_page(desk):
    for address in ("/admin/", "/admin/tracker/body/", "/admin/tracker/body/add/"):
        assert "Demonstration – fictional States" in desk.get(address).content.decode()


def test_a_register_of_real_states_is_not_marked(desk):
    Body.objects.update(is_fictional=False)
    assert "fictional States" not in desk.get("/admin/").content.decode()


def test_the_way_back_to_the_dashboard_and_to_the_page_of_a_record(desk):
    assert b'<a href="/">Dashboard</a>' in desk.get("/admin/").content
    resolution = Resolution.objects.get(key="S/RES/2322(2016)")
    page = desk.get(change_of(resolution)).content
    assert b'href="/resolutions/S/RES/2322(2016)/"' in page


@pytest.mark.parametrize(
    ("term", "numbers"),
    [
        ("2322 13e", ["13(e)"]),
        ("2322 13(e)", ["13(e)"]),
        ("S/RES/2322 (2016) 13(e)", ["13(e)"]),
        ("13(e)", ["13(e)"]),
        ("2322", None),
        ("S/RES/2322(2016)", None),
    ],
)
def test_a_provision_is_found_by_its_symbol(desk, term, numbers):
    query = {"app_label": "tracker", "model_name": "provisionlink", "field_name": "target"}
    found = json.loads(desk.get("/admin/autocomplete/", {**query, "term": term}).content)
    ids = [int(each["id"]) for each in found["results"]]
    shown = list(Provision.objects.filter(pk__in=ids).values_list("number", flat=True))
    assert shown == numbers if numbers else len(ids) == 20


def test_a_search_box_takes_the_same_queries_for_many_rows(desk, django_assert_max_num_queries):
    query = "app_label=tracker&model_name=provisionlink&field_name=target&term="
    with django_assert_max_num_queries(4):
        desk.get(f"/admin/autocomplete/?{query}")


def choose(client, noun, rows, reason="New addressees"):
    data = {
        "action": "expand_commitments",
        "_selected_action": [str(row.pk) for row in rows],
        "index": "0",
        "reason": reason,
    }
    return client.post(list_of(noun), data, follow=True)


@pytest.mark.parametrize("noun", ["resolution", "provision"])
def test_missing_commitments_are_made_once(desk, noun):
    body = make_body("TEST-NEW-STATE", kind="state")
    provision = Provision.objects.get(key="S/RES/2322(2016)/13(e)")
    row = provision.resolution if noun == "resolution" else provision
    first = choose(desk, noun, [row])
    made = Commitment.objects.filter(body=body)
    assert made.filter(provision=provision).exists()
    assert f"{made.count()} commitment" in said(first)
    change = Change.objects.order_by("-sequence").first()
    assert (change.noun, change.reason, change.door) == ("commitment", "New addressees", "admin")
    assert "Nothing was missing" in said(choose(desk, noun, [row]))


def test_commitments_are_not_made_without_a_reason(desk):
    before = Commitment.objects.count()
    make_body(kind="state")
    provision = Provision.objects.get(key="S/RES/2322(2016)/13(e)")
    assert "Give a reason" in said(choose(desk, "provision", [provision], reason=" "))
    assert Commitment.objects.count() == before


def test_words_that_look_like_markup_stay_words(desk):
    body = make_body(name="<img src=x onerror=alert(1)>")
    make_theme(name="<svg onload=alert(1)>")
    make_provision(make_resolution(short_title="<b>x</b>"), summary="<i>x</i>")
    for address in (
        list_of("body", "page_size=200"),
        change_of(body),
        list_of("provision", "page_size=200"),
        list_of("resolution", "q=<script>alert(1)</script>"),
        list_of("theme", "<script>=1"),
    ):
        page = desk.get(address).content
        for markup in (b"<img src=x", b"<svg onload", b"<b>x", b"<i>x", b"<script>alert"):
            assert markup not in page
