"""The weekly digest: asked for, once a week, numbers with links, and no word of any record."""

import io
import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from tests import REFERENCE_DAY, make
from tests.dashboard.pages import read
from tracker import actions
from tracker.models import Digest, Preference
from tracker.vocabulary import Classification, Role

pytestmark = pytest.mark.django_db

CANARY = "zq99999qz"


@pytest.fixture(autouse=True)
def the_day(time_machine, settings):
    time_machine.move_to(REFERENCE_DAY)
    settings.SITE_ADDRESS = "https://tracker.example.org"


@pytest.fixture
def person():
    """A focal point who asked for the digest, and for whom something waits."""
    body = make.make_body(name=CANARY)
    who = make.make_user(Role.FOCAL_POINT, bodies=[body], email="focal@example.org")
    make.make_preference(who)
    actions.mark_seen(by=who)
    assessor = make.make_user(Role.ASSESSOR)
    provision = make.make_provision(summary=CANARY)
    for level in Classification.values:
        sent = actions.draft_assessment(
            make.make_commitment(make.make_provision(provision.resolution, f"{len(level)}"), body),
            by=assessor, result="fully_implemented", basis="desk_review", rationale=CANARY,
            classification=level,
        )  # fmt: skip
        actions.send(sent, by=assessor, on=REFERENCE_DAY)
    return who


def run(day="2026-11-02"):
    call_command("send_digests", on=day, stdout=io.StringIO(), stderr=io.StringIO())
    return mail.outbox


def test_it_holds_numbers_and_links_and_no_word_of_any_record(person, client):
    [sent] = run()
    text = f"{sent.subject}\n{sent.body}"
    assert sent.to == ["focal@example.org"]
    assert CANARY not in text and "S/RES" not in text and person.username not in text
    for body in person.bodies.all():
        assert body.code not in text and body.name not in text
    assert "Sent to the body for comments: 3" in text
    client.force_login(person)
    followed = 0
    for number, address in re.findall(r": (\d+)\n +https://tracker\.example\.org(\S+)", text):
        answer = client.get(address)
        assert answer.status_code == 200, address
        if "results" in (answer.context or {}):
            assert answer.context["results"].total == int(number), address
            followed += 1
    assert followed


def test_every_reader_of_every_role_gets_no_canary(person):
    for role in Role:
        make.make_preference(make.make_user(role, email=f"{role}@example.org"))
    sent = run()
    assert len(sent) >= 2
    assert not [each for each in sent if CANARY in str(each.message())]


def test_a_second_run_in_the_same_week_sends_nothing_and_the_next_week_does(person):
    assert len(run("2026-11-02")) == 1
    assert len(run("2026-11-08")) == 1
    assert len(run("2026-11-09")) == 2
    assert [str(each.week) for each in Digest.objects.filter(by=person)] == [
        "2026-11-09",
        "2026-11-02",
    ]
    assert Digest.objects.filter(by=person)[0].numbers["comment"] == 3


def test_it_is_off_until_it_is_asked_for_and_stops_when_it_is_not_wanted(person):
    Preference.objects.filter(by=person).update(digest=False)
    assert run() == []
    Preference.objects.all().delete()
    assert run() == []


@pytest.mark.parametrize("wrong", [{"is_active": False}, {"email": ""}])
def test_nobody_is_written_to_who_may_not_read_or_has_no_address(person, wrong):
    for name, value in wrong.items():
        setattr(person, name, value)
    person.save()
    assert run() == []


def test_mail_that_cannot_be_sent_is_not_noted_and_tried_again(person, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("no server")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", broken)
        with pytest.raises(CommandError, match="1 could not be sent"):
            run()
    assert not Digest.objects.exists()
    assert len(run()) == 1


def test_it_says_what_is_missing(person, settings):
    with pytest.raises(CommandError, match="not a day"):
        run("soon")
    settings.SITE_ADDRESS = ""
    with pytest.raises(CommandError, match="SITE_ADDRESS"):
        run()
    settings.SITE_ADDRESS = "https://tracker.example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with pytest.raises(CommandError, match="EMAIL_URL"):
        run()


def test_one_asks_for_it_on_the_page_of_settings(client):
    who = make.make_user(email="a@example.org")
    client.force_login(who)
    assert not client.get("/me/").context["form"].initial["digest"]
    assert client.post("/me/", {"digest": "on", "language": "en"}).url == "/me/"
    assert Preference.objects.get(by=who).digest
    assert client.post("/me/", {"language": "xx"}).status_code == 400
    assert client.post("/me/", {"language": "en"}).url == "/me/"
    assert not Preference.objects.get(by=who).digest


def test_without_an_address_it_says_who_adds_one(client):
    client.force_login(make.make_user())
    answer = client.post("/me/", {"digest": "on", "language": "en"})
    assert answer.status_code == 400
    assert "no mail address" in "".join(each.text for each in read(answer).all("section"))
    assert not Preference.objects.exists()
