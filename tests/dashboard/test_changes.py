"""What changed: the list, the history of a record, one change, and taking it back."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.dashboard.pages import links, read
from tracker import actions
from tracker.models import Change, Theme
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 1, 10)
LONG = "Consider laws and mechanisms for the widest cooperation, police channels included."


@pytest.fixture
def administrator():
    return make.make_user(Role.ADMINISTRATOR, username="anna")


@pytest.fixture
def provision(administrator):
    """A paragraph that was changed once."""
    provision = make.make_provision(summary=LONG)
    provision.summary = LONG.replace("widest", "closest")
    actions.save(provision, by=administrator, reason="Canary reason")
    return provision


def signed_in(client, person):
    client.force_login(person)
    return client


def test_a_change_is_shown_with_signs_and_not_by_colour_alone(viewer, provision):
    change = Change.objects.of(provision).get()
    page = viewer.get(f"/changes/{change.sequence}/")
    text = page.content.decode()
    assert "<del>− widest </del>" in text
    assert "<ins>+ closest </ins>" in text
    for words in ("anna", "Canary reason", change.hash):
        assert words in text
    assert f"/provisions/{provision.key}/" in links(read(page)).values()
    assert b"<form method=" not in page.content.split(b"<main")[1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("noun=provision&by=anna", 1),
        ("by=nobody", 0),
        ("q=Canary", 1),
        ("record={key}", 1),
        ("record={key}&verb=deleted", 0),
        ("q=Canary&undone=no", 1),
        ("q=Canary&undone=yes", 0),
        ("q=Canary&door=command&at_after=2026-11-01&at_before=2026-11-01", 1),
        ("q=Canary&at_before=2026-10-31", 0),
        ("batch=00000000000000000000000000000000", 0),
        ("q=Canary&sort=-record", 1),
    ],
)
def test_the_list_is_narrowed_by_what_a_change_says(viewer, provision, query, found):
    answer = viewer.get(f"/changes/?{query.format(key=provision.key)}")
    assert answer.status_code == 200
    assert answer.context["results"].total == found


def test_the_doors_show_the_same_changes_and_refuse_the_same(client, administrator, provision):
    signed_in(client, administrator)
    for query in ("", "noun=provision&sort=number", "q=Canary", "door=command&page=2"):
        shown = client.get(f"/changes/?{query}&page_size=20".replace("?&", "?")).context["results"]
        listed = client.get(f"/admin/tracker/change/?{query}&page_size=20".replace("?&", "?"))
        assert shown.total == listed.context["cl"].result_count
        assert [row.change for row in shown.rows] == listed.context["cl"].result_list
    for query in ("on=2020-01-01", "noun=poem", "batch=x", "at_after=soon", "colour=red"):
        assert client.get(f"/changes/?{query}").status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/changes/999999999/", "/changes/99999999999999999999999/", "/history/poem/x/",
     "/history/provision/S/RES/1(2000)/1/", "/history/session/x/", "/history/deadline/x/"],
)  # fmt: skip
def test_what_is_not_there_is_said_to_be_not_there(viewer, path):
    assert viewer.get(path).status_code == 404


def test_the_history_of_a_commitment_shows_what_happened_under_it(client, administrator):
    commitment = make.make_commitment()
    focal = make.make_user(Role.FOCAL_POINT, bodies=[commitment.body])
    desk, auditor = make.make_user(Role.ASSESSOR), make.make_user(Role.AUDITOR)
    deadline = make.make_deadline(commitment.provision)
    law = make.make_evidence(body=commitment.body)
    report = actions.draft_report(commitment, by=focal, position="planned", text="Canary")
    actions.cite(law, by=focal, report=report)
    actions.submit_report(report, by=focal, on=DAY)
    actions.discard_report(actions.draft_report(commitment, by=focal, position="planned"), by=focal)
    actions.draft_assessment(commitment, by=desk, result="not_implemented", basis="visit")
    actions.record_delivery(commitment, deadline, by=desk, delivered_on=DAY)
    path = f"/history/commitment/{commitment.public_key}/"

    def shown(person):
        rows = signed_in(client, person).get(path).context["results"].rows
        return sorted((row.change.noun, row.change.verb) for row in rows)

    delivered, said = ("delivery", "created"), ("report", "submitted")
    cited, drafted = ("citation", "created"), ("report", "created")
    assert shown(make.make_user()) == [delivered]
    assert shown(administrator) == [delivered]
    assert shown(focal) == sorted([delivered, said, cited, drafted])
    assert shown(desk) == sorted([delivered, said, cited, ("assessment", "created")])
    assert shown(auditor) == sorted(
        [delivered, said, cited, drafted, ("assessment", "created"), ("report", "deleted")]
    )


def test_somebody_elses_draft_answers_like_one_that_is_not_there(client):
    commitment = make.make_commitment()
    focal = make.make_user(Role.FOCAL_POINT, bodies=[commitment.body])
    report = actions.draft_report(commitment, by=focal, position="planned", text="Canary")
    change = Change.objects.of(report).get()
    for path in (f"/changes/{change.sequence}/", f"/history/report/{report.key}/"):
        assert signed_in(client, focal).get(path).status_code == 200
        for role in (Role.VIEWER, Role.ASSESSOR, Role.ADMINISTRATOR):
            signed_in(client, make.make_user(role))
            assert client.get(path).status_code == 404
            if path.startswith("/changes"):
                assert client.post(path, {"reason": "x"}).status_code == 404


def test_a_submitted_report_does_not_tell_the_draft_before_it(client):
    commitment = make.make_commitment()
    focal = make.make_user(Role.FOCAL_POINT, bodies=[commitment.body])
    report = actions.draft_report(commitment, by=focal, position="planned", text="Canary draft")
    report.text = "What was done."
    done = actions.submit_report(report, by=focal, on=DAY)
    signed_in(client, make.make_user(Role.REVIEWER))
    for path in (f"/changes/{done.sequence}/", f"/history/report/{report.key}/"):
        page = client.get(path).content.decode()
        assert "Canary" not in page
    assert "What was done." in client.get(f"/changes/{done.sequence}/").content.decode()


def test_a_change_is_taken_back_on_its_page_with_a_reason(client, administrator, provision):
    signed_in(client, administrator)
    change = Change.objects.of(provision).get()
    path = f"/changes/{change.sequence}/"
    refused = client.post(path, {"reason": " "})
    assert refused.status_code == 400
    assert "Say why." in refused.content.decode()
    done = client.post(path, {"reason": "In error"}, follow=True)
    provision.refresh_from_db()
    assert provision.summary == LONG
    assert "The change was taken back." in done.content.decode()
    assert f"/changes/{change.sequence}/" in links(read(done)).values()
    assert Change.objects.of(provision).first().undoes == change.sequence
    assert "changed again since" in client.post(path, {"reason": "Again"}).content.decode()


def test_who_may_not_write_it_sees_no_button_and_is_refused(viewer, provision):
    path = f"/changes/{Change.objects.of(provision).get().sequence}/"
    assert 'name="reason"' not in viewer.get(path).content.decode()
    assert viewer.post(path, {"reason": "x"}).status_code == 403


def test_a_bulk_change_is_taken_back_as_a_whole(client, administrator):
    import uuid

    batch = uuid.uuid4()
    themes = [Theme(slug=f"bulk-{n}", name=f"Bulk {n}") for n in range(3)]
    actions.create_many(themes, by=administrator, batch=batch)
    first = Change.objects.filter(batch=batch).first()
    signed_in(client, administrator)
    page = client.get(f"/changes/{first.sequence}/").content.decode()
    assert "Take back all 3 of the bulk change" in page
    done = client.post(f"/changes/{first.sequence}/", {"reason": "x", "whole": "on"}, follow=True)
    assert "All 3 changes were taken back." in done.content.decode()
    assert not Theme.objects.filter(slug__startswith="bulk-").exists()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FOCAL_POINT, Role.ASSESSOR, Role.AUDITOR])
def test_the_pages_cost_the_same_for_one_change_and_for_many(client, role, administrator):
    provision = make.make_provision()
    signed_in(client, make.make_user(role, bodies=[make.make_body()]))
    paths = ("/changes/?page_size=200", f"/history/provision/{provision.key}/")

    def cost():
        costs = []
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            costs.append(len(captured))
        return costs

    few = cost()
    for number in range(20):
        provision.summary = f"Do {number}."
        actions.save(provision, by=administrator)
    assert [b <= a + 1 and b <= 12 for a, b in zip(few, cost(), strict=True)] == [True, True]
