"""The inbox: what waits for whom, what changed, what falls due; every number has its list."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import REFERENCE_DAY, make
from tests.dashboard.pages import figures, read
from tracker import actions
from tracker.models import Change, Visit
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
MOST = 12
DAY = datetime.timedelta(days=1)


def open_inbox(client, person):
    client.force_login(person)
    return client.get("/inbox/")


def kinds(answer):
    return {each.kind.key: each.number for each in answer.context["waiting"]}


def assessment(**fields):
    return make.make_assessment(adopted_on=None, **fields)


def furnish(body, drafter, times=1):
    """One thing of each kind that can wait, concerning ``body`` and drafted by ``drafter``."""
    for _ in range(times):
        past, ahead = REFERENCE_DAY - DAY, REFERENCE_DAY + 9 * DAY
        sent = {"step": "sent_to_body", "drafted_by": drafter, "sent_on": past}
        commitments = [make.make_commitment(body=body) for _ in range(6)]
        assessment(commitment=commitments[0], comments_due_on=ahead, **sent)
        assessment(commitment=commitments[1], comments_due_on=past, **sent)
        assessment(commitment=commitments[2], step="comments_received", drafted_by=drafter)
        assessment(commitment=commitments[3], step="returned", drafted_by=drafter)
        assessment(commitment=commitments[4], step="draft", drafted_by=drafter)
        assessment(commitment=commitments[5], step="under_review", drafted_by=drafter)
        make.make_report(commitments[0], submitted_on=None)
        make.make_designation(body, office=f"Office {commitments[0].pk}")
        fixed = {"kind": "fixed", "fixed_on": REFERENCE_DAY + 20 * DAY}
        make.make_deadline(commitments[0].provision, **fixed)


@pytest.fixture
def body():
    return make.make_body("WAIT-1", name="Waitland")


def test_everybody_finds_what_waits_for_them_and_nothing_else(client, body):
    drafter, focal = (
        make.make_user(Role.ASSESSOR),
        make.make_user(Role.FOCAL_POINT, bodies=[body]),
    )
    furnish(body, drafter)
    assert kinds(open_inbox(client, focal)) == {"comment": 2, "submit": 1, "confirm": 1}
    wanted = {"returned": 1, "commented": 1, "silent": 1, "draft": 1}
    assert kinds(open_inbox(client, drafter)) == wanted
    reviewer = make.make_user(Role.REVIEWER)
    before = kinds(open_inbox(client, make.make_user(Role.REVIEWER)))["review"]
    assert kinds(open_inbox(client, reviewer)) == {"review": before}
    for other in (
        make.make_user(Role.ASSESSOR),
        make.make_user(Role.FOCAL_POINT, bodies=[make.make_body()]),
        make.make_user(Role.VIEWER),
        make.make_user(Role.AUDITOR),
        make.make_user(Role.ADMINISTRATOR),
    ):
        answer = open_inbox(client, other)
        assert kinds(answer) == {}
        assert b"Nothing waits for you" in answer.content


def test_what_a_reviewer_drafted_or_changed_does_not_wait_for_that_reviewer(client, body):
    drafter, reviewer = make.make_user(Role.ASSESSOR), make.make_user(Role.REVIEWER)
    before = kinds(open_inbox(client, reviewer)).get("review", 0)
    drafted = assessment(commitment=make.make_commitment(body=body), drafted_by=drafter)
    drafted.rationale = "Changed by the reviewer."
    actions.save_assessment(drafted, by=reviewer)
    type(drafted).objects.filter(pk=drafted.pk).update(step="under_review")
    assert kinds(open_inbox(client, reviewer)).get("review", 0) == before
    other = make.make_user(Role.REVIEWER)
    assert kinds(open_inbox(client, other))["review"] == before + 1
    make.make_claim(drafted, other)
    assert kinds(open_inbox(client, other))["review"] == before + 1
    assert kinds(open_inbox(client, make.make_user(Role.REVIEWER))).get("review", 0) == before


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.ASSESSOR, Role.REVIEWER])
def test_every_number_leads_to_a_list_with_that_many_rows(client, body, role):
    person = make.make_user(role, bodies=[body])
    furnish(body, person if role == Role.ASSESSOR else make.make_user(Role.ASSESSOR), 2)
    found = figures(open_inbox(client, person))
    assert len(found) >= 3
    for number, address in found:
        assert client.get(address).context["results"].total == number, address


def test_rows_name_paragraph_body_reason_and_age(client, body):
    furnish(body, make.make_user(Role.ASSESSOR))
    answer = open_inbox(client, make.make_user(Role.FOCAL_POINT, bodies=[body]))
    text = " ".join(answer.content.decode().split())
    for said in ("Waitland", "Sent to the body for comments", "(1 day)", "until 10 November 2026"):
        assert said in text
    shown = [" ".join(each.text.split()) for each in read(answer).all("a")]
    assert "Inbox 4 waiting" in shown


def test_the_inbox_costs_the_same_with_few_and_with_many_rows(client, body):
    people = {
        Role.FOCAL_POINT: make.make_user(Role.FOCAL_POINT, bodies=[body]),
        Role.ASSESSOR: make.make_user(Role.ASSESSOR),
        Role.REVIEWER: make.make_user(Role.REVIEWER),
    }
    costs = []
    for times in (1, 20):
        furnish(body, people[Role.ASSESSOR], times)
        report = make.make_report(make.make_commitment(body=body), submitted_on=None)
        actions.submit_report(
            _worded(report), by=people[Role.FOCAL_POINT], on=REFERENCE_DAY, reason="Now"
        )
        for person in people.values():
            client.force_login(person)
            with CaptureQueriesContext(connection) as captured:
                assert client.get("/inbox/").status_code == 200
            costs.append(len(captured))
    assert costs[:3] == costs[3:]
    assert max(costs) <= MOST


def _worded(report):
    report.text = "Done."
    return report


def test_what_others_changed_is_grouped_by_commitment_until_it_is_seen(client, body):
    focal = make.make_user(Role.FOCAL_POINT, bodies=[body])
    commitment, hidden = make.make_commitment(body=body), make.make_commitment()
    assessor = make.make_user(Role.ASSESSOR)
    actions.mark_seen(by=focal)
    common = {"by": assessor, "result": "fully_implemented", "basis": "desk_review"}
    for each in (commitment, hidden):
        sent = actions.draft_assessment(each, rationale="Because.", **common)
        actions.send(sent, by=assessor, on=REFERENCE_DAY)
    answer = open_inbox(client, focal)
    [news] = answer.context["news"]
    [group] = news.groups
    assert (news.provision, group.subject) == (commitment.provision, commitment)
    assert "Assessment: Sent to the body" in group.lines
    assert hidden.public_key not in answer.content.decode()

    assert client.post("/inbox/seen/")["Location"] == "/inbox/"
    assert client.get("/inbox/").context["news"] == []
    assert Visit.objects.get(by=focal).sequence > 0


def test_my_own_changes_are_no_news_and_a_link_to_the_button_leads_to_the_page(client, body):
    focal = make.make_user(Role.FOCAL_POINT, bodies=[body])
    actions.mark_seen(by=focal)
    actions.draft_report(make.make_commitment(body=body), by=focal, position="planned")
    assert open_inbox(client, focal).context["news"] == []
    assert client.get("/inbox/seen/")["Location"] == "/inbox/"
    client.logout()
    assert client.post("/inbox/seen/")["Location"].startswith("/login/")


def test_due_dates_follow_extensions_and_deliveries(client, body):
    focal = make.make_user(Role.FOCAL_POINT, bodies=[body])
    deadline = make.make_deadline(kind="fixed", fixed_on=REFERENCE_DAY + 10 * DAY)
    commitment = make.make_commitment(deadline.provision, body)
    [due] = open_inbox(client, focal).context["due"]
    assert [number for number, _query in due.horizons.values()] == [1, 1]
    make.make_extension(commitment, deadline, until_on=REFERENCE_DAY + 60 * DAY)
    [due] = open_inbox(client, focal).context["due"]
    assert [number for number, _query in due.horizons.values()] == [0, 1]
    make.make_delivery(commitment, deadline, delivered_on=REFERENCE_DAY)
    assert open_inbox(client, focal).context["due"] == []


def test_still_correct_is_answered_from_the_inbox_with_one_press(client, body):
    focal = make.make_user(Role.FOCAL_POINT, bodies=[body])
    office = make.make_designation(body, office="The one office")
    page = open_inbox(client, focal)
    assert f"/designations/{office.key}/confirm/" in page.content.decode()
    data = {"version": office.version, "back": "inbox"}
    answer = client.post(f"/designations/{office.key}/confirm/", data, follow=True)
    assert answer.redirect_chain == [("/inbox/", 302)]
    office.refresh_from_db()
    assert office.last_confirmed_on == REFERENCE_DAY
    assert "The one office" not in answer.content.decode()


def test_both_doors_count_as_new_what_came_after_the_account_was_made(client, time_machine):
    """The register was full of changes before; one came since, made by somebody else."""
    time_machine.move_to("2030-01-01")
    reader = make.make_user(Role.VIEWER)
    assert Change.objects.filter(at__lt=reader.date_joined).exists()
    theme = make.make_theme()
    theme.name = "Another name"
    actions.save(theme, by=make.make_user(Role.ADMINISTRATOR), reason="Spelling")
    client.force_login(reader)
    told = client.get("/api/v1/inbox/").json()
    assert (told["seen_until"], told["changed_since"]) == (0, 1)
    news = client.get("/inbox/").context["news"]
    assert sum(len(group.changes) for each in news for group in each.groups) == 1
