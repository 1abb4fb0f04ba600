"""What single pages must show."""

import pytest

from tests.dashboard.pages import links, read
from tests.make import (
    make_assessment,
    make_body,
    make_body_name,
    make_commitment,
    make_provision,
    make_report,
    make_user,
)

pytestmark = pytest.mark.django_db


def shown(client, path) -> str:
    return " ".join("".join(part.text for part in read(client.get(path)).all("main")).split())


def test_a_resolution_shows_its_card_and_its_paragraphs_in_order(viewer):
    answer = viewer.get("/resolutions/S/RES/2322(2016)/")
    assert "12 December 2016, at a meeting" in shown(viewer, "/resolutions/S/RES/2322(2016)/")
    assert "15–0–0" in answer.content.decode()
    numbers = [branch.node.number for branch in answer.context["branches"]]
    assert len(numbers) == 38
    assert numbers[8:12] == ["9", "9(a)", "9(b)", "9(c)"]
    assert links(read(answer))["docs.un.org/S/RES/2322(2016)"].startswith("https://docs.un.org/")


def test_a_paragraph_lies_between_its_neighbours(viewer):
    page = links(read(viewer.get("/provisions/S/RES/2322(2016)/13(e)/")))
    assert page["Previous: ¶13(d)"] == "/provisions/S/RES/2322(2016)/13(d)/"
    assert page["Next: ¶13(f)"] == "/provisions/S/RES/2322(2016)/13(f)/"
    assert page["¶13"] == "/provisions/S/RES/2322(2016)/13/"


def test_a_chapeau_shows_its_letters_and_their_commitments(viewer):
    answer = viewer.get("/provisions/S/RES/2322(2016)/13/")
    assert [child.number for child in answer.context["children"]][:2] == ["13(a)", "13(b)"]
    assert answer.context["results"].total > 200


@pytest.mark.parametrize("number", ["13(e)", "13"])
def test_a_paragraph_says_how_many_have_reported(viewer, number):
    path = f"/provisions/S/RES/2322(2016)/{number}/"
    rows = viewer.get(f"{path}?page_size=200&role=addressee").context["results"].filterset.qs
    silent = sum(row.position == "not_reported" for row in rows)
    words = (
        f"{len(rows) - silent} of {len(rows)} have reported; no information received from {silent}."
    )
    assert words in shown(viewer, path)


def test_a_theme_leads_to_the_resolutions_of_its_paragraphs(viewer):
    page = links(read(viewer.get("/themes/mutual-legal-assistance/?on=2024-06-30")))
    for symbol in ("S/RES/2322 (2016)", "S/RES/2396 (2017)"):
        assert page[symbol] == f"/resolutions/{symbol.replace(' ', '')}/?on=2024-06-30"


def test_a_paragraph_names_what_repeats_it(viewer):
    assert "S/RES/2617 (2021) ¶39" in shown(viewer, "/provisions/S/RES/2322(2016)/13(e)/")
    before = shown(viewer, "/provisions/S/RES/2322(2016)/13(e)/?on=2018-06-30")
    assert "S/RES/2395 (2017) ¶31" in before
    assert "S/RES/2617" not in before


def test_a_body_shows_its_names_in_their_own_direction(viewer):
    body = make_body("NAMED", name="Named")
    make_body_name(body, text="اسم", language="ar")
    page = read(viewer.get("/bodies/NAMED/"))
    [name] = [each for each in page.all("span") if each.attributes.get("lang") == "ar"]
    assert (name.text, name.attributes["dir"]) == ("اسم", "rtl")


def test_a_body_that_was_succeeded_says_so(viewer):
    assert "Succeeded by Global Counter-Terrorism Coordination Compact" in shown(
        viewer, "/bodies/CTITF/"
    )


def test_a_commitment_shows_the_four_facts_as_of_its_day(viewer):
    commitment = make_commitment(make_provision(number="7"), make_body("ACTOR", name="Actor"))
    make_report(commitment, position="planned", submitted_on="2018-01-02", text="We plan it.")
    make_assessment(commitment, result="not_implemented", adopted_on="2019-03-04")
    make_assessment(commitment, result="largely_implemented", adopted_on="2021-05-06")
    path = f"/commitments/{commitment.public_key}/"
    now = shown(viewer, path)
    assert "Largely implemented 6 May 2021" in now
    assert "Not implemented 4 March 2019" in now
    assert "We plan it." in now
    then = shown(viewer, f"{path}?on=2018-06-30")
    assert "Planned 2 January 2018" in then
    assert "Not assessed" in then
    assert "2019" not in then
    assert "No information received" in shown(viewer, f"{path}?on=2017-01-01")


def test_what_is_restricted_is_not_there_for_a_viewer(client):
    commitment = make_commitment()
    make_assessment(commitment, classification="restricted", rationale="A secret.")
    path = f"/commitments/{commitment.public_key}/"
    client.force_login(make_user())
    assert "A secret." not in client.get(path).content.decode()
    assert client.get(path).context["commitment"].result == "not_assessed"
    client.force_login(make_user("reviewer"))
    assert "A secret." in client.get(path).content.decode()


def test_not_assessed_is_a_part_of_its_own(viewer):
    legend = shown(viewer, "/provisions/S/RES/2322(2016)/21/")
    assert "0 of 1 assessed, 1 not assessed" in legend
    assert "Not implemented 0" in legend
