"""The brief: two pages that say where they come from, the same again, and nothing too much."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import REFERENCE_DAY, make
from tests.exports.reading import needs, texts
from tests.thorough import examples
from tracker.exports.about import About
from tracker.exports.fitting import BRIEFS
from tracker.exports.letters import FONTS, drawn, printable
from tracker.exports.paper import Paper, Quote, Section, Table, Words, shortened
from tracker.exports.typeset import printed
from tracker.vocabulary import Role

ON = REFERENCE_DAY
HOSTILE = '#read("/etc/passwd") #import "@preview/x:1.0.0" $x$ *b* <a> @b \\ // https://x.example'


@pytest.fixture(autouse=True)
def the_day(time_machine):
    time_machine.move_to(REFERENCE_DAY)


def signed_in(client, role=Role.REVIEWER, bodies=()):
    client.force_login(make.make_user(role, bodies))
    return client


def pdf(client, code, **query):
    response = client.get(f"/bodies/{code}/brief/", {"format": "pdf", **query})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return response


def paper(*words: str) -> Paper:
    """A paper that holds ``words`` wherever a paper can."""
    cells = [Words(each) for each in words]
    table = Table("A table", ["Head"] * len(cells), [cells], (1,) * len(cells))
    section = Section(words[0], "a", tables=[table], quotes=[Quote(cells, cells[0])], lines=cells)
    about = About(ON, "internal", "https://tracker.example.org/bodies/A/brief/?on=2026-11-01")
    return Paper(words[0], words[0], about, lead=cells, sections=[section], closing=cells)


@pytest.mark.django_db
def test_each_page_says_as_of_classification_source_and_its_number(client):
    pages = texts(pdf(signed_in(client), "XAA").content)
    assert len(pages) == 2
    for number, page in enumerate(pages, 1):
        assert "As of 1 November 2026" in page
        assert "RESTRICTED" in page
        assert (
            "Source: Commitment tracker, http://testserver/bodies/XAA/brief/?on=2026-11-01" in page
        )
        assert f"Page {number} of 2" in page
    assert "no legal finding" in pages[-1]


@pytest.mark.django_db
def test_the_same_address_gives_the_same_bytes(client, time_machine):
    first = pdf(signed_in(client), "XAA")
    assert pdf(client, "XAA", on=ON.isoformat()).content == first.content
    time_machine.move_to("2027-03-05")
    signed_in(client)
    assert pdf(client, "XAA", on=ON.isoformat()).content == first.content
    assert pdf(client, "XAA").content != first.content


@pytest.mark.django_db
def test_the_file_is_named_after_body_day_and_classification(client):
    response = pdf(signed_in(client), "XAA")
    name = 'attachment; filename="brief-XAA.2026-11-01.restricted.pdf"'
    assert response["Content-Disposition"] == name


@pytest.mark.django_db
def test_both_doors_give_the_same_brief_in_every_form(client):
    signed_in(client)
    for form, written in BRIEFS.items():
        there = client.get("/api/v1/bodies/XAA/brief/", {"format": form})
        here = client.get("/bodies/XAA/brief/", {"format": form})
        assert there["Content-Type"] == written.media_type
        assert f"brief-XAA.2026-11-01.restricted.{form}" in there["Content-Disposition"]
        # Office files name the moment they were made.
        assert form in ("docx", "xlsx", "ods") or there.content == here.content
    told = client.get("/api/v1/bodies/XAA/brief/", {"format": "json"}).json()
    assert told["classification"] == "restricted"
    assert told["sections"][0]["count"] == 27
    assert client.get("/api/v1/bodies/NOBODY/brief/").status_code == 404
    assert client.get("/api/v1/bodies/XAA/brief/?format=atom").status_code == 400


@pytest.mark.django_db
def test_the_word_document_says_on_each_page_what_it_is(client):
    answer = signed_in(client).get("/bodies/XAA/brief/?format=docx")
    [part] = Document(io.BytesIO(answer.content)).sections
    for each in ("RESTRICTED", "As of 1 November 2026", "Source: Commitment tracker"):
        assert each in part.footer.paragraphs[0].text


@pytest.mark.django_db
def test_who_may_not_see_what_is_restricted_gets_a_brief_without_it(client):
    body = make.make_body("TEST-B")
    commitment = make.make_commitment(body=body)
    make.make_report(commitment, text="Open words.", classification="internal")
    make.make_report(commitment, text="Secret words.", classification="restricted")
    for role, level, shown in (
        (Role.VIEWER, "INTERNAL", False),
        (Role.REVIEWER, "RESTRICTED", True),
    ):
        page = signed_in(client, role).get("/bodies/TEST-B/brief/").content.decode()
        text = " ".join(texts(pdf(client, "TEST-B").content))
        for each in (page, text):
            assert level in each
            assert "Open words." in each
            assert ("Secret words." in each) == shown


@pytest.mark.django_db
def test_a_brief_names_offices_and_never_persons(client):
    body = make.make_body("TEST-B")
    person = {
        "person_name": "Ada Zzyzx",
        "person_phone": "+99 123",
        "person_mail": "a@zzyzx.example",
    }
    make.make_designation(body, office="Office of requests", **person)
    page = signed_in(client).get("/bodies/TEST-B/brief/").content.decode()
    text = " ".join(texts(pdf(client, "TEST-B").content))
    for each in (page, text):
        assert "Office of requests" in each
        for told in person.values():
            assert told not in each


@pytest.mark.django_db
def test_what_the_body_was_asked_and_has_not_answered_is_open(client):
    body = make.make_body("TEST-B")
    fields = {"step": "sent_to_body", "adopted_on": None, "sent_on": "2026-10-20"}
    asked = make.make_assessment(make.make_commitment(body=body), **fields)
    answered = make.make_assessment(
        make.make_commitment(body=body),
        step="comments_received",
        adopted_on=None,
        sent_on="2026-10-01",
        comments_on="2026-10-20",
    )
    text = " ".join(texts(pdf(signed_in(client), "TEST-B").content))
    open_part = text.partition("Open requests")[2].partition("Networks")[0]
    assert f"¶{asked.commitment.provision.number}" in open_part
    assert asked.commitment.provision.resolution.symbol in open_part
    assert answered.commitment.provision.resolution.symbol not in open_part
    before = " ".join(texts(pdf(client, "TEST-B", on="2026-10-10").content))
    open_part = before.partition("Open requests")[2].partition("Networks")[0]
    assert answered.commitment.provision.resolution.symbol in open_part


@pytest.mark.django_db
def test_the_longest_brief_has_two_pages(client):
    body = make.make_body("TEST-B", name="Body " * 40)
    for number in range(40):
        theme = make.make_theme(name=f"Theme {number} " + "of many words " * 7)
        provision = make.make_provision(number=str(number + 1), themes=[theme])
        make.make_deadline(provision, label="Report " * 12)
        commitment = make.make_commitment(provision, body)
        make.make_report(commitment, text="Words of the body itself. " * 400)
        make.make_assessment(commitment, rationale="A reason that is long. " * 200)
        asked = make.make_commitment(body=body)
        make.make_assessment(asked, step="sent_to_body", adopted_on=None, sent_on="2026-10-20")
        network = make.make_body(kind="network", name=f"Network {number} " + "of names " * 20)
        make.make_membership(network, body)
        make.make_designation(body, office=f"Office {number} " + "of names " * 20)
    for language in ("en", "fr", "ar", "ru", "zh", "es"):
        make.make_body_name(body, "Name " * 50, language, "formal")
    pages = texts(pdf(signed_in(client), "TEST-B").content)
    assert len(pages) == 2
    assert "more in the tracker" in pages[0]


@pytest.mark.django_db
def test_a_brief_takes_the_same_number_of_queries_however_much_there_is(
    client, django_assert_max_num_queries
):
    signed_in(client)
    for code in ("XAA", "CTED"):
        with django_assert_max_num_queries(30):
            client.get(f"/bodies/{code}/brief/")


def test_names_in_every_language_of_the_un_are_printed():
    names = ["الجمهورية", "Республика", "共和国", "République", "Ελλάδα", "Türkiye"]
    [text] = texts(printed(paper(*names), language="en").data)
    for name in names[1:]:
        assert name in text
    # Letters that join come back as they stand on the paper: in their shape, or from the left.
    assert set(names[0]) & set(text)


def test_what_is_printed_is_text_and_never_code():
    made = printed(paper(HOSTILE, "second"), language="en")
    [text] = texts(made.data)
    for part in ('#read("/etc/passwd")', "$x$ *b* <a> @b", "//"):
        assert part in text
    assert "root:" not in text


@settings(max_examples=examples(60), deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_printed(text):
    assert printed(paper("Title", text), language="en").pages >= 1


def test_a_letter_without_a_picture_is_shown_as_unknown():
    assert printable("a\0\x07b\ue000\U0001f600") == "ab\ufffd\ufffd"
    assert printable("Ünï – “中” ا") == "Ünï – “中” ا"


def test_a_text_is_shortened_at_a_word():
    assert shortened("One two three", 13) == "One two three"
    assert shortened("One two, three", 12) == "One two …"


@needs("fontTools")
def test_the_letters_that_can_be_printed_are_those_of_the_fonts():
    from fontTools.ttLib import TTFont

    held = set()
    for path in FONTS.glob("*-Regular.ttf"):
        with TTFont(path) as font:
            held |= {chr(code) for code in font.getBestCmap()}
    assert held - drawn() <= set("\0\ufeff\ufffe")
    assert drawn() <= held


@needs("outloud")
@pytest.mark.django_db
def test_an_independent_checker_finds_nothing_against_pdf_ua(client, tmp_path):
    signed_in(client)
    for code in ("XAA", "CTED", "COE-24-7"):
        (tmp_path / f"{code}.pdf").write_bytes(pdf(client, code).content)
    (tmp_path / "letters.pdf").write_bytes(
        printed(paper("Name", "الجمهورية", "共和国", HOSTILE), language="en").data
    )
    program = Path(sys.executable).parent / "outloud"
    found = subprocess.run(
        [program, "--json", "-", "--fail-on", "never", "--layer", "conformance",
         *sorted(tmp_path.glob("*.pdf"))],
        capture_output=True, check=True,
    )  # fmt: skip
    results = json.loads(found.stdout)["results"]
    assert len(results) == 4
    for result in results:
        assert result["verdict"] == "pass", result["findings"]
        assert len([rule for rule in result["rules"] if rule["status"] == "ran"]) > 25
        assert result["counts"]["error"] == result["counts"]["warning"] == 0


PRINT_HOSTILE = """
import sys; sys.path.insert(0, ".")
import django; django.setup()
from tests.exports.test_brief import HOSTILE, paper
from tracker.exports.typeset import printed
printed(paper("warm", "up"), language="en")
open("/dev/null").close()
assert printed(paper(HOSTILE, HOSTILE), language="en").pages
open("/dev/null").close()
"""


@needs(program="strace")
def test_printing_hostile_text_opens_no_file_outside_and_no_socket(tmp_path):
    root, log = Path(__file__).resolve().parent.parent.parent, tmp_path / "calls"
    watched = "trace=open,openat,socket,connect,execve"
    subprocess.run(
        ["strace", "-f", "-e", watched, "-o", log, sys.executable, "-c", PRINT_HOSTILE],
        cwd=root, check=True, capture_output=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )  # fmt: skip
    calls = log.read_text().split('"/dev/null"')[1]
    opened = [line for line in calls.splitlines()[:-1] if "ENOENT" not in line and "open" in line]
    assets = "tracker/exports/assets/"
    assert any("paper.typ" in line for line in opened), "the printing was not watched"
    allowed = (assets, "O_RDONLY|O_CLOEXEC, 0666)", "/proc/", "/sys/")
    assert [line for line in opened if not any(each in line for each in allowed)] == []
    for forbidden in ("socket(", "connect(", "execve(", "passwd", "preview"):
        assert forbidden not in calls
