"""Reading as programs do: by cursor, some fields, records inside others, only what is new."""

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.people import signed_in
from tests.api.test_lists import LISTS
from tests.make import (
    make_body,
    make_commitment,
    make_designation,
    make_evidence,
    make_report,
    make_theme,
    make_user,
)
from tests.thorough import THOROUGH, some
from tracker import actions
from tracker.api.cursors import Order
from tracker.listings import NOUNS, listing
from tracker.models import Body, Change
from tracker.vocabulary import Role

TODAY = datetime.date(2026, 11, 1)


def all_rows(client, address, key="url") -> list:
    """Every row of a list, read by cursor to its end."""
    found = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.content
        found += [row.get(key) or row for row in answer.json()["results"]]
        address = answer.json()["next"]
    return found


def all_pages(client, address, key="url") -> list:
    """The same by page."""
    found, page = [], 1
    while True:
        answer = client.get(f"{address}&page={page}").json()
        found += [row.get(key) or row for row in answer["results"]]
        if not answer["next"]:
            return found
        page += 1


#: Each order of each list; the usual one, the first and its reverse are always tried.
ORDERS = [
    order
    for name, each in LISTS.items()
    if "sort" in each.base_filters
    for order in some(
        (name, ""),
        *((name, key) for key, _label in each.base_filters["sort"].extra["choices"]),
        quick=3,
    )
]


@pytest.mark.parametrize(("name", "order"), ORDERS)
def test_cursor_and_pages_give_the_same_rows_in_every_order(administrator, name, order):
    narrow = "&resolution=S/RES/2322(2016)&body=XAA&body=CTED" if name == "commitments" else ""
    few = name == "deadlines" or (name in ("assessments", "reports") and not THOROUGH)
    narrow = "&body=XAA&body=XAB&body=CTED" if few else narrow
    narrow = "&noun=body" if name == "changes" else narrow
    sort = f"&sort={order}" if order else ""
    address = f"/api/v1/{name}/?page_size=40{narrow}{sort}"
    paged = all_pages(administrator, address)
    assert all_rows(administrator, f"{address}&cursor=") == paged
    assert len(paged) >= 1 or name in ("views",)


@pytest.mark.parametrize("filterset", NOUNS)
def test_every_list_has_a_total_order_with_its_key_as_the_last_tie(db, filterset):
    person = make_user(Role.AUDITOR)
    found = listing(filterset, {}, viewer=person, today=TODAY)
    if found.is_valid():
        assert Order(found.qs).by[-1].expression.name == "pk"


def test_a_deep_page_costs_what_the_first_one_costs(administrator):
    costs, address = [], "/api/v1/commitments/?page_size=200&cursor="
    while address:
        with CaptureQueriesContext(connection) as asked:
            answer = administrator.get(address).json()
        costs.append(len(asked))
        assert not any("OFFSET" in each["sql"] for each in asked.captured_queries)
        address = answer["next"]
    assert len(costs) > 3
    # The first page counts the rows besides.
    assert set(costs[1:]) == {costs[0] - 1}


def test_a_cursor_is_opaque_and_bound_to_its_question(administrator, viewer):
    first = administrator.get("/api/v1/bodies/?kind=state&page_size=2&cursor=").json()
    assert first["count"] > 2 and first["previous"] is None
    query = parse_qs(urlsplit(first["next"]).query)
    cursor, day = query["cursor"][0], query["on"][0]
    good = f"/api/v1/bodies/?kind=state&page_size=2&on={day}&cursor={cursor}"
    assert viewer.get(good).json()["count"] is None
    for address in (
        f"/api/v1/bodies/?kind=network&on={day}&cursor={cursor}",
        f"/api/v1/bodies/?kind=state&on=2020-01-01&cursor={cursor}",
        f"/api/v1/bodies/?kind=state&on={day}&sort=name&cursor={cursor}",
        f"/api/v1/themes/?on={day}&cursor={cursor}",
        f"/api/v1/bodies/?kind=state&on={day}&cursor={cursor[:-1]}",
        f"/api/v1/bodies/?kind=state&on={day}&cursor=x",
        "/api/v1/bodies/?page=2&cursor=",
        "/api/v1/bodies/?cursor=&cursor=",
    ):
        answer = administrator.get(address)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["cursor"]), address


def test_a_walk_by_cursor_stays_on_its_day(administrator):
    with time_machine.travel("2026-11-01T23:59:00Z", tick=False):
        client = signed_in(make_user())
        first = client.get("/api/v1/bodies/?page_size=2&cursor=").json()
    with time_machine.travel("2026-11-02T00:01:00Z", tick=False):
        assert client.get(first["next"]).json()["on"] == first["on"] == "2026-11-01"


@pytest.mark.parametrize("name", LISTS)
def test_some_fields_of_a_list_and_of_a_record(administrator, name):
    whole = administrator.get(f"/api/v1/{name}/?page_size=2").json()["results"]
    if not whole:
        return
    names = list(whole[0])[:2]
    some = administrator.get(f"/api/v1/{name}/?page_size=2&fields={','.join(names)}").json()
    assert some["results"] == [{each: row[each] for each in names} for row in whole]
    if "url" in whole[0]:
        record = administrator.get(f"{whole[0]['url']}?fields={names[0]}").json()
        assert record == {names[0]: whole[0][names[0]]}


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("fields=colour", "name"),
        ("fields=", "commas"),
        ("fields=code,", "commas"),
        ("expand=code", "host"),
        ("expand=host.parent", "host"),
        ("fields=reason", "name"),
    ],
)
def test_other_fields_are_refused_with_those_there_are(viewer, query, told):
    for path in ("/api/v1/bodies/", "/api/v1/bodies/CTED/"):
        answer = viewer.get(f"{path}?{query}")
        assert (answer.status_code, list(answer.json()["errors"])) == (
            400,
            [query.partition("=")[0]],
        )
        if path.endswith("CTED/"):
            assert told in answer.content.decode()


def test_records_are_shown_inside_others_as_their_own_list_shows_them(viewer):
    query = "page_size=20&expand=provision,body"
    rows = viewer.get(f"/api/v1/commitments/?{query}").json()["results"]
    for row in rows[:3]:
        listed = viewer.get(f"/api/v1/bodies/{row['body']['key']}/?fields=kind,results").json()
        assert listed.items() <= row["body"].items()
        assert row["provision"]["summary"] and row["provision"]["name"]
        assert set(row["provision"]["resolution"]) == {"key", "name", "url"}


def test_what_may_not_be_seen_is_not_shown_inside_another(db):
    office = make_designation(make_body(), classification="restricted")
    shown = signed_in(make_user()).get(f"/api/v1/bodies/{office.body.code}/?expand=parent")
    assert office.office not in shown.content.decode()


def test_more_rows_take_no_more_queries_to_expand(viewer):
    costs = []
    for size in (2, 100):
        with CaptureQueriesContext(connection) as asked:
            viewer.get(f"/api/v1/commitments/?page_size={size}&expand=provision,body")
        costs.append(len(asked))
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    "path",
    [
        "bodies/?kind=network",
        "bodies/CTED/",
        "commitments/?page_size=5",
        "matrix/",
        "me/",
        "changes/?cursor=",
        "commitments/S/RES/2322(2016)/13(e)/XAA/",
    ],
)
def test_what_was_read_already_is_not_sent_again(viewer, path, time_machine):
    time_machine.move_to("2026-11-01T12:00Z", tick=False)
    first = viewer.get(f"/api/v1/{path}")
    time_machine.shift(90)
    again = viewer.get(f"/api/v1/{path}", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    other = viewer.get(f"/api/v1/{path}", HTTP_IF_NONE_MATCH='"x", W/"y"')
    assert (other.status_code, other.content) == (200, first.content)


def test_a_fact_of_a_record_gives_it_another_tag_though_its_version_stays(viewer):
    commitment = make_commitment()
    path = f"/api/v1/commitments/{commitment.public_key}/"
    tag = viewer.get(path).headers["ETag"]
    make_report(commitment)
    assert viewer.get(path, HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_there_is_no_304_after_a_right_was_lost(db):
    body = make_body()
    make_evidence(body=body, classification="restricted", title="Closed")
    person = make_user(Role.FOCAL_POINT, bodies=[body])
    path = f"/api/v1/evidence/?body={body.code}"
    tag = signed_in(person).get(path).headers["ETag"]
    person.bodies.clear()
    answer = signed_in(person).get(path, HTTP_IF_NONE_MATCH=tag)
    assert (answer.status_code, answer.json()["count"]) == (200, 0)


# What has changed


def since(client, name, number, query="") -> dict:
    answer = client.get(f"/api/v1/{name}/?changed_since={number}{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_only_what_was_written_to_since_is_listed_and_what_is_gone_is_named(administrator):
    admin = make_user(Role.ADMINISTRATOR)
    gone, kept = make_theme("gone-theme"), make_theme("kept-theme")
    number = since(administrator, "themes", 0)["changed_until"]
    assert since(administrator, "themes", number)["results"] == []
    kept.name = "Another name"
    actions.save(kept, by=admin)
    actions.delete(gone, by=admin)
    told = since(administrator, "themes", number)
    assert [row["slug"] for row in told["results"]] == ["kept-theme"]
    assert told["gone"] == ["gone-theme"]
    assert since(administrator, "themes", told["changed_until"])["gone"] == []


def test_what_is_made_and_deleted_in_between_is_not_told(administrator):
    admin = make_user(Role.ADMINISTRATOR)
    number = since(administrator, "themes", 0)["changed_until"]
    administrator.post("/api/v1/themes/", {"slug": "short", "name": "Short"})
    administrator.delete("/api/v1/themes/short/")
    assert since(administrator, "themes", number)["gone"] == []
    assert admin


def test_deleted_and_closed_look_the_same_and_what_was_never_open_is_not_named(db):
    body, desk = make_body(), make_user(Role.ASSESSOR)
    rows = [make_evidence(body=body, key=f"E-{n}") for n in range(2)]
    hidden = make_evidence(body=body, key="E-hidden", classification="restricted")
    viewer = signed_in(make_user())
    number = since(viewer, "evidence", 0)["changed_until"]
    rows[0].classification = "restricted"
    actions.save_evidence(rows[0], by=desk)
    actions.delete_evidence(rows[1], by=desk)
    actions.delete_evidence(hidden, by=desk)
    assert since(viewer, "evidence", number)["gone"] == ["E-0", "E-1"]
    assert since(signed_in(desk), "evidence", number)["gone"] == ["E-1", "E-hidden"]


def test_a_commitment_has_changed_when_what_is_known_of_it_has(administrator):
    body = make_body()
    commitment = make_commitment(body=body)
    own = make_user(Role.FOCAL_POINT, bodies=[body])
    number = since(administrator, "commitments", 0, "&page_size=1")["changed_until"]
    report = actions.draft_report(
        commitment, by=own, position="planned", text="Soon.", classification="public"
    )
    actions.submit_report(report, by=own, on=TODAY)
    told = since(administrator, "commitments", number)
    assert [row["key"] for row in told["results"]] == [commitment.public_key]


def test_a_part_that_was_deleted_changes_its_record(administrator):
    names = [{"language": "fr", "form": "official", "text": "Nom"}]
    path = "/api/v1/bodies/CTED/"
    administrator.patch(path, {"names": names})
    number = Change.objects.latest("sequence").sequence
    administrator.patch(path, {"names": []})
    assert [row["code"] for row in since(administrator, "bodies", number)["results"]] == ["CTED"]


def test_a_moment_will_do(administrator):
    before = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=9999)
    text = before.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert (
        since(administrator, "bodies", text)["count"]
        == Body.objects.filter(
            pk__in=Change.objects.filter(noun="body").values("object_id")
        ).count()
    )


@pytest.mark.parametrize(
    "text", ["", "yesterday", "-1", "2026-01-01", "9" * 30, "2026-13-01T00:00:00Z"]
)
def test_what_is_no_number_and_no_moment_is_refused(viewer, text):
    answer = viewer.get(f"/api/v1/bodies/?changed_since={text}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["changed_since"])
